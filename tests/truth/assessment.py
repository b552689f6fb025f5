"""The assessment of a school year computed anew from marks, conduct and pairings: places, points, shares, scores.

    place       1 + how many of the class have a higher total; the whole class of the exam's day, left behind or not (1, 1, 3)
    no place    when a subject that counts has no score: absent, excused, exempt
    points      for each place gained, for staying among the first, for conduct without an unrevoked serious matter, for 三好学生;
                how many points, places and fen stand in award_rate
    base        the first final examination: the scheme began with this year
    change      a pupil who changed class between the two exams keeps conduct and 三好 alone
    carer       the sum over the children paired with it at the cutoff, each by its share
    head        the mean over the class's children, half up to the hundredth
"""
from collections import defaultdict

from township import in_force


def rate(town, key, day):
    rows = [r for r in town.of("award_rate", "key", key) if in_force(r, day, "valid_from", "valid_to")]
    return max(rows, key=lambda r: r["valid_from"])["value"]


def places(town, exam):
    """Student → (class, place or None, size of the class): everybody who has marks, in the class of that day."""
    counts = {s["subject"] for s in town.of("exam_subject", "exam_id", exam["id"]) if s["counts"]}
    scores = defaultdict(list)
    for mark in town.of("mark", "exam_id", exam["id"]):
        if mark["subject"] in counts:
            scores[mark["student_id"]].append(mark["score_x10"])
    classes = defaultdict(dict)
    for student, found in scores.items():
        stays = [e for e in town.of("enrolment", "student_id", student) if in_force(e, exam["held_on"])]
        if stays:
            classes[stays[-1]["class_id"]][student] = None if None in found else sum(found)
    result = {}
    for class_id, totals in classes.items():
        for student, total in totals.items():
            place = None if total is None else 1 + sum(t is not None and t > total for t in totals.values())
            result[student] = (class_id, place, len(totals))
    return result


def finals(town, semester):
    found = {}
    for exam in town.of("exam", "semester_id", semester):
        if exam["kind"] == "期末":
            for student, place in places(town, exam).items():
                found[student] = (*place, exam)
    return found


class Assessment:
    """The newest approved run on the town's day: lines by student, shares by carer, heads by (teacher, class)."""

    def __init__(self, town):
        self.run = max((r for r in town.table("assess_run") if (r["approved_on"] or "9999") <= town.day), key=lambda r: (r["year_start"], r["id"]), default=None)
        if self.run is None:
            return
        year, cutoff = self.run["year_start"], self.run["cutoff"]
        self.title = f"{year}—{year + 1}学年度"
        self.first, self.second = (f"{year}-{year + 1}-{term}" for term in (1, 2))
        rates = {key: rate(town, key, cutoff) for key in ("POINT_PER_PLACE", "POINT_KEEP", "POINT_CONDUCT", "POINT_SANHAO", "TOP_PLACES", "PROGRESS_PLACES", "POINT_FEN", "FIRST_FEN", "TOP_FEN", "PROGRESS_FEN")}
        begin, end = finals(town, self.first), finals(town, self.second)
        sanhao = {t["id"] for t in town.table("award_type") if t["code"] == "SANHAO"}
        self.lines, self.shares = {}, defaultdict(list)
        for kid in town.of("left_behind", "semester_id", self.second):
            student = kid["student_id"]
            pairings = [p for p in town.pairings(student, cutoff) if p["is_primary"] == 1]
            if student not in end or not in_force(kid, end[student][3]["held_on"]) or not pairings:
                continue
            class_id, last, _, _ = end[student]
            first_class, first, _, _ = begin.get(student, (None, None, 0, None))
            comparable = first is not None and last is not None and first_class == class_id
            serious = any(c["severity"] == "严重" and not c["revoked_on"] and f"{year}-09-01" <= c["on_date"] <= f"{year + 1}-08-31"
                          for c in town.of("conduct", "student_id", student))
            points = (rates["POINT_PER_PLACE"] * max(0, first - last) if comparable else 0,
                      rates["POINT_KEEP"] if comparable and max(first, last) <= rates["TOP_PLACES"] else 0,
                      0 if serious else rates["POINT_CONDUCT"],
                      rates["POINT_SANHAO"] if any(a["type_id"] in sanhao and (a["for_semester_id"] or "")[:4] == str(year) and a["state"] != "作废"
                                                   for a in town.of("award", "student_id", student)) else 0)
            self.lines[student] = {"class_id": class_id, "base": first, "first": first, "last": last, "same_class": first_class == class_id, "points": points, "total": sum(points)}
            for pairing in pairings:
                self.shares[pairing["carer_id"]].append((student, pairing["share_bp"], sum(points) * pairing["share_bp"] // 100))
        self.rates, self.fen_a_point = rates, rates["POINT_FEN"]
        self.heads = defaultdict(list)
        for student, line in self.lines.items():
            term = town.class_term(line["class_id"], self.second)
            self.heads[term["head_id"], line["class_id"]].append(line["total"])

    def carer_score(self, carer):
        return sum(score for _, _, score in self.shares[carer])

    def carer_fen(self, carer):
        return self.carer_score(carer) * self.fen_a_point // 100

    def head_score(self, head, class_id):
        totals = self.heads[head, class_id]
        return (2 * 100 * sum(totals) + len(totals)) // (2 * len(totals))
