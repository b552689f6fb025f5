/* forms_care.c: what is done for a child: pairings, monthly records, talks and visits, calls. */
#include "intake/forms_all.h"

/* clang-format off */

#define CARER_KINDS "代理家长|爱心妈妈|临时爸爸|帮扶教师|牵手扶助志愿者|包干领导|村干部|同伴"

/* The carer that a row names: who is paired with the child, else who is known at the school. */
#define FIND_CARER(is_optional) \
    {"carer_id", "carer\x1F" "关爱人员", "carer", is_optional, { \
        "SELECT DISTINCT p.carer_id FROM pairing AS p JOIN carer AS c ON c.id = p.carer_id WHERE p.student_id = :student_id AND c.name = :carer", \
        "SELECT id FROM carer WHERE name = :carer AND school_id = (SELECT k.school_id FROM enrolment AS e JOIN class AS k ON k.id = e.class_id WHERE e.student_id = :student_id ORDER BY e.to_date IS NULL DESC, e.from_date DESC LIMIT 1)", \
        "SELECT id FROM carer WHERE name = :carer"}, NULL}

/* --- 结对 --------------------------------------------------------------------------------------------------------- */

static const struct field pairing_fields[] = {
    CHILD_FIELDS,
    {"关爱人员姓名", "代理家长|代理家长姓名|关爱人员|爱心妈妈|帮扶人", FIELD_NAME, "", "carer", "carer.name", NULL, true, NULL, "", "何燕蓉", NULL},
    {"关爱人员类别", "类别|人员类别", FIELD_CODE, CARER_KINDS, "carer_kind", "carer.kind", NULL, false, NULL, "", "代理家长", NULL},
    {"关爱人员性别", "", FIELD_CODE, "男|女", "carer_gender", "carer.gender", NULL, false, NULL, "", "女", NULL},
    {"关爱人员单位", "工作单位", FIELD_TEXT, "", "carer_org", "carer.org", NULL, false, NULL, "", "云岭镇中心学校", NULL},
    {"关爱人员电话", "代理家长电话|联系电话|电话", FIELD_PHONE, "", "carer_phone", "carer.phone", NULL, false, NULL, "", "15435790882", NULL},
    {"结对身份", "结对类别|身份", FIELD_CODE, CARER_KINDS, "role", "pairing.role", ":carer_kind", false, NULL, "不填与人员类别相同", "代理家长", NULL},
    {"结对日期", "起始日期|开始日期", FIELD_DAY, "", "from_date", "pairing.from_date", NULL, true, NULL, "", "2026-09-03", NULL},
    {"解除日期", "截止日期|结束日期", FIELD_DAY, "", "to_date", "pairing.to_date", NULL, false, "结对帮扶", "仍在结对不填", "", NULL},
    {"份额（%）", "份额|分担份额", FIELD_SCALED, "100", "share", "pairing.share_bp", "10000", false, NULL, "几人分担时各占多少，合计 100；不填为 100", "100", NULL},
    {"主要", "是否主要|主要结对人", FIELD_YES, "", "is_primary", "pairing.is_primary", "1", false, NULL, "是 或 否；不填为 是", "是", NULL},
    {"协议签订日期", "结对协议日期", FIELD_DAY, "", "agreement_on", "pairing.agreement_on", NULL, false, NULL, "", "", NULL},
    REVIEW_FIELD,
};

