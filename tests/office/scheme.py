"""A made-up township for the assessment, and the assessment computed anew from its raw rows, pupil by pupil, in plain Python.

    town = Town(path, schema)        tables of the schema, two school years, one school, its rates
    room = town.room(first_year)     a class with its head; term(s) in which it has examinations follow from its first year
    kid = town.kid(room, …)          a pupil: enrolled, registered, paired
    town.marks(term, room, {kid: total or None or 'absent' …})
    expected(town)                   → lines, shares, carers, heads, awards
"""
import sqlite3
from collections import defaultdict

TERMS = {"2024-2025-2": ("2025-02-17", "2025-07-05", "2025-07-01"), "2025-2026-1": ("2025-09-01", "2026-01-23", "2026-01-14"),
         "2025-2026-2": ("2026-03-02", "2026-07-10", "2026-07-02")}
BEFORE, FIRST, SECOND = TERMS
CUTOFF = "2026-07-10"
SUBJECTS = ("语文", "数学")


class Town:
    def __init__(self, path, schema):
        self.db = sqlite3.connect(path)
        self.db.executescript(open(schema, encoding="utf-8").read())
        self.ids = defaultdict(int)
        for term, (starts, ends, _) in TERMS.items():
            self.add("semester", id=term, year_start=int(term[:4]), term=int(term[-1]), title=term, starts=starts, ends=ends)
        self.db.execute("INSERT INTO township(id, name, centre_school_id) VALUES(1, '镇', 1)")
        self.add("school", id=1, code="S1", name="中心学校", short_name="中心校")
        self.add("issuer", id=1, school_id=1, name="中心学校", word="奖字", valid_from="2019-09-01")
        for key, value in (("POINT_PER_PLACE", 10), ("POINT_KEEP", 10), ("POINT_CONDUCT", 20), ("POINT_SANHAO", 10), ("TOP_PLACES", 5), ("PROGRESS_PLACES", 5),
                           ("FIRST_FEN", 10000), ("TOP_FEN", 3000), ("PROGRESS_FEN", 1500), ("POINT_FEN", 100)):
            self.add("award_rate", key=key, value=value, valid_from="2024-09-01")
        for code, kind, paper in (("EXCELLENT", "学生", "奖状"), ("PROGRESS", "学生", "奖状"), ("SANHAO", "学生", "奖状"), ("CARER", "代理家长", "荣誉证书"),
                                  ("CARER_CHECK", "代理家长", "考核证书")):
            self.add("award_type", code=code, name=code, to_kind=kind, scope="班级" if kind == "学生" else "镇", paper=paper, valid_from="2024-09-01")
        self.exams = {}

    def next(self, table):
        self.ids[table] += 1
        return self.ids[table]

    def add(self, table, **row):
        if "id" not in row:
            row["id"] = self.next(table)
        self.db.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES({', '.join('?' * len(row))})", list(row.values()))
        return row["id"]

    def put(self, table, **row):
        self.db.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES({', '.join('?' * len(row))})", list(row.values()))

    def exam(self, term, grade):
        if (term, grade) not in self.exams:
            self.exams[term, grade] = self.add("exam", school_id=1, semester_id=term, grade=grade, kind="期末", held_on=TERMS[term][2])
            for seq, subject in enumerate(SUBJECTS):
                self.put("exam_subject", exam_id=self.exams[term, grade], subject=subject, full_x10=1000, counts=1, seq=seq)
            self.put("exam_subject", exam_id=self.exams[term, grade], subject="体育", full_x10=1000, counts=0, seq=9)
        return self.exams[term, grade]

    def room(self, grade=7, old=False, head=True):
        """A class; an old one has been there the year before, a grade lower."""
        room = self.add("class", school_id=1, stage="初中", entry_year=2024 if old else 2025, class_no=self.ids["class"] + 1)
        staff = self.add("staff", school_id=1, name=f"教师{room}") if head else None
        for term in TERMS:
            if old or term != BEFORE:
                self.put("class_term", class_id=room, semester_id=term, grade=grade - (term == BEFORE), display=f"{grade}（{room}）班", head_id=staff)
        return room

    def grade(self, room, term):
        return self.db.execute("SELECT grade FROM class_term WHERE class_id = ? AND semester_id = ?", (room, term)).fetchone()[0]

    def carer(self):
        return self.add("carer", school_id=1, name="代理家长", kind="代理家长")

    def kid(self, room, since="2023-09-01", until=None, registered=True, carer=None, paired_since="2023-09-01"):
        kid = self.add("student", name=f"学生{self.ids['student'] + 1}")
        self.add("enrolment", student_id=kid, class_id=room, from_date=since, to_date=until)
        if registered:
            self.put("left_behind", student_id=kid, semester_id=SECOND, kind="双亲外出", dossier_no=f"LS-{kid}", from_date="2026-03-02")
        if carer:
            self.pair(kid, carer, since=paired_since)
        return kid

    def pair(self, kid, carer, share=10000, primary=1, since="2023-09-01", until=None):
        self.add("pairing", student_id=kid, carer_id=carer, role="代理家长", from_date=since, to_date=until, share_bp=share, is_primary=primary)

    def mark(self, term, room, kid, total):
        """A total parted over the subjects; a word is the state of one of them; None: no marks at all; 'part': one subject's row is missing."""
        exam = self.exam(term, self.grade(room, term))
        if total is None:
            return
        half = total // 2 if isinstance(total, int) else 400
        self.put("mark", exam_id=exam, student_id=kid, subject="语文", score_x10=half, state="正常")
        self.put("mark", exam_id=exam, student_id=kid, subject="体育", score_x10=(kid * 37) % 1000, state="正常")
        if total == "part":
            return
        good = isinstance(total, int)
        self.put("mark", exam_id=exam, student_id=kid, subject="数学", score_x10=total - half if good else 450 if total in ("违纪", "缓考") else None, state="正常" if good else total)

    def in_place(self, term, room, kid, place, size=30):
        """The class's examination with this pupil in that place: others that count for nothing else fill it."""
        for at in range(1, size + 1):
            self.mark(term, room, kid if at == place else self.filler(room, at), 2000 - 10 * at)

    def filler(self, room, at):
        key = ("filler", room, at)
        if key not in self.ids:
            self.ids[key] = self.kid(room, registered=False)
        return self.ids[key]


