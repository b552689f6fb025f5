/* forms_all.h: the forms, by subject. Private to intake/. */
#ifndef INTAKE_FORMS_ALL_H
#define INTAKE_FORMS_ALL_H

#include "intake/forms.h"

/* forms_school.c: the school itself */
extern const struct form form_school, form_staff, form_class, form_activity, form_meeting, form_donation, form_paper;
/* forms_area.c: children of a school's area; duties, teaching, surveys */
extern const struct form form_age, form_case, form_duty, form_teaching, form_survey;
/* forms_file.c: what else a child's dossier holds */
extern const struct form form_pledge, form_letter, form_conduct, form_incident, form_growth;
/* forms_award.c: awards that nothing computes, and where their money goes */
extern const struct form form_award, form_bank;
/* forms_child.c: the child and its family */
extern const struct form form_student, form_move, form_family, form_absence, form_roll, form_special, form_health,
    form_ride;
/* forms_marks.c: its examinations */
extern const struct form form_subject, form_marks;
/* forms_care.c: what is done for it */
extern const struct form form_pairing, form_record, form_care, form_contact;

#define FIELDS(list) (list), sizeof(list) / sizeof *(list)

/* --- parts that many forms share --- */

/* clang-format off */

#define SCHOOL_FIELD(needed_here) \
    {"学校", "学校名称|所在学校", FIELD_TEXT, "", "school", NULL, NULL, needed_here, NULL, "学校全称或简称；整本工作簿只有一所学校时可不填", "云岭镇中心学校", NULL}

/* Which child a row speaks of. */
#define CHILD_FIELDS \
    SCHOOL_FIELD(false), \
    {"班级", "班级名称|所在班级|年级班级", FIELD_CLASS, "", "class", NULL, NULL, false, NULL, "本学期的班级名称，如 六（5）班", "六（5）班", NULL}, \
    {"学籍号", "全国学籍号|学籍号码|国网学籍号|学籍编号", FIELD_PUPIL, "", "student_no", NULL, NULL, false, NULL, "全国学籍号；没有的，姓名和班级必须能认定是谁", "G520399201407210028", NULL}, \
    {"姓名", "学生姓名|儿童姓名|孩子姓名|留守儿童姓名|幼儿姓名", FIELD_NAME, "", "name", NULL, NULL, true, NULL, "学生本人姓名", "周馨语", NULL}, \
    {"学生身份证号", "身份证号|身份证号码|证件号码|公民身份号码|学生身份证号码", FIELD_ID, "", "id_card", NULL, NULL, false, NULL, "18 位，文本格式；只用来认定是谁", "", NULL}

#define SCHOOL_QUERIES \
    "SELECT id FROM school WHERE name = :school", \
    "SELECT id FROM school WHERE short_name = :school OR code = :school", \
    "SELECT id FROM school WHERE :school IS NULL AND (name = :school_given OR short_name = :school_given OR code = :school_given)"
#define FIND_SCHOOL         {"school_id", "school\x1F" "学校", "school", false, {SCHOOL_QUERIES}, NULL}
#define FIND_SCHOOL_OR_NONE {"school_id", "school\x1F" "学校", "school", true, {SCHOOL_QUERIES}, NULL}

/* The day lies in the term that was asked for. */
#define IN_TERM(day) day " BETWEEN (SELECT starts FROM semester WHERE id = :semester) AND (SELECT ends FROM semester WHERE id = :semester)"
/* A class by its name of the term; brackets and digits of either width; or where its name says the same grade and number (class_plain): 一年级1班 is
 * 一（1）班, which is told. */
