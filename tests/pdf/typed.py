"""Counts dates and numbers that PDF readers find as typed, by the display lists that the files were made from: typed.py DUMP FOLDER MOST

Of each layout the first MOST documents are read by poppler, in reading order and in the file's, by MuPDF and by pdf.js. A year with month and
day, and every number or Latin word with the Chinese character or mark on either side of it, is to be found as often as the dump has it on that page,
though the typesetter put a gap into it. What is letter-spaced, or set one character below another, is left out: it is read with blanks.

Prints what is not found; the exit code is 1 then. At the end a line: documents, how many were to be found, and how many each reader found."""
import collections
import json
import os
import re
import subprocess
import sys

from extraction import BARS, dumped

HAN, WORD = "[\u4e00-\u9fff]", r"(?:\d+(?:\.\d+)?|[A-Za-z]+)"
TYPED = re.compile(rf"\d+年(?:\d+月(?:\d+日)?)?|{HAN}?{WORD}{HAN}|{WORD}%?[，。；：、）》」]|[（《「]{WORD}|{HAN}{WORD}")


def plain(text):
    """Without bars; letter-spaced text is nothing."""
    return "" if re.fullmatch(r".(\|.)+", text) else "".join(c for c in text if c not in BARS)


def read(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\f")


def main():
    dump, folder, most = sys.argv[1:]
    seen, wanted, found, missed = collections.Counter(), 0, collections.Counter(), 0
    documents = {}
    for name, pages in dumped(dump).items():
        seen[name.split("/")[0]] += 1
        if seen[name.split("/")[0]] <= int(most):
            documents[name] = pages
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "typed.js")
    lines = "\f".join(read("node", script, *(f"{folder}/{name}" for name in documents))).splitlines()
    for (name, pages), line in zip(documents.items(), lines, strict=True):
        path = f"{folder}/{name}"
        readers = {"poppler": read("pdftotext", path, "-"), "raw": read("pdftotext", "-raw", path, "-"),
                   "mupdf": read("mutool", "draw", "-q", "-F", "text", path), "pdf.js": json.loads(line)}
        for number, strings in enumerate(pages):
            text = "\n".join(plain(string) for string, _ in strings)
            for typed in sorted(set(TYPED.findall(text))):
                wanted += text.count(typed)
                for reader, texts in readers.items():
                    count = min(text.count(typed), texts[number].count(typed))
                    found[reader] += count
                    if count < text.count(typed):
                        print(f"{name}, page {number + 1}: {reader} finds “{typed}” {count} times, not {text.count(typed)}")
                        missed += 1
    print(len(documents), "documents", wanted, "typed", *(f"{reader} {found[reader]}" for reader in ("poppler", "raw", "mupdf", "pdf.js")))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
