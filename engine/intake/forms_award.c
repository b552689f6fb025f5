/* forms_award.c: awards that nothing computes: 三好学生, 征文, 爱心帮助小天使, who is recommended to the county; and the cards that
 * money is paid to. */
#include "intake/forms_all.h"

/* clang-format off */

/* Whom the row means: s12 a pupil, c5 a carer, f7 one of the staff, as the award's type is for. */
#define OF_KIND(kinds) "(SELECT to_kind FROM award_type WHERE id = :type_id) IN(" kinds ")"
#define PART(letter)   "CASE WHEN substr(:recipient, 1, 1) = '" letter "' THEN CAST(substr(:recipient, 2) AS INTEGER) END"
#define SAME_PERSON    "a.student_id IS " PART("s") " AND a.carer_id IS " PART("c") " AND a.staff_id IS " PART("f")
#define SAME_AWARD     "a.type_id = :type_id AND coalesce(a.for_semester_id, a.semester_id) = :semester AND a.level IS :level AND a.detail IS :detail AND " SAME_PERSON

static const struct field award_fields[] = {
    SCHOOL_FIELD(false),
    {"班级", "班级名称|所在班级|年级班级", FIELD_CLASS, "", "class", NULL, NULL, false, NULL, "获奖的是学生时填本学期的班级", "六（5）班", NULL},
    {"学籍号", "全国学籍号|学籍号码", FIELD_PUPIL, "", "student_no", NULL, NULL, false, NULL, "学生有学籍号的填上", "", NULL},
    {"姓名", "获奖人|获奖者|学生姓名", FIELD_NAME, "", "name", NULL, NULL, true, NULL, "学生、代理家长或教师的姓名", "周馨语", NULL},
    {"奖项", "奖项名称|称号", FIELD_TEXT, "", "award", NULL, NULL, true, NULL, "如 三好学生、爱心帮助小天使；推荐到县的填县里的奖项", "三好学生", NULL},
    {"等级", "奖级|名次等级", FIELD_CODE, "一|二|三", "level", "award.level", NULL, false, NULL, "征文等分一、二、三等的", "", NULL},
    {"作品或事迹", "作品|题目|事迹|主要事迹", FIELD_TEXT, "", "detail", "award.detail", NULL, false, NULL, "作品题目，或推荐的主要事迹", "", NULL},
};

