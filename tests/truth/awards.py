"""Whose an award is: the school and class in which it was earned, and how its recipient is called."""


class Awarded:
    """An award that is printed and paid."""

    def __init__(self, town, award):
        self.award = award
        self.type = town.row("award_type", award["type_id"])
        self.issuer = town.row("issuer", award["issuer_id"])
        self.term = next(t for t in town.table("semester") if t["id"] == (award["for_semester_id"] or award["semester_id"]))
        student, carer, staff = (town.row(table, award[table + "_id"]) for table in ("student", "carer", "staff"))
        self.class_id = award["class_id"] or (student and town.enrolled_in(student["id"], self.term))
        room = town.row("class", self.class_id)
        self.class_name = town.class_name(self.class_id, self.term["id"]) if room else None
        teacher = staff or (carer and town.row("staff", carer["staff_id"]))
        self.school_id = award["school_id"] or (room and room["school_id"]) or (carer and carer["school_id"]) or (teacher and teacher["school_id"])
        self.school = town.name("school", self.school_id)
        self.student = student
        person = student or carer or teacher
        self.name = {"班级": self.class_name, "学校": self.school}.get(self.type["to_kind"]) or (person and person["name"])
        if student:
            self.called = "小朋友" if room and town.row("class", self.class_id)["stage"] == "幼儿园" else "同学"
        elif teacher:
            self.called = "老师"
        else:
            self.called = {"女": "女士", "男": "先生"}.get(carer["gender"], "同志") if carer else ""
        year = self.term["year_start"]
        self.wording = self.type["wording"] or ""  # money without a paper has none
        for slot, value in (("{term}", self.term["title"]), ("{year}", f"{year}—{year + 1}学年度"), ("{award}", self.type["name"]),
                            ("{level}", award["level"] or ""), ("{detail}", award["detail"] or "")):
            self.wording = self.wording.replace(slot, value)

    def recipient(self):
        outside = self.issuer["school_id"] != self.school_id and self.type["to_kind"] != "学校"
        place = (self.school or "") if outside else ""
        return place + ((self.class_name or "") if self.student else "") + self.name + self.called + "："


def awarded(town):
    return [Awarded(town, a) for a in town.payable() if a["semester_id"] == town.term["id"]]
