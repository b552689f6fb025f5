"""journal.py JOURNAL KEYFILE CELL=VALUE…: appends an entry to a journal of papers as the program chains it: HMAC-SHA-256 of the entry before and of all cells."""
import hashlib
import hmac
import sqlite3
import sys

journal = sqlite3.connect(sys.argv[1])
key = bytes.fromhex(open(sys.argv[2]).read())
given = dict(word.split("=", 1) for word in sys.argv[3:])
names = [row[1] for row in journal.execute("PRAGMA table_info(entry)")][1:-1]
assert set(given) <= set(names)
cells = [given.get(name) for name in names]
last = journal.execute("SELECT mac FROM entry ORDER BY id DESC LIMIT 1").fetchone()
text = (last[0] if last else "").encode() + b"\n"
for cell in cells:
    text += b"-1:" if cell is None else b"%d:%s" % (len(cell.encode()), cell.encode())
mac = hmac.new(key, text, hashlib.sha256).hexdigest()
journal.execute(f"INSERT INTO entry({', '.join(names)}, mac) VALUES({'?, ' * len(names)}?)", [*cells, mac])
journal.commit()
