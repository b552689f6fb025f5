-- A class of five, for the goldens of compose.
CREATE TABLE pupil(id INTEGER PRIMARY KEY, name TEXT, class TEXT, fee INTEGER, note TEXT);
INSERT INTO pupil VALUES
 (1, '陈禤', '一班', 1000, '按时到校'),
 (2, '王𬱖', '一班', 2050, ''),
 (3, '阿依努尔·买买提', '一班', 305, NULL),
 (4, '李䶮', '二班', 10000, '本学期无缺勤，能主动帮助同学。'),
 (5, '吉𠮷', '二班', 0, '已核实');
CREATE TABLE subject(id INTEGER PRIMARY KEY, title TEXT);
INSERT INTO subject VALUES (1, '语文'), (2, '数学'), (3, '英语');
CREATE TABLE mark(pupil_id INTEGER, subject_id INTEGER, level TEXT);
INSERT INTO mark VALUES (1, 1, '优秀'), (1, 2, '良好'), (2, 1, '合格'), (2, 3, '优秀'), (4, 2, '优秀');
CREATE TABLE phone(pupil_id INTEGER, who TEXT, number TEXT);
INSERT INTO phone VALUES (1, '父亲', '0851-27220001'), (1, '母亲', '0851-27220002'), (4, '祖父', '0851-27220003');
