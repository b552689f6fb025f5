"""Holds tagged PDFs against the trees that they were made from, and against themselves: tagged.py FOLDER DUMP MOST, or tagged.py FILE…

1. All that a page paints stands in marked content: of one element, or an artifact. It is nested as operators are, and each number leads by the
   page's entry of the parent tree to an element that names it, with its page.
2. Elements have types of PDF's own, and each knows its parent. The rows of a table have as many columns, spans reckoned in; heads of a row or a
   column say so. Figures have words.
3. The XMP packet says PDF/A-1a.
4. With a dump (`make --dump --tagged`): `pdfinfo -struct-text` reads what it says, element by element, in its order: the texts of the display list
   that are no artifacts. Figures say what the dump says: of a chart the numbers as it prints them, and a photo isn't called as a cell beside it;
   this holds of all documents of the dump. Of each layout the first MOST documents are looked at; poppler reads those of few elements, for it sets a page anew for
   each of them (8 s for an archive). At the end a line tells what it read.

Prints what is otherwise; the exit code is 1 then."""
import collections
import re
import subprocess
import sys

from archival import Document

TYPES = {"document": "Document", "section": "Sect", "paragraph": "P", "note": "Note", "contents": "TOC", "entry": "TOCI", "table": "Table", "row": "TR",
         "head-cell": "TH", "cell": "TD", "figure": "Figure"}
