-- Two classes and their pupils, for what layouts ask of a database.
CREATE TABLE class(id INTEGER PRIMARY KEY, title TEXT, head TEXT);
INSERT INTO class VALUES (1, '一班', '陈老师'), (2, '二班', '王老师');
CREATE TABLE pupil(id INTEGER PRIMARY KEY, class_id INTEGER, name TEXT, phone TEXT, day1 TEXT, day2 TEXT);
INSERT INTO pupil VALUES (1, 1, '陈禤', '0851-27220001', '√', ''), (2, 1, '李䶮', NULL, '', '√'), (3, 2, '吉𠮷', NULL, '√', '√');
