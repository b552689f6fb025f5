from paper import *

db, told = database(), Findings()
text = {layout: {pdf: pages(pdf, "-raw") for pdf in papers(layout)} for layout in
        ("record-blank", "carer-record", "school-file", "register", "gift-receipt", "changes", "ride-sheet", "sign-in", "award-payroll", "archive", "volume", "assessment-summary",
         "village-register", "completeness")}
for layout, found in text.items():
    told.want(found, f"{layout}: nothing was printed")

# --- the words that ask for a signature are followed by the next label, not by a name
BEHIND = {
    "carer-record": ["代理家长签名监护人签名学校审核签名填写日期"],
    "record-blank": ["代理家长签名监护人签名学校审核签名填写日期"],
    "ride-sheet": ["安全负责人（签名）年月日校长（签章）年月日"],
    "changes": ["核查意见核查人：年月日学校负责人（签章）年月日中心学校（盖章）年月日"],
    "archive": ["立卷人立卷时间年月日检查人检查时间年月日", "学生年月日监护人年月日代理家长年月日班主任年月日档案管理员年月日学校（盖章）年月日"],
    "volume": ["立卷人：检查人：立卷时间：年月日检查时间：年月日"],
    "school-file": ["填表人：负责人（签章）：年月日"],
    "register": ["填表人：负责人（签章）：年月日"],
    "gift-receipt": ["填表人年月日负责人（签章）年月日"],
}
for layout, rows in BEHIND.items():
    for pdf, sheets in text[layout].items():
        words = bare("".join(sheets))
        for row in rows:
            told.want(row in words, f"{pdf}: {row} has no room or holds words")
        if layout in ("school-file", "register"):
            last = bare(sheets[-1])
            told.want("以上" in last.split("填表人：")[0], f"{pdf}: the words to sign stand alone on a page")
            for page in sheets:
                foot = bare(page.rsplit("编号", 1)[-1] if "编号" in page else "")
                told.want("校长" not in foot and "签章" not in foot, f"{pdf}: the foot is to be signed")

# --- no page holds places to sign alone: at least a row of the list stands above them
for layout in ("gift-receipt", "changes", "assessment-summary", "ride-sheet", "village-register", "completeness", "sign-in"):
    for pdf, sheets in text[layout].items():
        told.want(len(sheets) == 1 or re.search(r"(?m)^\d+ ?\S|全校", sheets[-1]), f"{pdf}: the last page holds no row")
        told.want("签名" not in sheets[-1] or layout != "sign-in" or len(sheets) == 1 or len(re.findall(r"(?m)^\d+(?: |$)", sheets[-1])) > 2,
                  f"{pdf}: a row alone on the last page")

# --- what was signed is told elsewhere
for pdf, sheets in text["carer-record"].items():
    told.want("签审登记代理家长已签监护人已签审核：" in bare(sheets[0]), f"{pdf}: doesn't tell who has signed")
for pdf, sheets in text["sign-in"].items():
    told.want("已签到" not in bare("".join(sheets)), f"{pdf}: 已签到 stands in a signature's cell")

# --- rooms: the baseline of words to sign lies at least 15 mm below the line above; the row of 签名 at least 9 mm high
for layout, label in (("register", "填表人："), ("school-file", "填表人：")):
    for pdf in text[layout]:
        boxes = subprocess.run(["pdftotext", "-bbox", "-f", str(len(text[layout][pdf])), pdf, "-"], capture_output=True, check=True).stdout.decode()
        words = [(float(y), word) for y, word in re.findall(r'yMax="([0-9.]+)">([^<]*)<', boxes)]
        at = next(y for y, word in words if word.startswith(label[:3]))
        above = max(y for y, word in words if y < at - 1)
        told.want((at - above) * 25.4 / 72 > 14, f"{pdf}: {(at - above) * 25.4 / 72:.1f} mm above {label}")

# --- gifts: sums from the tables, nothing where nothing is meant
for pdf, sheets in text["gift-receipt"].items():
    words = bare("".join(sheets))
    school = db.execute("SELECT id FROM school WHERE name = ?", (os.path.basename(pdf)[:-4],)).fetchone()[0]
    rows = db.execute("SELECT g.qty, g.amount_fen, d.id, g.signed_by FROM donation AS d JOIN donation_child AS g ON g.donation_id = d.id WHERE d.school_id = ?"
                      " AND d.on_date BETWEEN '2026-09-01' AND '2026-11-25'", (school,)).fetchall()
    qty, fen = sum(r[0] or 0 for r in rows), sum(r[1] or 0 for r in rows)
    told.want(f"合计{len({r[2] for r in rows})}笔{len(rows)}人次{qty or '—'}{f'¥{fen // 100}.{fen % 100:02d}' if fen else '—'}" in words, f"{pdf}: another sum than {qty} {fen}")
    told.want("¥0.00" not in words, f"{pdf}: ¥0.00 where no money is meant")
    for pages_of in sheets:
        told.want(not re.search(r"爱心书包0", bare(pages_of)), f"{pdf}: 0 where no number is known")
for pdf, sheets in text["school-file"].items():
    told.want("¥0.00" not in bare("".join(sheets)), f"{pdf}: ¥0.00")

# --- 备考表 says what is true: nothing is an original, the order is that of the names
for pdf, sheets in text["volume"].items():
    back = bare(sheets[-1])
    told.want("各件按姓名读音的次序排列，均为打印件" in back and "原件" not in back and "按档案编号" not in back, f"{pdf}: {back[:120]}")
told.end()
