-- What the points and duties come from, a statement a table: the input's hash is taken over it, so that a second run can say that nothing changed.
SELECT * FROM a_year;
SELECT * FROM a_rate ORDER BY key;
SELECT * FROM a_rule ORDER BY key;
SELECT * FROM a_exam ORDER BY id;
SELECT * FROM a_place ORDER BY semester_id, student_id;
SELECT * FROM a_pairing ORDER BY student_id, carer_id;
SELECT * FROM a_line ORDER BY student_id;
SELECT * FROM a_duty ORDER BY carer_id, seq;
SELECT * FROM a_due ORDER BY slot, student_id, carer_id, staff_id, class_id;
