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
