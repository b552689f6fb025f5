/* forms_child.c: the child, its family, and its record of the term. */
#include "intake/forms_all.h"

/* clang-format off */

#define GENDERS    "男|女"
#define RELATIONS  "父亲|母亲|祖父|祖母|外祖父|外祖母|继父|继母|兄|姐|伯父|叔父|姑母|舅父|姨母|其他亲属|邻居|其他"
#define IN_REASONS "新生|升级|转入|复学|调班|重新分班"
#define ETHNICS    ""

/* --- 学生 --------------------------------------------------------------------------------------------------------- */

static const struct field student_fields[] = {
    SCHOOL_FIELD(false),
    {"班级", "班级名称|所在班级|年级班级", FIELD_CLASS, "", "class", NULL, NULL, true, NULL, "本学期的班级名称，如 六（5）班；须已在“班级”表中", "六（5）班", NULL},
    {"学籍号", "全国学籍号|学籍号码|国网学籍号|学籍编号", FIELD_PUPIL, "", "student_no", "student.student_no", NULL, false, NULL, "全国学籍号：G、J 或 L 加 18 位", "G520399201407210028", NULL},
    {"地方学籍号", "地方学籍号码|校内学籍号|学校学籍号", FIELD_TEXT, "", "local_no", "student.local_no", NULL, false, NULL, "按原样", "YL202000001", NULL},
    {"姓名", "学生姓名|儿童姓名|孩子姓名|幼儿姓名", FIELD_NAME, "", "name", "student.name", NULL, true, NULL, "与户口簿一致；间隔号用 ·", "周馨语", NULL},
    {"曾用名", "", FIELD_NAME, "", "name_alt", "student.name_alt", NULL, false, NULL, "", "", NULL},
    {"性别", "", FIELD_CODE, GENDERS, "gender", "student.gender", NULL, false, NULL, "", "女", NULL},
    {"出生日期", "出生年月日|出生年月|生日", FIELD_DAY, "", "birth", "student.birth", NULL, false, NULL, "如 2014-07-21", "2014-07-21", NULL},
    {"民族", "", FIELD_TEXT, ETHNICS, "ethnic", "student.ethnic", NULL, false, NULL, "如 汉族、苗族", "汉族", NULL},
    {"身份证号", "身份证号码|证件号码|公民身份号码|身份证件号|学生身份证号", FIELD_ID, "", "id_card", "student.id_card", NULL, false, NULL, "18 位，文本格式", "520399201407210028", NULL},
    {"户籍区划", "户籍地区划代码|户籍行政区划", FIELD_DIGITS, "", "hukou_region", "student.hukou_region", NULL, false, NULL, "六位行政区划代码", "520399", NULL},
    {"户口性质", "户籍性质|户口类别", FIELD_CODE, "农村|城镇|未登记", "hukou_kind", "student.hukou_kind", NULL, false, NULL, "", "农村", NULL},
    {"户籍地址", "户口所在地|户籍所在地", FIELD_TEXT, "", "hukou_address", "student.hukou_address", NULL, false, NULL, "户口簿上的地址", "贵州省遵义市播州区云岭镇石笋村6组123号", NULL},
    {"村（居）", "村居|所在村|村", FIELD_TEXT, "", "village", "student.village_id", NULL, false, NULL, "本镇的村或社区", "石笋村", "village_id"},
    {"现居住地", "家庭住址|家庭地址|现住址|住址|居住地址|现居地", FIELD_TEXT, "", "address", "student.address", NULL, false, "家庭住址", "写到门牌", "贵州省遵义市播州区云岭镇石笋村6组123号", NULL},
    {"寄宿", "是否寄宿|住校|是否住校", FIELD_YES, "寄宿|住校|住宿|寄宿生|住校生/走读|不寄宿|不住校|走读生", "boarding", "student.boarding", NULL, false, NULL, "是 或 否", "否", NULL},
    {"照片", "照片文件|照片文件名", FIELD_TEXT, "", "photo_path", "student.photo_path", NULL, false, NULL, "照片文件夹中的文件名", "", NULL},
    {"入班日期", "入学日期|进班日期", FIELD_DAY, "", "enrolled_on", NULL, NULL, false, NULL, "新录入的学生何时进入这个班；不填为本学期第一天", "2026-09-01", NULL},
    {"入班方式", "入学方式", FIELD_CODE, IN_REASONS, "in_reason", NULL, NULL, false, NULL, "新录入的学生如何进入这个班", "新生", NULL},
};

