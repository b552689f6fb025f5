/* forms_school.c: the school itself: its people, its classes, what it does. */
#include "intake/forms_all.h"

/* clang-format off */


static const struct field school_fields[] = {
    {"学校代码", "学校标识码|学校编码", FIELD_DIGITS, "", "code", "school.code", NULL, false, NULL, "十位", "2152399100", NULL},
    {"学校", "学校名称|学校全称", FIELD_TEXT, "", "school", "school.name", NULL, true, NULL, "全称", "云岭镇中心学校", NULL},
    {"简称", "学校简称", FIELD_TEXT, "", "short_name", "school.short_name", NULL, false, NULL, "", "中心学校", NULL},
    {"类别", "学校类别|办学类型", FIELD_CODE, "中心学校|完全小学|教学点|初级中学|九年一贯制学校|幼儿园", "kind", "school.kind", NULL, false, NULL, "", "中心学校", NULL},
    {"边远", "是否边远|边远学校", FIELD_YES, "", "remote", "school.remote", "0", false, NULL, "是 或 否", "否", NULL},
    {"所在村", "村（居）|村居", FIELD_TEXT, "", "village", "school.village_id", NULL, false, NULL, "", "云岭社区", "village_id"},
    {"地址", "学校地址", FIELD_TEXT, "", "address", "school.address", NULL, false, NULL, "", "", NULL},
    {"邮编", "邮政编码", FIELD_DIGITS, "", "postcode", "school.postcode", NULL, false, NULL, "", "563199", NULL},
    {"学校电话", "电话|办公电话", FIELD_PHONE, "", "phone", "school.phone", NULL, false, NULL, "", "0851-27991100", NULL},
    {"亲情热线", "热线电话", FIELD_PHONE, "", "hotline", "school.hotline", NULL, false, NULL, "", "0851-27996100", NULL},
    {"校长", "校长姓名", FIELD_NAME, "", "principal", "school.principal", NULL, false, NULL, "", "徐军强", NULL},
};

const struct form form_school = {
    .name = "学校", .synonyms = "学校信息|学校基本情况",
    .help = "本校一行。",
    .fields = FIELDS(school_fields),
    .finders = {{"village_id", "village\x1F" "村（居）", "village", true, {"SELECT id FROM village WHERE name = :village"}, NULL}},
    .targets = {{"school", "school", "id", NULL, "", NULL, false,
                 {"SELECT id FROM school WHERE id = :key", "SELECT id FROM school WHERE name = :school"},
                 "SELECT name FROM school WHERE code = :code", NULL, "code"}},
    .rows = "SELECT h.id AS key, h.code, h.name AS school, h.short_name, h.kind, h.remote, v.name AS village, h.address, h.postcode, h.phone, h.hotline, h.principal"
            " FROM school AS h LEFT JOIN village AS v ON v.id = h.village_id WHERE" SCHOOL_CHOICE " AND :class_given IS NULL ORDER BY h.id",
};

static const struct field staff_fields[] = {
    SCHOOL_FIELD(false),
    {"姓名", "教师姓名|教职工姓名", FIELD_NAME, "", "name", "staff.name", NULL, true, NULL, "", "何燕蓉", NULL},
    {"性别", "", FIELD_CODE, "男|女", "gender", "staff.gender", NULL, false, NULL, "", "女", NULL},
    {"出生日期", "出生年月日", FIELD_DAY, "", "birth", "staff.birth", NULL, false, NULL, "", "", NULL},
    {"职称或职务", "职称|职务", FIELD_TEXT, "", "title", "staff.title", NULL, false, NULL, "", "一级教师", NULL},
    {"电话", "联系电话|手机|手机号码", FIELD_PHONE, "", "phone", "staff.phone", NULL, false, NULL, "", "15435790882", NULL},
    {"身份证号", "身份证号码|证件号码|公民身份号码", FIELD_ID, "", "id_card", "staff.id_card", NULL, false, NULL, "", "", NULL},
    {"受过心理培训", "心理培训", FIELD_YES, "", "psych_trained", "staff.psych_trained", "0", false, NULL, "是 或 否", "否", NULL},
    {"在岗", "是否在岗", FIELD_YES, "在岗|在职/离岗|退休|调离|离职", "active", "staff.active", "1", false, NULL, "不填为 是", "是", NULL},
    {"离岗日期", "", FIELD_DAY, "", "left_on", "staff.left_on", NULL, false, NULL, "", "", NULL},
};

