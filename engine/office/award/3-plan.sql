-- What is done to the awards that were chosen: entries of the journal. Parameters: :act, :by, :why, :days, :staff, :draft.

INSERT INTO w_entry(day, act, award, number, kind, record, was, by_whom, why, more)
SELECT d.day, :act, a.id, a.number, a.kind, a.record, a.state, CASE :act WHEN '领取' THEN coalesce(:by, a.name) ELSE :by END, :why,
       CASE :act WHEN '公示' THEN json_object('to', date(d.day, '+' || (:days - 1) || ' days')) END
FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id JOIN w_day AS d WHERE :act IN('公示', '打印', '领取', '作废') ORDER BY a.id;

-- A draft in the place of a void paper, that goes the way of all others.
INSERT INTO w_entry(day, act, award, kind, record, was, by_whom, why, more)
SELECT d.day, '补发', (SELECT max(id) FROM award) + row_number() OVER (ORDER BY a.id), a.kind, a.record, '作废', :by, :why, json_object('of', a.id, 'state', '拟定')
FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id JOIN w_day AS d WHERE :act = '补发' AND :draft ORDER BY a.id;

-- Papers get their numbers; money without a paper has none.
INSERT INTO w_entry(day, act, award, number, issuer, word, year, no, kind, record, was, by_whom, why, more)
SELECT day, :act, iif(:act = '补发', (SELECT max(id) FROM award) + row_number() OVER (ORDER BY id), id), word || '〔' || year || '〕' || no || '号', issuer, iif(no IS NULL, NULL, word), iif(no IS NULL, NULL, year), no,
       kind, record, state, :by, :why, json_object('of', iif(:act = '补发', id, NULL), 'state', '批准', 'staff', :staff)
FROM (SELECT a.*, d.day, d.year, g.issuer, i.word, iif(a.paper IS NULL, NULL, b.last + row_number() OVER (PARTITION BY g.issuer, a.paper IS NULL ORDER BY a.id)) AS no
      FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id JOIN w_day AS d JOIN w_issuer AS g ON g.id = a.id LEFT JOIN issuer AS i ON i.id = g.issuer LEFT JOIN w_last AS b ON b.issuer = g.issuer)
WHERE :act IN('批准', '补发') AND NOT :draft ORDER BY id;
