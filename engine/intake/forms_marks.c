/* forms_marks.c: examinations: which subjects they had, and a pupil's results in one row, a column for each subject, as teachers keep them.
 *
 * A subject is one field and two targets: that the examination had it, and the pupil's mark. The cell holds the mark, or the word that
 * stands instead of it (FIELD_SCORE). What nobody says of a new examination, a subject's full mark and whether it counts, is as it was
 * the last time that the school's grade had it. Marks are for the school alone (privacy.yaml), as the workbook is. */
#include "intake/forms_all.h"

/* clang-format off */

#define EXAMS "期中|期末|月考"

/* The day decides where a term has several of one kind; the two that it has once are told by their name, and their day may be corrected. */
#define FIND_EXAM \
    "SELECT id FROM exam WHERE id = :key", \
    "SELECT id FROM exam WHERE school_id = :exam_school AND semester_id = :semester AND grade = :grade AND kind = :kind AND held_on = :held_on", \
    "SELECT id FROM exam WHERE school_id = :exam_school AND semester_id = :semester AND grade = :grade AND kind = :kind AND (:held_on IS NULL OR held_on IS NULL OR kind IN ('期中', '期末'))"
#define EXAM_TARGET \
    {"exam", "exam", "id", NULL, "school_id = :exam_school, semester_id = :semester, grade = :grade", "exam_id", false, {FIND_EXAM}, NULL, NULL, NULL}

#define EXAM_FIELDS \
    {"考试", "考试名称|考试类别|考试类型", FIELD_CODE, EXAMS, "kind", "exam.kind", NULL, true, NULL, "期中、期末或月考", "期中", NULL}, \
    {"考试日期", "考试时间|日期", FIELD_DAY, "", "held_on", "exam.held_on", NULL, false, NULL, "考试第一天；一学期有几次月考的必须填写", "2026-11-12", NULL}

/* --- 考试科目 ------------------------------------------------------------------------------------------------------ */

static const struct field subject_fields[] = {
    SCHOOL_FIELD(false),
    {"年级", "", FIELD_TEXT, "", "grade_name", NULL, NULL, true, NULL, "1 到 9，或 三年级", "6", NULL},
    EXAM_FIELDS,
    {"科目", "学科|考试科目", FIELD_TEXT, "", "subject", "exam_subject.subject", NULL, true, NULL, "与“考试成绩”表的栏目名一致", "语文", NULL},
    {"满分", "卷面满分|总分值", FIELD_SCALED, "10", "full", "exam_subject.full_x10", NULL, false, NULL, "等级按得分占满分的比例评定", "100", NULL},
    {"计入总分", "是否计入总分", FIELD_YES, "", "counts", "exam_subject.counts", "1", false, NULL, "是 或 否", "是", NULL},
    {"顺序", "序号|排序", FIELD_WHOLE, "", "seq", "exam_subject.seq", NULL, false, NULL, "成绩单上的先后", "1", NULL},
};

#define BARE_GRADE "replace(replace(:grade_name, '年级', ''), ' ', '')"

const struct form form_subject = {
    .name = "考试科目", .synonyms = "考试安排|科目满分",
    .help = "每次考试每个年级每科一行：满分、是否计入总分。",
    .fields = FIELDS(subject_fields),
    .finders = {
        {"exam_school", "school\x1F" "学校", "school", false, {SCHOOL_QUERIES}, NULL},
        {"grade", "grade\x1F" "年级", "grade_name", false, {
            "SELECT CASE WHEN " BARE_GRADE " IN ('1', '2', '3', '4', '5', '6', '7', '8', '9') THEN CAST(" BARE_GRADE " AS INTEGER)"
            " WHEN length(" BARE_GRADE ") = 1 THEN nullif(instr('一二三四五六七八九', " BARE_GRADE "), 0)"
            " ELSE CASE :grade_name WHEN '小班' THEN -3 WHEN '中班' THEN -2 WHEN '大班' THEN -1 END END"}, NULL}},
    .targets = {EXAM_TARGET,
        {"exam_subject", "exam_subject", "exam_id, subject", NULL, "exam_id = :exam_id", NULL, false,
         {"SELECT exam_id, subject FROM exam_subject WHERE exam_id = :key AND subject = :key2",
          "SELECT exam_id, subject FROM exam_subject WHERE exam_id = :exam_id AND subject = :subject"}, NULL, NULL, NULL}},
    .rows = "SELECT x.id || '/' || b.subject AS key, h.name AS school, CASE x.grade WHEN -3 THEN '小班' WHEN -2 THEN '中班' WHEN -1 THEN '大班' ELSE CAST(x.grade AS TEXT) END AS grade_name,"
            " x.kind, x.held_on, b.subject, b.full_x10 AS full, b.counts, b.seq"
            " FROM exam AS x JOIN exam_subject AS b ON b.exam_id = x.id JOIN school AS h ON h.id = x.school_id WHERE x.semester_id = :semester AND"
            SCHOOL_CHOICE " ORDER BY h.id, x.grade, x.held_on, x.id, b.seq, b.subject",
};

