"""What the papers must say, counted from the township's raw tables, and what they do say.

Nothing here asks the schema's views or a layout's queries: a table is read row by row (SELECT * FROM it), and every rule of who is counted,
and how, stands in Python. So a wrong view, query, filter or sum can't hide behind itself.

A test of a paper is a script beside this file:

    import township
    def check(town): ...                 # a list of what is untrue, empty when all holds
    township.main(check)

It runs over the demo township, or over the database and day on its command line: register.test DB DAY. `broken` breaks views and queries
one by one and shows which of the tests tells.
"""
import os
import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta

ROOT = os.environ.get("ROOT") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DOSSIER = os.environ.get("DOSSIER", ROOT + "/engine/dossier")
LAYOUTS = os.environ.get("LAYOUTS", ROOT + "/layouts")  # `broken` gives a copy with a mistake in it
FOREVER = "9999-12-31"


# --- the tables

class Town:
    """A township's database on a day: its tables as lists of dicts, and who is in."""

    def __init__(self, path, day=None):
        self.path = path
        self.connection = sqlite3.connect("file:" + path + "?mode=ro", uri=True)
        self.tables = {}
        self.indexes = {}
        self.asked_day = day or self.last_reported_day()
        self.term = [t for t in self.table("semester") if self.term_begins(t) <= self.asked_day][-1]
        self.day = min(self.asked_day, self.term["ends"])
        self.months = sorted(self.of("semester_month", "semester_id", self.term["id"]), key=lambda m: m["seq"])
        self.month = [m for m in self.months if m["period_from"] <= self.day][-1]

    def table(self, name):
        if name not in self.tables:
            cursor = self.connection.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            self.tables[name] = [dict(zip(columns, row)) for row in cursor]
            if columns[0] == "id":
                self.tables[name].sort(key=lambda row: row["id"])
        return self.tables[name]

    def of(self, name, column, value):
        """The rows of a table with this value in this column."""
        if (name, column) not in self.indexes:
            index = self.indexes[name, column] = defaultdict(list)
            for row in self.table(name):
                index[row[column]].append(row)
        return self.indexes[name, column].get(value, [])

    def row(self, name, key):
        """The row with this id, or None."""
        found = self.of(name, "id", key) if key is not None else []
        return found[0] if found else None

    def term_begins(self, term):
        return min([m["period_from"] for m in self.of("semester_month", "semester_id", term["id"])] + [term["starts"]])

    def last_reported_day(self):
        """The last day of the newest closed month of which anything is known."""
        days = {e["on_date"] for e in self.table("care_event") if e["on_date"]}
        closed = [m for m in self.table("semester_month") if m["closed_on"]
                  and (any(m["period_from"] <= d <= m["period_to"] for d in days) or self.of("month_figure", "ym", m["ym"]))]
        return max(m["period_to"] for m in closed)

    # --- who is in

    def children(self, day=None, term=None):
        """Left-behind children in force on the day: their rows of left_behind."""
        day = day or self.day
        term = term or self.term["id"]
        return [l for l in self.of("left_behind", "semester_id", term) if in_force(l, day)]

    def enrolment(self, student, day=None, term=None):
        """The stay in a class that counts: that of the day, else the last one that touches the term and has begun."""
        day = day or self.day
        term = term or self.term
        stays = [e for e in self.of("enrolment", "student_id", student)
                 if e["from_date"] <= min(day, term["ends"]) and (e["to_date"] or FOREVER) >= term["starts"]]
        now = [e for e in stays if in_force(e, day)]
        chosen = sorted(now or stays, key=lambda e: (e["from_date"], e["id"]))
        return chosen[-1] if chosen else None

    def enrolled_in(self, student, term):
        """The last class of a pupil in a term, whole."""
        stays = [e for e in self.of("enrolment", "student_id", student) if e["from_date"] <= term["ends"] and (e["to_date"] or FOREVER) >= term["starts"]]
        return max(stays, key=lambda e: (e["from_date"], e["id"]))["class_id"] if stays else None

    def class_of(self, student, day=None, term=None):
        stay = self.enrolment(student, day, term)
        return self.row("class", stay["class_id"]) if stay else None

    def school_of(self, student, day=None, term=None):
        room = self.class_of(student, day, term)
        return room["school_id"] if room else None

    def class_term(self, class_id, term=None):
        term = term or self.term["id"]
        found = [c for c in self.of("class_term", "class_id", class_id) if c["semester_id"] == term]
        return found[0] if found else None

    def class_name(self, class_id, term=None):
        found = self.class_term(class_id, term)
        return found["display"] if found else None

    def pupils(self, day=None):
        """Stays in a class that are in force on the day."""
        return [e for e in self.table("enrolment") if in_force(e, day or self.day)]

    def name(self, table, key):
        found = self.row(table, key)
        return found["name"] if found else None

    # --- the family

    def family(self, student, day=None):
        """The adults of a child on the day: rows of family with the adult's own columns beside them."""
        day = day or self.day
        found = []
        for link in self.of("family", "student_id", student):
            if in_force(link, day):
                adult = self.row("adult", link["adult_id"])
                found.append({**adult, **link, "family_id": link["id"]})
        return found

    def phones(self, adult_id):
        """The numbers that work, in order of use."""
        return [p["phone"] for p in sorted(self.of("adult_phone", "adult_id", adult_id), key=lambda p: p["seq"])
                if p["state"] == "使用" and p["phone"]]

    def phone(self, adult_id):
        return (self.phones(adult_id) or [None])[0]

    def away(self, adult_id, day=None):
        """Where an adult works on the day: the row of absence, or None."""
        open_ones = [w for w in self.of("absence", "adult_id", adult_id) if in_force(w, day or self.day)]
        return max(open_ones, key=lambda w: (w["from_date"], w["id"])) if open_ones else None

    def pairings(self, student, day=None):
        return sorted((p for p in self.of("pairing", "student_id", student) if in_force(p, day or self.day)),
                      key=lambda p: (p["from_date"], p["carer_id"]))

    def since(self):
        """The day after the term before: the work of its holidays belongs to this term."""
        before = [t for t in self.table("semester") if t["id"] == self.term["prev_id"]]
        return days_after(before[0]["ends"], 1) if before else min(m["period_from"] for m in self.months)

    def due(self, month):
        """Whether a month's returns are due: the last month's come after the term, of which no paper speaks; a closed month's are due."""
        return month["due_on"] <= self.day or (self.day >= self.term["ends"] and month["closed_on"] is not None)

    def away_since(self, adult_id):
        """Since when an adult is away without having come back; who moved on to another city stays away."""
        spans = sorted((w["from_date"], w["to_date"] or FOREVER) for w in self.of("absence", "adult_id", adult_id) if w["from_date"] <= self.day)
        first, end = spans[0]
        for begin, to in spans[1:]:
            first, end = (first, max(end, to)) if days_after(begin, -1) <= end else (begin, to)
        return first

    def policy(self, key, otherwise=None):
        """The value of a policy on the day."""
        rows = [p for p in self.of("policy", "key", key) if in_force(p, self.day, "valid_from", "valid_to")]
        return int(max(rows, key=lambda p: p["valid_from"])["value"]) if rows else otherwise

    # --- awards

    def payable(self, upto=None):
        """Awards that are printed and paid: approved, printed or received."""
        return [a for a in self.table("award") if a["state"] in ("批准", "已打印", "已领") and (a["issued_on"] or FOREVER) <= (upto or self.day)]


