-- The journal's entries become rows of the semester database. The same statements put right what a crash left undone. An entry whose award is no longer
-- as it was found does nothing; w_undone says which.

CREATE TEMP TABLE w_undone AS
SELECT e.* FROM w_entry AS e LEFT JOIN award AS a ON a.id = e.award
WHERE CASE WHEN e.act IN('拟定', '补发') THEN a.id IS NOT NULL WHEN e.act IN('公示', '批准', '打印', '领取', '作废') THEN coalesce(nullif(a.state, ''), '拟定') IS NOT e.was ELSE 0 END;
-- A paper that came out although its award had become void meanwhile: the register tells that it lies somewhere, and another can be issued in its place.
UPDATE award_void SET was = '已打印' WHERE was = '批准' AND award_id IN(SELECT CAST(award AS INTEGER) FROM w_undone WHERE act = '打印');
DELETE FROM w_entry WHERE seq IN(SELECT seq FROM w_undone);

INSERT INTO award(id, type_id, for_semester_id, student_id, carer_id, staff_id, class_id, school_id, amount_fen, level, detail, state)
SELECT e.award, e.more ->> 'type', e.more ->> 'for', e.more ->> 'student', e.more ->> 'carer', e.more ->> 'staff', e.more ->> 'class', e.more ->> 'school', e.more ->> 'fen', e.more ->> 'level', e.more ->> 'detail', '拟定'
FROM w_entry AS e WHERE e.act = '拟定' ORDER BY CAST(e.award AS INTEGER);
-- What is issued anew has the points and the money of the run that the award is of now: where they changed since it was approved, that is why it was void.
CREATE TEMP TABLE w_worth AS
SELECT m.award_id AS id, w.score_x100, w.owed_fen FROM award_money AS m JOIN award_owed AS w ON w.run_id = m.run_id AND w.slot = m.slot AND w.claimant = m.claimant
WHERE m.award_id IN(SELECT CAST(e.more ->> 'of' AS INTEGER) FROM w_entry AS e WHERE e.act = '补发');
INSERT INTO award(id, type_id, semester_id, for_semester_id, student_id, carer_id, staff_id, class_id, school_id, run_id, score_x100, amount_fen, level, detail, issuer_id, cert_no, issued_on, state, reissue_of)
SELECT e.award, o.type_id, iif(e.more ->> 'state' = '批准', (SELECT semester FROM w_day), NULL), o.for_semester_id, o.student_id, o.carer_id, o.staff_id, o.class_id, o.school_id, o.run_id,
       coalesce(w.score_x100, o.score_x100), coalesce(w.owed_fen, o.amount_fen), o.level, o.detail,
       coalesce(CAST(e.issuer AS INTEGER), o.issuer_id), e.number, iif(e.more ->> 'state' = '批准', e.day, NULL), e.more ->> 'state', o.id
FROM w_entry AS e JOIN award AS o ON o.id = e.more ->> 'of' LEFT JOIN w_worth AS w ON w.id = o.id WHERE e.act = '补发' ORDER BY CAST(e.award AS INTEGER);

UPDATE award SET state = '公示' FROM w_entry AS e WHERE e.act = '公示' AND award.id = e.award;
INSERT OR REPLACE INTO award_display(award_id, from_date, to_date) SELECT e.award, e.day, e.more ->> 'to' FROM w_entry AS e WHERE e.act = '公示' ORDER BY CAST(e.award AS INTEGER);

UPDATE award SET state = '批准', cert_no = e.number, issued_on = e.day, semester_id = (SELECT semester FROM w_day), issuer_id = coalesce(CAST(e.issuer AS INTEGER), issuer_id)
FROM w_entry AS e WHERE e.act = '批准' AND award.id = e.award;
UPDATE assess_run SET approved_on = e.day, approved_by = e.more ->> 'staff' FROM w_entry AS e JOIN award AS a ON a.id = e.award
WHERE e.act = '批准' AND assess_run.id = a.run_id AND assess_run.approved_on IS NULL;
INSERT INTO issuer_sequence(issuer_id, year, last_no) SELECT CAST(e.issuer AS INTEGER), CAST(e.year AS INTEGER), max(CAST(e.no AS INTEGER)) FROM w_entry AS e WHERE e.act IN('批准', '补发') AND e.no IS NOT NULL GROUP BY 1, 2
ON CONFLICT(issuer_id, year) DO UPDATE SET last_no = max(last_no, excluded.last_no);
INSERT OR IGNORE INTO number_gap(issuer_id, year, no, on_date, why) SELECT CAST(e.issuer AS INTEGER), CAST(e.year AS INTEGER), CAST(e.no AS INTEGER), e.day, e.why FROM w_entry AS e WHERE e.act = '跳号' ORDER BY 1, 2, 3;

UPDATE award SET state = '已打印' FROM w_entry AS e WHERE e.act = '打印' AND award.id = e.award AND e.was = '批准';
UPDATE award SET state = '已领', received_by = e.by_whom, received_on = e.day FROM w_entry AS e WHERE e.act = '领取' AND award.id = e.award;
UPDATE award SET state = '作废', void_reason = e.why FROM w_entry AS e WHERE e.act = '作废' AND award.id = e.award;
INSERT OR REPLACE INTO award_void(award_id, on_date, by_whom, was) SELECT e.award, e.day, e.by_whom, e.was FROM w_entry AS e WHERE e.act = '作废' ORDER BY CAST(e.award AS INTEGER);

CREATE TABLE IF NOT EXISTS intake_journal(count INTEGER, head TEXT) STRICT;
DELETE FROM intake_journal;
INSERT INTO intake_journal(count, head) VALUES(:count, :head);
