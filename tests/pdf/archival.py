"""Holds PDFs against what an archive asks of them, beyond what Preflight looks at: archival.py FILE…

1. It is PDF 1.4, and its objects stand by themselves: no object streams, no cross-reference stream.
2. Nothing in it runs, is transparent, encrypted or loaded from elsewhere; but for a link's URI.
3. The info dictionary and the XMP packet say the same.
4. Each font's CIDSet has the bits of the glyphs that are in its program, and no others; all that pages show are among them.

Prints what is otherwise; the exit code is 1 then."""
import base64
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

FORBIDDEN = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/Filespec", "/AA", "/OpenAction", "/SMask", "/Encrypt",
             "/ObjStm", "/XRef", "/SubmitForm", "/ImportData", "/GoToR", "/Movie", "/Sound", "/RichMedia", "/AcroForm", "/XFA", "/CA", "/ca",
             "/BM", "/Group", "/DeviceCMYK", "/LZWDecode", "/Alternates", "/OPI", "/TR", "/TR2"}
SPACES = {"dc": "http://purl.org/dc/elements/1.1/", "pdf": "http://ns.adobe.com/pdf/1.3/", "xmp": "http://ns.adobe.com/xap/1.0/",
          "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "pdfaid": "http://www.aiim.org/pdfa/ns/id/"}
TOLD = {"/Title": "dc:title//rdf:li", "/Author": "dc:creator//rdf:li", "/Subject": "dc:description//rdf:li", "/Keywords": "pdf:Keywords",
        "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer"}


class Document:
    def __init__(self, path):
        self.bytes = open(path, "rb").read()
        told = subprocess.run(["qpdf", "--json", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", path],
                              capture_output=True, check=True).stdout
        self.head, objects = json.loads(told)["qpdf"]
        self.objects = {name.removeprefix("obj:"): value for name, value in objects.items()}

    def get(self, value):
        """What a reference leads to: a value, or a dictionary with its stream under "data"."""
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            value = self.objects[value]
            if "stream" in value:
                return {**value["stream"]["dict"], "data": base64.b64decode(value["stream"]["data"])}
            return value["value"]
        return value

    def trailer(self):
        return self.objects["trailer"]["value"]


def names_in(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "data":
                yield key
            if key != "data" and (key, inner) != ("/S", "/TR"):  # a row of a table, not a transfer function
                yield from names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner)
    elif isinstance(value, str) and value.startswith("/"):
        yield value


def form(document):
    if not document.bytes.startswith(b"%PDF-1.4\n%"):
        yield f"begins with {document.bytes[:12]}"
    if not document.bytes.endswith(b"%%EOF\n"):
        yield f"ends with {document.bytes[-12:]}"
    if document.bytes.count(b"%%EOF") != 1:
        yield "holds more than one version of itself"
    if len(document.trailer().get("/ID", [])) != 2:
        yield "has no /ID"


def forbidden(document):
    for number, value in document.objects.items():
        for name in set(names_in(value)) & FORBIDDEN:
            yield f"object {number} has {name}"


def agreement(document):
    info, root = document.get(document.trailer()["/Info"]), document.get(document.trailer()["/Root"])
    packet = ElementTree.fromstring(document.get(root["/Metadata"])["data"])
    for key, path in TOLD.items():
        mine, other = info.get(key, "u:").removeprefix("u:"), packet.findtext(f".//{path}", "", SPACES)
        if mine != other:
            yield f"{key} is “{mine}” in the dictionary, “{other}” in the packet"
    day = re.fullmatch(r"u:D:(\d{4})(\d\d)(\d\d)000000Z", info.get("/CreationDate", ""))
    if (day and "-".join(day.groups()) + "T00:00:00Z") != packet.findtext(".//xmp:CreateDate", None, SPACES):
        yield f"the days differ: {info.get('/CreationDate')}"
    level = "1A" if "/StructTreeRoot" in root else "1B"
    if packet.findtext(".//pdfaid:part", "", SPACES) + packet.findtext(".//pdfaid:conformance", "", SPACES) != level:
        yield f"the packet doesn't say PDF/A-{level}"


def cids_of(document, descendant, descriptor):
    """CIDs of the glyphs in a font's program."""
    if "/FontFile3" in descriptor:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(document.get(descriptor["/FontFile3"])["data"]), None)
        return {0 if name == ".notdef" else int(name.removeprefix("cid")) for name in fonts[0].charset}
    count = TTFont(io.BytesIO(document.get(descriptor["/FontFile2"])["data"]))["maxp"].numGlyphs
    table = document.get(descendant["/CIDToGIDMap"])
    if table == "/Identity":
        return set(range(count))
    glyphs = [int.from_bytes(table["data"][i:i + 2], "big") for i in range(0, len(table["data"]), 2)]
    return {0} | {cid for cid, glyph in enumerate(glyphs) if 0 < glyph < count}


def cid_sets(document):
    held = 0
    for number, value in document.objects.items():
        font = value.get("value")
        if not isinstance(font, dict) or font.get("/Subtype") not in ("/CIDFontType0", "/CIDFontType2"):
            continue
        descriptor = document.get(font["/FontDescriptor"])
        bits = document.get(descriptor["/CIDSet"])["data"]
        told = {8 * i + k for i, byte in enumerate(bits) for k in range(8) if byte & 0x80 >> k}
        there = cids_of(document, font, descriptor)
        held += 1
        if told != there:
            yield f"font {number}: CIDSet has {sorted(told - there)[:5]} too many, lacks {sorted(there - told)[:5]}"
    if held == 0 and b"/Type0" in document.bytes:
        yield "no font was looked at"


def main():
    bad = 0
    for path in sys.argv[1:]:
        document = Document(path)
        for rule in (form, forbidden, agreement, cid_sets):
            for what in rule(document):
                print(f"{path}: {what}")
                bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