const struct form form_staff = {
    .name = "教职工", .synonyms = "教师|教职工名册|教师名册",
    .help = "校长、教师、管理员每人一行。",
    .fields = FIELDS(staff_fields),
    .finders = {FIND_SCHOOL},
    .targets = {{"staff", "staff", "id", NULL, "school_id = :school_id", NULL, true,
                 {"SELECT id FROM staff WHERE id = :key", "SELECT id FROM staff WHERE id_card = :id_card AND name = :name",
                  "SELECT id FROM staff WHERE name = :name AND school_id = :school_id AND (id_card IS NULL OR :id_card IS NULL) AND (birth IS NULL OR :birth IS NULL OR birth = :birth)"}, NULL, NULL, NULL}},
    .rows = "SELECT s.id AS key, h.name AS school, s.name, s.gender, s.birth, s.title, s.phone, s.id_card, s.psych_trained, s.active, s.left_on"
            " FROM staff AS s JOIN school AS h ON h.id = s.school_id WHERE" SCHOOL_CHOICE " AND :class_given IS NULL ORDER BY h.id, s.id",
};

static const struct field class_fields[] = {
    SCHOOL_FIELD(false),
    {"班级", "班级名称", FIELD_CLASS, "", "class", "class_term.display", NULL, true, NULL, "本学期叫什么：六（5）班、0801班", "六（5）班", NULL},
    {"学段", "", FIELD_CODE, "幼儿园|小学|初中", "stage", "class.stage", NULL, true, NULL, "", "小学", NULL},
    {"入学年份", "届|级", FIELD_WHOLE, "", "entry_year", "class.entry_year", NULL, true, NULL, "这个班进入本学段的年份", "2021", NULL},
    {"班号", "班序号", FIELD_WHOLE, "", "class_no", "class.class_no", NULL, true, NULL, "", "5", NULL},
    {"年级", "", FIELD_CODE, "小班|中班|大班|1|2|3|4|5|6|7|8|9", "grade_name", "class_term.grade", NULL, true, NULL, "小班、中班、大班，1 到 9", "6", "grade"},
    {"班主任", "班主任姓名", FIELD_NAME, "", "head", "class_term.head_id", NULL, false, NULL, "已在“教职工”表中的人", "何燕蓉", "head_id"},
};

const struct form form_class = {
    .name = "班级", .synonyms = "班级名册|班级信息",
    .help = "本学期每个班一行。",
    .fields = FIELDS(class_fields),
    .finders = {FIND_SCHOOL,
        {"grade", "grade\x1F" "年级", "grade_name", false, {"SELECT CASE :grade_name WHEN '小班' THEN -3 WHEN '中班' THEN -2 WHEN '大班' THEN -1 ELSE CAST(:grade_name AS INTEGER) END"}, NULL},
        STAFF_BY("head", "head_id")},
    .targets = {
        {"class", "class", "id", NULL, "school_id = :school_id", "class_id", false,
         {"SELECT id FROM class WHERE id = :key", "SELECT id FROM class WHERE school_id = :school_id AND stage = :stage AND entry_year = :entry_year AND class_no = :class_no"}, NULL, NULL, NULL},
        {"class_term", "class_term", "class_id, semester_id", NULL, "class_id = :class_id, semester_id = :semester", NULL, false,
         {"SELECT class_id, semester_id FROM class_term WHERE class_id = :class_id AND semester_id = :semester"}, NULL, NULL, NULL},
    },
    .rows = "SELECT c.id AS key, h.name AS school, t.display AS class, c.stage, c.entry_year, c.class_no,"
            " CASE t.grade WHEN -3 THEN '小班' WHEN -2 THEN '中班' WHEN -1 THEN '大班' ELSE CAST(t.grade AS TEXT) END AS grade_name, b.name AS head"
            " FROM class AS c JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = :semester JOIN school AS h ON h.id = c.school_id LEFT JOIN staff AS b ON b.id = t.head_id"
            " WHERE" SCHOOL_CHOICE " AND (:class_given IS NULL OR t.display = :class_given) ORDER BY h.id, t.grade, c.class_no",
};

/* --- what a school does ------------------------------------------------------------------------------------------- */