const struct form form_student = {
    .name = "学生", .synonyms = "学生名册|学生信息|学生基本信息|花名册|学生名单",
    .help = "每个学生一行，不论是否留守。",
    .fields = FIELDS(student_fields),
    .finders = {
        FIND_SCHOOL, FIND_CLASS(false),
        {"village_id", "village\x1F" "村（居）", "village", true, {"SELECT id FROM village WHERE name = :village"}, NULL},
    },
    .targets = {
        {"student", "student", "id", NULL,
         "created_on = coalesce(:enrolled_on, (SELECT starts FROM semester WHERE id = :semester))", "student_id", false,
         {"SELECT id FROM student WHERE id = :key",
          "SELECT id FROM student WHERE student_no = :student_no AND name = :name",
          "SELECT id FROM student WHERE id_card = :id_card AND name = :name",
          "SELECT DISTINCT s.id FROM enrolment AS e JOIN student AS s ON s.id = e.student_id WHERE e.class_id = :class_id AND s.name = :name AND s.birth = :birth"
          " AND (s.student_no IS NULL OR :student_no IS NULL) AND (s.id_card IS NULL OR :id_card IS NULL)",
          "SELECT DISTINCT s.id FROM enrolment AS e JOIN student AS s ON s.id = e.student_id WHERE e.class_id = :class_id AND s.name = :name AND (s.birth IS NULL OR :birth IS NULL)"
          " AND (s.student_no IS NULL OR :student_no IS NULL) AND (s.id_card IS NULL OR :id_card IS NULL)"},
         "SELECT name FROM student WHERE (student_no = :student_no OR id_card = :id_card) AND (birth = :birth OR birth IS NULL OR :birth IS NULL)",
         "SELECT 1 FROM student WHERE student_no = :student_no UNION ALL SELECT 1 FROM student WHERE id_card = :id_card", "student_no"},
        {"enrolment", "enrolment", "id", NULL,
         "student_id = :student_id, class_id = :class_id, from_date = coalesce(:enrolled_on, (SELECT starts FROM semester WHERE id = :semester)), in_reason = :in_reason", NULL, false,
         {"SELECT id FROM enrolment WHERE student_id = :student_id AND class_id = :class_id ORDER BY to_date IS NULL DESC, from_date DESC LIMIT 1",
          "SELECT id FROM enrolment WHERE student_id = :student_id AND (to_date IS NULL OR to_date >= (SELECT starts FROM semester WHERE id = :semester))"
          " ORDER BY to_date IS NULL DESC, from_date DESC LIMIT 1"}, NULL, NULL, NULL},
    },
    .rows = "SELECT s.id AS key, h.name AS school, t.display AS class, s.student_no, s.local_no, s.name, s.name_alt, s.gender, s.birth, s.ethnic, s.id_card, s.hukou_region,"
            " s.hukou_kind, s.hukou_address, v.name AS village, s.address, s.boarding, s.photo_path, e.from_date AS enrolled_on, e.in_reason"
            " FROM student AS s" CHILD_JOINS " JOIN enrolment AS e ON e.id = n.enrolment_id LEFT JOIN village AS v ON v.id = s.village_id" CHILD_ORDER,
};

/* --- 学籍异动 ------------------------------------------------------------------------------------------------------ */

static const struct field move_fields[] = {
    CHILD_FIELDS,
    {"起始日期", "入班日期|转入日期|开始日期", FIELD_DAY, "", "from_date", "enrolment.from_date", NULL, true, NULL, "在“班级”一栏的班从哪天开始", "2026-09-01", NULL},
    {"截止日期", "离班日期|转出日期|结束日期", FIELD_DAY, "", "to_date", "enrolment.to_date", NULL, false, NULL, "在这个班的最后一天；仍在读不填", "", NULL},
    {"进入方式", "入班方式|异动原因|入学方式", FIELD_CODE, IN_REASONS, "in_reason", "enrolment.in_reason", NULL, false, NULL, "", "转入", NULL},
    {"离开方式", "离班方式|离校原因", FIELD_CODE, "毕业|转出|休学|辍学|死亡|调班|重新分班", "out_reason", "enrolment.out_reason", NULL, false, NULL, "", "", NULL},
    {"转自或转往学校", "来源学校|去向学校|转往学校|转入学校|转自学校", FIELD_TEXT, "", "other_school", "enrolment.other_school", NULL, false, NULL, "转入、转出时填写", "", NULL},
};