def rows(town, table):
    found = town.db.execute(f"SELECT * FROM {table}")
    names = [d[0] for d in found.description]
    return [dict(zip(names, row)) for row in found]


def at(day, row, start="from_date", end="to_date"):
    return (row[start] or "") <= day and (row[end] is None or row[end] >= day)


def expected(town):
    """By DOMAIN's scheme; nothing here reads what the program computed."""
    exams = {e["id"]: e for e in rows(town, "exam") if e["kind"] == "期末"}
    stays, marks, registered, pairs = defaultdict(list), defaultdict(dict), {}, defaultdict(list)
    for e in rows(town, "enrolment"):
        stays[e["student_id"]].append(e)
    for m in rows(town, "mark"):
        marks[m["exam_id"], m["student_id"]][m["subject"]] = m
    for r in rows(town, "left_behind"):
        if r["semester_id"] == SECOND:
            registered[r["student_id"]] = r
    for p in rows(town, "pairing"):
        # Who answers for a school's children, and a pupil who is a friend, are no carers; what a sheet left empty is the whole.
        if p["role"] not in ("包干领导", "同伴"):
            p["share_bp"] = 10000 if p["share_bp"] is None else p["share_bp"]
            p["is_primary"] = 1 if p["is_primary"] is None else p["is_primary"]
            pairs[p["student_id"]].append(p)
    schools = {c["id"]: c["school_id"] for c in rows(town, "class")}
    grade_of = {(t["class_id"], t["semester_id"]): t for t in rows(town, "class_term")}

    # place of everybody in the class of the day
    places = {term: {} for term in TERMS}
    for exam in exams.values():
        term, groups = exam["semester_id"], defaultdict(dict)
        for kid, where in stays.items():
            here = [e for e in where if at(exam["held_on"], e)]
            if not here:
                continue
            room = max(here, key=lambda e: (e["from_date"], e["id"]))["class_id"]
            if (exam["id"], kid) in marks or schools[room] == exam["school_id"] and (room, term) in grade_of and grade_of[room, term]["grade"] == exam["grade"]:
                own = marks.get((exam["id"], kid), {})
                scores = [own[s]["score_x10"] if s in own and own[s]["state"] in (None, "正常") else None for s in SUBJECTS]
                groups[room][kid] = None if None in scores else sum(scores)
        for room, totals in groups.items():
            for kid, total in totals.items():
                place = None if total is None else 1 + sum(t is not None and t > total for t in totals.values())
                places[term][kid] = (room, place)
    old_rooms = {room for room, _ in places[BEFORE].values()}
    sanhao_type = [t["id"] for t in rows(town, "award_type") if t["code"] == "SANHAO"]
    awards_in = rows(town, "award")
    least = next((int(p["value"]) for p in rows(town, "policy") if p["key"] == "assess_from_grade"), -9)

    lines, shares = {}, defaultdict(dict)
    for kid, (room, end) in places[SECOND].items():
        entry = registered.get(kid)
        grade = grade_of.get((room, SECOND), {}).get("grade")
        if not entry or (entry["to_date"] is not None and entry["to_date"] < TERMS[SECOND][2]) or (grade is not None and grade < least):
            continue
        open_now = list({p["carer_id"]: p for p in pairs[kid] if at(CUTOFF, p)}.values())
        first_ones = [p for p in open_now if p["is_primary"]]
        if not first_ones and sum(p["share_bp"] for p in open_now) != 10000:
            continue
        s1_room, s1 = places[FIRST].get(kid, (None, None))
        base_room, base = (s1_room, s1)
        if room in old_rooms:
            base_room, base = places[BEFORE].get(kid, (None, None))
            newly = all((p["from_date"] or "") >= "2025-09-01" for p in pairs[kid])
            if newly and kid in places[BEFORE] and (base is None or base_room != room):
                base_room, base = s1_room, s1
        comparable = base is not None and end is not None and base_room == room
        serious = any(c["student_id"] == kid and c["severity"] == "严重" and not c["revoked_on"] and "2025-09-01" <= c["on_date"] <= "2026-08-31" for c in rows_cached(town, "conduct"))
        good = any(a["student_id"] == kid and a["type_id"] in sanhao_type and a["state"] != "作废" and a["for_semester_id"] in (FIRST, SECOND) for a in awards_in)
        points = (10 * max(0, base - end) if comparable else 0, 10 if comparable and base <= 5 and end <= 5 else 0, 0 if serious else 20, 10 if good else 0)
        lines[kid] = (room, base, end, s1, *points, sum(points))
        chosen = first_ones if sum(p["share_bp"] for p in first_ones) == 10000 else open_now
        if sum(p["share_bp"] for p in chosen) == 10000:
            left, upto = sum(points) * 100, 0
            for p in sorted(chosen, key=lambda p: p["carer_id"]):
                upto += p["share_bp"]
                part = sum(points) * 100 * upto // 10000 - (sum(points) * 100 - left)
                if p["share_bp"]:
                    shares[p["carer_id"]][kid] = part
                left -= part

    carers = {carer: sum(own.values()) for carer, own in shares.items()}
    heads = defaultdict(list)
    for kid, line in lines.items():
        head = grade_of[line[0], SECOND]["head_id"]
        if head is not None:
            heads[head, line[0]].append(line[-1])
    # half up to the hundredth, by whole numbers
    heads = {key: int((sum(t) * 100 / len(t)) + 0.5 + 1e-9) for key, t in heads.items()}
    awards = set()
    for kid, (room, base, end, s1, *_) in lines.items():
        if end is not None and end <= 5:
            awards.add(("EXCELLENT", kid, 10000 if end == 1 else 3000))
        if end is not None and s1 is not None and places[FIRST][kid][0] == room and s1 - end >= 5:
            awards.add(("PROGRESS", kid, 1500))
    return lines, shares, carers, heads, awards


