-- A class of four and one of none, for what volumes bind.
CREATE TABLE class(id INTEGER PRIMARY KEY, name TEXT, file_no TEXT);
INSERT INTO class VALUES (1, '一班', 'Y039-001'), (2, '二班', 'Y039-002'), (3, '三班', 'Y039-003');
-- visits: each takes a page; place: what its archive must say
CREATE TABLE pupil(id INTEGER PRIMARY KEY, no TEXT, name TEXT, class TEXT, place TEXT, visits INTEGER);
INSERT INTO pupil VALUES
 (1, '2026-01', '陈禤', '一班', '青杠坪', 2),
 (2, '2026-02', '王𬱖', '一班', NULL, 1),
 (3, '2026-03', '李䶮', '一班', '石笋', 3),
 (4, '2026-04', '吉𠮷', '二班', '岩坪', 1);
