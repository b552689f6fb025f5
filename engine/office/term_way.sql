-- term_way.sql: which terms have begun. Needs begun_by_program(id): terms that an earlier `dossier term` began.
-- Another one has begun when it is the first with classes, or when most classes of the term before stand in it: databases that were filled
-- by hand.

CREATE TEMP TABLE term_begun AS
WITH before(id, earlier) AS (
  SELECT s.id, (SELECT e.id FROM semester AS e WHERE e.starts < s.starts AND EXISTS(SELECT 1 FROM class_term AS c WHERE c.semester_id = e.id)
                ORDER BY e.starts DESC LIMIT 1) FROM semester AS s)
SELECT s.id, s.year_start, s.term, s.starts, s.ends, s.id IN(SELECT id FROM begun_by_program) AS by_program
FROM semester AS s JOIN before AS b ON b.id = s.id
WHERE s.id IN(SELECT id FROM begun_by_program)
   OR b.earlier IS NULL AND EXISTS(SELECT 1 FROM class_term AS n WHERE n.semester_id = s.id)
   OR 2 * (SELECT count(*) FROM class_term AS n JOIN class_term AS o ON o.class_id = n.class_id WHERE n.semester_id = s.id AND o.semester_id = b.earlier)
      > (SELECT count(*) FROM class_term AS o WHERE o.semester_id = b.earlier
           AND (s.id LIKE '%-2' OR coalesce(o.grade, 0) NOT IN(-1, 6, 9)));
