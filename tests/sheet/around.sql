CREATE TABLE pupil (id INTEGER PRIMARY KEY, name TEXT, class TEXT, score INTEGER);
INSERT INTO pupil VALUES (1, '甲', '一班', 90), (2, '乙', '一班', 85), (3, '丙', '二班', 70), (4, '丁', '二班', 60), (5, '戊', '三班', 55);
