from collections import defaultdict

from paper import *

db, told = database(), Findings()
table = lambda name: [dict(row) for row in db.execute(f"SELECT * FROM {name}")]
yuan = lambda fen: f"{'-' if fen < 0 else ''}¥{abs(fen) // 100}.{abs(fen) % 100:02d}"
by_id = lambda name: {row["id"]: row for row in table(name)}
carers, staff, schools, awards, types = by_id("carer"), by_id("staff"), by_id("school"), table("award"), by_id("award_type")
PAYABLE = "批准", "已打印", "已领"

# --- what is earned and paid, claim by claim; 1 point is 1 yuan in the demo
earned, score, paid, states, kinds, schools_of = defaultdict(int), {}, defaultdict(int), defaultdict(set), {}, {}
rooms = {row["class_id"]: row["display"] for row in table("class_term") if row["semester_id"] == "2025-2026-2"}
school_of_class = {row["id"]: row["school_id"] for row in table("class")}
pupils = by_id("student")
for row in table("assess_carer"):
    who = "代理家长", "carer", row["carer_id"], None
    earned[who] = score[who] = row["score_x100"]
for row in table("assess_head"):
    who = "班主任", "head", row["staff_id"], row["class_id"]
    earned[who] = score[who] = row["score_x100"]
for row in table("assess_line"):
    if row["end_rank"] and row["end_rank"] <= 5:
        earned["学生", "place", row["student_id"], row["class_id"]] = 10000 if row["end_rank"] == 1 else 3000
    if row["end_rank"] and row["s1_rank"] and row["s1_rank"] - row["end_rank"] >= 5 and "调班" not in row["flags"]:
        earned["学生", "progress", row["student_id"], row["class_id"]] = 1500
scored = set(earned)
reissued = {a["reissue_of"] for a in awards if a["state"] != "作废"}
class_of = {(who[1], who[2]): who for who in earned if who[0] == "学生"}
for a in awards:
    if not a["run_id"] or not a["amount_fen"]:
        continue
    slot = "place" if a["type_id"] == 1 else "progress"
    who = class_of[slot, a["student_id"]] if a["student_id"] else ("代理家长", "carer", a["carer_id"], None) if a["carer_id"] else ("班主任", "head", a["staff_id"], a["class_id"])
    kinds[who] = max(kinds.get(who, ""), types[a["type_id"]]["name"])
    if a["state"] in PAYABLE and a["semester_id"] == "2026-2027-1" and a["issued_on"] <= "2026-11-25":
        paid[who] += a["amount_fen"] or 0
    elif a["state"] in PAYABLE:
        states[who].add("不在本期发放")
    elif a["state"] == "作废":
        states[who] |= set() if a["id"] in reissued else {"作废未重开"}
    else:
        states[who].add(f"待批准（{a['state']}）")


def person(who):
    return (carers if who[0] == "代理家长" else staff if who[0] == "班主任" else pupils)[who[2]]


def school_of(who):
    return school_of_class[who[3]] if who[3] else carers[who[2]]["school_id"]


def reason(who):
    if states[who]:
        return "；".join(sorted(states[who]))
    if not kinds.get(who):
        return "不在发放范围（没有奖项）"
    return "没有考核分" if not earned[who] else "奖金与考核分不符"


