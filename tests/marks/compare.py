"""compare.py MARKED.dump UNKNOWN.dump COLUMNS.tsv: which mark each layout prints where a column is unknown.

MARKED is what the layouts print of a township in which every listed column holds a mark of its own, UNKNOWN what they print where it holds
nothing. Document by document the texts of both are laid beside each other; where one has the mark of a column, the other has 缺, 无 or —.
"""
import re
import sys
from collections import Counter, defaultdict
from difflib import SequenceMatcher

MARKS = ("缺", "无", "—")


def documents(path):
    """Each document's texts, by its path; what a run is cut into by fonts and breaks is joined."""
    found, texts = {}, None
    for line in open(path, encoding="utf-8", errors="replace"):
        if line.startswith("document "):
            texts = found.setdefault(line.split(None, 1)[1].strip(), [])
        match = re.match(r'\s+glyphs .*? "(.*)" w=', line)
        if match:
            texts.append(re.sub("[|¦]", "", match.group(1)))
    return found


def skeleton(text):
    """A text with the marks of both sides as one sign: what is the same on both sides compares equal."""
    return re.sub(r"Zq\d+x|缺|—|无", "☐", text)


def pairs(marked, unknown):
    """Texts of both sides that stand in one place."""
    matcher = SequenceMatcher(None, [skeleton(t) for t in marked], [skeleton(t) for t in unknown], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            yield from zip(marked[a:b], unknown[c:d])


def main(marked_path, unknown_path, columns_path):
    rows = [line.rstrip("\n").split("\t") for line in open(columns_path, encoding="utf-8") if not line.startswith("#")]
    column_of = {f"Zq{101 + n}x": (row[0], row[2]) for n, row in enumerate(rows)}
    excused = {(row[0], *other.split(":")) for row in rows for other in row[3:4] for other in other.split()}
    marked, unknown = documents(marked_path), documents(unknown_path)
    seen = defaultdict(Counter)
    for path in marked.keys() & unknown.keys():
        layout = path.split("/")[0].replace("-school", "")
        for a, b in pairs(marked[path], unknown[path]):
            tokens = re.findall(r"Zq\d+x", a)
            signs = re.findall("(?<![\u4e00-\u9fff])(?:" + "|".join(MARKS) + ")(?![\u4e00-\u9fff])", b)
            if len(tokens) == len(signs):
                for token, sign in zip(tokens, signs):
                    seen[token][layout, sign] += 1
            elif not b.strip(" 　"):
                for token in tokens:
                    seen[token][layout, "nothing"] += 1
    wrong = 0
    for token, (column, expected) in column_of.items():
        for (layout, sign), count in sorted(seen[token].items()):
            if sign != expected and (column, layout, sign) not in excused:
                print(f"{column}: {layout} prints {sign}, not {expected} ({count})")
                wrong += 1
    silent = [column for token, (column, _) in column_of.items() if not seen[token]]
    if silent:
        print("nowhere seen: " + " ".join(silent))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
