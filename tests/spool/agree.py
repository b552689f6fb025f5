"""Whether everything says the same of every paper: the database, its journal, the registers, the index, the manifest and the folders.

Usage: agree.py DATABASE JOURNAL TERM-FOLDER. Each disagreement is a line; none is success. Only raw tables are read.
"""
import glob
import os
import re
import sqlite3
import subprocess
import sys

database, journal, folder = sys.argv[1:4]
VALID = ("批准", "已打印", "已领")
wrong = []


def rows(path, sql):
    with sqlite3.connect("file:%s?mode=ro" % path, uri=True) as db:
        return db.execute(sql).fetchall()


def text(path, order="-layout"):
    done = subprocess.run(["pdftotext", order, path, "-"], capture_output=True, check=True)
    return re.sub(r" ", "", re.sub(r" {2,}", "|", done.stdout.decode()))


def numbers(words):
    """Of certificates, as they are printed: 字〔2026〕3号."""
    return set(re.findall(r"[一-鿿]+奖字〔\d{4}〕\d+号", words))


def printed(pattern, order="-layout"):
    return {path: text(path, order) for path in sorted(glob.glob(os.path.join(folder, pattern), recursive=True))}


def want(what, left, right):
    if left != right:
        wrong.append("%s: missing %s, too many %s" % (what, sorted(right - left), sorted(left - right)))


awards = {number: (state, by, reissue) for number, state, by, reissue in rows(
    database, "SELECT a.cert_no, a.state, a.received_by, o.cert_no FROM award AS a LEFT JOIN award AS o ON o.id = a.reissue_of"
    " WHERE a.cert_no IS NOT NULL")}
valid = {number for number, award in awards.items() if award[0] in VALID}
void = {number for number, award in awards.items() if award[0] == "作废"}

# The journal's last word of a number is the state; what was sent has an end.
TOLD = {"批准": "批准", "补发": "批准", "打印": "已打印", "领取": "已领", "作废": "作废"}
last, came = {}, {}
for act, number, digest in rows(journal, "SELECT act, number, sha256 FROM entry WHERE number IS NOT NULL ORDER BY id"):
    last[number] = TOLD.get(act, last.get(number))
    if act == "打印":
        came[number] = digest
for number, award in awards.items():
    if last.get(number) != award[0]:
        wrong.append("%s is %s, and the journal says %s" % (number, award[0], last.get(number)))
want("numbers of the journal", {number for number in last if last[number]}, set(awards))
want("printed", set(came), {number for number, award in awards.items() if award[0] in ("已打印", "已领")} | (void & set(came)))

# No paper of what is void, in any folder; all of what isn't, on blank paper and on stock.
for variant in ("certificate", "certificate-preprinted"):
    found = set()
    for words in printed(variant + "/**/*.pdf").values():
        found |= numbers(words)
    if found or variant == "certificate":
        want(variant, found, valid)
for path, words in printed("only/**/*.pdf").items():
    if numbers(words) & void:
        wrong.append("a void paper lies in %s: %s" % (path, numbers(words) & void))

# The lists beside them.
for name in ("index.html", "manifest.xml"):
    with open(os.path.join(folder, name)) as file:
        want(name, numbers(file.read()), valid)

# The registers: who is to sign; what is void and what came in its place.
found, received = set(), {}
for words in printed("award-receipts/*.pdf", "-raw").values():
    found |= numbers(words)
    # A row's cells follow each other: what stands between a number and the next one is its row.
    parts = re.split(r"([一-鿿]+奖字〔\d{4}〕\d+号)", words)
    received.update({number: row for number, row in zip(parts[1::2], parts[2::2])})
want("发放登记表", found, valid)
want("领取", {number for number, row in received.items() if awards[number][1] and awards[number][1] in row}, {number for number in valid if awards[number][0] == "已领"})
found = set()
for words in printed("award-void/*.pdf").values():
    found |= numbers(words)
want("作废与补发登记", found & void, void)
want("补发", found & valid, {number for number, award in awards.items() if award[2] and number in valid})

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
