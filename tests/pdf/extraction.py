"""Holds what `pdftotext` reads from PDFs against the display lists that they were made from: extraction.py DUMP FOLDER MOST

Of each layout the first MOST documents are read. The dump's strings must come back in their order, byte for byte, each whole, and nothing
besides. Three things are pdftotext's own: line ends fall anywhere, any typed blanks (ideographic ones too) are one or none, and where the
dump has a bar, a gap that nobody typed, a blank may be read, but not between Chinese and letters or digits. Nowhere else.

Prints what is read otherwise; the exit code is 1 then. At the end a line of what was held: documents, strings, and those that are vertical
or turned, squeezed, or have characters beyond the BMP."""
import collections
import re
import subprocess
import sys

BARS = "|¦"
SHUT = re.compile(r"[\u4e00-\u9fff][|¦][0-9A-Za-z]|[0-9A-Za-z][|¦][\u4e00-\u9fff]")


def dumped(path):
    """Documents by name: of each its pages, of each page its strings: the text with bars, and whether it is turned."""
    documents, pages, groups = {}, [], []
    for line in open(path, encoding="utf-8"):
        depth = (len(line) - len(line.lstrip(" "))) // 2
        words = line.strip(" ~\n")
        if line.startswith("document "):
            pages = documents.setdefault(words.removeprefix("document "), [])
        elif line.startswith("page "):
            pages.append([])
            groups = [False]
        elif found := re.match(r"group \S+ matrix=(\S+)", words):
            groups[depth:] = [groups[depth - 1] or not re.match(r"[\d.]+,0,0,", found[1])]
        elif found := re.match(r'glyphs (-?[\d.]+),(-?[\d.]+) (\S+) [\d.]+ "(.*)" w=(-?[\d.]+)', words):
            text = re.sub(r"\\(x..|.)", lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else m[1], found[4])
            pages[-1].append((text, groups[depth - 1]))
    return documents


class Reader:
    """What pdftotext read of a page, taken from its beginning on."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def blanks(self):
        from_here = self.at
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[from_here:self.at]

    def take(self, character):
        if self.text[self.at:self.at + 1] != character:
            return False
        self.at += 1
        return True

    def string(self, text):
        """What is wrong with a string; None: it was read."""
        may = True  # before a string, and beside a typed blank or a gap
        for at, character in enumerate(text):
            if character.isspace():
                self.blanks()
                may = True
            elif character in BARS and not self.take(character):
                may = may or not SHUT.fullmatch(text, max(at - 1, 0), at + 2)
            elif character not in BARS:
                read = self.blanks()
                if " " in read and not may:
                    return f"“{text}” has a blank before “{text[at:]}”"
                if not self.take(character):
                    return f"“{text}” is read otherwise from “{text[at:]}” on: “{self.text[self.at:self.at + 20]}”"
                may = False
        return None


def hold(strings, read):
    reader = Reader(read)
    for text, _ in strings:
        if wrong := reader.string(text):
            yield wrong
            return
    reader.blanks()
    if reader.at < len(reader.text):
        yield f"nothing has “{reader.text[reader.at:][:40]}”"


def main():
    dump, folder, most = sys.argv[1:]
    seen, held, wrong = collections.Counter(), collections.Counter(), 0
    for name, pages in dumped(dump).items():
        layout = name.split("/")[0]
        seen[layout] += 1
        if seen[layout] > int(most):
            continue
        read = subprocess.run(["pdftotext", "-raw", f"{folder}/{name}", "-"], capture_output=True, check=True).stdout.decode().split("\f")
        held["documents"] += 1
        for number, strings in enumerate(pages, 1):
            for what in hold(strings, read[number - 1]):
                print(f"{name}, page {number}: {what}")
                wrong += 1
            held["strings"] += len(strings)
            held["turned"] += sum(turned for _, turned in strings)
            held["squeezed"] += sum("¦" in text for text, _ in strings)
            held["beyond"] += sum(max(text, default=" ") > "\uffff" for text, _ in strings)
    print(len(seen), "layouts", *(f"{held[what]} {what}" for what in ("documents", "strings", "turned", "squeezed", "beyond")))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