const struct form form_pairing = {
    .name = "结对", .synonyms = "结对帮扶|代理家长|结对名册|结对登记",
    .help = "每个学生每位关爱人员一行。",
    .fields = FIELDS(pairing_fields),
    .finders = {FIND_CHILD_AND_PLACE,
        {"pupil_school", NULL, "name", true, {"SELECT k.school_id FROM enrolment AS e JOIN class AS k ON k.id = e.class_id WHERE e.student_id = :student_id ORDER BY e.to_date IS NULL DESC, e.from_date DESC LIMIT 1"}, NULL},
        {"carer_staff", NULL, "carer", true, {"SELECT id FROM staff WHERE name = :carer AND school_id = :pupil_school AND phone = :carer_phone"}, NULL}},
    .targets = {
        {"carer", "carer", "id", NULL, "school_id = :pupil_school, staff_id = :carer_staff", "carer_id", false,
         {"SELECT carer_id FROM pairing WHERE id = :key",
          "SELECT DISTINCT p.carer_id FROM pairing AS p JOIN carer AS c ON c.id = p.carer_id WHERE p.student_id = :student_id AND p.from_date = :from_date AND c.name = :carer",
          "SELECT id FROM carer WHERE name = :carer AND phone = :carer_phone AND (:carer_kind IS NULL OR kind = :carer_kind)",
          "SELECT id FROM carer WHERE name = :carer AND school_id = :pupil_school AND (phone IS NULL OR :carer_phone IS NULL) AND (:carer_kind IS NULL OR kind = :carer_kind)"}, NULL, NULL, NULL},
        {"pairing", "pairing", "id", NULL, "student_id = :student_id, carer_id = :carer_id", "pairing_id", false,
         {"SELECT id FROM pairing WHERE id = :key", "SELECT id FROM pairing WHERE student_id = :student_id AND carer_id = :carer_id AND from_date = :from_date"}, NULL, NULL, NULL},
        REVIEW_TARGET("pairing", "CAST(:pairing_id AS TEXT)"),
    },
    .rows = "SELECT p.id AS key, " CHILD_COLUMNS ", g.name AS carer, g.kind AS carer_kind, g.gender AS carer_gender, g.org AS carer_org, g.phone AS carer_phone, p.role, p.from_date, p.to_date,"
            " p.share_bp AS share, p.is_primary, p.agreement_on, rv.state AS review FROM pairing AS p JOIN carer AS g ON g.id = p.carer_id JOIN student AS s ON s.id = p.student_id"
            REVIEW_JOIN("pairing", "CAST(p.id AS TEXT)") CHILD_JOINS CHILD_ORDER ", p.id",
};

/* --- 月记录 ------------------------------------------------------------------------------------------------------- */

static const struct field record_fields[] = {
    CHILD_FIELDS,
    {"月份", "记录月份|年月", FIELD_MONTH, "", "ym", "monthly_record.ym", NULL, true, NULL, "如 2026-10", "2026-10", NULL},
    {"关爱人员姓名", "代理家长|代理家长姓名|填写人|关爱人员", FIELD_NAME, "", "carer", NULL, NULL, true, NULL, "已在“结对”表中的人", "何燕蓉", NULL},
    {"学习", "学习情况", FIELD_TEXT, "", "study", "monthly_record.study", NULL, false, NULL, "", "", NULL},
    {"生活", "生活情况", FIELD_TEXT, "", "life", "monthly_record.life", NULL, false, NULL, "", "", NULL},
    {"心理", "心理情况|思想", FIELD_TEXT, "", "mind", "monthly_record.mind", NULL, false, NULL, "", "", NULL},
    {"安全", "安全情况", FIELD_TEXT, "", "safety", "monthly_record.safety", NULL, false, NULL, "", "", NULL},
    {"存在问题", "问题|主要问题", FIELD_TEXT, "", "problem", "monthly_record.problem", NULL, false, NULL, "", "", NULL},
    {"措施", "帮扶措施|采取措施", FIELD_TEXT, "", "measure", "monthly_record.measure", NULL, false, NULL, "", "", NULL},
    {"家长反馈", "家长意见", FIELD_TEXT, "", "parent_feedback", "monthly_record.parent_feedback", NULL, false, NULL, "", "", NULL},
    {"填写日期", "记录日期", FIELD_DAY, "", "filled_on", "monthly_record.filled_on", NULL, false, NULL, "", "2026-10-23", NULL},
    {"关爱人员已签字", "代理家长已签字|代理家长签字", FIELD_YES, "", "signed_carer", "monthly_record.signed_carer", "0", false, NULL, "是 或 否", "是", NULL},
    {"监护人已签字", "监护人签字|家长签字", FIELD_YES, "", "signed_guardian", "monthly_record.signed_guardian", "0", false, NULL, "是 或 否", "是", NULL},
    {"审阅人", "", FIELD_NAME, "", "reviewer", "monthly_record.reviewed_by", NULL, false, NULL, "本校教职工", "", "reviewed_by"},
    {"审阅日期", "", FIELD_DAY, "", "reviewed_on", "monthly_record.reviewed_on", NULL, false, NULL, "", "", NULL},
};