FEW = 90
INSIDE = {"TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "TOCI": {"TOC"}}
STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>", re.S)
OPERATOR = re.compile(rb"/(\w+)\s*(?:<<([^>]*)>>)?\s*(B[DM]C)\b|(?<![\w/*])(EMC|BT|ET|q|Q|TJ|Tj|S|s|sh|f\*?|F|B\*?|b\*?|Do)(?![\w*])")


def painted(data):
    """What is wrong with marked content in a stream, then the numbers that it has. What is open: operators as bytes, sequences as text."""
    open_, numbers = [], []
    for found in OPERATOR.finditer(STRING.sub(b"", data)):
        name, properties, begins, operator = found.groups()
        marked = any(isinstance(one, str) for one in open_)
        if begins:
            number = re.search(rb"/MCID (\d+)", properties or b"")
            if marked and (number or begins == b"BMC"):
                yield f"{found[0]} stands in {open_}"
            numbers += [int(number[1])] if number else []
            open_.append(name.decode())
        elif operator in (b"q", b"BT"):
            open_.append(operator)
        elif operator in (b"Q", b"ET", b"EMC"):
            last = open_.pop() if open_ else None
            if not isinstance(last, str) if operator == b"EMC" else last != {b"Q": b"q", b"ET": b"BT"}[operator]:
                yield f"{operator.decode()} ends {last}"
        elif not marked:
            yield f"{operator.decode()} at {found.start()} is no marked content"
    if open_:
        yield f"{open_} is never ended"
    yield numbers


def pages_of(document):
    def under(reference):
        node = document.get(reference)
        if node["/Type"] == "/Pages":
            for kid in node["/Kids"]:
                yield from under(kid)
        else:
            yield reference, node
    yield from under(document.get(document.trailer()["/Root"])["/Pages"])


class Element:
    def __init__(self, document, reference, root):
        node = document.get(reference)
        self.reference, self.node, self.type = reference, node, node["/S"].removeprefix("/")
        classes = document.get(root["/ClassMap"])
        self.attributes = classes.get(node["/C"], {}) if "/C" in node else {}
        kids = node.get("/K", [])
        self.contents, self.kids = [], []
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                self.contents.append((node.get("/Pg"), kid))
            elif isinstance(kid, dict):
                self.contents.append((kid["/Pg"], kid["/MCID"]))
            else:
                self.kids.append(Element(document, kid, root))

    def all(self):
        yield self
        for kid in self.kids:
            yield from kid.all()

    def span(self, name):
        return self.attributes.get(name, 1)


def table(element):
    """What is wrong with its grid: rows that are too short or too long, cells that go on below the last."""
    taken, columns = collections.defaultdict(set), None
    for at, row in enumerate(element.kids):
        for cell in row.kids:
            column = next(i for i in range(10000) if i not in taken[at])
            for down in range(cell.span("/RowSpan")):
                for right in range(cell.span("/ColSpan")):
                    if column + right in taken[at + down]:
                        yield f"row {at + 1}: two cells at column {column + right + 1}"
                    taken[at + down].add(column + right)
        width = len(taken[at])
        columns = columns or width
        if width != columns or max(taken[at], default=0) + 1 != width:
            yield f"row {at + 1} has {width} columns of {columns}"
    if max(taken, default=0) >= len(element.kids):
        yield "cells go on below its last row"


def look(document):
    root = document.get(document.trailer()["/Root"])
    if "/StructTreeRoot" not in root or document.get(root["/MarkInfo"]) != {"/Marked": True} or "/Lang" not in root:
        yield "is not tagged"
        return
    if b"<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>A<" not in document.get(root["/Metadata"])["data"]:
        yield "the packet doesn't say PDF/A-1a"
    tree = document.get(root["/StructTreeRoot"])
    numbers = document.get(tree["/ParentTree"])["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2]))
    top = Element(document, tree["/K"], tree)
    named = collections.Counter(at for element in top.all() for at in element.contents)
    owners = {at: element.reference for element in top.all() for at in element.contents}
    for reference, page in pages_of(document):
        *wrong, found = painted(document.get(page["/Contents"])["data"])
        yield from (f"page {reference}: {one}" for one in wrong)
        own = parents.get(page["/StructParents"], [])
        if sorted(found) != list(range(len(own))):
            yield f"page {reference} has contents {sorted(found)[:9]}, its parents are {len(own)}"
        for number, owner in enumerate(own):
            if named[reference, number] != 1 or owners[reference, number] != owner:
                yield f"content {number} of page {reference} is not its parent's"
    for element in top.all():
        for kid in element.kids:
            if kid.node["/P"] != element.reference:
                yield f"{kid.type} {kid.reference} has another parent"
            if element.type not in INSIDE.get(kid.type, {element.type}) or (element.type in ("Table", "TR", "TOC") and element.type not in INSIDE.get(kid.type, ())):
                yield f"a {kid.type} in a {element.type}"
        if element.type not in TYPES.values() and not re.fullmatch("H[1-6]", element.type):
            yield f"an element of type {element.type}"
        if element.type == "Figure" and not element.node.get("/Alt", "u:").removeprefix("u:"):
            yield f"figure {element.reference} has no words"
        if element.type == "TH" and element.attributes.get("/Scope") not in ("/Row", "/Column"):
            yield f"head {element.reference} has no scope"
        if element.type == "Table":
            yield from (f"table {element.reference}: {one}" for one in table(element))


# --- the dump

def trees(path):
    """Of each document of a dump: its elements that have a text, as type and text, and its figures, as words and text."""
    documents, own, figures, inside = {}, None, None, False
    for line in open(path, encoding="utf-8"):
        words = line.strip()
        if line.startswith("document "):
            (own, figures), inside = documents.setdefault(words.removeprefix("document "), ([], [])), False
        elif line == "document\n":
            inside = True
        elif inside and (found := re.match(r'(\S+)(?: (?:row|column))?(?: (\d))?(?: \d+x\d+)?(?: says "((?:\\.|[^\\"])*)")?(?: "(.*)")?$', words)):
            kind = f"H{found[2]}" if found[1] == "heading" else TYPES[found[1]]
            says, text = (re.sub(r"\\(.)", r"\1", one or "") for one in found.group(3, 4))
            figures += [(says, blank(text))] if kind == "Figure" else []
            text = blank(text)
            own += [(kind, text)] if text else []
        elif inside:
            sys.exit(f"not understood: {line}")
    return documents


def blank(text):
    return re.sub(r"\s", "", text)


def read(path):
    """The same as poppler reads it."""
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True, text=True)
    elements, text = [], None
    for line in told.stdout.split("\n"):
        words = line.strip()
        if text is None and words.startswith('"'):
            text, words = "", words[1:]
        elif text is None:
            if found := re.match(r"([A-Z][A-Za-z0-9]*)(?: \(.*\))?:?$", words):
                elements.append([found[1], ""])
            continue
        text += words
        if words.endswith('"'):
            elements[-1][1] += blank(text[:-1])
            text = None
    return [(kind, text) for kind, text in elements if text]


def form(number):
    return re.sub(r"\d", "0", number.partition(".")[2])


def misnamed(own, figures):
    """Figures that say what isn't drawn in them, or what another cell is."""
    heads = {text for kind, text in own if kind in ("TH", "TD")}
    for says, text in figures:
        what = says.partition("：")[0]
        if what != "照片" and what in heads:
            yield f"a figure is called as a cell is: {says}"
        numbers = re.findall(r"\d+\.\d+%?", says)
        written = {form(number) for number in numbers if number in text}
        for number in numbers:  # a line has points without a number, where there is no room
            if number not in text and form(number) not in written:
                yield f"a figure says {number}, it shows {text}"


def says_of(document):
    root = document.get(document.trailer()["/Root"])
    tree = document.get(root["/StructTreeRoot"])
    return [element.node.get("/Alt", "u:").removeprefix("u:") for element in Element(document, tree["/K"], tree).all() if element.type == "Figure"]


def compare(path, mine):
    other = read(path)
    for at, (one, two) in enumerate(zip(mine, other)):
        if one != two:
            yield f"element {at + 1} is {one}, poppler reads {two}"
            return
    if len(mine) != len(other):
        yield f"{len(mine)} elements have a text, poppler reads {len(other)}"


def main():
    bad, held, count = 0, collections.Counter(), collections.Counter()
    files = {path: None for path in sys.argv[1:]}
    if len(sys.argv) == 4 and sys.argv[3].isdigit():
        files = {}
        for name, tree in trees(sys.argv[2]).items():
            layout = name.split("/")[0]
            held.update(["photos of somebody"] * sum(says.startswith("照片：") for says, _ in tree[1]))
            for what in misnamed(*tree):
                print(f"{name}: {what}")
                bad += 1
            if count[layout] < int(sys.argv[3]):
                count[layout] += 1
                files[f"{sys.argv[1]}/{name}"] = tree
    for path, tree in files.items():
        document = Document(path)
        wrong = list(look(document))
        if tree is not None:  # a figure without marks, as a code without a key, is only in the dump
            others = collections.Counter(says_of(document)) - collections.Counter(says for says, _ in tree[1])
            wrong += [f"a figure says {says}, not so in the dump" for says in others]
        if tree is not None and len(tree[0]) <= FEW:
            wrong += compare(path, tree[0])
            held.update(["documents"] + [kind for kind, _ in tree[0]])
        for what in wrong[:5]:
            print(f"{path}: {what}")
        bad += len(wrong)
    if count:
        print(f"{len(count)} layouts, read: " + ", ".join(f"{n} {kind}" for kind, n in sorted(held.items())))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