#define CLASS_OF_TERM "FROM class AS c JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = :semester WHERE c.school_id = :school_id"
#define FIND_CLASS(is_optional) \
    {"class_id", "class\x1F" "班级", "class", is_optional, { \
        "SELECT t.class_id " CLASS_OF_TERM " AND t.display = :class", \
        "SELECT t.class_id " CLASS_OF_TERM " AND class_plain(t.display, 0) = class_plain(:class, 0)", \
        "SELECT t.class_id, t.display " CLASS_OF_TERM " AND class_plain(t.display, 1) = class_plain(:class, 1)"}, \
     "SELECT t.display " CLASS_OF_TERM " ORDER BY t.grade, t.display"}

/* A child that is there: by number and name together, so that a slip in the number gives nobody another child's family; else by name
 * within the class, or the school, where one alone fits. */
#define FIND_CHILD \
    {"student_id", "pupil\x1F" "学生", "name", false, { \
        "SELECT id FROM student WHERE student_no = :student_no AND name = :name", \
        "SELECT id FROM student WHERE id_card = :id_card AND name = :name", \
        "SELECT s.id FROM enrolment AS e JOIN student AS s ON s.id = e.student_id WHERE e.class_id = :class_id AND s.name = :name" \
        " AND (:student_no IS NULL OR s.student_no IS NULL) AND (:id_card IS NULL OR s.id_card IS NULL)", \
        "SELECT s.id FROM class AS c JOIN enrolment AS e ON e.class_id = c.id JOIN student AS s ON s.id = e.student_id WHERE c.school_id = :school_id AND s.name = :name" \
        " AND :class IS NULL AND (:student_no IS NULL OR s.student_no IS NULL) AND (:id_card IS NULL OR s.id_card IS NULL)"}, NULL}
#define FIND_CHILD_AND_PLACE FIND_SCHOOL_OR_NONE, FIND_CLASS(true), FIND_CHILD

/* 待核实, of what `dossier term` carried over: the field, and the row that keeps it. row_key is SQL: the key as intake_change writes it. */
#define REVIEW_FIELD \
    {"核实", "核实情况|是否核实", FIELD_CODE, "待核实|已核实", "review", "carried.state", NULL, false, NULL, "上学期结转来的为 待核实；核对后写 已核实", "", NULL}
#define REVIEW_TARGET(table, row_key) \
    {"carried", "carried", "tbl, row_key, semester_id", "review", "tbl = '" table "', row_key = " row_key ", semester_id = :semester, student_id = :student_id", NULL, false, \
     {"SELECT tbl, row_key, semester_id FROM carried WHERE tbl = '" table "' AND row_key = " row_key " AND semester_id = :semester"}, NULL, NULL, NULL}
#define REVIEW_JOIN(table, row_key) " LEFT JOIN carried AS rv ON rv.tbl = '" table "' AND rv.row_key = " row_key " AND rv.semester_id = :semester"

/* A teacher or official by name, of the row's school. */
#define STAFF_BY(parameter, id) \
    {id, "member of staff\x1F" "教职工", parameter, true, { \
        "SELECT id FROM staff WHERE school_id = :school_id AND name = :" parameter " AND active", \
        "SELECT id FROM staff WHERE school_id = :school_id AND name = :" parameter}, NULL}

/* The columns that tell which child it is, of a filled workbook's rows: s is the child, t its class in the term. `chosen` holds the
 * children of the workbook (filled.c). */
#define CHILD_COLUMNS "h.name AS school, t.display AS class, s.student_no AS student_no, s.name AS name, s.id_card AS id_card"
#define CHILD_JOINS \
    " JOIN chosen AS n ON n.student_id = s.id JOIN class AS c ON c.id = n.class_id JOIN school AS h ON h.id = c.school_id" \
    " LEFT JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = :semester"
/* A place that was asked for. */
#define SCHOOL_CHOICE " (:school_given IS NULL OR h.name = :school_given OR h.short_name = :school_given OR h.code = :school_given)"
#define CLASS_CHOICE  " (:class_given IS NULL OR t.display = :class_given)"
#define CHILD_ORDER " ORDER BY h.id, t.grade, t.display, s.student_no, s.id"

/* clang-format on */

#endif
