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
