"""Townships that stop on a day (township --until): what their rows and papers must be.

The checks of ends.test and holidays.test; each gives lines, none when all holds.
"""
import os
import re
import sqlite3
import subprocess
from collections import Counter, defaultdict

import township
from township import DOSSIER, LAYOUTS, Paper, Town

TMP = os.environ["TMP"]
MAKER = os.environ["TOWNSHIP"]
# Days that lie ahead by their nature: the calendar, and until when something is valid.
AHEAD = {"semester", "semester_month", "holiday"}
VALID = {"valid_to"}
MARKS = {"毕业": "已毕业", "转出": "已转出", "父母返乡": "已返家", "辍学": "辍学"}


def invent(until, *options):
    path = f"{TMP}/{until}{''.join(options)}.db"
    subprocess.run([MAKER, "--until", until, *options, "--photos", TMP + "/photos", "--schema", township.ROOT + "/fixtures/schema.sql", path],
                   check=True, capture_output=True)
    return path


# --- the rows

def nothing_later(town, until):
    """Days after the last one, rows of terms that haven't begun, rows that hang on others that aren't there."""
    ask = town.connection.execute
    unborn = {t["id"] for t in town.table("semester") if t["starts"] > until}
    for table in [name for name, in ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()]:
        columns = [row[1] for row in ask(f"PRAGMA table_info({table})").fetchall()]
        for column in set(columns) - VALID:
            if table in AHEAD and column != "closed_on":
                continue
            found = ask(f"SELECT count(*), max({column}) FROM {table} WHERE {column} GLOB '20[0-9][0-9]-[01][0-9]-[0-3][0-9]*'"
                        f" AND length({column}) <= 19 AND substr({column}, 1, 10) > ?", [until]).fetchone()
            if found[0]:
                yield f"{table}.{column}: {found[0]} days after the last one, up to {found[1]}"
            if column.endswith("semester_id") and table not in AHEAD and any(r[column] in unborn for r in town.table(table)):
                yield f"{table}: rows of a term that hasn't begun"
        lost = ask(f"PRAGMA foreign_key_check({table})").fetchall()
        if lost:
            yield f"{table}: {len(lost)} rows hang on a {lost[0][2]} that isn't there"


def months_told(town, until):
    due = {m["ym"] for m in town.table("semester_month") if m["due_on"] <= until}
    required = {m["ym"] for m in town.table("semester_month") if m["required"]}
    past = {m["ym"] for m in town.table("semester_month") if m["due_on"] < until}
    for what, found, right in [
            ("closed months", {m["ym"] for m in town.table("semester_month") if m["closed_on"]}, due),
            ("months with frozen figures", {f["ym"] for f in town.table("month_figure")}, past & required),
            ("booklets", {b["ym"] for b in town.table("booklet")}, due & required),
            ("months of texts", {b["ym"] for b in town.table("school_month_text")}, due & required)]:
        if found != right:
            yield f"{what}: {sorted(found ^ right)} too many or missing"
    for month in town.table("semester_month"):
        if month["period_to"] > town.row("semester", month["semester_id"])["ends"]:
            yield f"{month['ym']} ends after its term"


def ends_known(town, until):
    """What a row says of an end that hasn't come."""
    for kid in town.table("left_behind"):
        if kid["to_date"] is None and kid["status"] in MARKS:
            yield f"left_behind of {kid['student_id']}: {kid['status']} without an end"
    for stay in town.table("enrolment"):
        if stay["to_date"] is None and stay["out_reason"]:
            yield f"enrolment {stay['id']}: {stay['out_reason']} without an end"
    if until < "2026-11-23" and any(a["state"] != "拟定" or a["cert_no"] for a in town.table("award")):
        yield "awards that are more than drafts before they were issued"
    if bool(town.table("assess_run")) != (until >= "2026-07-13"):
        yield "an assessment before it was made, or none after"


# --- the papers

def departed(town, kid):
    """The word on the cover: why the row ended, from the day after; for who finishes school on the last day already."""
    if kid["to_date"] and (kid["to_date"] < town.day or (kid["to_date"] == town.day and kid["status"] == "毕业")):
        return MARKS[kid["status"]]
    return None


