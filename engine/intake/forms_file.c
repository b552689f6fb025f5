/* forms_file.c: what else a dossier holds of a child: what was signed, letters, conduct, what happened, what it made. */
#include "intake/forms_all.h"

/* clang-format off */

#define OF_CHILD " AS x JOIN student AS s ON s.id = x.student_id" CHILD_JOINS " WHERE "

/* --- 责任书 -------------------------------------------------------------------------------------------------------- */

static const struct field pledge_fields[] = {
    CHILD_FIELDS,
    {"种类", "责任书种类|协议种类|类别", FIELD_CODE, "安全责任书|委托照护协议|结对协议|信息采集知情同意书", "kind", "pledge.kind", NULL, true, NULL, "司机的责任书填在“乘车”表", "安全责任书", NULL},
    {"甲方", "", FIELD_TEXT, "", "party_a", "pledge.party_a", NULL, false, NULL, "", "云岭镇中心学校", NULL},
    {"乙方", "", FIELD_TEXT, "", "party_b", "pledge.party_b", NULL, false, NULL, "", "周馨语的祖母", NULL},
    {"签订日期", "签字日期|日期", FIELD_DAY, "", "signed_on", "pledge.signed_on", NULL, false, NULL, "", "2026-09-04", NULL},
    {"有效期至", "截止日期", FIELD_DAY, "", "valid_to", "pledge.valid_to", NULL, false, NULL, "", "2027-01-22", NULL},
};

