-- What the examples of layouts/README.md print: a class, its carers, talks and marks.
CREATE TABLE student(id INTEGER PRIMARY KEY, name TEXT, id_card TEXT, phone TEXT);
CREATE TABLE child(student_id INTEGER PRIMARY KEY, semester_id TEXT, no TEXT, name TEXT, gender TEXT, birth TEXT, school TEXT, class TEXT, address TEXT,
    opinion TEXT, photo TEXT);
INSERT INTO child VALUES
 (1, '2026-2027-1', '2026-0001', '陈禤', '男', '2016-03-08', '云岭镇中心学校', '四（1）班', '云岭村二组', '按时到校。', NULL),
 (2, '2026-2027-1', '2026-0002', '王𬱖', '女', '2016-11-20', '云岭镇中心学校', '四（1）班', '河湾村一组', '乐于助人。', NULL),
 (3, '2026-2027-1', '2026-0003', '李䶮', '女', '2015-09-01', '云岭镇中心学校', '四（2）班', '河湾村五组', NULL, NULL);
CREATE TABLE family_member(student_id INTEGER, relation TEXT, name TEXT, phone TEXT);
INSERT INTO family_member VALUES (1, '祖母', '赵氏', '15412345678'), (1, '父亲', '陈大', '15412345679'), (2, '外祖父', '王老', NULL);
CREATE TABLE talk(child_id INTEGER, date TEXT, kind TEXT, text TEXT);
INSERT INTO talk VALUES (1, '2026-10-12', '谈心', '近来上课专心。'), (1, '2026-11-09', '家访', '祖母身体尚好。');
CREATE TABLE mark(child_id INTEGER, exam_id INTEGER, subject_id INTEGER, mark INTEGER);
INSERT INTO mark VALUES (1, 1, 1, 92), (1, 1, 2, 88), (1, 2, 1, 95), (2, 1, 1, 90);
CREATE TABLE left_behind(student_id INTEGER PRIMARY KEY, dossier_no TEXT);
CREATE TABLE care_event(id INTEGER PRIMARY KEY, student_id INTEGER, on_date TEXT);
CREATE TABLE award(id INTEGER PRIMARY KEY, student_id INTEGER, state TEXT, issued_on TEXT);
