-- judged.sql: tables that the checks share and that hold what functions of engine/rules/functions.c say; made once, behind those of scope.sql.

-- Pupils whose ID number or 学籍号 isn't right, with what is wrong: several checks ask.
CREATE TEMP TABLE number_at(student_id INTEGER PRIMARY KEY, id_fault TEXT, no_fault TEXT);
INSERT INTO number_at
WITH n AS MATERIALIZED (SELECT s.id, id_fault(s.id_card) AS of_id, school_no_fault(s.student_no, s.id_card) AS of_no FROM pupil_at AS p CROSS JOIN student AS s ON s.id = p.student_id)
SELECT id, of_id, of_no FROM n WHERE of_id IS NOT NULL OR of_no IS NOT NULL;

-- What was written of children this term, and what the checks ask of each text, which is read once; print holds the school too, for a text is
-- compared within one. Of all, the + has the table read in its own
-- order: by the index of days each row would be looked up by itself.
CREATE TEMP VIEW text_near AS
SELECT e.id, e.student_id, e.content FROM asked AS a CROSS JOIN whole CROSS JOIN care_event AS e ON +e.on_date >= a.starts
UNION ALL SELECT e.id, e.student_id, e.content FROM asked AS a CROSS JOIN near AS n CROSS JOIN care_event AS e ON e.student_id = n.student_id AND e.on_date >= a.starts;
CREATE TEMP TABLE text_at(id INTEGER PRIMARY KEY, student_id INTEGER, print INTEGER, has_numbers INTEGER, is_broken INTEGER);
INSERT INTO text_at
SELECT e.id, e.student_id, (text_print(e.content, s.name) & 0x3FFFFFFFFFFFFFFF) + coalesce(p.school_id, 0), has_numbers(e.content), is_broken(e.content)
FROM text_near AS e JOIN pupil_at AS p ON p.student_id = e.student_id JOIN student AS s ON s.id = e.student_id;
