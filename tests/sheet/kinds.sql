-- One row for each kind of figure that a cell may print.
CREATE TABLE figure (n INTEGER, what TEXT, value);
INSERT INTO figure VALUES
    (1, 'whole',      47),
    (2, 'real',       12.5),
    (3, 'share',      0.47283),
    (4, 'nearly',     0.9996),
    (5, 'fen',        -130050),
    (6, 'seven',      '007'),
    (7, 'id',         '520399201411030011'),
    (8, 'phone',      15448358555),
    (9, 'long',       1234567890123456),
    (10, 'month',     '2026.11'),
    (11, 'none',      NULL),
    (12, 'empty',     ''),
    (13, 'typed',     '85.5'),
    (14, 'day',       '2026-03-05'),
    (15, 'landline',  28201234);
