/* forms_area.c: children of a school's area and who of them doesn't come; who does what there; what was surveyed. */
#include "intake/forms_all.h"

/* clang-format off */

#define YEAR          "(SELECT year_start FROM semester WHERE id = :semester)"

/* A child of the area need not be a pupil of the township. */
#define PUPIL_OR_NONE \
    {"student_id", "pupil\x1F" "学生", "student_no", true, { \
        "SELECT id FROM student WHERE student_no = :student_no AND name = :name"}, NULL}

static const struct field age_fields[] = {
    SCHOOL_FIELD(false),
    {"姓名", "儿童姓名|适龄儿童姓名|学生姓名", FIELD_NAME, "", "name", "school_age.name", NULL, true, NULL, "住在本校服务区、已到入学年龄的儿童", "周馨语", NULL},
    {"学籍号", "全国学籍号|学籍号码", FIELD_PUPIL, "", "student_no", "school_age.student_id", NULL, false, NULL, "在本镇学校就读的填写", "G520399201407210028", "student_id"},
    {"性别", "", FIELD_CODE, "男|女", "gender", "school_age.gender", NULL, false, NULL, "", "女", NULL},
    {"出生日期", "出生年月日|出生年月", FIELD_DAY, "", "birth", "school_age.birth", NULL, false, NULL, "如 2014-07-21", "2014-07-21", NULL},
    {"村（居）", "村居|所在村|村", FIELD_TEXT, "", "village", "school_age.village_id", NULL, false, NULL, "本镇的村或社区", "石笋村", "village_id"},
    {"就学情况", "状态|入学情况|就读情况", FIELD_CODE, "在校|外地就读|送教上门|未入学", "state", "school_age.state", NULL, false, NULL, "", "在校", NULL},
    {"原因", "未入学原因|说明|备注", FIELD_TEXT, "", "reason", "school_age.reason", NULL, false, NULL, "不在本镇学校就读的原因", "", NULL},
    REVIEW_FIELD,
};

const struct form form_age = {
    .name = "适龄儿童", .synonyms = "适龄儿童登记|适龄儿童登记册|适龄儿童名册|学龄儿童",
    .help = "服务区内每个适龄儿童一行，本学年有效：在校、外地就读、送教上门、未入学。",
    .named_only = true,
    .fields = FIELDS(age_fields),
    .finders = {FIND_SCHOOL, PUPIL_OR_NONE,
        {"village_id", "village\x1F" "村（居）", "village", true, {"SELECT id FROM village WHERE name = :village"}, NULL}},
    .targets = {
        {"school_age", "school_age", "id", NULL, "school_id = :school_id, year_start = " YEAR, "age_id", false,
         {"SELECT id FROM school_age WHERE id = :key AND year_start = " YEAR,
          "SELECT id FROM school_age WHERE year_start = " YEAR " AND student_id = :student_id",
          "SELECT id FROM school_age WHERE year_start = " YEAR " AND school_id = :school_id AND name = :name AND birth IS :birth AND (student_id IS NULL OR :student_id IS NULL)"}, NULL, NULL, NULL},
        {"carried", "carried", "tbl, row_key, semester_id", "review", "tbl = 'school_age', row_key = CAST(:age_id AS TEXT), semester_id = :semester, student_id = :student_id", NULL, false,
         {"SELECT tbl, row_key, semester_id FROM carried WHERE tbl = 'school_age' AND row_key = CAST(:age_id AS TEXT) AND semester_id = :semester"}, NULL, NULL, NULL}},
    .rows = "SELECT a.id AS key, h.name AS school, a.name, s.student_no, a.gender, a.birth, v.name AS village, a.state, a.reason, rv.state AS review"
            " FROM school_age AS a JOIN school AS h ON h.id = a.school_id LEFT JOIN student AS s ON s.id = a.student_id LEFT JOIN village AS v ON v.id = a.village_id"
            REVIEW_JOIN("school_age", "CAST(a.id AS TEXT)") " WHERE a.year_start = " YEAR " AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, a.state IS NOT '在校' DESC, a.id",
};

/* --- 控辍保学 ------------------------------------------------------------------------------------------------------ */

