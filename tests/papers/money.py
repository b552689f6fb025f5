from collections import defaultdict

from paper import *

db, told = database(), Findings()
table = lambda name: [dict(row) for row in db.execute(f"SELECT * FROM {name}")]
yuan = lambda fen: f"{'-' if fen < 0 else ''}¥{abs(fen) // 100}.{abs(fen) % 100:02d}"
by_id = lambda name: {row["id"]: row for row in table(name)}
carers, staff, schools, awards, types = by_id("carer"), by_id("staff"), by_id("school"), table("award"), by_id("award_type")
PAYABLE = "批准", "已打印", "已领"

# --- what is earned and paid, person by person; 1 point is 1 yuan in the demo
earned, paid, states = defaultdict(int), defaultdict(int), defaultdict(set)
for row in table("assess_carer"):
    earned["代理家长", row["carer_id"]] += row["score_x100"]
for row in table("assess_head"):
    earned["班主任", row["staff_id"]] += row["score_x100"]
scored = set(earned)
reissued = {a["reissue_of"] for a in awards if a["state"] != "作废"}
for a in awards:
    if a["student_id"] or not a["run_id"] or not (a["carer_id"] or a["staff_id"]):
        continue
    who = ("代理家长", a["carer_id"]) if a["carer_id"] else ("班主任", a["staff_id"])
    if a["state"] in PAYABLE and a["semester_id"] == "2026-2027-1" and a["issued_on"] <= "2026-11-25":
        paid[who] += a["amount_fen"] or 0
    elif a["state"] in PAYABLE:
        states[who].add("不在本期发放")
    elif a["state"] == "作废":
        states[who] |= set() if a["id"] in reissued else {"作废未重开"}
    else:
        states[who].add(f"待批准（{a['state']}）")


def person(who):
    return (carers if who[0] == "代理家长" else staff)[who[1]]


def reason(who):
    if states[who]:
        return "；".join(sorted(states[who]))
    if who not in scored:
        return "没有考核分"
    return "不在发放范围（没有奖项）" if not paid[who] else "奖金与考核分不符"


reasons = defaultdict(int)
everybody = set(earned) | set(paid) | set(states)
found = {os.path.basename(pdf)[:-4]: pages(pdf, "-raw") for pdf in papers("award-payroll")}
for school in schools.values():
    here = [who for who in everybody if person(who)["school_id"] == school["id"]]
    if not here:
        continue
    if not told.want(school["name"] in found, f"{school['name']}: no payroll"):
        continue
    sheet = found[school["name"]]
    begins = next(i for i, page in enumerate(sheet) if "考核分与奖金对照" in bare(page))
    words = bare("".join(sheet[begins:]))
    total = sum(earned[w] for w in here), sum(paid[w] for w in here)
    told.want(f"{len(here)}人次，应得{yuan(total[0])}，本表已发{yuan(total[1])}；" in words, f"{school['name']}: not {len(here)} {total} in all")
    differ = [w for w in here if earned[w] != paid[w]]
    for who in differ:
        why = reason(who)
        reasons[why] += 1
        line = who[0] + bare(person(who)["name"]) + f"{earned[who] // 100}.{earned[who] % 100:02d}" + yuan(earned[who]) + yuan(paid[who]) + yuan(earned[who] - paid[who]) + why
        told.want(line in words, f"{school['name']}: {line} is not there")
    told.want(len(re.findall("代理家长[^、（]{2,9}?[0-9.]+¥|班主任[^、（]{2,9}?[0-9.]+¥", words)) == len(differ), f"{school['name']}: others stand among the differences")
    if differ:
        sums = sum(earned[w] for w in differ), sum(paid[w] for w in differ)
        told.want(f"合计{len(differ)}人次{sums[0] // 100}.{sums[0] % 100:02d}{yuan(sums[0])}{yuan(sums[1])}{yuan(sums[0] - sums[1])}" in words, f"{school['name']}: another sum than {sums}")
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
