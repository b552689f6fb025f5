/* forms_area.c: who of a school's area is of school age, and who of them doesn't come. */
#include "intake/forms_all.h"

/* clang-format off */

#define SCHOOL_CHOICE " (:school_given IS NULL OR h.name = :school_given OR h.short_name = :school_given OR h.code = :school_given)"
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
