-- Six children of two classes, and what may be wrong with names.
CREATE TABLE child (id INTEGER PRIMARY KEY, no TEXT, name TEXT, class TEXT, id_card TEXT, note TEXT);
INSERT INTO child VALUES
    (1, 'T-001', '王小明', '一（1）班', '520399201411030011', NULL),
    (2, 'T-002', '李𬱖',   '一（1）班', '520399201507202148', '勤奋'),
    (3, 'T-003', '张<三>', '二（1）班', '52039920160308003X', '=1+1'),
    (4, 'T-004', NULL,     '一（1）班', NULL, NULL),
    (5, 'T-005', '赵六',   '二（1）班', NULL, NULL),
    (6, 'T-006', '钱七',   '二（1）班', NULL, NULL);