CACHE = {}


def rows_cached(town, table):
    if (id(town), table) not in CACHE:
        CACHE[id(town), table] = rows(town, table)
    return CACHE[id(town), table]


def computed(path):
    """What the program wrote: the newest run."""
    db = sqlite3.connect(path)
    run = db.execute("SELECT max(id) FROM assess_run").fetchone()[0]
    ask = lambda sql: db.execute(sql, (run,)).fetchall()
    lines = {r[0]: r[1:] for r in ask("SELECT student_id, class_id, base_rank, end_rank, s1_rank, p_rank, p_keep, p_conduct, p_sanhao, total FROM assess_line WHERE run_id = ?")}
    flags = dict(ask("SELECT student_id, flags FROM assess_line WHERE run_id = ?"))
    carers = dict(ask("SELECT carer_id, score_x100 FROM assess_carer WHERE run_id = ?"))
    shares = defaultdict(dict)
    for carer, kid, score in ask("SELECT carer_id, student_id, score_x100 FROM assess_share WHERE run_id = ?"):
        shares[carer][kid] = score
    heads = {(a, b): c for a, b, c in ask("SELECT staff_id, class_id, score_x100 FROM assess_head WHERE run_id = ?")}
    awards = set(ask("SELECT t.code, a.student_id, a.amount_fen FROM award AS a JOIN award_type AS t ON t.id = a.type_id WHERE a.run_id = ? AND a.student_id IS NOT NULL AND a.state = '拟定'"))
    paid = {("carer", c): f for c, f in ask("SELECT carer_id, amount_fen FROM award WHERE run_id = ? AND carer_id IS NOT NULL")}
    paid.update({("head", s, c): f for s, c, f in ask("SELECT staff_id, class_id, amount_fen FROM award WHERE run_id = ? AND staff_id IS NOT NULL")})
    return lines, shares, carers, heads, awards, flags, paid