const struct form form_move = {
    .name = "学籍异动", .synonyms = "异动|转学|学籍变动",
    .help = "转入、转出、调班、休学、复学、毕业：在一个班的一段时间一行。",
    .fields = FIELDS(move_fields),
    .finders = {FIND_SCHOOL, FIND_CLASS(false),
        {"student_id", "pupil\x1F" "学生", "name", false, {
            "SELECT id FROM student WHERE student_no = :student_no AND name = :name",
            "SELECT id FROM student WHERE id_card = :id_card AND name = :name",
            "SELECT DISTINCT s.id FROM student AS s JOIN enrolment AS e ON e.student_id = s.id WHERE s.name = :name AND e.class_id = :class_id",
            "SELECT DISTINCT s.id FROM student AS s JOIN enrolment AS e ON e.student_id = s.id JOIN class AS c ON c.id = e.class_id WHERE s.name = :name AND c.school_id = :school_id"}, NULL}},
    .targets = {{"enrolment", "enrolment", "id", NULL, "student_id = :student_id, class_id = :class_id", NULL, false,
                 {"SELECT id FROM enrolment WHERE id = :key",
                  "SELECT id FROM enrolment WHERE student_id = :student_id AND class_id = :class_id AND from_date = :from_date"}, NULL, NULL, NULL}},
    .rows = "SELECT e.id AS key, h.name AS school, t.display AS class, s.student_no, s.name, s.id_card, e.from_date, e.to_date, e.in_reason, e.out_reason, e.other_school"
            " FROM enrolment AS e JOIN student AS s ON s.id = e.student_id JOIN class AS c ON c.id = e.class_id JOIN school AS h ON h.id = c.school_id"
            " JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = :semester"
            " WHERE e.from_date <= :as_of AND (e.to_date IS NOT NULL OR e.in_reason NOT IN('新生', '升级')) AND e.from_date <= (SELECT ends FROM semester WHERE id = :semester)"
            " AND coalesce(e.to_date, '9999-12-31') >= (SELECT starts FROM semester WHERE id = :semester) AND" SCHOOL_CHOICE " AND" CLASS_CHOICE CHILD_ORDER ", e.from_date",
};

/* --- 家庭成员 ------------------------------------------------------------------------------------------------------ */

static const struct field family_fields[] = {
    CHILD_FIELDS,
    {"与学生关系", "关系|与儿童关系|与孩子关系|称谓", FIELD_CODE, RELATIONS, "relation", "family.relation", NULL, true, NULL, "", "父亲", NULL},
    {"家庭成员姓名", "成员姓名|家长姓名|监护人姓名|亲属姓名", FIELD_NAME, "", "adult_name", "adult.name", NULL, true, NULL, "", "周建国", NULL},
    {"成员性别", "家长性别", FIELD_CODE, GENDERS, "adult_gender", "adult.gender", NULL, false, NULL, "", "男", NULL},
    {"成员出生日期", "家长出生日期", FIELD_DAY, "", "adult_birth", "adult.birth", NULL, false, NULL, "", "1984-03-02", NULL},
    {"成员身份证号", "家长身份证号|家长身份证号码|监护人身份证号|成员身份证号码", FIELD_ID, "", "adult_id_card", "adult.id_card", NULL, false, NULL, "18 位，文本格式", "", NULL},
    {"电话", "联系电话|手机|手机号|手机号码|电话号码|联系方式", FIELD_PHONE, "", "phone", "phone1.phone", NULL, false, "联系电话", "手机，或 区号-号码", "15402623716", NULL},
    {"电话状态", "", FIELD_CODE, "使用|停机|已换", "phone_state", "phone1.state", "'使用'", false, NULL, "不填为 使用", "使用", NULL},
    {"备用电话", "第二电话|其他电话|备用联系电话", FIELD_PHONE, "", "phone2", "phone2.phone", NULL, false, "联系电话", "", "", NULL},
    {"备用电话状态", "", FIELD_CODE, "使用|停机|已换", "phone2_state", "phone2.state", "'使用'", false, NULL, "", "", NULL},
    {"QQ", "QQ号|QQ号码", FIELD_DIGITS, "", "qq", "adult.qq", NULL, false, NULL, "", "", NULL},
    {"微信", "微信号", FIELD_TEXT, "", "wechat", "adult.wechat", NULL, false, NULL, "", "", NULL},
    {"文化程度", "学历", FIELD_TEXT, "", "education", "adult.education", NULL, false, NULL, "", "初中", NULL},
    {"健康状况", "身体状况", FIELD_TEXT, "", "health", "adult.health", NULL, false, NULL, "健康、一般、年老体弱、患病、残疾", "健康", NULL},
    {"成员住址", "家长住址", FIELD_TEXT, "", "adult_address", "adult.address", NULL, false, NULL, "与学生同住可不填", "", NULL},
    {"健在", "是否健在", FIELD_YES, "健在|在世/已故|去世|已去世|死亡|不在世", "living", "adult.living", "1", false, NULL, "不填为 是", "是", NULL},
    {"法定监护人", "是否法定监护人|是否监护人", FIELD_YES, "", "legal_guardian", "family.legal_guardian", "0", false, "监护人", "是 或 否", "是", NULL},
    {"被委托照护人", "委托监护人|是否委托监护人|受委托照护人", FIELD_YES, "", "entrusted", "family.entrusted", "0", false, "监护人", "是 或 否；每个学生至多一人", "否", NULL},
    {"无监护能力", "是否无监护能力", FIELD_YES, "", "no_capacity", "family.no_capacity", "0", false, NULL, "是 或 否", "否", NULL},
    {"紧急联系顺序", "紧急联系次序|紧急联系人顺序", FIELD_WHOLE, "", "emergency_rank", "family.emergency_rank", NULL, false, NULL, "1 为最先联系", "1", NULL},
    {"关系起始日期", "起始日期", FIELD_DAY, "", "from_date", "family.from_date", NULL, false, NULL, "不填为学生出生日期", "", NULL},
    {"关系截止日期", "截止日期", FIELD_DAY, "", "to_date", "family.to_date", NULL, false, NULL, "仍然如此不填", "", NULL},
    {"委托协议签订日期", "协议签订日期", FIELD_DAY, "", "agreement_on", "family.agreement_on", NULL, false, NULL, "", "", NULL},
    {"告知学校日期", "书面告知学校日期", FIELD_DAY, "", "told_school_on", "family.told_school_on", NULL, false, NULL, "父母书面告知学校委托照护情况的日期", "", NULL},
};

