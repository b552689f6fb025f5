"""Hostile text and harmless text of the same kind: what PDFs make of either (adversary.test)."""
import glob
import json
import re
import sqlite3
import subprocess
import sys

from archival import Document, agreement, forbidden, form, names_in

WORDS = ["(", ")", "((", "\\", "\\)", ")(", "<<", ">>", ">>endobj", "endstream", "endstream endobj", "\nendstream\nendobj\n", "stream\n", "trailer", "startxref",
         "%%EOF", "% remark", "/JavaScript", "/JS (app.alert(1))", ">>/AA<</S/JavaScript/JS(x)>>", "1 0 obj", "ET Q", "ET\nQ\nq", ") Tj ET", ")]TJ ET Q BT",
         "BI ID EI", "/Do Do", "EMC", "BDC", "<FEFF", "FEFF>", "<0041>", "[", "]", "{", "}", "{{name}}", "#20", "\\r", "\\101", "\\\n", "]]>", "<![CDATA[", "</rdf:li>",
         "</x:xmpmeta>", "<?xpacket end=\"w\"?>", "<?php", "<!--", "-->", "&amp;", "&#0;", "&lt;", "&", "\"", "'", "$(id)", "`id`", "%s%n", "../../x", "/etc/passwd", "con", "a/b",
         "‮abc", "\ufeffx", "￾", "�", "𬱖", "\U0010ffff", "é", "\u200b", "\u2028", "\u2029", "\x85", "\x7f", "x" * 300]
OPERATORS = set("q Q cm BT ET Tf Tc Tz Td TJ g rg G RG w d J m l c h re f f* S B B* W n Do BDC EMC".split())


def hostile():
    """Every byte that is a character of its own, and every byte of UTF-8 that leads or follows."""
    return [f"a{chr(i)}b" for i in range(1, 256)] + [chr(i) for i in range(256, 2048, 37)] + WORDS + ["".join(WORDS)[:1200]]


def make(path, texts):
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE town(n INTEGER PRIMARY KEY, name TEXT)")
    db.executemany("INSERT INTO town VALUES(?, ?)", enumerate(texts, 1))
    # Bytes that are no text at all.
    db.executemany("INSERT INTO town VALUES(?, CAST(? AS TEXT))", enumerate((b"a" + bytes([i]) + b"b" for i in range(128, 256)), 1001))
    db.commit()


TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<<|>>|<[0-9A-F]*>|[][]|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+|\s+", re.S)


def operators(data):
    """Operators of a content stream; a byte that begins nothing is one too."""
    found, at = set(), 0
    while at < len(data):
        token = TOKEN.match(data, at)
        if token is None:
            return found | {f"byte {data[at:at + 1]} at {at}: {data[max(0, at - 30):at + 30]}"}
        at = token.end()
        word = token[0].decode("latin-1")
        if not re.fullmatch(r"\s+|[(</\[\]>].*|-?[\d.]+", word, re.S):
            found.add(word)
    return found


def kinds_of(document):
    """Names of all objects, without those of fonts and pictures that are numbered, and tags of subsets."""
    names = set()
    for value in document.objects.values():
        names |= set(names_in(value["stream"]["dict"] if "stream" in value else value["value"]))
    return {re.sub(r"^/[A-Z]{6}\+", "/", name) for name in names if not re.fullmatch(r"/[FI]\d+", name)}


def bookmarks(document):
    return [document.get(value["value"]).get("/Title", "") for value in document.objects.values()
            if isinstance(value.get("value"), dict) and "/Dest" in value["value"] and "/Title" in value["value"]]


def streams(document):
    for value in document.objects.values():
        page = value.get("value")
        if isinstance(page, dict) and page.get("/Type") == "/Page":
            yield document.get(page["/Contents"])["data"]


def hold(folder):
    bad, harmless, count = [], set(), 0
    for path in glob.glob(glob.escape(folder) + "/harmless/**/*.pdf", recursive=True):
        harmless |= kinds_of(Document(path))
    for path in sorted(glob.glob(glob.escape(folder) + "/hostile/**/*.pdf", recursive=True)):
        document = Document(path)
        count += 1
        bad += [f"{path}: {what}" for rule in (form, forbidden, agreement) for what in rule(document)]
        bad += [f"{path}: {name} is no name that harmless text has" for name in kinds_of(document) - harmless]
        bad += [f"{path}: operators {words}" for words in (operators(data) - OPERATORS for data in streams(document)) if words]
        if "/all/" in path:
            told = "\n".join(bookmarks(document))
            bad += [f"no bookmark tells {word}" for word in WORDS if word.isascii() and word.isprintable() and len(word) < 100 and word not in told]
    if count < 40:
        bad.append(f"only {count} documents")
    print("\n".join(bad[:20]), end="\n" if bad else "")
    return 1 if bad else 0


if sys.argv[1] == "make":
    make(sys.argv[2], hostile())
    make(sys.argv[3], ["abc"] * 300)
else:
    sys.exit(hold(sys.argv[2]))
