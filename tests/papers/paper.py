"""The words of printed papers, and rows of the tables: what the tests here compare."""
import os, re, sqlite3, subprocess, sys

TMP = os.environ["TMP"]
FOLDER = os.path.join(TMP, "out", "2026-2027-1")


def database():
    rows = sqlite3.connect(os.path.join(TMP, "town.db"))
    rows.row_factory = sqlite3.Row
    return rows


def bare(text):
    """Without blanks, where lines end is the setter's business, and without the control characters that some names of the demo hold."""
    return re.sub(r"[\s　\x00-\x1f]", "", text or "")


def pages(pdf, *how):
    """The words of each page, lines kept."""
    text = subprocess.run(["pdftotext", *how, pdf, "-"], capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


def papers(folder):
    """The PDFs of a layout."""
    for root, _, names in sorted(os.walk(os.path.join(FOLDER, folder))):
        for name in sorted(names):
            if name.endswith(".pdf"):
                yield os.path.join(root, name)


class Findings:
    """What is wrong: told all together, a few of each."""

    def __init__(self):
        self.told = []

    def want(self, holds, what):
        if not holds:
            self.told.append(what)
        return holds

    def end(self):
        for what in self.told[:20]:
            print(what)
        if self.told:
            print(len(self.told), "findings")
        sys.exit(1 if self.told else 0)