def in_force(row, day, begins="from_date", ends="to_date"):
    return (row[begins] or "") <= day <= (row[ends] or FOREVER)


# --- as the papers write it

def percent(part, whole):
    """One decimal, half up; 100% only when it is the whole, 0% only when it is nothing; — where there is no whole."""
    if not whole:
        return "—"
    if part in (0, whole):
        return "100%" if part else "0%"
    tenths = min((2000 * part + whole) // (2 * whole), 999)
    return f"{tenths // 10}.{tenths % 10}%"


def yuan(fen):
    return "—" if fen is None else f"¥{fen // 100}.{fen % 100:02d}"


def capital(fen):
    """大写: groups of four digits under 万 and 亿, one 零 for a gap, none between 元 and 角, 整 where no 分 follows."""
    digits = "零壹贰叁肆伍陆柒捌玖"
    whole, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    words, gap = "", False
    for power, group_name in ((8, "亿"), (4, "万"), (0, "")):
        group = whole // 10 ** power % 10000
        for place, place_name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
            digit = group // place % 10
            if digit:
                words += ("零" if gap and words else "") + digits[digit] + place_name
            gap = digit == 0
        words += group_name if group else ""
    words = words + "元" if words else ""
    if jiao:
        words += digits[jiao] + "角"
    if cent:
        words += ("零" if whole and not jiao else "") + digits[cent] + "分"
    return (words or "零元") + ("" if cent else "整")


def is_day(text):
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def day_short(day, unknown="—"):
    """2026.11.23; a day that is none stands as it was written."""
    if not day:
        return unknown
    return f"{day[:4]}.{int(day[5:7])}.{int(day[8:10])}" if is_day(day) else day


def day_long(day):
    """2026年11月23日"""
    return "—" if not day else f"{day[:4]}年{int(day[5:7])}月{int(day[8:10])}日"


def day_hanzi(day):
    """二〇二六年十一月二十三日"""
    def count(number):
        return ("" if number < 10 else "十" if number < 20 else "〇一二三四五六七八九"[number // 10] + "十") + ("" if number % 10 == 0 else "〇一二三四五六七八九"[number % 10])
    return "".join("〇一二三四五六七八九"[int(c)] for c in day[:4]) + f"年{count(int(day[5:7]))}月{count(int(day[8:10]))}日"


def month_day(day):
    return f"{int(day[5:7])}月{int(day[8:10])}日"


def plate(text):
    return "—" if not text else text[:2] + "·" + text[2:]


def masked(phone):
    """A mobile number as the inspector sees it."""
    return phone and re.sub(r"(?<!\d)(1\d\d)\d{4}(\d{4})(?!\d)", r"\1****\2", phone)


def shown(value, unknown="—"):
    return unknown if value is None or value == "" else str(value)


def days_after(day, count):
    return str(date.fromisoformat(day) + timedelta(days=count))


# --- the papers

def make(town, *layouts, only=(), reader=None, month=None):
    """Prints layouts into a folder, gives the folder of the term. Whatever the engine tells goes to the test's own output."""
    out = os.environ["TMP"] + "/out"
    command = [DOSSIER, "make", *layouts, "--quiet", "--db", town.path, "--layouts", LAYOUTS, "--out", out]
    command += ["--month", month] if month else ["--as-of", town.asked_day]
    command += ["--for", reader] if reader else []
    for condition in only:
        command += ["--only", condition]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        print(f"make {' '.join(layouts)}: exit code {run.returncode}", run.stderr[-2000:], sep="\n")
    return out + "/" + town.term["id"] + ("-" + reader if reader else "")


def files(folder):
    """The names of the papers in a folder, without .pdf."""
    return {name[:-4] for name in os.listdir(folder)} if os.path.isdir(folder) else set()


def squeeze(text):
    """Without white space, and without the control characters that have crept into a name."""
    return re.sub(r"[\s\x00-\x1f]+", "", text)


def pages_of(path):
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    return int(re.search(r"^Pages: *(\d+)", told, re.M).group(1))


class Paper:
    """The text of a PDF (of some of its pages) in the order in which it was set, without white space. What has been found is marked."""

    def __init__(self, path, first=None, last=None, skip=None):
        self.name = "/".join(path.split("/")[-2:])[:-4]
        self.wrong = []
        self.there = os.path.exists(path)
        some = (["-f", str(first)] if first else []) + (["-l", str(last)] if last else [])
        text = subprocess.run(["pdftotext", "-raw", *some, path, "-"], capture_output=True, text=True).stdout if self.there else ""
        if skip:
            text = re.sub(skip, "", text, flags=re.M)
        self.pages = text.split("\f")[:-1]
        if not self.there:
            self.wrong.append(f"{self.name}: there is no such paper")
        self.text = squeeze(text)
        self.starts = [False] * len(self.text)  # does a character begin a word
        at, after = 0, True
        for character in text:
            if not squeeze(character):
                after = True
            else:
                self.starts[at] = after
                at, after = at + 1, False
        self.marks = bytearray(len(self.text))

    def tell(self, what):
        if self.there:
            self.wrong.append(f"{self.name}: {what}")

    def mark(self, at, length):
        self.marks[at:at + length] = b"\1" * length

    def find(self, row):
        """The first place of a row that isn't marked yet, and doesn't end in the middle of a number; -1 when there is none."""
        at = self.text.find(row)
        while at >= 0:
            end = at + len(row)
            cut = end < len(self.text) and row[-1].isdigit() and self.text[end].isdigit() and not self.starts[end]
            cut = cut or (at and row[0].isdigit() and self.text[at - 1].isdigit() and not self.starts[at])
            if not self.marks[at] and not cut:
                return at
            at = self.text.find(row, at + 1)
        return -1

    def says(self, *cells, all_of_them=False):
        """The cells stand there, one behind the other."""
        row = squeeze("".join(str(cell) for cell in cells))
        at = self.find(row)
        if at < 0:
            self.tell(f"doesn't say {row}{self.near(row)}")
        while at >= 0:
            self.mark(at, len(row))
            at = self.find(row) if all_of_them else -1

    def numbered(self, rows):
        """Rows that begin with a running number: gives the numbers, 0 for a row that isn't there."""
        numbers = []
        for row in rows:
            row = squeeze(row)
            at = self.find(row)
            numbers.append(0)
            if at < 0:
                self.tell(f"hasn't the row {row}{self.near(row)}")
                continue
            first = at
            while first > 0 and self.text[first - 1].isdigit():
                first -= 1
                if self.starts[first]:
                    break
            digits = self.text[first:at]
            self.mark(first, at - first + len(row))
            numbers[-1] = int(digits) if digits.isdigit() else 0
        return numbers

    def counted(self, rows, what="rows"):
        """Rows that bear the running numbers 1, 2, 3 …, in whatever order."""
        numbers = self.numbered(rows)
        if all(numbers) and sorted(numbers) != list(range(1, len(rows) + 1)):
            self.tell(f"{what} are numbered {sorted(numbers)[:5]}…, expected 1 to {len(rows)}")
        return numbers

    def near(self, row):
        """What the paper says instead: the place where the row's longest beginning stands."""
        for length in range(len(row) - 1, 3, -1):
            at = self.text.find(row[:length])
            if at >= 0:
                return f" but {self.text[at:at + len(row) + 12]}"
        return ""

    def footer(self, number):
        """The running foot with the paper's number and the number of its pages."""
        for page in range(1, len(self.pages) + 1):
            self.says(number, f"第{page}页共{len(self.pages)}页")

    def ignore(self, pattern):
        """Figures that are no figures of this paper's data."""
        for found in re.finditer(pattern, self.text):
            self.mark(found.start(), found.end() - found.start())

    def unfound(self):
        """Where the numbers stand that haven't been found: (begin, end). Numbers of two cells are two."""
        at = 0
        while at < len(self.text):
            end = at
            while end < len(self.text) and self.text[end] in "0123456789" and not self.marks[end] and (end == at or not self.starts[end]):
                end += 1
            if end > at:
                yield at, end
            at = max(end, at + 1)

    def rest(self):
        """The numbers that haven't been found."""
        return [int(self.text[at:end]) for at, end in self.unfound()]

    def no_more(self):
        """No number stands on the paper that nothing here expects."""
        for at, end in self.unfound():
            self.tell(f"a number that nothing counts: {self.text[max(at - 18, 0):at]}[{self.text[at:end]}]{self.text[end:end + 12]}")


def main(check):
    """Runs a check over the demo township, or over the database and the day that are named."""
    arguments = sys.argv[1:]
    town = Town(arguments[0] if arguments else ROOT + "/fixtures/demo.db", arguments[1] if len(arguments) > 1 else None)
    wrong = check(town)
    for line in wrong[:40]:
        print(line)
    if len(wrong) > 40:
        print(f"… and {len(wrong) - 40} more")
    sys.exit(1 if wrong else 0)