static const struct field activity_fields[] = {
    SCHOOL_FIELD(false),
    {"日期", "活动日期|时间", FIELD_DAY, "", "on_date", "activity.on_date", NULL, true, NULL, "", "2026-09-19", NULL},
    {"类别", "活动类别", FIELD_TEXT, "", "kind", "activity.kind", NULL, false, NULL, "文体、节庆、教育、结对帮扶、竞赛", "文体", NULL},
    {"活动名称", "名称|活动主题|主题", FIELD_TEXT, "", "title", "activity.title", NULL, true, NULL, "", "秋季远足", NULL},
    {"地点", "活动地点", FIELD_TEXT, "", "place", "activity.place", NULL, false, NULL, "", "", NULL},
    {"主持人", "负责人|组织者", FIELD_TEXT, "", "host", "activity.host", NULL, false, NULL, "", "", NULL},
    {"合作单位", "结对单位|参与单位", FIELD_TEXT, "", "partner", "activity.partner", NULL, false, NULL, "", "", NULL},
    {"儿童人数", "学生人数|参加儿童", FIELD_WHOLE, "", "children", "activity.children", NULL, false, NULL, "", "45", NULL},
    {"成人人数", "教师家长人数|参加成人", FIELD_WHOLE, "", "adults", "activity.adults", NULL, false, NULL, "", "6", NULL},
    {"小结", "活动小结|活动情况", FIELD_TEXT, "", "summary", "activity.summary", NULL, false, NULL, "", "", NULL},
};