const struct form form_award = {
    .name = "奖项", .synonyms = "评优|推荐|获奖名单|评优推荐",
    .help = "没有算法的奖项，每人每项一行；考核得出的优秀奖、进步奖等不填。",
    .fields = FIELDS(award_fields),
    .finders = {FIND_SCHOOL_OR_NONE, FIND_CLASS(true),
        {"type_id", "award\x1F" "奖项", "award", false, {
            "SELECT id FROM award_type WHERE :award IN(name, code) AND coalesce(valid_from, '') <= :as_of AND (valid_to IS NULL OR valid_to >= :as_of)",
            "SELECT id FROM award_type WHERE replace(replace(replace(name, '“', ''), '”', ''), '\"', '') = replace(replace(replace(:award, '“', ''), '”', ''), '\"', '')"
            " AND coalesce(valid_from, '') <= :as_of AND (valid_to IS NULL OR valid_to >= :as_of)"},
         "SELECT DISTINCT name FROM award_type WHERE coalesce(valid_from, '') <= :as_of AND (valid_to IS NULL OR valid_to >= :as_of) ORDER BY id"},
        {"recipient", "recipient\x1F" "获奖人", "name", false, {
            "SELECT 's' || id FROM student WHERE " OF_KIND("'学生'") " AND student_no = :student_no AND name = :name",
            "SELECT 's' || s.id FROM enrolment AS e JOIN student AS s ON s.id = e.student_id WHERE " OF_KIND("'学生'") " AND e.class_id = :class_id AND s.name = :name AND (:student_no IS NULL OR s.student_no IS NULL)",
            "SELECT 's' || s.id FROM class AS c JOIN enrolment AS e ON e.class_id = c.id JOIN student AS s ON s.id = e.student_id WHERE " OF_KIND("'学生'") " AND c.school_id = :school_id AND s.name = :name"
            " AND :class IS NULL AND (:student_no IS NULL OR s.student_no IS NULL)",
            "SELECT 'c' || id FROM carer WHERE " OF_KIND("'代理家长'") " AND name = :name AND kind <> '同伴' AND (:school_id IS NULL OR school_id = :school_id)",
            "SELECT 'f' || id FROM staff WHERE " OF_KIND("'班主任', '教师'") " AND name = :name AND (:school_id IS NULL OR school_id = :school_id)"}, NULL}},
    .targets = {{"award", "award", "id", NULL,
                 "type_id = :type_id, for_semester_id = :semester, state = '拟定', student_id = " PART("s") ", carer_id = " PART("c") ", staff_id = " PART("f")
                 ", amount_fen = (SELECT nullif(default_fen, 0) FROM award_type WHERE id = :type_id)", NULL, false,
                 {"SELECT a.id FROM award AS a WHERE a.id = :key AND coalesce(a.state, '拟定') = '拟定' AND a.type_id = :type_id AND " SAME_PERSON,
                  "SELECT a.id FROM award AS a WHERE " SAME_AWARD " AND a.state IS NOT '作废'",
                  "SELECT a.id FROM award AS a WHERE a.type_id = :type_id AND coalesce(a.for_semester_id, a.semester_id) = :semester AND coalesce(a.state, '拟定') = '拟定' AND a.run_id IS NULL AND " SAME_PERSON},
                 /* It was displayed or approved: the sheet doesn't change it. */
                 "SELECT t.name || ' ' || a.state FROM award AS a JOIN award_type AS t ON t.id = a.type_id WHERE a.type_id = :type_id AND coalesce(a.for_semester_id, a.semester_id) = :semester"
                 " AND a.state NOT IN('拟定', '作废') AND " SAME_PERSON, NULL, "name"}},
    .rows = "SELECT a.id AS key, h.name AS school, n.display AS class, s.student_no, coalesce(s.name, g.name, f.name) AS name, t.name AS award, a.level, a.detail"
            " FROM award AS a JOIN award_type AS t ON t.id = a.type_id LEFT JOIN student AS s ON s.id = a.student_id LEFT JOIN carer AS g ON g.id = a.carer_id LEFT JOIN staff AS f ON f.id = a.staff_id"
            " LEFT JOIN enrolment AS e ON e.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = s.id AND x.from_date <= :as_of ORDER BY x.to_date IS NULL DESC, x.from_date DESC, x.id DESC LIMIT 1)"
            " LEFT JOIN class AS c ON c.id = e.class_id LEFT JOIN class_term AS n ON n.class_id = c.id AND n.semester_id = :semester LEFT JOIN school AS h ON h.id = coalesce(c.school_id, g.school_id, f.school_id)"
            " WHERE a.run_id IS NULL AND coalesce(a.state, '拟定') = '拟定' AND coalesce(a.for_semester_id, a.semester_id) = :semester AND coalesce(s.id, g.id, f.id) IS NOT NULL"
            " AND" SCHOOL_CHOICE " AND (:class_given IS NULL OR n.display = :class_given) ORDER BY h.id, a.id",
};

/* --- bank cards --------------------------------------------------------------------------------------------------- */

#define SAME_PAYEE "student_id IS " PART("s") " AND carer_id IS " PART("c") " AND staff_id IS " PART("f")