const struct form form_pledge = {
    .name = "责任书", .synonyms = "安全责任书|责任书签订|协议书|责任书和协议",
    .help = "与家长签订的每份责任书、协议、同意书一行。",
    .named_only = true,
    .fields = FIELDS(pledge_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {{"pledge", "pledge", "id", NULL, "student_id = :student_id, semester_id = :semester", NULL, true,
                 {"SELECT id FROM pledge WHERE id = :key", "SELECT id FROM pledge WHERE student_id = :student_id AND semester_id = :semester AND kind = :kind ORDER BY signed_on IS NOT :signed_on, id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, " CHILD_COLUMNS ", x.kind, x.party_a, x.party_b, x.signed_on, x.valid_to FROM pledge" OF_CHILD
            "x.semester_id = :semester" CHILD_ORDER ", x.id",
};

/* --- 书信 --------------------------------------------------------------------------------------------------------- */

static const struct field letter_fields[] = {
    CHILD_FIELDS,
    {"类别", "书信类别", FIELD_CODE, "致家长的一封信|儿童家书|监护情况通知", "kind", "letter.kind", NULL, true, NULL, "", "致家长的一封信", NULL},
    {"收信人关系", "收信人|写给谁", FIELD_CODE, "父亲|母亲|祖父|祖母|外祖父|外祖母|继父|继母|兄|姐|伯父|叔父|姑母|舅父|姨母|其他亲属|邻居|其他", "relation", "letter.adult_id", NULL, false, NULL, "父亲、母亲……", "母亲", "adult_id"},
    {"收信人姓名", "家长姓名", FIELD_NAME, "", "adult_name", NULL, NULL, false, NULL, "同一关系有两人时填写", "", NULL},
    {"正文", "内容|书信内容", FIELD_TEXT, "", "body", "letter.body", NULL, false, NULL, "", "", NULL},
    {"通信地址", "收信地址|地址", FIELD_TEXT, "", "address", "letter.address", NULL, false, NULL, "", "", NULL},
    {"邮编", "邮政编码", FIELD_DIGITS, "", "postcode", "letter.postcode", NULL, false, NULL, "", "", NULL},
    {"寄出日期", "发出日期|日期", FIELD_DAY, "", "sent_on", "letter.sent_on", NULL, false, NULL, "", "2026-09-17", NULL},
    {"回执日期", "收到回执日期", FIELD_DAY, "", "receipt_on", "letter.receipt_on", NULL, false, NULL, "收到回执的日期", "", NULL},
};

const struct form form_letter = {
    .name = "书信", .synonyms = "家书|致家长的一封信|书信登记",
    .help = "寄给家长的信、孩子的家书，每封一行。",
    .named_only = true,
    .fields = FIELDS(letter_fields),
    .finders = {FIND_CHILD_AND_PLACE,
        {"adult_id", "member of the family\x1F" "家庭成员", "relation", true, {
            "SELECT adult_id FROM letter WHERE id = :key AND adult_id IN (SELECT f.adult_id FROM family AS f WHERE f.student_id = :student_id AND f.relation = :relation)",
            "SELECT DISTINCT f.adult_id FROM family AS f JOIN adult AS a ON a.id = f.adult_id WHERE f.student_id = :student_id AND f.relation = :relation AND a.name = :adult_name",
            "SELECT DISTINCT adult_id FROM family WHERE student_id = :student_id AND relation = :relation AND :adult_name IS NULL"}, NULL}},
    .targets = {{"letter", "letter", "id", NULL, "student_id = :student_id, semester_id = :semester", NULL, true,
                 {"SELECT id FROM letter WHERE id = :key",
                  "SELECT id FROM letter WHERE student_id = :student_id AND semester_id = :semester AND kind = :kind AND adult_id IS :adult_id AND (sent_on IS :sent_on OR sent_on IS NULL) ORDER BY sent_on IS NULL, id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, " CHILD_COLUMNS ", x.kind, (SELECT f.relation FROM family AS f WHERE f.student_id = x.student_id AND f.adult_id = x.adult_id ORDER BY f.id LIMIT 1) AS relation,"
            " (SELECT a.name FROM adult AS a WHERE a.id = x.adult_id) AS adult_name, x.body, x.address, x.postcode, x.sent_on, x.receipt_on FROM letter" OF_CHILD
            "x.semester_id = :semester" CHILD_ORDER ", x.id",
};

/* --- 操行, 安全事件, 成长材料 ---------------------------------------------------------------------------------------- */

static const struct field conduct_fields[] = {
    CHILD_FIELDS,
    {"日期", "发生日期", FIELD_DAY, "", "on_date", "conduct.on_date", NULL, true, NULL, "", "2026-10-15", NULL},
    {"程度", "严重程度|情节", FIELD_CODE, "一般|较重|严重", "severity", "conduct.severity", NULL, false, NULL, "严重的影响考核加分", "一般", NULL},
    {"违纪行为", "行为|事由", FIELD_TEXT, "", "what", "conduct.what", NULL, true, NULL, "", "课堂上使用手机", NULL},
    {"处理决定", "处理|处分", FIELD_TEXT, "", "decision", "conduct.decision", NULL, false, NULL, "", "批评教育", NULL},
    {"撤销日期", "处分撤销日期", FIELD_DAY, "", "revoked_on", "conduct.revoked_on", NULL, false, NULL, "处分已撤销的填写", "", NULL},
};

const struct form form_conduct = {
    .name = "操行", .synonyms = "违纪|操行记录|违纪处分|违纪记录",
    .help = "每次违纪一行；没有的不填。",
    .named_only = true,
    .fields = FIELDS(conduct_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {{"conduct", "conduct", "id", NULL, "student_id = :student_id", NULL, true,
                 {"SELECT id FROM conduct WHERE id = :key", "SELECT id FROM conduct WHERE student_id = :student_id AND on_date = :on_date AND what = :what ORDER BY id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, " CHILD_COLUMNS ", x.on_date, x.severity, x.what, x.decision, x.revoked_on FROM conduct" OF_CHILD IN_TERM("x.on_date") CHILD_ORDER ", x.on_date, x.id",
};

static const struct field incident_fields[] = {
    CHILD_FIELDS,
    {"日期", "发生日期", FIELD_DAY, "", "on_date", "incident.on_date", NULL, true, NULL, "", "2026-10-20", NULL},
    {"类别", "事件类别", FIELD_CODE, "意外伤害|违法犯罪|失学|欺凌侵害|其他", "kind", "incident.kind", NULL, true, NULL, "", "意外伤害", NULL},
    {"经过", "事件经过|情况", FIELD_TEXT, "", "detail", "incident.detail", NULL, false, NULL, "", "骑自行车摔倒", NULL},
    {"处理", "处理情况|处理结果", FIELD_TEXT, "", "handled", "incident.handled", NULL, false, NULL, "", "已送医并通知监护人", NULL},
    {"报告", "报告单位|上报单位", FIELD_TEXT, "", "reported_to", "incident.reported_to", NULL, false, NULL, "", "", NULL},
    {"保密", "是否保密", FIELD_YES, "", "confidential", "incident.confidential", "1", false, NULL, "不填为 是", "是", NULL},
};

const struct form form_incident = {
    .name = "安全事件", .synonyms = "安全事故|意外伤害|事件登记",
    .help = "意外伤害、欺凌侵害等，每件一行；没有的不填。",
    .named_only = true,
    .fields = FIELDS(incident_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {{"incident", "incident", "id", NULL, "student_id = :student_id", NULL, true,
                 {"SELECT id FROM incident WHERE id = :key", "SELECT id FROM incident WHERE student_id = :student_id AND on_date = :on_date AND kind = :kind ORDER BY id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, " CHILD_COLUMNS ", x.on_date, x.kind, x.detail, x.handled, x.reported_to, x.confidential FROM incident" OF_CHILD IN_TERM("x.on_date") CHILD_ORDER ", x.on_date, x.id",
};

static const struct field growth_fields[] = {
    CHILD_FIELDS,
    {"日期", "完成日期", FIELD_DAY, "", "on_date", "growth_item.on_date", NULL, false, NULL, "", "2026-11-18", NULL},
    {"类别", "材料类别|种类", FIELD_CODE, "书信|作文|绘画|照片|作业样本|手工|奖状复印件", "kind", "growth_item.kind", NULL, true, NULL, "", "作文", NULL},
    {"题目", "名称|标题", FIELD_TEXT, "", "title", "growth_item.title", NULL, true, NULL, "", "我的妈妈", NULL},
    {"内容", "正文", FIELD_TEXT, "", "content", "growth_item.content", NULL, false, NULL, "", "", NULL},
    {"图片", "图片文件|照片文件", FIELD_TEXT, "", "picture_path", "growth_item.picture_path", NULL, false, NULL, "照片文件夹中的文件名", "", NULL},
};

const struct form form_growth = {
    .name = "成长材料", .synonyms = "成长记录|成长记录袋|作品",
    .help = "收入档案的作文、绘画、作业样本等，每件一行。",
    .named_only = true,
    .fields = FIELDS(growth_fields),
    .finders = {FIND_CHILD_AND_PLACE},
    .targets = {{"growth_item", "growth_item", "id", NULL, "student_id = :student_id, semester_id = :semester", NULL, true,
                 {"SELECT id FROM growth_item WHERE id = :key",
                  "SELECT id FROM growth_item WHERE student_id = :student_id AND semester_id = :semester AND kind = :kind AND title = :title ORDER BY on_date IS NOT :on_date, id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, " CHILD_COLUMNS ", x.on_date, x.kind, x.title, x.content, x.picture_path FROM growth_item" OF_CHILD
            "x.semester_id = :semester" CHILD_ORDER ", x.id",
};