/* --- 考试成绩 ------------------------------------------------------------------------------------------------------ */

/* parameter, subject, other headings, example */
#define SUBJECTS(S) \
    S("s01", "语文", "语文成绩", "92.5") \
    S("s02", "数学", "数学成绩", "88") \
    S("s03", "英语", "英语成绩|外语", "缺考") \
    S("s04", "道德与法治", "道法|道德与法制|政治|思想品德|品德与社会|思品", "") \
    S("s05", "科学", "科学成绩", "") \
    S("s06", "历史", "历史成绩", "") \
    S("s07", "地理", "地理成绩", "") \
    S("s08", "物理", "物理成绩", "") \
    S("s09", "化学", "化学成绩", "") \
    S("s10", "生物", "生物学|生物成绩", "") \
    S("s11", "信息科技", "信息技术|信息", "") \
    S("s12", "体育", "体育与健康|体育成绩", "") \
    S("s13", "音乐", "", "") \
    S("s14", "美术", "", "")

#define SUBJECT_FIELD(parameter, subject, others, example) \
    {subject, others, FIELD_SCORE, "10", parameter, parameter ".score_x10", NULL, false, NULL, "得分，或 缺考、缓考、免考、违纪；没有这科的留空", example, NULL},

static const struct field mark_fields[] = {
    CHILD_FIELDS,
    EXAM_FIELDS,
    SUBJECTS(SUBJECT_FIELD)
    {"总分", "总成绩|合计|平均分|名次|班级名次|年级名次|排名|班名次|班级排名|考号|座位号|序号", FIELD_TEXT, "", "", NULL, NULL, false, NULL, "不录入：由程序计算", "", NULL},
};

#define LAST_TIME(column, subject) \
    "(SELECT b." column " FROM exam_subject AS b JOIN exam AS y ON y.id = b.exam_id WHERE y.school_id = :exam_school AND y.grade = :grade AND b.subject = '" subject "' ORDER BY y.held_on DESC, y.id DESC LIMIT 1)"
#define SUBJECT_TARGETS(parameter, subject, others, example) \
    {"of " parameter, "exam_subject", "exam_id, subject", parameter, \
     "exam_id = :exam_id, subject = '" subject "', full_x10 = " LAST_TIME("full_x10", subject) ", counts = coalesce(" LAST_TIME("counts", subject) ", 1), seq = " LAST_TIME("seq", subject), NULL, false, \
     {"SELECT exam_id, subject FROM exam_subject WHERE exam_id = :exam_id AND subject = '" subject "'"}, NULL, NULL, NULL}, \
    {parameter, "mark", "exam_id, student_id, subject", parameter, \
     "exam_id = :exam_id, student_id = :student_id, subject = '" subject "'", NULL, false, \
     {"SELECT exam_id, student_id, subject FROM mark WHERE exam_id = :exam_id AND student_id = :student_id AND subject = '" subject "'"}, NULL, NULL, NULL},
#define SUBJECT_COLUMN(parameter, subject, others, example) \
    ", max(iif(k.subject = '" subject "', iif(coalesce(k.state, '正常') = '正常', k.score_x10, k.state), NULL)) AS " parameter

const struct form form_marks = {
    .name = "考试成绩", .synonyms = "成绩|成绩单|成绩表|成绩册|学生成绩|期末成绩|期中成绩",
    .help = "每个学生每次考试一行，每科一栏：得分，或 缺考、缓考、免考、违纪。满分不同的在“考试科目”表中填写。",
    .fields = FIELDS(mark_fields),
    .finders = {
        FIND_SCHOOL_OR_NONE, FIND_CLASS(true), FIND_CHILD,
        {"place_id", "class of the term for\x1F" "本学期的班级：", "name", false, {
            "SELECT :class_id",
            "SELECT e.class_id FROM enrolment AS e WHERE e.student_id = :student_id AND e.from_date <= (SELECT ends FROM semester WHERE id = :semester) ORDER BY e.to_date IS NULL DESC, e.from_date DESC, e.id DESC LIMIT 1"}, NULL},
        {"grade", "grade of the term for\x1F" "本学期的年级：", "name", false, {"SELECT grade FROM class_term WHERE class_id = :place_id AND semester_id = :semester"}, NULL},
        {"exam_school", "school of\x1F" "学校：", "name", false, {"SELECT school_id FROM class WHERE id = :place_id"}, NULL}},
    .targets = {EXAM_TARGET, SUBJECTS(SUBJECT_TARGETS)},
    .rows = "SELECT x.id || '/' || s.id AS key, " CHILD_COLUMNS ", x.kind, x.held_on" SUBJECTS(SUBJECT_COLUMN)
            " FROM exam AS x JOIN mark AS k ON k.exam_id = x.id JOIN student AS s ON s.id = k.student_id" CHILD_JOINS
            " WHERE x.semester_id = :semester GROUP BY x.id, s.id ORDER BY h.id, t.grade, t.display, x.held_on, x.id, s.student_no, s.id",
};