const struct form form_record = {
    .name = "月记录", .synonyms = "关爱记录|关爱留守儿童记录表|每月记录|月记录表",
    .help = "每个结对学生每月一行。",
    .fields = FIELDS(record_fields),
    .finders = {FIND_CHILD_AND_PLACE, FIND_CARER(false), STAFF_BY("reviewer", "reviewed_by")},
    .targets = {{"monthly_record", "monthly_record", "student_id, ym, carer_id", NULL, "student_id = :student_id, carer_id = :carer_id", NULL, false,
                 {"SELECT student_id, ym, carer_id FROM monthly_record WHERE student_id = :key AND ym = :key2 AND carer_id = :key3",
                  "SELECT student_id, ym, carer_id FROM monthly_record WHERE student_id = :student_id AND ym = :ym AND carer_id = :carer_id"}, NULL, NULL, NULL}},
    .rows = "SELECT r.student_id || '/' || r.ym || '/' || r.carer_id AS key, " CHILD_COLUMNS ", r.ym, g.name AS carer, r.study, r.life, r.mind, r.safety, r.problem, r.measure, r.parent_feedback,"
            " r.filled_on, r.signed_carer, r.signed_guardian, b.name AS reviewer, r.reviewed_on FROM monthly_record AS r JOIN carer AS g ON g.id = r.carer_id JOIN student AS s ON s.id = r.student_id"
            " LEFT JOIN staff AS b ON b.id = r.reviewed_by" CHILD_JOINS
            " WHERE r.ym IN (SELECT m.ym FROM semester_month AS m WHERE m.semester_id = :semester)" CHILD_ORDER ", r.ym",
};

/* --- 谈心家访 ----------------------------------------------------------------------------------------------------- */

static const struct field care_fields[] = {
    CHILD_FIELDS,
    {"日期", "谈心日期|家访日期|时间", FIELD_DAY, "", "on_date", "care_event.on_date", NULL, true, NULL, "", "2026-10-12", NULL},
    {"类别", "事项|内容类别|形式", FIELD_CODE, "谈心|作业检查|作业辅导|家访|亲情晚餐|共餐|生日庆祝|心理咨询|就医陪护|走访慰问|一日亲|其他", "kind", "care_event.kind", NULL, true, NULL, "", "谈心", NULL},
    {"关爱人员姓名", "代理家长|代理家长姓名|关爱人员", FIELD_NAME, "", "carer", "care_event.carer_id", NULL, false, NULL, "由结对的人做的填写", "何燕蓉", "carer_id"},
    {"教师姓名", "教师|谈心教师|家访教师", FIELD_NAME, "", "teacher", "care_event.staff_id", NULL, false, NULL, "由教师做的填写", "", "staff_id"},
    {"地点", "", FIELD_TEXT, "", "place", "care_event.place", NULL, false, NULL, "", "教室走廊", NULL},
    {"主题", "话题|问题类型", FIELD_TEXT, "", "topic", "care_event.topic", NULL, false, NULL, "习惯失教、心理失衡、亲情失落、安全失保、劳动量超出、学习、生活", "学习", NULL},
    {"内容", "谈话内容|家访内容|记录", FIELD_TEXT, "", "content", "care_event.content", NULL, false, NULL, "", "", NULL},
    {"效果", "结果|成效", FIELD_TEXT, "", "outcome", "care_event.outcome", NULL, false, NULL, "", "", NULL},
    {"保密", "是否保密", FIELD_YES, "", "confidential", "care_event.confidential", "(:kind IS '心理咨询')", false, NULL, "心理咨询一律保密：材料上只印日期", "否", NULL},
};

