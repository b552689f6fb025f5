"""The carers' duties of a school year counted anew from talks, visits, records and meetings: due and done line by line, and the grade.

    in scope    the carer's children on a month's last day: registered, paired as primary or with a part, from the first grade that is assessed on
    due         for each child and month as often as policy asks for; meetings as many as the school held, at most as policy asks for
    done        at most what is due; a record only when it was filled in by the day on which it was due
    grade       every line reaches its rate, and no month went by without a record
"""
from collections import defaultdict

from township import in_force

BY_EVENT = ("谈心", "谈心", "talk_carer"), ("检查家庭作业", "作业检查", "homework"), ("作业辅导", "作业辅导", "tutoring"), ("家访", "家访", "visit_carer"), ("亲情晚餐", "亲情晚餐", "dinner")


class Duties:
    """lines: carer → {title: [due, done]} in the order of print; bare: carer → months without a record; grades: carer → 优秀, 合格, 不合格 or None."""

    def __init__(self, town, carers, year, cutoff):
        self.town, self.lines, self.bare = town, defaultdict(lambda: defaultdict(lambda: [0, 0])), defaultdict(int)
        terms = {t["id"]: t for t in town.table("semester") if t["year_start"] == year}
        for carer in carers:
            for month in sorted((m for m in town.table("semester_month") if m["semester_id"] in terms and m["required"] and m["period_to"] <= cutoff), key=lambda m: m["ym"]):
                self.month(carer, month, min(month["period_to"], terms[month["semester_id"]]["ends"]))
        self.rates = town.policy("assess_pass"), town.policy("assess_excellent")
        self.grades = {carer: self.grade(carer) for carer in carers}

    def children(self, carer, semester, end):
        for pair in self.town.of("pairing", "carer_id", carer):
            kid = pair["student_id"]
            partly = pair["is_primary"] or 0 < (pair["share_bp"] or 10000) < 10000
            stays = [s for s in self.town.of("enrolment", "student_id", kid) if in_force(s, end)]
            room = self.town.class_term(max(stays, key=lambda s: (s["from_date"], s["id"]))["class_id"], semester) if stays else None
            if partly and in_force(pair, end) and (room is None or room["grade"] >= self.town.policy("assess_from_grade")) and any(
                    in_force(r, end) for r in self.town.of("left_behind", "student_id", kid) if r["semester_id"] == semester):
                yield kid

    def add(self, carer, title, due, done):
        line = self.lines[carer][title]
        line[0], line[1] = line[0] + due, line[1] + min(due, done)

    def month(self, carer, month, end):
        town, filled = self.town, 0
        children = set(self.children(carer, month["semester_id"], end))
        for kid in children:
            for title, kind, rule in BY_EVENT:
                self.add(carer, title, town.policy(rule), sum(e["carer_id"] == carer and e["kind"] == kind and month["period_from"] <= e["on_date"] <= end
                                                              for e in town.of("care_event", "student_id", kid)))
            handed = [r for r in town.of("monthly_record", "student_id", kid) if r["carer_id"] == carer and r["ym"] == month["ym"]]
            filled += len(handed)
            self.add(carer, "按时上交记录表", town.policy("record"), sum((r["filled_on"] or "9") <= f"{month['ym']}-{town.policy('due_day'):02d}" for r in handed))
        held = [m["id"] for m in town.of("meeting", "school_id", town.row("carer", carer)["school_id"])
                if children and m["kind"] == "代理家长座谈会" and month["period_from"] <= m["on_date"] <= end]
        if held:
            attended = sum(any(p["meeting_id"] == m and p["signed"] for p in town.of("meeting_person", "carer_id", carer)) for m in held)
            self.add(carer, "参加代理家长座谈会", min(town.policy("meeting_carers"), len(held)), attended)
        self.bare[carer] += bool(children) and not filled

    def short(self, carer, rate):
        """The lines that don't reach a rate."""
        return [(title, due, done) for title, (due, done) in self.lines[carer].items() if due and done * 100 < rate * due]

    def grade(self, carer):
        if not any(due for due, _ in self.lines[carer].values()):
            return None
        reached = [not self.bare[carer] and not self.short(carer, rate) for rate in self.rates]
        return "优秀" if reached[1] else "合格" if reached[0] else "不合格"

    def sums(self, carer):
        """Done and due over all lines."""
        return sum(done for due, done in self.lines[carer].values() if due), sum(due for due, _ in self.lines[carer].values())

    def words(self, carer):
        """What the summary says of a carer: lines below the pass mark, months without a record."""
        short = "、".join(f"{title}{done}/{due}" for title, due, done in self.short(carer, self.rates[0]))
        return "；".join(([short] if short else []) + ([f"{self.bare[carer]}个月没有记录"] if self.bare[carer] else [])) or "—"