const struct form form_activity = {
    .name = "活动", .synonyms = "活动记录|关爱活动",
    .help = "每次活动一行。",
    .fields = FIELDS(activity_fields),
    .finders = {FIND_SCHOOL},
    .targets = {{"activity", "activity", "id", NULL, "school_id = :school_id, semester_id = :semester", NULL, true,
                 {"SELECT id FROM activity WHERE id = :key", "SELECT id FROM activity WHERE school_id = :school_id AND on_date = :on_date AND title = :title ORDER BY id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, h.name AS school, x.on_date, x.kind, x.title, x.place, x.host, x.partner, x.children, x.adults, x.summary FROM activity AS x JOIN school AS h ON h.id = x.school_id"
            " WHERE x.semester_id = :semester AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, x.on_date, x.id",
};

static const struct field meeting_fields[] = {
    SCHOOL_FIELD(false),
    {"日期", "会议日期|时间", FIELD_DAY, "", "on_date", "meeting.on_date", NULL, true, NULL, "", "2026-09-18", NULL},
    {"会议类别", "类别", FIELD_CODE, "代理家长座谈会|监护人会|三方座谈会|班级留守儿童会|家长会|领导小组会|司机座谈会|经验交流会|研讨会|培训|二级培训|讲座", "kind", "meeting.kind", NULL, true, NULL, "", "代理家长座谈会", NULL},
    {"议题", "主题|会议主题", FIELD_TEXT, "", "topic", "meeting.topic", NULL, false, NULL, "", "布置新学期帮扶工作", NULL},
    {"主持人", "", FIELD_TEXT, "", "chair", "meeting.chair", NULL, false, NULL, "", "", NULL},
    {"主讲人", "", FIELD_TEXT, "", "speaker", "meeting.speaker", NULL, false, NULL, "", "", NULL},
    {"到会人数", "实到人数|参加人数", FIELD_WHOLE, "", "present", "meeting.present", NULL, false, NULL, "", "46", NULL},
    {"应到人数", "", FIELD_WHOLE, "", "expected", "meeting.expected", NULL, false, NULL, "", "53", NULL},
    {"会议记录", "记录|会议内容", FIELD_TEXT, "", "minutes", "meeting.minutes", NULL, false, NULL, "", "", NULL},
};

const struct form form_meeting = {
    .name = "会议", .synonyms = "会议记录|会议培训",
    .help = "每次会议、培训、讲座一行。",
    .fields = FIELDS(meeting_fields),
    .finders = {FIND_SCHOOL},
    .targets = {{"meeting", "meeting", "id", NULL, "school_id = :school_id, semester_id = :semester", NULL, true,
                 {"SELECT id FROM meeting WHERE id = :key", "SELECT id FROM meeting WHERE school_id = :school_id AND on_date = :on_date AND kind = :kind ORDER BY topic IS NOT :topic, id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, h.name AS school, x.on_date, x.kind, x.topic, x.chair, x.speaker, x.present, x.expected, x.minutes FROM meeting AS x JOIN school AS h ON h.id = x.school_id"
            " WHERE x.semester_id = :semester AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, x.on_date, x.id",
};

static const struct field donation_fields[] = {
    SCHOOL_FIELD(false),
    {"日期", "捐赠日期|接收日期", FIELD_DAY, "", "on_date", "donation.on_date", NULL, true, NULL, "", "2026-09-28", NULL},
    {"捐赠方", "捐赠单位|捐赠人", FIELD_TEXT, "", "donor", "donation.donor", NULL, true, NULL, "", "云岭镇商会", NULL},
    {"类别", "捐赠类别", FIELD_CODE, "现金|物资", "kind", "donation.kind", NULL, false, NULL, "", "物资", NULL},
    {"物品", "物品名称|名称", FIELD_TEXT, "", "item", "donation.item", NULL, false, NULL, "", "爱心书包", NULL},
    {"数量", "", FIELD_WHOLE, "", "qty", "donation.qty", NULL, false, NULL, "", "66", NULL},
    {"单位", "计量单位", FIELD_TEXT, "", "unit", "donation.unit", NULL, false, NULL, "", "只", NULL},
    {"价值（元）", "价值|金额|金额（元）|折合金额", FIELD_SCALED, "100", "value", "donation.value_fen", NULL, false, NULL, "元，可带两位小数", "4488.00", NULL},
    {"用途", "", FIELD_TEXT, "", "purpose", "donation.purpose", NULL, false, NULL, "", "资助留守儿童", NULL},
};

const struct form form_donation = {
    .name = "捐赠", .synonyms = "捐赠登记|接受捐赠|资助",
    .help = "每笔捐赠一行。",
    .fields = FIELDS(donation_fields),
    .finders = {FIND_SCHOOL},
    .targets = {{"donation", "donation", "id", NULL, "school_id = :school_id", NULL, true,
                 {"SELECT id FROM donation WHERE id = :key", "SELECT id FROM donation WHERE school_id = :school_id AND on_date = :on_date AND donor = :donor AND item IS :item ORDER BY id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, h.name AS school, x.on_date, x.donor, x.kind, x.item, x.qty, x.unit, x.value_fen AS value, x.purpose FROM donation AS x JOIN school AS h ON h.id = x.school_id"
            " WHERE " IN_TERM("x.on_date") " AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, x.on_date, x.id",
};

static const struct field paper_fields[] = {
    SCHOOL_FIELD(false),
    {"月份", "年月", FIELD_MONTH, "", "ym", "submission.ym", NULL, true, NULL, "材料所属月份", "2026-10", NULL},
    {"材料类别", "类别", FIELD_CODE, "月统计材料|工作信息|调研文章|论文", "kind", "submission.kind", NULL, true, NULL, "", "月统计材料", NULL},
    {"题目", "标题|材料名称", FIELD_TEXT, "", "title", "submission.title", "iif(:kind = '月统计材料', CAST(substr(:ym, 6) AS INTEGER) || '月统计材料', NULL)", false, NULL, "月统计材料可不填", "", NULL},
    {"作者", "撰写人", FIELD_NAME, "", "author", "submission.author", NULL, false, NULL, "", "", NULL},
    {"正文", "内容", FIELD_TEXT, "", "body", "submission.body", NULL, false, NULL, "", "", NULL},
    {"上交时间", "报送时间|上交日期", FIELD_MOMENT, "", "submitted_at", "submission.submitted_at", NULL, false, NULL, "如 2026-10-24 16:30:00", "", NULL},
    {"状态", "上交状态", FIELD_CODE, "未交|已交|迟交|退回|免交", "state", "submission.state", "iif(:submitted_at IS NULL, '未交', '已交')", false, NULL, "", "已交", NULL},
    {"反馈", "反馈意见", FIELD_TEXT, "", "feedback", "submission.feedback", NULL, false, NULL, "", "", NULL},
};

const struct form form_paper = {
    .name = "材料上交", .synonyms = "材料报送|上交材料|信息报送",
    .help = "每份材料一行。",
    .fields = FIELDS(paper_fields),
    .finders = {FIND_SCHOOL},
    .targets = {{"submission", "submission", "id", NULL, "school_id = :school_id", NULL, true,
                 {"SELECT id FROM submission WHERE id = :key", "SELECT id FROM submission WHERE school_id = :school_id AND ym = :ym AND kind = :kind AND title = :title ORDER BY id",
                  "SELECT id FROM submission WHERE school_id = :school_id AND ym = :ym AND kind = :kind AND title IS NULL AND :title IS NULL AND submitted_at IS :submitted_at ORDER BY id",
                  "SELECT id FROM submission WHERE school_id = :school_id AND ym = :ym AND kind = :kind AND (submitted_at IS NULL OR :kind = '月统计材料') ORDER BY id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, h.name AS school, x.ym, x.kind, x.title, x.author, x.body, x.submitted_at, x.state, x.feedback FROM submission AS x JOIN school AS h ON h.id = x.school_id"
            " WHERE x.ym IN (SELECT m.ym FROM semester_month AS m WHERE m.semester_id = :semester) AND :class_given IS NULL AND" SCHOOL_CHOICE " ORDER BY h.id, x.ym, x.id",
};