const struct form form_care = {
    .name = "谈心家访", .synonyms = "谈心|家访|谈心记录|家访记录|六个一|关爱活动记录",
    .help = "谈心、作业检查、作业辅导、家访、亲情晚餐等，每次一行。",
    .fields = FIELDS(care_fields),
    .finders = {FIND_CHILD_AND_PLACE, FIND_CARER(true),
        {"staff_id", "member of staff\x1F" "教职工", "teacher", true, {
            "SELECT id FROM staff WHERE name = :teacher AND school_id = :school_id",
            "SELECT s.id FROM staff AS s WHERE s.name = :teacher AND s.school_id = (SELECT k.school_id FROM enrolment AS e JOIN class AS k ON k.id = e.class_id WHERE e.student_id = :student_id ORDER BY e.to_date IS NULL DESC, e.from_date DESC LIMIT 1)",
            "SELECT id FROM staff WHERE name = :teacher"}, NULL}},
    .targets = {{"care_event", "care_event", "id", NULL, "student_id = :student_id", NULL, true,
                 {"SELECT id FROM care_event WHERE id = :key",
                  "SELECT id FROM care_event WHERE student_id = :student_id AND on_date = :on_date AND kind = :kind AND carer_id IS :carer_id AND staff_id IS :staff_id ORDER BY content IS NOT :content, id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, " CHILD_COLUMNS ", x.on_date, x.kind, g.name AS carer, b.name AS teacher, x.place, x.topic, x.content, x.outcome, x.confidential"
            " FROM care_event AS x JOIN student AS s ON s.id = x.student_id LEFT JOIN carer AS g ON g.id = x.carer_id LEFT JOIN staff AS b ON b.id = x.staff_id" CHILD_JOINS
            " WHERE " IN_TERM("x.on_date") CHILD_ORDER ", x.on_date, x.id",
};

/* --- 联系 --------------------------------------------------------------------------------------------------------- */

static const struct field contact_fields[] = {
    CHILD_FIELDS,
    {"日期", "联系日期|通话日期", FIELD_DAY, "", "on_date", "contact.on_date", NULL, true, NULL, "", "2026-10-18", NULL},
    {"方式", "联系方式|沟通方式", FIELD_CODE, "电话|视频|书信|QQ|微信|短信|面谈", "channel", "contact.channel", NULL, true, NULL, "", "视频", NULL},
    {"发起方", "由谁联系", FIELD_CODE, "儿童|家长|学校|代理家长", "from_side", "contact.from_side", NULL, false, NULL, "", "儿童", NULL},
    {"联系对象关系", "联系对象|与谁联系|家长", FIELD_CODE, "父亲|母亲|祖父|祖母|外祖父|外祖母|继父|继母|兄|姐|伯父|叔父|姑母|舅父|姨母|其他亲属|邻居|其他", "relation", "contact.adult_id", NULL, false, NULL, "与谁联系：父亲、母亲……", "母亲", "adult_id"},
    {"联系对象姓名", "家长姓名", FIELD_NAME, "", "adult_name", NULL, NULL, false, NULL, "同一关系有两人时填写", "", NULL},
    {"时长（分）", "时长|通话时长|分钟", FIELD_WHOLE, "", "minutes", "contact.minutes", NULL, false, NULL, "", "12", NULL},
    {"接通", "是否接通|是否联系上", FIELD_YES, "接通|已接通/未接通|没接通|无人接听", "ok", "contact.ok", "1", false, NULL, "不填为 是", "是", NULL},
    {"节日", "", FIELD_TEXT, "", "festival", "contact.festival", NULL, false, NULL, "节日亲情热线时填写", "", NULL},
    {"内容", "沟通内容|联系内容", FIELD_TEXT, "", "content", "contact.content", NULL, false, NULL, "", "", NULL},
    {"家长建议", "建议", FIELD_TEXT, "", "suggestion", "contact.suggestion", NULL, false, NULL, "", "", NULL},
    {"反馈", "处理反馈|处理情况", FIELD_TEXT, "", "handled", "contact.handled", NULL, false, NULL, "", "", NULL},
};

const struct form form_contact = {
    .name = "联系", .synonyms = "亲情沟通|联系记录|亲情联系|通话记录",
    .help = "电话、视频、书信等，每次一行。",
    .fields = FIELDS(contact_fields),
    .finders = {FIND_CHILD_AND_PLACE,
        {"adult_id", "member of the family\x1F" "家庭成员", "relation", true, {
            "SELECT adult_id FROM contact WHERE id = :key AND adult_id IN (SELECT f.adult_id FROM family AS f WHERE f.student_id = :student_id AND f.relation = :relation)",
            "SELECT DISTINCT f.adult_id FROM family AS f JOIN adult AS a ON a.id = f.adult_id WHERE f.student_id = :student_id AND f.relation = :relation AND a.name = :adult_name",
            "SELECT DISTINCT adult_id FROM family WHERE student_id = :student_id AND relation = :relation AND :adult_name IS NULL AND from_date <= :on_date AND (to_date IS NULL OR to_date >= :on_date)",
            "SELECT DISTINCT adult_id FROM family WHERE student_id = :student_id AND relation = :relation AND :adult_name IS NULL"}, NULL}},
    .targets = {{"contact", "contact", "id", NULL, "student_id = :student_id", NULL, true,
                 {"SELECT id FROM contact WHERE id = :key",
                  "SELECT id FROM contact WHERE student_id = :student_id AND on_date = :on_date AND channel = :channel AND from_side IS :from_side AND adult_id IS :adult_id ORDER BY content IS NOT :content, id"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id AS key, " CHILD_COLUMNS ", x.on_date, x.channel, x.from_side, (SELECT f.relation FROM family AS f WHERE f.student_id = x.student_id AND f.adult_id = x.adult_id ORDER BY f.id LIMIT 1) AS relation,"
            " (SELECT a.name FROM adult AS a WHERE a.id = x.adult_id) AS adult_name, x.minutes, x.ok, x.festival, x.content, x.suggestion, x.handled FROM contact AS x JOIN student AS s ON s.id = x.student_id" CHILD_JOINS
            " WHERE " IN_TERM("x.on_date") CHILD_ORDER ", x.on_date, x.id",
};
