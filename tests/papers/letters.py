from collections import Counter, defaultdict

from paper import *

db, told = database(), Findings()
case = sys.argv[1]
MONTH, FROM, DAY = "2026-11", "2026-10-26", "2026-11-25"
LEFT_MM = 25
table = lambda name: [dict(row) for row in db.execute(f"SELECT * FROM {name}")]
adults, students = {a["id"]: a for a in table("adult")}, {s["id"]: s for s in table("student")}
links, texts, own = table("family"), table("letter_text"), {}
for letter in sorted(table("letter"), key=lambda l: (l["sent_on"] or "", l["id"])):
    if letter["kind"] == "致家长的一封信" and letter["body"] and FROM <= (letter["sent_on"] or "") <= DAY:
        own[letter["student_id"]] = letter["body"]
left_behind = {l["student_id"] for l in table("left_behind")
               if l["semester_id"] == "2026-2027-1" and l["from_date"] <= DAY and (l["to_date"] or "9999") >= DAY}
terms = {t["id"]: t for t in table("semester")}
classes = {c["id"]: c["school_id"] for c in table("class")}
schools = {}
for stay in sorted(table("enrolment"), key=lambda e: (e["from_date"], e["id"])):
    if stay["from_date"] <= terms["2026-2027-1"]["ends"] and (stay["to_date"] or "9999") >= "2026-09-01":
        schools[stay["student_id"]] = classes[stay["class_id"]]
family = defaultdict(set)  # adult → children
for link in links:
    if (link["to_date"] or "9999") >= DAY:
        family[link["adult_id"]].add(link["student_id"])


def school_words(school):
    for month, of in ((MONTH, school), (MONTH, None), (None, school), (None, None)):
        found = [t["body"] for t in texts if t["ym"] == month and t["school_id"] == of and t["body"]]
        if found:
            return found[-1]
    return "您好！现把孩子本月的情况向您报告。"


said, seen, several, parted = Counter(), 0, 0, 0
for pdf in papers("letter"):
    letters = defaultdict(list)
    for number, page in enumerate(pages(pdf, "-raw"), 1):
        key = re.search(rf"编号XF-\d+-{MONTH}-(\d+)第", bare(page))
        if told.want(key, f"{pdf}: page {number} bears no number"):
            letters[int(key[1])].append((number, page))
    for eldest, sheets in letters.items():
        seen += 1
        where = f"{pdf.split('/')[-2]} {students[eldest]['name']} ({eldest})"
        whole = bare("".join(page for _, page in sheets))
        # The parent is named in the 回执; of his children at the school all in force.
        receipt = re.search("《致家长的一封信》回执.*?学生姓名(.*?)家长姓名(.*?)现用电话.*?家长签名日期年月日", bare(sheets[-1][1]))
        if not told.want(receipt and whole.count("家长签名") == 1, f"{where}: the 回执 is parted or has no heading"):
            continue
        parted += len(sheets) > 1 and bare(sheets[-1][1]).startswith("《致家长")
        parents = [a for a in family if eldest in family[a] and bare(adults[a]["name"]) == receipt[2]]
        kids = sorted((s for a in parents for s in family[a] if s in left_behind and schools.get(s) == schools[eldest]),
                      key=lambda s: (students[s]["birth"] or "", s))
        several += len(kids) > 1
        told.want("、".join(bare(students[s]["name"]) for s in kids) == receipt[1], f"{where}: the 回执 names {receipt[1]}, not {len(kids)} children")
        told.want("春节打算" in whole and "暑假打算" not in whole, f"{where}: doesn't ask for the plans of 春节")
        # The salutation: a line, alone and flush.
        parent = adults[parents[0]]
        salutation = "尊敬的" + bare(parent["name"]) + {"男": "先生", "女": "女士"}.get(parent["gender"], "家长") + "："
        lines = [bare(line) for line in sheets[0][1].splitlines()]
        told.want(lines.count(salutation) == 1, f"{where}: {salutation} is no line of its own")
        words = [own[s] for s in kids if s in own]
        said["own" if words else "school"] += 1
        for body in [re.sub("^.{1,20}家长：", "", w) for w in words] or [school_words(schools[eldest])]:
            for paragraph in body.split("\n"):
                told.want(bare(paragraph) in whole, f"{where}: doesn't say {paragraph[:24]}")
        told.want("的家长：" not in whole, f"{where}: greets twice")
        told.want("新学期" not in whole or any("新学期" in w for w in words), f"{where}: a new term begins in November")
    # Flush: the salutation begins where the type area does.
    if seen % 7 == 0:
        boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout.decode()
        for x in re.findall(r'xMin="([0-9.]+)"[^>]*>尊敬的', boxes):
            told.want(abs(float(x) * 25.4 / 72 - LEFT_MM) < 1, f"{pdf}: the salutation begins at {float(x) * 25.4 / 72:.1f} mm")
enough = seen > 900 and several > 60 and said["own"] > 100 and said["school"] > 600 and parted if case == "month" else seen > 50
told.want(enough, f"too few cases: {seen} {several} {said}, {parted} times on a page of its own")
told.end()
