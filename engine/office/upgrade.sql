-- What leads from one version of the schema to the next, in their order; each begins with its line `-- to N`. A table is made with the
-- words of fixtures/schema.sql, so that an upgraded database is the same as a new one (tests/office/upgrade.test).

-- to 2
-- Months that were opened again, and months that were closed without a school's return.

CREATE TABLE IF NOT EXISTS month_reopening(
  id INTEGER PRIMARY KEY,
  ym TEXT,
  reopened_on TEXT,
  closed_on TEXT,                  -- the day on which it had been closed
  why TEXT                         -- 更正原因
) STRICT;

CREATE TABLE IF NOT EXISTS month_reported(
  reopening_id INTEGER NOT NULL REFERENCES month_reopening(id),
  school_id INTEGER NOT NULL REFERENCES school(id),
  key TEXT NOT NULL REFERENCES figure(key),
  numerator INTEGER,
  denominator INTEGER,
  frozen_on TEXT,
  PRIMARY KEY(reopening_id, school_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS month_without(
  ym TEXT NOT NULL,
  school_id INTEGER NOT NULL REFERENCES school(id),
  on_date TEXT,
  PRIMARY KEY(ym, school_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS assess_duty(
  run_id INTEGER NOT NULL REFERENCES assess_run(id),
  carer_id INTEGER NOT NULL REFERENCES carer(id),
  seq INTEGER NOT NULL,
  title TEXT,                      -- 谈心, 检查家庭作业, 作业辅导, 家访, 亲情晚餐, 按时上交记录表, 参加代理家长座谈会
  due INTEGER NOT NULL,
  done INTEGER NOT NULL,
  pass_rate INTEGER,
  excellent_rate INTEGER,
  PRIMARY KEY(run_id, carer_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS assess_grade(
  run_id INTEGER NOT NULL REFERENCES assess_run(id),
  carer_id INTEGER NOT NULL REFERENCES carer(id),
  grade TEXT,                      -- 优秀, 合格, 不合格; NULL: nothing was due, or policy names no pass marks
  bare_months INTEGER NOT NULL,    -- months without any record
  PRIMARY KEY(run_id, carer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS award_display(
  award_id INTEGER PRIMARY KEY REFERENCES award(id),
  from_date TEXT,
  to_date TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS award_void(
  award_id INTEGER PRIMARY KEY REFERENCES award(id),
  on_date TEXT,
  by_whom TEXT,
  was TEXT                         -- 拟定, 公示, 批准, 已打印, 已领
) STRICT;

CREATE TABLE IF NOT EXISTS number_gap(
  issuer_id INTEGER NOT NULL REFERENCES issuer(id),
  year INTEGER NOT NULL,
  no INTEGER NOT NULL,
  on_date TEXT,                    -- when it was noticed
  why TEXT,
  PRIMARY KEY(issuer_id, year, no)
) STRICT, WITHOUT ROWID;

CREATE VIEW IF NOT EXISTS award_named AS
SELECT a.id AS award_id, coalesce(a.state, '拟定') AS state, a.cert_no, a.issued_on, a.semester_id, fs.id AS for_semester_id, fs.year_start, t.id AS type_id, t.code,
       t.name AS award, t.paper AS kind, t.to_kind, t.scope, sc.id AS school_id, sc.name AS school, cl.id AS class_id, ct.display AS class, ct.grade,
       CASE t.to_kind WHEN '班级' THEN coalesce(sc.short_name, sc.name, '') || ct.display WHEN '学校' THEN sc.name ELSE coalesce(st.name, ca.name, sf.name) END AS name,
       a.student_id, a.carer_id, a.staff_id, a.amount_fen, a.level, a.detail, i.id AS issuer_id, i.name AS issuer, u.id AS unit_id, u.name AS unit, u.phone AS unit_phone,
       a.void_reason, a.received_by, a.received_on, a.reissue_of, d.from_date AS shown_from, d.to_date AS shown_to, v.on_date AS void_on, v.by_whom AS void_by, v.was
FROM award AS a
JOIN award_type AS t ON t.id = a.type_id
LEFT JOIN semester AS fs ON fs.id = coalesce(a.for_semester_id, a.semester_id)
LEFT JOIN issuer AS i ON i.id = a.issuer_id
LEFT JOIN student AS st ON st.id = a.student_id
LEFT JOIN carer AS ca ON ca.id = a.carer_id
LEFT JOIN staff AS sf ON sf.id = coalesce(a.staff_id, ca.staff_id)
LEFT JOIN class AS cl ON cl.id = coalesce(a.class_id, (
  SELECT e.class_id FROM enrolment AS e WHERE e.student_id = a.student_id AND e.from_date <= fs.ends AND (e.to_date IS NULL OR e.to_date >= fs.starts)
  ORDER BY e.from_date DESC, e.id DESC LIMIT 1))
LEFT JOIN class_term AS ct ON ct.class_id = cl.id AND ct.semester_id = fs.id
LEFT JOIN school AS sc ON sc.id = coalesce(a.school_id, cl.school_id, ca.school_id, sf.school_id)
LEFT JOIN school AS u ON u.id = CASE WHEN t.scope IN('班级', '学校') THEN sc.id ELSE (SELECT w.centre_school_id FROM township AS w) END
LEFT JOIN award_display AS d ON d.award_id = a.id
LEFT JOIN award_void AS v ON v.award_id = a.id;

-- What was carried over into a term; lists of what may be destroyed or is handed over, and the rules that they go by.

CREATE TABLE IF NOT EXISTS carried(
  tbl TEXT NOT NULL,               -- left_behind, pairing, ride
  row_key TEXT NOT NULL,           -- its key: 17/2026-2027-2
  semester_id TEXT NOT NULL REFERENCES semester(id),
  student_id INTEGER REFERENCES student(id),
  state TEXT,                      -- 待核实, 已核实
  PRIMARY KEY(tbl, row_key, semester_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS retire_list(
  list_no TEXT PRIMARY KEY,        -- XH2037-01 销毁, YJ2026-01 移交
  kind TEXT,                       -- 销毁, 移交
  as_of TEXT,                      -- the day that it speaks of
  school_id INTEGER REFERENCES school(id),     -- NULL: all schools
  items INTEGER,
  digest TEXT,                     -- of every row that it means: it isn't confirmed when one has changed
  made_by TEXT,
  superseded_by TEXT,              -- the list that took its place
  confirmed_by TEXT,
  confirmed_on TEXT                -- 销毁日期, 移交日期
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS retire_item(
  list_no TEXT NOT NULL REFERENCES retire_list(list_no),
  seq INTEGER NOT NULL,
  school_id INTEGER REFERENCES school(id),
  dossier_no TEXT,                 -- of a child's archive
  archive_no TEXT,                 -- 档号 of a volume
  volume_id INTEGER REFERENCES volume(id),
  title TEXT,
  retention TEXT,
  from_date TEXT,
  to_date TEXT,
  pieces INTEGER,                  -- 件数
  due_on TEXT,                     -- 保管期满日, 移交期限
  PRIMARY KEY(list_no, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS ix_carried ON carried(student_id, semester_id);

INSERT INTO policy(key, value, unit, source, valid_from)
SELECT n.key, n.value, n.unit, n.source, coalesce((SELECT min(starts) FROM semester), '2025-09-01')
FROM (SELECT 'retention_start' AS key, '1' AS value, '年' AS unit, '保管期限自档案形成的次年1月1日起计算' AS source
      UNION ALL SELECT 'retention_default', '10', '年', '未注明保管期限的档案，保管10年'
      UNION ALL SELECT 'handover_month', '6', '月', '毕业班的档案于次年6月底前移交') AS n
WHERE NOT EXISTS(SELECT 1 FROM policy AS p WHERE p.key = n.key);

-- to 3
-- Bank cards, and what the payroll is computed from.

CREATE TABLE IF NOT EXISTS bank_card(
  id INTEGER PRIMARY KEY,
  student_id INTEGER REFERENCES student(id),
  carer_id INTEGER REFERENCES carer(id),
  staff_id INTEGER REFERENCES staff(id),
  holder TEXT,                     -- 户名
  bank TEXT,                       -- 开户行
  card_no TEXT                     -- 16 to 19 digits, the last one a check digit (Luhn)
) STRICT;

DROP VIEW IF EXISTS award_due;

CREATE VIEW IF NOT EXISTS award_money AS
SELECT a.id AS award_id, a.run_id, CASE WHEN a.run_id IS NULL THEN 'award ' || a.id WHEN t.code = 'EXCELLENT' THEN 'place' WHEN t.code = 'PROGRESS' THEN 'progress'
         WHEN a.carer_id IS NOT NULL THEN 'carer' WHEN a.staff_id IS NOT NULL THEN 'head' ELSE 'award ' || a.id END AS slot,
       coalesce('s' || a.student_id, 'c' || a.carer_id, 'f' || a.staff_id || iif(a.run_id IS NULL, '', ' ' || coalesce(a.class_id, '')), 'a' || a.id) AS claimant,
       coalesce('s' || a.student_id, 'f' || coalesce(a.staff_id, k.staff_id), 'c' || a.carer_id) AS person,
       a.student_id, a.carer_id, a.staff_id, a.class_id, a.amount_fen, coalesce(nullif(a.state, ''), '拟定') AS state, a.semester_id, a.issued_on, t.name AS award, t.paper, t.to_kind, sc.id AS school_id,
       coalesce(st.name, k.name, f.name, sc.name) AS name, a.id IN(SELECT n.reissue_of FROM award AS n WHERE n.reissue_of IS NOT NULL AND n.state IS NOT '作废') AS replaced
FROM award AS a JOIN award_type AS t ON t.id = a.type_id
LEFT JOIN student AS st ON st.id = a.student_id
LEFT JOIN carer AS k ON k.id = a.carer_id
LEFT JOIN staff AS f ON f.id = a.staff_id
LEFT JOIN semester AS fs ON fs.id = coalesce(a.for_semester_id, a.semester_id)
LEFT JOIN class AS cl ON cl.id = coalesce(a.class_id, (
  SELECT e.class_id FROM enrolment AS e WHERE e.student_id = a.student_id AND e.from_date <= fs.ends AND (e.to_date IS NULL OR e.to_date >= fs.starts)
  ORDER BY e.from_date DESC, e.id DESC LIMIT 1))
LEFT JOIN school AS sc ON sc.id = coalesce(a.school_id, cl.school_id, k.school_id, f.school_id)
WHERE a.amount_fen > 0;

CREATE VIEW IF NOT EXISTS assess_rate AS
SELECT r.id AS run_id, f.id AS first_term, max(w.value) FILTER (WHERE w.key = 'TOP_PLACES') AS top_places, max(w.value) FILTER (WHERE w.key = 'PROGRESS_PLACES') AS progress_places,
       max(w.value) FILTER (WHERE w.key = 'FIRST_FEN') AS first_fen, max(w.value) FILTER (WHERE w.key = 'TOP_FEN') AS top_fen, max(w.value) FILTER (WHERE w.key = 'PROGRESS_FEN') AS progress_fen,
       coalesce(max(w.value) FILTER (WHERE w.key = 'POINT_FEN'), 100) AS point_fen
FROM assess_run AS r
LEFT JOIN semester AS f ON f.year_start = r.year_start AND f.term = 1
LEFT JOIN award_rate AS w ON w.id = (
  SELECT v.id FROM award_rate AS v WHERE v.key = w.key AND coalesce(v.valid_from, '') <= r.cutoff AND (v.valid_to IS NULL OR v.valid_to >= r.cutoff) ORDER BY v.valid_from DESC, v.id DESC LIMIT 1)
GROUP BY r.id;

CREATE VIEW IF NOT EXISTS award_owed AS
SELECT a.run_id, 'carer' AS slot, 'c' || a.carer_id AS claimant, NULL AS student_id, a.carer_id, NULL AS staff_id, NULL AS class_id, k.school_id, k.name, a.score_x100,
       a.score_x100 * w.point_fen / 100 AS owed_fen
FROM assess_carer AS a JOIN assess_rate AS w ON w.run_id = a.run_id JOIN carer AS k ON k.id = a.carer_id WHERE a.score_x100 > 0
UNION ALL
SELECT a.run_id, 'head', 'f' || a.staff_id || ' ' || a.class_id, NULL, NULL, a.staff_id, a.class_id, c.school_id, f.name, a.score_x100, a.score_x100 * w.point_fen / 100
FROM assess_head AS a JOIN assess_rate AS w ON w.run_id = a.run_id JOIN class AS c ON c.id = a.class_id JOIN staff AS f ON f.id = a.staff_id WHERE a.score_x100 > 0
UNION ALL
SELECT a.run_id, 'place', 's' || a.student_id, a.student_id, NULL, NULL, a.class_id, c.school_id, s.name, a.total * 100, iif(a.end_rank = 1, w.first_fen, w.top_fen)
FROM assess_line AS a JOIN assess_rate AS w ON w.run_id = a.run_id JOIN class AS c ON c.id = a.class_id JOIN student AS s ON s.id = a.student_id WHERE a.end_rank <= w.top_places
UNION ALL
SELECT a.run_id, 'progress', 's' || a.student_id, a.student_id, NULL, NULL, a.class_id, c.school_id, s.name, a.total * 100, w.progress_fen
FROM assess_line AS a JOIN assess_rate AS w ON w.run_id = a.run_id JOIN class AS c ON c.id = a.class_id JOIN student AS s ON s.id = a.student_id
WHERE a.s1_rank - a.end_rank >= w.progress_places
  AND EXISTS(SELECT 1 FROM exam_result AS e JOIN exam AS x ON x.id = e.exam_id WHERE e.student_id = a.student_id AND e.class_id = a.class_id AND x.semester_id = w.first_term AND x.kind = '期末');

CREATE VIEW IF NOT EXISTS bank_account AS
SELECT b.person, b.holder, b.bank, b.card_no, CASE WHEN b.card_no IS NULL OR b.card_no = '' THEN '没有登记卡号' WHEN b.holder IS NULL OR b.holder = '' THEN '没有登记户名' WHEN b.card_no GLOB '*[^0-9]*' THEN '卡号有不是数字的字符'
         WHEN length(b.card_no) NOT BETWEEN 16 AND 19 THEN '卡号不是16至19位'
         WHEN (SELECT sum(CASE WHEN (length(b.card_no) - p.value) % 2 = 0 THEN CAST(substr(b.card_no, p.value, 1) AS INTEGER)
                 ELSE CAST(substr(b.card_no, p.value, 1) AS INTEGER) * 2 - 9 * (substr(b.card_no, p.value, 1) > '4') END)
               FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]') AS p WHERE p.value <= length(b.card_no)) % 10 <> 0 THEN '卡号校验不符，有错' END AS fault
FROM (SELECT coalesce('s' || c.student_id, 'f' || coalesce(c.staff_id, k.staff_id), 'c' || c.carer_id) AS person, c.holder, c.bank, c.card_no,
             row_number() OVER (PARTITION BY coalesce('s' || c.student_id, 'f' || coalesce(c.staff_id, k.staff_id), 'c' || c.carer_id) ORDER BY c.id DESC) AS nth
      FROM bank_card AS c LEFT JOIN carer AS k ON k.id = c.carer_id) AS b
WHERE b.nth = 1 AND b.person IS NOT NULL;
