-- What a person is told by, person by person: the archive's number, never a name; the 考核表's number of a carer.
CREATE TEMP TABLE a_told AS
SELECT c.action, coalesce(l.dossier_no, 'student ' || c.student_id, 'KH-' || coalesce(s.code, '') || '-' || y.year || '-' || c.carer_id,
         'KH-' || coalesce((SELECT code FROM school WHERE id = f.school_id), '') || '-' || y.year || '-B' || c.staff_id) AS record,
       coalesce(t.name, iif(c.code IN('CARER_PAY', 'HEAD_PAY'), '考核奖', c.code), o.name) AS award, o.name AS old_award, c.state, c.old_fen, c.fen, c.why, c.award_id, c.slot, a.cert_no
FROM a_change AS c JOIN a_year AS y
LEFT JOIN left_behind AS l ON l.student_id = c.student_id AND l.semester_id = y.second
LEFT JOIN carer AS k ON k.id = c.carer_id LEFT JOIN school AS s ON s.id = k.school_id
LEFT JOIN staff AS f ON f.id = c.staff_id
LEFT JOIN a_type AS t ON t.code = c.code LEFT JOIN award AS a ON a.id = c.award_id LEFT JOIN award_type AS o ON o.id = a.type_id;
