from paper import *

db, told = database(), Findings()
one = lambda sql, *values: db.execute(sql, values).fetchone()

printed = {}  # layout and number → the page's words
for layout in "certificate", "certificate-16k", "certificate-8k":
    for pdf in papers(layout):
        for page in pages(pdf, "-raw"):
            words = bare(page)
            number = re.search(r"编号：(.*?号)", words)
            if told.want(number, f"{pdf}: a page without a number"):
                printed[layout, number[1]] = words

kinds = dict(plain=0, school=0, nameless=0, nowhere=0)
wanted = 0
for a in db.execute("SELECT * FROM award WHERE state IN('批准', '已打印', '已领') AND semester_id = '2026-2027-1' AND issued_on <= '2026-11-25'"):
    kind = one("SELECT * FROM award_type WHERE id = ?", a["type_id"])
    if not kind["paper"]:
        continue  # money alone
    wanted += 1
    issuer = one("SELECT * FROM issuer WHERE id = ?", a["issuer_id"])
    term = one("SELECT * FROM semester WHERE id = ?", a["for_semester_id"] or a["semester_id"])
    school = class_id = None
    name, address = None, ""
    if a["student_id"]:
        # The last class that the child was in during the term.
        stays = db.execute("SELECT * FROM enrolment WHERE student_id = ? ORDER BY from_date, id", (a["student_id"],)).fetchall()
        stays = [s for s in stays if s["from_date"] <= term["ends"] and (s["to_date"] or "9999") >= term["starts"]]
        class_id = stays[-1]["class_id"] if stays else None
        name, address = one("SELECT name FROM student WHERE id = ?", a["student_id"])[0], None
    elif a["carer_id"]:
        carer = one("SELECT * FROM carer WHERE id = ?", a["carer_id"])
        school, name = carer["school_id"], carer["name"]
        address = "老师" if carer["staff_id"] else {"女": "女士", "男": "先生"}.get(carer["gender"], "同志")
    elif a["staff_id"]:
        staff = one("SELECT * FROM staff WHERE id = ?", a["staff_id"])
        school, name, address = staff["school_id"], staff["name"], "老师"
    class_id = a["class_id"] or class_id
    if class_id:
        school = one("SELECT school_id FROM class WHERE id = ?", class_id)[0]
    school = a["school_id"] or school
    display = class_id and one("SELECT display FROM class_term WHERE class_id = ? AND semester_id = ?", class_id, term["id"])
    display = display[0] if display else ""
    if a["student_id"]:
        little = class_id and one("SELECT stage FROM class WHERE id = ?", class_id)[0] == "幼儿园"
        address = "小朋友" if little else "同学"
    title = one("SELECT name FROM school WHERE id = ?", school)[0] if school else ""
    if kind["to_kind"] == "学校":
        name, title = title, ""
    elif issuer["school_id"] == school:
        title = ""
    if kind["to_kind"] == "班级":
        name, display = display, ""
    salutation = bare(title + display + name + address) + "："
    kinds["school" if title else "plain"] += 1
    kinds["nameless"] += bool(class_id and not display and a["student_id"])
    kinds["nowhere"] += school is None
    for layout in "certificate", "certificate-16k", "certificate-8k":
        words = printed.pop((layout, bare(a["cert_no"])), "")
        # The heading is before it, the text with its 在…中 or 您在… behind it.
        begins = re.match(r"(奖状|荣誉证书|考核证书)(.*?：)", words)
        told.want(begins and begins[2] == salutation, f"{layout} {a['cert_no']}: {salutation} should stand there: {words[:60]}")
        if "{detail}" in kind["wording"] and a["detail"] is None:
            told.want("《》" not in words and "缺" in words, f"{layout} {a['cert_no']}: an unknown title isn't told")
        else:
            told.want((kind["closing"] or "") in words and "缺" not in words.replace(salutation, ""), f"{layout} {a['cert_no']}: {words}")
told.want(not printed, f"{len(printed)} certificates that nobody gets: {list(printed)[:3]}")
told.want(wanted > 300 and kinds["school"] > 50 and kinds["nameless"] and kinds["nowhere"] > 1, f"too few cases: {wanted} {kinds}")
told.end()