static const struct field case_fields[] = {
    SCHOOL_FIELD(false),
    {"案号", "编号|台账编号", FIELD_TEXT, "", "case_no", "out_of_school.case_no", NULL, false, NULL, "", "控辍〔2026〕1号", NULL},
    {"姓名", "儿童姓名|学生姓名", FIELD_NAME, "", "name", "out_of_school.name", NULL, true, NULL, "", "周馨语", NULL},
    {"学籍号", "全国学籍号|学籍号码", FIELD_PUPIL, "", "student_no", "out_of_school.student_id", NULL, false, NULL, "本镇的学生填写", "", "student_id"},
    {"类别", "情况", FIELD_CODE, "未入学|辍学", "kind", "out_of_school.kind", NULL, true, NULL, "", "辍学", NULL},
    {"起始日期", "辍学日期|开始日期", FIELD_DAY, "", "since", "out_of_school.since", NULL, false, NULL, "", "2026-10-13", NULL},
    {"原因", "辍学原因", FIELD_TEXT, "", "reason", "out_of_school.reason", NULL, false, NULL, "", "随亲属外出", NULL},
    {"劝返措施", "措施", FIELD_TEXT, "", "measures", "out_of_school.measures", NULL, false, NULL, "", "班主任上门两次", NULL},
    {"复学日期", "返校日期", FIELD_DAY, "", "back_on", "out_of_school.back_on", NULL, false, NULL, "返校后填写", "", NULL},
};