def plan(town, *layouts):
    """Layout → paths of what would be made."""
    run = subprocess.run([DOSSIER, "make", *layouts, "--dry-run", "--db", town.path, "--layouts", LAYOUTS, "--out", TMP + "/plan", "--as-of",
                          town.asked_day], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{town.asked_day}: exit code {run.returncode}: {run.stderr[-500:]}")
    found = defaultdict(list)
    for path in run.stdout.splitlines():
        term, layout, rest = path.split("/", 2)
        if term != town.term["id"]:
            raise SystemExit(f"{town.asked_day}: {path} is of another term than {town.term['id']}")
        found[layout].append(rest)
    return found


def counts(town):
    """How many papers there are, and of whom: archives by number, volumes by class, cards and registers by school, the booklet."""
    planned = plan(town, "archive", "volume", "card", "register", "booklet")
    everybody = town.of("left_behind", "semester_id", town.term["id"])
    archives = Counter(re.sub(r"_[^_]*\.pdf$", "", p.rsplit("/", 1)[1]).split("_")[0] for p in planned["archive"])
    if archives != Counter(k["dossier_no"] for k in everybody):
        yield f"{sum(archives.values())} archives, the register of the term has {len(everybody)} children"
    classes = Counter(town.enrolment(k["student_id"], town.term["ends"])["class_id"] for k in everybody)
    if len(planned["volume"]) != len(classes):
        yield f"{len(planned['volume'])} volumes of {len(classes)} classes"
    volumes = [v for v in town.table("volume") if v["semester_id"] == town.term["id"]]
    if {v["class_id"]: v["pieces"] for v in volumes} != classes:
        yield "pieces of the volumes are not the archives of their classes"
    for volume in volumes:
        if any(volume[day] and volume[day] < volume["to_date"] for day in ("compiled_on", "checked_on")):
            yield f"volume {volume['archive_no']} was compiled or checked before its contents"
    schools = {town.name("school", town.school_of(k["student_id"])) + ".pdf" for k in town.children()}
    for layout in ("card", "register"):
        if set(planned[layout]) != schools:
            yield f"{layout}: {sorted(set(planned[layout]) ^ schools)} too many or missing"
    booklets = [town.month["ym"] + ".pdf"] if town.month["required"] else []
    if planned["booklet"] != booklets:
        yield f"booklets {planned['booklet']}, not {booklets}"


def printed(town):
    """Every layout prints; the archives' covers and months, and the cards, say what the rows say."""
    run = subprocess.run([DOSSIER, "make", "--quiet", "--db", town.path, "--layouts", LAYOUTS, "--out", TMP + "/out", "--photos", TMP + "/photos",
                          "--as-of", town.asked_day], capture_output=True, text=True)
    if run.returncode:
        yield f"exit code {run.returncode}: {run.stderr[-500:]}"
    folder = f"{TMP}/out/{town.term['id']}"
    numbers = set()
    for name in os.listdir(folder + "/card"):
        numbers |= set(re.findall(r"K\d{5}-\d{4}", Paper(f"{folder}/card/{name}").text))
    cards = {c["student_id"]: c["card_no"] for c in town.of("card", "semester_id", town.term["id"])}
    if numbers != {cards[k["student_id"]] for k in town.children()}:
        yield f"{len(numbers)} cards of {len(town.children())} children"
    covers = {}
    for path, _, names in os.walk(folder + "/archive"):
        covers.update((n.split("_")[0], os.path.join(path, n)) for n in names)
    for place, kid in enumerate(town.of("left_behind", "semester_id", town.term["id"])):
        if not kid["to_date"] and place % 4:
            continue  # reading a paper takes longer than printing it
        if kid["dossier_no"] not in covers:
            yield f"{kid['dossier_no']}: no archive"
            continue
        paper = Paper(covers[kid["dossier_no"]])
        cover, mark = paper.text[:paper.text.index("目录")], departed(town, kid)
        if [m for m in MARKS.values() if m in cover] != [m for m in [mark] if m]:
            yield f"{kid['dossier_no']}: its cover doesn't say {mark}, or says more: {cover}"
        begun = [m for m in town.months if m["period_from"] <= town.day]
        alone = sum(not any(p["is_primary"] and p["from_date"] <= m["period_to"] <= (p["to_date"] or township.FOREVER)
                            for p in town.of("pairing", "student_id", kid["student_id"]))
                    and not (kid["to_date"] and kid["to_date"] < min(m["period_to"], town.day)) for m in begun)
        nobody = not any(p["from_date"] <= town.day for p in town.of("pairing", "student_id", kid["student_id"]))
        unsigned = not any(p["is_primary"] and town.months[0]["period_from"] <= (p["to_date"] or township.FOREVER) and p["from_date"] <= town.day
                           for p in town.of("pairing", "student_id", kid["student_id"]))  # nobody whose signature the last page could ask for
        if paper.text.count("未结对") != alone + nobody + unsigned:
            yield f"{kid['dossier_no']}: 未结对 {paper.text.count('未结对')} times, {alone} months without a carer"


def make_told(town, *words):
    run = subprocess.run([DOSSIER, "make", *words, "--quiet", "--db", town.path, "--layouts", LAYOUTS, "--out", TMP + "/out", "--as-of", town.asked_day],
                         capture_output=True, text=True, env={**os.environ, "LANG": "zh_CN.UTF-8"})
    return run.stdout + run.stderr


def findings(town):
    """A month that isn't required is told where it has no booklet; archives of a class without a volume are a finding."""
    def found(layout):
        return make_told(town, layout)
    year, month = town.month["ym"].split("-")
    if (f"{year}年{int(month)}月不要求上报，没有月报" in found("booklet")) == bool(town.month["required"]):
        yield "a month without a booklet isn't told, or one with a booklet is"
    other = [m for m in town.table("semester_month") if m["semester_id"] != town.term["id"]][0]
    told = make_told(town, "booklet", "--month", other["ym"])
    if f"--as-of {other['period_to']}" not in told:
        yield f"it isn't told how to print the booklet of {other['ym']}"
    if "不在任何案卷中" in found("volume"):
        yield "archives in no volume are told where all have one"
    volume = [v for v in town.table("volume") if v["semester_id"] == town.term["id"]][0]
    connection = sqlite3.connect(town.path)
    connection.execute("DELETE FROM volume WHERE id = ?", [volume["id"]])
    connection.commit()
    connection.close()
    right = f"{town.class_name(volume['class_id'])}　{volume['pieces']}份档案不在任何案卷中"
    if right not in found("volume"):
        yield f"it isn't told: {right}"


def tell(where, wrong):
    wrong = list(wrong)
    for line in wrong[:5]:
        print(f"{where}: {line}")
    return len(wrong)