reasons = defaultdict(int)
everybody = {who for who in set(earned) | set(paid) if earned[who] or paid[who]}
found = {os.path.basename(pdf)[:-4]: pages(pdf, "-raw") for pdf in papers("award-payroll")}
for school in schools.values():
    here = [who for who in everybody if school_of(who) == school["id"]]
    if not here:
        continue
    if not told.want(school["name"] in found, f"{school['name']}: no payroll"):
        continue
    sheet = found[school["name"]]
    begins = next(i for i, page in enumerate(sheet) if "应得与已发对照" in bare(page))
    words = bare("".join(sheet[begins:]))
    total = sum(earned[w] for w in here), sum(paid[w] for w in here)
    told.want(f"应得{len(here)}项，计{yuan(total[0])}；本表已发{yuan(total[1])}。" in words, f"{school['name']}: not {len(here)} {total} in all")
    differ = [w for w in here if earned[w] != paid[w]]
    for who in differ:
        why = reason(who)
        reasons[why] += 1
        points = f"{score[who] // 100}.{score[who] % 100:02d}" if who in score else "—"
        room = f"（{rooms[who[3]]}）" if who[3] else ""
        line = who[0] + kinds.get(who, "考核奖") + bare(person(who)["name"]) + room + points + yuan(earned[who]) + yuan(paid[who]) + yuan(earned[who] - paid[who]) + why
        told.want(bare(line) in words, f"{school['name']}: {line} is not there")
    if differ:
        sums = sum(earned[w] for w in differ), sum(paid[w] for w in differ)
        told.want(f"合计{len(differ)}项—{yuan(sums[0])}{yuan(sums[1])}{yuan(sums[0] - sums[1])}—" in words, f"{school['name']}: another sum than {len(differ)} {sums}")
    # The words to sign by hang below the table, not in the foot of the page, and nobody's name stands beside them.
    for page, line in (sheet[begins - 1], "校长（签章）：会计：出纳：制表：年月日"), (sheet[-1], "填表人：负责人（签章）：年月日"):
        told.want(line in bare(page), f"{school['name']}: no room to sign by {line}")
for why in "不在发放范围（没有奖项）", "待批准（拟定）", "待批准（公示）", "作废未重开", "不在本期发放", "奖金与考核分不符", "没有考核分":
    told.want(reasons[why], f"nobody's reason is {why}: {dict(reasons)}")

# --- who received it stands in the last column alone: once in the row, never as a signature
received = 0
for a in awards:
    if a["state"] in PAYABLE and a["amount_fen"] and a["received_by"] and a["semester_id"] == "2026-2027-1":
        day = a["received_on"].replace("-", ".")
        received += any(bare(a["received_by"]) + day in bare(page) for sheet in found.values() for page in sheet)
        number = bare(a["cert_no"] or "")
        if not number:
            continue  # money without a paper: only its person's row
        row = next((re.search(re.escape(number) + "(.*?)" + re.escape(bare(a["received_by"]) + day), bare(page)) for sheet in found.values() for page in sheet
                    if number in bare(page)), None)
        name = bare(a["student_id"] and db.execute("SELECT name FROM student WHERE id = ?", (a["student_id"],)).fetchone()[0] or carers[a["carer_id"]]["name"])
        told.want(row and row[1].count(name) == 1, f"{number}: {name} is printed where it is to be signed")
told.want(received > 5, "hardly anybody received anything")

# --- codes are sentences
titles = dict(db.execute("SELECT code, title FROM flag").fetchall())
sheets = {os.path.join(*pdf.split(os.sep)[-2:]): bare("".join(pages(pdf, "-raw"))) for pdf in papers("assessment-sheet")}
summaries = bare("".join("".join(pages(pdf, "-raw")) for pdf in papers("assessment-summary")))
spoken = lambda flags: "；".join(titles.get(code, f"〔{code}〕") for code in flags.split())
seen = 0
for line in table("assess_line"):
    if line["flags"]:
        child = bare(db.execute("SELECT name FROM student WHERE id = ?", (line["student_id"],)).fetchone()[0])
        told.want(any(child in text and bare(spoken(line["flags"])) in text for text in sheets.values()), f"{line['flags']}: no sheet says {spoken(line['flags'])}")
        seen += 1
for row in table("assess_head") + table("assess_carer"):
    if row["flags"]:
        told.want(bare(spoken(row["flags"])) in summaries, f"no summary says {spoken(row['flags'])}")
for text in [summaries, *sheets.values()]:
    told.want(not re.search("(?<!〔)W_", text), "a code is printed: " + str(re.findall(".{9}W_.{9}", text)))
told.want(seen > 20 and "〔W_\"NEW〕" in "".join(sheets.values()), "too few codes")
told.end()