const struct form form_case = {
    .name = "控辍保学", .synonyms = "控辍保学台账|辍学登记|辍学台账",
    .help = "未入学、辍学的每人一行，返校后填复学日期。",
    .named_only = true,
    .fields = FIELDS(case_fields),
    .finders = {FIND_SCHOOL, PUPIL_OR_NONE},
    .targets = {{"out_of_school", "out_of_school", "id", NULL, "school_id = :school_id", NULL, false,
                 {"SELECT id FROM out_of_school WHERE id = :key", "SELECT id FROM out_of_school WHERE case_no = :case_no AND name = :name",
                  "SELECT id FROM out_of_school WHERE school_id = :school_id AND name = :name AND kind = :kind AND (since IS :since OR since IS NULL)"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, h.name AS school, x.case_no, x.name, s.student_no, x.kind, x.since, x.reason, x.measures, x.back_on FROM out_of_school AS x JOIN school AS h ON h.id = x.school_id"
            " LEFT JOIN student AS s ON s.id = x.student_id WHERE (x.back_on IS NULL OR x.back_on >= (SELECT starts FROM semester WHERE id = :semester)) AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, x.id",
};

/* --- 职责分工, 任课, 摸底核查 ---------------------------------------------------------------------------------------- */

#define STAFF_NEEDED(parameter) \
    {"staff_id", "member of staff\x1F" "教职工", parameter, false, { \
        "SELECT id FROM staff WHERE school_id = :school_id AND name = :" parameter " AND active", \
        "SELECT id FROM staff WHERE school_id = :school_id AND name = :" parameter}, NULL}

static const struct field duty_fields[] = {
    SCHOOL_FIELD(false),
    {"姓名", "教职工姓名|教师姓名", FIELD_NAME, "", "name", "duty.staff_id", NULL, true, NULL, "已在“教职工”表中的人", "何燕蓉", "staff_id"},
    {"职责", "分工|职务", FIELD_CODE, "校长|组长|副组长|成员|档案管理员|之家管理员|之家协助|心理医生|家教指导教师|活动小组长|包干领导", "role", "duty.role", NULL, true, NULL, "", "档案管理员", NULL},
    {"说明", "备注", FIELD_TEXT, "", "note", "duty.note", NULL, false, NULL, "如活动小组的名称", "", NULL},
};

const struct form form_duty = {
    .name = "职责分工", .synonyms = "分工|职责|领导小组",
    .help = "本学期关爱工作的分工，一人一职一行。",
    .named_only = true,
    .fields = FIELDS(duty_fields),
    .finders = {FIND_SCHOOL, STAFF_NEEDED("name")},
    .targets = {{"duty", "duty", "id", NULL, "school_id = :school_id, semester_id = :semester", NULL, true,
                 {"SELECT id FROM duty WHERE id = :key",
                  "SELECT id FROM duty WHERE school_id = :school_id AND semester_id = :semester AND role = :role AND staff_id = :staff_id ORDER BY note IS NOT :note, id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, h.name AS school, s.name, x.role, x.note FROM duty AS x JOIN school AS h ON h.id = x.school_id JOIN staff AS s ON s.id = x.staff_id"
            " WHERE x.semester_id = :semester AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, x.id",
};

static const struct field teaching_fields[] = {
    SCHOOL_FIELD(false),
    {"班级", "班级名称", FIELD_CLASS, "", "class", NULL, NULL, true, NULL, "本学期的班级名称", "六（5）班", NULL},
    {"科目", "学科|任教学科", FIELD_TEXT, "", "subject", "teaching.subject", NULL, true, NULL, "", "语文", NULL},
    {"任课教师", "教师|教师姓名|姓名", FIELD_NAME, "", "name", "teaching.staff_id", NULL, true, NULL, "已在“教职工”表中的人", "何燕蓉", "staff_id"},
};

const struct form form_teaching = {
    .name = "任课", .synonyms = "任课表|任课教师|课程安排",
    .help = "本学期每个班每科一行：由谁任课。",
    .named_only = true,
    .fields = FIELDS(teaching_fields),
    .finders = {FIND_SCHOOL, FIND_CLASS(false), STAFF_NEEDED("name")},
    .targets = {{"teaching", "teaching", "class_id, semester_id, subject", NULL, "class_id = :class_id, semester_id = :semester", NULL, false,
                 {"SELECT class_id, semester_id, subject FROM teaching WHERE class_id = :class_id AND semester_id = :semester AND subject = :subject"}, NULL, NULL, NULL}},
    .rows = "SELECT x.class_id || '/' || x.subject AS key, h.name AS school, t.display AS class, x.subject, s.name FROM teaching AS x JOIN class AS c ON c.id = x.class_id JOIN school AS h ON h.id = c.school_id"
            " JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = x.semester_id JOIN staff AS s ON s.id = x.staff_id WHERE x.semester_id = :semester AND (:class_given IS NULL OR t.display = :class_given) AND"
            SCHOOL_CHOICE " ORDER BY h.id, t.grade, t.display, x.subject",
};

static const struct field survey_fields[] = {
    SCHOOL_FIELD(false),
    {"类别", "核查类别|调查类别", FIELD_CODE, "摸底调查|问卷调查|半年核查", "kind", "survey.kind", NULL, true, NULL, "", "半年核查", NULL},
    {"日期", "核查日期|调查日期", FIELD_DAY, "", "on_date", "survey.on_date", NULL, true, NULL, "", "2026-10-14", NULL},
    {"在校学生数", "学生数|学生人数", FIELD_WHOLE, "", "pupils", "survey.pupils", NULL, false, NULL, "当天在校", "1503", NULL},
    {"留守儿童数", "留守儿童人数|留守人数", FIELD_WHOLE, "", "left_behind", "survey.left_behind", NULL, false, NULL, "当天在册", "550", NULL},
    {"签字人", "负责人", FIELD_NAME, "", "signer", "survey.signed_by", NULL, false, NULL, "已在“教职工”表中的人", "何燕蓉", "signed_by"},
};

const struct form form_survey = {
    .name = "摸底核查", .synonyms = "摸底调查|核查|半年核查|调查",
    .help = "每次摸底调查、问卷调查、半年核查一行。",
    .named_only = true,
    .fields = FIELDS(survey_fields),
    .finders = {FIND_SCHOOL, STAFF_BY("signer", "signed_by")},
    .targets = {{"survey", "survey", "id", NULL, "school_id = :school_id, semester_id = :semester", NULL, true,
                 {"SELECT id FROM survey WHERE id = :key", "SELECT id FROM survey WHERE school_id = :school_id AND semester_id = :semester AND kind = :kind AND on_date = :on_date ORDER BY id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, h.name AS school, x.kind, x.on_date, x.pupils, x.left_behind, b.name AS signer FROM survey AS x JOIN school AS h ON h.id = x.school_id LEFT JOIN staff AS b ON b.id = x.signed_by"
            " WHERE x.semester_id = :semester AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, x.on_date, x.id",
};