const struct form form_family = {
    .name = "家庭成员", .synonyms = "家庭情况|监护人|家长信息|家庭成员信息",
    .help = "父、母、被委托照护人、紧急联系人各一行；兄弟姐妹的父母在每个孩子下都写。",
    .fields = FIELDS(family_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {
        {"adult", "adult", "id", NULL, "", "adult_id", false,
         {"SELECT adult_id FROM family WHERE id = :key",
          "SELECT id FROM adult WHERE id_card = :adult_id_card AND name = :adult_name",
          "SELECT DISTINCT f.adult_id FROM family AS f JOIN adult AS a ON a.id = f.adult_id WHERE f.student_id = :student_id AND f.relation = :relation AND a.name = :adult_name"
          " AND (a.id_card IS NULL OR :adult_id_card IS NULL OR a.id_card = :adult_id_card)",
          "SELECT DISTINCT a.id FROM adult AS a JOIN adult_phone AS p ON p.adult_id = a.id WHERE a.name = :adult_name AND p.phone = :phone"
          " AND (a.id_card IS NULL OR :adult_id_card IS NULL)",
          "SELECT a.id FROM adult AS a WHERE a.name = :adult_name AND a.birth = :adult_birth AND (a.id_card IS NULL OR :adult_id_card IS NULL)"
          " AND (:phone IS NULL OR NOT EXISTS(SELECT 1 FROM adult_phone AS p WHERE p.adult_id = a.id))"}, NULL, NULL, NULL},
        {"family", "family", "id", NULL, "student_id = :student_id, adult_id = :adult_id, from_date = coalesce(:from_date, (SELECT birth FROM student WHERE id = :student_id))", NULL, false,
         {"SELECT id FROM family WHERE id = :key",
          "SELECT f.id FROM family AS f JOIN adult AS a ON a.id = f.adult_id WHERE f.student_id = :student_id AND f.relation = :relation AND a.name = :adult_name AND (:from_date IS NULL OR f.from_date = :from_date)"}, NULL, NULL, NULL},
        {"phone1", "adult_phone", "adult_id, seq", "phone", "adult_id = :adult_id, seq = 1", NULL, false,
         {"SELECT adult_id, seq FROM adult_phone WHERE adult_id = :adult_id AND seq = 1"}, NULL, NULL, NULL},
        {"phone2", "adult_phone", "adult_id, seq", "phone2", "adult_id = :adult_id, seq = 2", NULL, false,
         {"SELECT adult_id, seq FROM adult_phone WHERE adult_id = :adult_id AND seq = 2"}, NULL, NULL, NULL},
    },
    .rows = "SELECT f.id AS key, " CHILD_COLUMNS ", f.relation, a.name AS adult_name, a.gender AS adult_gender, a.birth AS adult_birth, a.id_card AS adult_id_card,"
            " p.phone, p.state AS phone_state, q.phone AS phone2, q.state AS phone2_state, a.qq, a.wechat, a.education, a.health, a.address AS adult_address, a.living,"
            " f.legal_guardian, f.entrusted, f.no_capacity, f.emergency_rank, f.from_date, f.to_date, f.agreement_on, f.told_school_on"
            " FROM family AS f JOIN student AS s ON s.id = f.student_id JOIN adult AS a ON a.id = f.adult_id"
            " LEFT JOIN adult_phone AS p ON p.adult_id = a.id AND p.seq = 1 LEFT JOIN adult_phone AS q ON q.adult_id = a.id AND q.seq = 2" CHILD_JOINS CHILD_ORDER ", f.id",
};

/* --- 外出务工 ------------------------------------------------------------------------------------------------------ */

static const struct field absence_fields[] = {
    CHILD_FIELDS,
    {"与学生关系", "关系|与儿童关系|与孩子关系|务工人员", FIELD_CODE, RELATIONS, "relation", NULL, NULL, true, NULL, "谁在外务工", "父亲", NULL},
    {"家庭成员姓名", "务工人员姓名|家长姓名", FIELD_NAME, "", "adult_name", NULL, NULL, false, NULL, "同一关系有两人时填写", "", NULL},
    {"外出日期", "外出时间|务工起始日期|起始日期", FIELD_DAY, "", "from_date", "absence.from_date", NULL, true, NULL, "", "2025-02-16", NULL},
    {"返乡日期", "返回日期|务工截止日期|截止日期", FIELD_DAY, "", "to_date", "absence.to_date", NULL, false, "务工情况", "仍在外不填", "", NULL},
    {"省", "务工省份|省份", FIELD_TEXT, "", "province", "absence.province", NULL, false, "务工地点", "", "浙江省", NULL},
    {"市", "务工城市|城市", FIELD_TEXT, "", "city", "absence.city", NULL, false, "务工地点", "", "宁波市", NULL},
    {"区县乡镇", "区县|务工地点", FIELD_TEXT, "", "place", "absence.place", NULL, false, "务工地点", "", "鄞州区", NULL},
    {"通信地址", "通讯地址|收信地址", FIELD_TEXT, "", "street", "absence.street", NULL, false, NULL, "寄信用", "", NULL},
    {"邮编", "邮政编码", FIELD_DIGITS, "", "postcode", "absence.postcode", NULL, false, NULL, "", "", NULL},
    {"务工单位", "单位名称|工作单位", FIELD_TEXT, "", "employer", "absence.employer", NULL, false, NULL, "", "", NULL},
    {"工种", "职业|从事工作", FIELD_TEXT, "", "job", "absence.job", NULL, false, NULL, "", "电子厂工人", NULL},
    {"单位电话", "务工单位电话", FIELD_PHONE, "", "phone", "absence.phone", NULL, false, NULL, "", "", NULL},
    {"春节团聚", "春节是否团聚|是否回家过年", FIELD_YES, "团聚|回家/未团聚|未回家|没回家", "home_at_spring", "absence.home_at_spring", NULL, false, NULL, "是 或 否", "是", NULL},
};

const struct form form_absence = {
    .name = "外出务工", .synonyms = "务工情况|务工信息|父母务工",
    .help = "父亲、母亲每次外出各一行。",
    .fields = FIELDS(absence_fields),
    .finders = {FIND_CHILD_AND_PLACE,
        {"adult_id", "member of the family\x1F" "家庭成员", "relation", false, {
            "SELECT adult_id FROM absence WHERE id = :key",
            "SELECT DISTINCT f.adult_id FROM family AS f JOIN adult AS a ON a.id = f.adult_id WHERE f.student_id = :student_id AND f.relation = :relation AND a.name = :adult_name",
            "SELECT DISTINCT adult_id FROM family WHERE student_id = :student_id AND relation = :relation AND :adult_name IS NULL AND from_date <= :from_date AND (to_date IS NULL OR to_date >= :from_date)",
            "SELECT DISTINCT adult_id FROM family WHERE student_id = :student_id AND relation = :relation AND :adult_name IS NULL"}, NULL}},
    .targets = {{"absence", "absence", "id", NULL, "adult_id = :adult_id", NULL, false,
                 {"SELECT id FROM absence WHERE id = :key", "SELECT id FROM absence WHERE adult_id = :adult_id AND from_date = :from_date"}, NULL, NULL, NULL}},
    .rows = "SELECT w.id AS key, " CHILD_COLUMNS ", f.relation, (SELECT a.name FROM adult AS a WHERE a.id = w.adult_id) AS adult_name, w.from_date, w.to_date, w.province, w.city, w.place, w.street, w.postcode, w.employer, w.job, w.phone, w.home_at_spring"
            /* an adult's time away stands once: under the first of its children of the workbook */
            " FROM absence AS w JOIN family AS f ON f.id = (SELECT m.id FROM family AS m JOIN student AS s ON s.id = m.student_id" CHILD_JOINS " WHERE m.adult_id = w.adult_id" CHILD_ORDER ", m.id LIMIT 1)"
            " JOIN student AS s ON s.id = f.student_id" CHILD_JOINS
            " WHERE w.adult_id IN (SELECT m.adult_id FROM chosen AS n JOIN family AS m ON m.student_id = n.student_id)" CHILD_ORDER ", w.from_date, w.id",
};

/* --- 留守登记 ------------------------------------------------------------------------------------------------------ */

static const struct field roll_fields[] = {
    CHILD_FIELDS,
    {"留守类别", "类别|留守类型|留守情况", FIELD_CODE, "双亲外出|一方外出另一方无监护能力|单亲外出|单亲|监护缺失", "kind", "left_behind.kind", NULL, true, "留守类别", "", "双亲外出", NULL},
    {"重点对象", "重点留守儿童|是否重点|重点帮扶对象", FIELD_YES, "", "is_key", "left_behind.is_key", "0", false, NULL, "是 或 否", "否", NULL},
    {"重点原因", "", FIELD_TEXT, "", "key_reason", "left_behind.key_reason", NULL, false, NULL, "重点对象须写明", "", NULL},
    {"监护情况", "", FIELD_CODE, "较好|一般|差", "care_level", "left_behind.care_level", NULL, false, NULL, "", "一般", NULL},
    {"主要经济来源", "经济来源", FIELD_TEXT, "", "income", "left_behind.income", NULL, false, NULL, "", "父母务工", NULL},
    {"享受救助情况", "救助情况", FIELD_TEXT, "", "aid", "left_behind.aid", NULL, false, NULL, "没有的写 无", "无", NULL},
    {"档案编号", "档案号", FIELD_TEXT, "", "dossier_no", "left_behind.dossier_no", NULL, false, NULL, "已有的照抄；没有的留空", "", NULL},
    {"登记日期", "起始日期|纳入日期", FIELD_DAY, "", "from_date", "left_behind.from_date", "(SELECT starts FROM semester WHERE id = :semester)", false, NULL, "本学期从哪天起；不填为开学第一天", "", NULL},
    {"退出日期", "截止日期", FIELD_DAY, "", "to_date", "left_behind.to_date", NULL, false, "留守登记", "仍在册不填", "", NULL},
    {"状态", "在册状态", FIELD_CODE, "在册|转入|新增|转出|父母返乡|毕业|辍学", "status", "left_behind.status", "'在册'", false, NULL, "不填为 在册", "在册", NULL},
    {"建档日期", "", FIELD_DAY, "", "filed_on", "left_behind.filed_on", NULL, false, NULL, "", "", NULL},
    {"填表人", "", FIELD_NAME, "", "filler", "left_behind.filled_by", NULL, false, NULL, "本校教职工", "", "filled_by"},
    {"填表日期", "", FIELD_DAY, "", "filled_on", "left_behind.filled_on", NULL, false, NULL, "", "", NULL},
    {"核查人", "复核人", FIELD_NAME, "", "checker", "left_behind.checked_by", NULL, false, NULL, "本校教职工", "", "checked_by"},
    {"核查日期", "复核日期", FIELD_DAY, "", "checked_on", "left_behind.checked_on", NULL, false, NULL, "", "", NULL},
    {"情况说明", "备注|说明", FIELD_TEXT, "", "note", "left_behind.note", NULL, false, NULL, "", "", NULL},
    REVIEW_FIELD,
};

const struct form form_roll = {
    .name = "留守登记", .synonyms = "留守儿童登记|留守儿童|留守儿童登记表|留守台账|登记表",
    .help = "本学期在册的留守儿童每人一行。",
    .fields = FIELDS(roll_fields),
    .finders = {FIND_CHILD_AND_PLACE, STAFF_BY("filler", "filled_by"), STAFF_BY("checker", "checked_by")},
    .targets = {{"left_behind", "left_behind", "student_id, semester_id", NULL,
                 "student_id = :student_id, semester_id = :semester", NULL, false,
                 {"SELECT student_id, semester_id FROM left_behind WHERE student_id = :student_id AND semester_id = :semester"}, NULL, NULL, NULL},
                REVIEW_TARGET("left_behind", ":student_id || '/' || :semester")},
    .rows = "SELECT l.student_id AS key, " CHILD_COLUMNS ", l.kind, l.is_key, l.key_reason, l.care_level, l.income, l.aid, l.dossier_no, l.from_date, l.to_date, l.status, l.filed_on,"
            " a.name AS filler, l.filled_on, b.name AS checker, l.checked_on, l.note, rv.state AS review"
            " FROM left_behind AS l JOIN student AS s ON s.id = l.student_id" CHILD_JOINS
            " LEFT JOIN staff AS a ON a.id = l.filled_by LEFT JOIN staff AS b ON b.id = l.checked_by" REVIEW_JOIN("left_behind", "l.student_id || '/' || l.semester_id") " WHERE l.semester_id = :semester" CHILD_ORDER,
};

/* --- 三特生, 健康, 乘车 -------------------------------------------------------------------------------------------- */

static const struct field special_fields[] = {
    CHILD_FIELDS,
    {"三特类别", "类别|三特生类别", FIELD_CODE, "特困生|特长生|残障生", "kind", "special.kind", NULL, true, NULL, "", "特长生", NULL},
    {"认定日期", "起始日期", FIELD_DAY, "", "from_date", "special.from_date", NULL, true, NULL, "", "2026-09-01", NULL},
    {"解除日期", "截止日期", FIELD_DAY, "", "to_date", "special.to_date", NULL, false, NULL, "仍是不填", "", NULL},
    {"具体情况", "详细情况|情况", FIELD_TEXT, "", "detail", "special.detail", NULL, false, NULL, "", "绘画", NULL},
    {"等级", "级别", FIELD_TEXT, "", "level", "special.level", NULL, false, NULL, "", "", NULL},
    {"证件号", "证件编号|证号", FIELD_TEXT, "", "cert_no", "special.cert_no", NULL, false, NULL, "低保证、残疾证等", "", NULL},
};

const struct form form_special = {
    .name = "三特生", .synonyms = "三特生登记|特困生|特长生|残障生",
    .help = "特困生、特长生、残障生：每项一行。",
    .fields = FIELDS(special_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {{"special", "special", "student_id, kind, from_date", NULL, "student_id = :student_id", NULL, false,
                 {"SELECT student_id, kind, from_date FROM special WHERE student_id = :key AND kind = :key2 AND from_date = :key3",
                  "SELECT student_id, kind, from_date FROM special WHERE student_id = :student_id AND kind = :kind AND from_date = :from_date"}, NULL, NULL, NULL}},
    .rows = "SELECT x.student_id || '/' || x.kind || '/' || x.from_date AS key, " CHILD_COLUMNS ", x.kind, x.from_date, x.to_date, x.detail, x.level, x.cert_no"
            " FROM special AS x JOIN student AS s ON s.id = x.student_id" CHILD_JOINS CHILD_ORDER ", x.kind, x.from_date",
};

static const struct field health_fields[] = {
    CHILD_FIELDS,
    {"体检日期", "", FIELD_DAY, "", "exam_on", "health.exam_on", NULL, false, NULL, "", "2026-09-20", NULL},
    {"身高（厘米）", "身高|身高cm", FIELD_SCALED, "10", "height", "health.height_mm", NULL, false, NULL, "厘米，可带一位小数", "142.5", NULL},
    {"体重（千克）", "体重|体重kg|体重公斤", FIELD_SCALED, "1000", "weight", "health.weight_g", NULL, false, NULL, "千克", "36.2", NULL},
    {"左眼视力", "视力左|左视力", FIELD_SCALED, "10", "vision_l", "health.vision_l", NULL, false, NULL, "五分记录，如 5.0", "5.0", NULL},
    {"右眼视力", "视力右|右视力", FIELD_SCALED, "10", "vision_r", "health.vision_r", NULL, false, NULL, "五分记录，如 4.9", "4.9", NULL},
    {"身体状况", "健康状况", FIELD_CODE, "健康|残疾|患病", "condition", "health.condition", NULL, false, NULL, "", "健康", NULL},
    {"疾病", "病史|患病情况", FIELD_TEXT, "", "illness", "health.illness", NULL, false, NULL, "没有的写 无", "无", NULL},
    {"过敏", "过敏史|过敏情况", FIELD_TEXT, "", "allergy", "health.allergy", NULL, false, NULL, "没有的写 无", "无", NULL},
    {"心理状况", "", FIELD_TEXT, "", "mental", "health.mental", NULL, false, NULL, "", "", NULL},
    {"参加医保", "医保|城乡居民医保|是否参保", FIELD_YES, "已参保|参保|已参加/未参保|未参加", "insured", "health.insured", NULL, false, NULL, "是 或 否", "是", NULL},
    {"体检机构", "体检单位", FIELD_TEXT, "", "clinic", "health.clinic", NULL, false, NULL, "", "云岭镇卫生院", NULL},
};

const struct form form_health = {
    .name = "健康", .synonyms = "健康档案|体检|健康体检|健康状况",
    .help = "本学期体检，每人一行。",
    .fields = FIELDS(health_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {{"health", "health", "student_id, semester_id", NULL, "student_id = :student_id, semester_id = :semester", NULL, false,
                 {"SELECT student_id, semester_id FROM health WHERE student_id = :student_id AND semester_id = :semester"}, NULL, NULL, NULL}},
    .rows = "SELECT x.student_id AS key, " CHILD_COLUMNS ", x.exam_on, x.height_mm AS height, x.weight_g AS weight, x.vision_l, x.vision_r, x.condition, x.illness, x.allergy, x.mental, x.insured, x.clinic"
            " FROM health AS x JOIN student AS s ON s.id = x.student_id" CHILD_JOINS " WHERE x.semester_id = :semester" CHILD_ORDER,
};

static const struct field ride_fields[] = {
    CHILD_FIELDS,
    {"车牌号码", "车牌号|车牌|车号", FIELD_PLATE, "", "plate", "vehicle.plate", NULL, true, NULL, "如 贵C12345，不写点", "贵CE5315", NULL},
    {"车辆类型", "车型", FIELD_TEXT, "", "vehicle_kind", "vehicle.kind", NULL, false, NULL, "", "校车", NULL},
    {"核载人数", "核定载客|核载|座位数", FIELD_WHOLE, "", "seats", "vehicle.seats", NULL, false, NULL, "连司机", "29", NULL},
    {"司机姓名", "司机|驾驶员|驾驶员姓名", FIELD_NAME, "", "driver", "vehicle.driver", NULL, false, NULL, "", "朱飞", NULL},
    {"司机电话", "司机联系电话|驾驶员电话|司机联系方式", FIELD_PHONE, "", "driver_phone", "vehicle.driver_phone", NULL, false, NULL, "", "15493590696", NULL},
    {"驾驶证", "准驾车型", FIELD_TEXT, "", "licence", "vehicle.licence", NULL, false, NULL, "", "A2", NULL},
    {"责任书签订日期", "安全责任书", FIELD_DAY, "", "letter_on", "vehicle.letter_on", NULL, false, NULL, "", "2026-09-03", NULL},
    {"乘车方向", "方向|线路", FIELD_TEXT, "", "direction", "ride.direction", NULL, false, "乘车", "", "石笋中学—石笋村", NULL},
    {"上下车地点", "站点|乘车地点", FIELD_TEXT, "", "stop", "ride.stop", NULL, false, NULL, "", "石笋村村口", NULL},
    {"趟次", "乘车时段|上学放学", FIELD_CODE, "上学|放学|往返", "trip", "ride.trip", NULL, false, NULL, "", "往返", NULL},
    REVIEW_FIELD,
};

const struct form form_ride = {
    .name = "乘车", .synonyms = "乘车登记|乘车信息|乘车学生",
    .help = "乘车上学的学生，每人每辆车一行。",
    .fields = FIELDS(ride_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {
        {"vehicle", "vehicle", "id", NULL, "", "vehicle_id", false, {"SELECT id FROM vehicle WHERE plate = :plate"}, NULL, NULL, NULL},
        {"ride", "ride", "student_id, semester_id, vehicle_id", NULL, "student_id = :student_id, semester_id = :semester, vehicle_id = :vehicle_id", NULL, false,
         {"SELECT student_id, semester_id, vehicle_id FROM ride WHERE student_id = :key AND semester_id = :semester AND vehicle_id = :key2",
          "SELECT student_id, semester_id, vehicle_id FROM ride WHERE student_id = :student_id AND semester_id = :semester AND vehicle_id = :vehicle_id"}, NULL, NULL, NULL},
        REVIEW_TARGET("ride", ":student_id || '/' || :semester || '/' || :vehicle_id"),
    },
    .rows = "SELECT r.student_id || '/' || r.vehicle_id AS key, " CHILD_COLUMNS ", v.plate, v.kind AS vehicle_kind, v.seats, v.driver, v.driver_phone, v.licence, v.letter_on, r.direction, r.stop, r.trip, rv.state AS review"
            " FROM ride AS r JOIN student AS s ON s.id = r.student_id JOIN vehicle AS v ON v.id = r.vehicle_id" REVIEW_JOIN("ride", "r.student_id || '/' || r.semester_id || '/' || r.vehicle_id") CHILD_JOINS " WHERE r.semester_id = :semester" CHILD_ORDER ", v.id",
};