static const struct field bank_fields[] = {
    SCHOOL_FIELD(false),
    {"身份", "类别|人员类别", FIELD_CODE, "教职工|代理家长|学生", "role", NULL, NULL, true, NULL, "兼代理家长的教师填 教职工；学生填监护人的卡", "教职工", NULL},
    {"班级", "班级名称|所在班级|年级班级", FIELD_CLASS, "", "class", NULL, NULL, false, NULL, "学生填本学期的班级", "", NULL},
    {"学籍号", "全国学籍号|学籍号码", FIELD_PUPIL, "", "student_no", NULL, NULL, false, NULL, "学生有学籍号的填上", "", NULL},
    {"姓名", "领奖人|教师姓名|学生姓名", FIELD_NAME, "", "name", NULL, NULL, true, NULL, "领奖金的人", "何燕蓉", NULL},
    {"户名", "持卡人|账户名|账户名称", FIELD_NAME, "", "holder", "bank_card.holder", "iif(:role = '学生', NULL, :name)", false, NULL, "与银行卡一致；不填为本人", "何燕蓉", NULL},
    {"开户行", "开户银行|银行", FIELD_TEXT, "", "bank", "bank_card.bank", NULL, false, NULL, "", "云岭镇农村信用社", NULL},
    {"银行卡号", "卡号|账号|银行账号", FIELD_CARD, "", "card_no", "bank_card.card_no", NULL, true, NULL, "16 至 19 位，文本格式", "6200000000001047604", NULL},
};

const struct form form_bank = {
    .name = "银行卡", .synonyms = "银行账户|银行卡号|奖金账户",
    .help = "奖金转到的银行卡，每人一行；换了卡的重填一行。",
    .fields = FIELDS(bank_fields),
    .finders = {FIND_SCHOOL_OR_NONE, FIND_CLASS(true),
        {"recipient", "payee\x1F" "领奖人", "name", false, {
            "SELECT 's' || id FROM student WHERE :role = '学生' AND student_no = :student_no AND name = :name",
            "SELECT 's' || s.id FROM enrolment AS e JOIN student AS s ON s.id = e.student_id WHERE :role = '学生' AND e.class_id = :class_id AND s.name = :name AND (:student_no IS NULL OR s.student_no IS NULL)",
            "SELECT coalesce('f' || staff_id, 'c' || id) FROM carer WHERE :role = '代理家长' AND name = :name AND kind <> '同伴' AND (:school_id IS NULL OR school_id = :school_id)",
            /* Volunteers care for children of several schools, and stand at the one that named them first. */
            "SELECT 'c' || id FROM carer WHERE :role = '代理家长' AND name = :name AND kind <> '同伴' AND staff_id IS NULL",
            "SELECT 'f' || id FROM staff WHERE :role = '教职工' AND name = :name AND active AND (:school_id IS NULL OR school_id = :school_id)",
            "SELECT 'f' || id FROM staff WHERE :role = '教职工' AND name = :name AND (:school_id IS NULL OR school_id = :school_id)"}, NULL}},
    .targets = {{"bank_card", "bank_card", "id", NULL, "student_id = " PART("s") ", carer_id = " PART("c") ", staff_id = " PART("f"), NULL, false,
                 {"SELECT id FROM bank_card WHERE id = :key AND " SAME_PAYEE, "SELECT max(id) FROM bank_card WHERE " SAME_PAYEE " HAVING count(*) > 0"}, NULL,
                 "SELECT 1 FROM bank_card WHERE card_no = :card_no AND NOT (" SAME_PAYEE ")", "card_no"}},
    .rows = "SELECT b.id AS key, h.name AS school, CASE WHEN b.student_id IS NOT NULL THEN '学生' WHEN b.carer_id IS NOT NULL THEN '代理家长' ELSE '教职工' END AS role, n.display AS class, s.student_no,"
            " coalesce(s.name, g.name, f.name) AS name, b.holder, b.bank, b.card_no"
            " FROM bank_card AS b LEFT JOIN student AS s ON s.id = b.student_id LEFT JOIN carer AS g ON g.id = b.carer_id LEFT JOIN staff AS f ON f.id = b.staff_id"
            " LEFT JOIN enrolment AS e ON e.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = s.id AND x.from_date <= :as_of ORDER BY x.to_date IS NULL DESC, x.from_date DESC, x.id DESC LIMIT 1)"
            " LEFT JOIN class AS c ON c.id = e.class_id LEFT JOIN class_term AS n ON n.class_id = c.id AND n.semester_id = :semester LEFT JOIN school AS h ON h.id = coalesce(c.school_id, g.school_id, f.school_id)"
            " WHERE" SCHOOL_CHOICE " AND (:class_given IS NULL OR n.display = :class_given) ORDER BY h.id, b.id",
};
