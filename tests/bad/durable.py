"""Reads a trace of strace -f -y: what was synced, and what got its name when. durable.py TRACE OUT

Prints what would be lost when the power goes, and the exit code is 1 then."""
import os
import re
import sys

SYNC = re.compile(r'\bf(?:data)?sync\(\d+<(.*?)>\) += 0')
RENAME = re.compile(r'\brename\w*\((?:AT_FDCWD(?:<.*?>)?, )?"(.*?)", (?:AT_FDCWD(?:<.*?>)?, )?"(.*?)"(?:, \w+)?\) += 0')
MKDIR = re.compile(r'\bmkdir(?:at)?\((?:AT_FDCWD(?:<.*?>)?, )?"(.*?)", 0\d+\) += 0')
LISTS = ["index.html", "findings.csv", "manifest.xml"]

missed = []
synced = {}   # path as traced: when it was last
made = []     # when, a folder
renames = []  # when, its temporary name, its name
with open(sys.argv[1]) as trace:
    for when, line in enumerate(trace):
        if found := SYNC.search(line):
            synced[found[1]] = when
        if found := MKDIR.search(line):
            made.append((when, found[1]))
        if found := RENAME.search(line):
            renames.append((when, found[1], found[2]))
            if found[1] not in synced:
                missed.append(f"not synced before it got its name: {found[2]}")

last = {}  # folder: when something in it last got a name
for when, _, name in renames:
    last[os.path.dirname(name)] = when
for folder, when in last.items():
    if synced.get(folder, -1) < when:
        missed.append(f"folder not synced behind its last file: {folder}")

for when, folder in made:
    if synced.get(os.path.dirname(folder), -1) < when:
        missed.append(f"the folder itself may be gone: {folder}")

names = [os.path.basename(name) for _, _, name in renames]
order = [name for name in names if name in LISTS]
if order != LISTS:
    missed.append(f"written in the order {' '.join(order)}, not {' '.join(LISTS)}")
else:
    manifest = next(when for when, _, name in renames if name.endswith("/manifest.xml"))
    for when, _, name in renames:
        if name.endswith(".pdf") and (when > manifest or synced.get(os.path.dirname(name), -1) > manifest):
            missed.append(f"on the disk behind the manifest that lists it: {name}")
if sum(name.endswith(".pdf") for name in names) < 10:
    missed.append(f"only {len(renames)} files got their names")
for line in missed:
    print(line)
sys.exit(1 if missed else 0)
