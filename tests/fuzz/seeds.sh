#!/usr/bin/env bash
# seeds.sh FOLDER: a folder of small inputs for each target, made from what the tests have; nothing of them stands in the tree.
set -eu
cd "$(dirname "$0")/../.."
into=$1
rm -rf "$into"
mkdir -p "$into"/{layout,rich,picture,svg,font,database,csv,sheet,workbook}

cp tests/layout/examples/*.yaml "$into/layout/"
for file in tests/compose/*/*.yaml tests/volume/*.yaml tests/resolve/*.yaml; do
    cp "$file" "$into/layout/$(tr / - <<<"${file#tests/}")"
done

# lines FOLDER: each line of standard input is a seed.
lines() { awk -v to="$into/$1" '{ printf "%s", $0 >(to "/" NR) ; close(to "/" NR) }'; }
grep -v '^#' tests/text/narrative.tests | sed -n 's/ => .*//p' | lines rich
sed -n 's/^[^#:]*: \(<.*\)$/\1/p; s/^\(<.*\)$/\1/p' tests/draw/svg.tests |
    sed 's|.*|<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">&</svg>|' | lines svg

/usr/bin/python3 - "$into/picture" <<'P'
# PNG of each kind of colour, some with transparency, orientation or interlacing.
import struct, sys, zlib

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

for colour, samples in ((0, 1), (2, 3), (3, 1), (4, 2), (6, 4)):
    for depth in (1, 8, 16) if colour == 0 else (8,):
        row = b"\0" + bytes(range((5 * samples * depth + 7) // 8))
        png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 5, 4, depth, colour, 0, 0, 0))
        if colour == 3:
            png += chunk(b"PLTE", bytes(range(60))) + chunk(b"tRNS", bytes([0, 128]))
        if colour == 2:
            png += chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0")
        png += chunk(b"IDAT", zlib.compress(row * 4)) + chunk(b"IEND", b"")
        open(f"{sys.argv[1]}/{colour}-{depth}.png", "wb").write(png)
P
cp tests/specimen/photos/*.jpg "$into/picture/"

# Workbooks as a test writes them, and their parts behind a byte that says which one it is (sheet.c).
for kind in odd mac doctype xfd backwards; do tests/intake/make-xlsx "$into/workbook/$kind" $kind; done
part() { # KIND BYTE PART
    /usr/bin/python3 -c 'import sys, zipfile; sys.stdout.buffer.write(bytes([int(sys.argv[2])]) + zipfile.ZipFile(sys.argv[1]).read(sys.argv[3]))' \
        "$into/workbook/$1" "$2" "$3" >"$into/sheet/$1-$2"
}
for kind in odd mac doctype xfd backwards; do part $kind 0 xl/worksheets/s0.xml; done
part odd 1 xl/sharedStrings.xml
part odd 2 xl/styles.xml
part mac 3 xl/workbook.xml
part odd 4 xl/_rels/workbook.xml.rels
part odd 5 _rels/.rels
n=0
while IFS= read -r line; do
    n=$((n + 1))
    for encoding in UTF-8 GB18030 UTF-16LE; do printf %b "$line" | iconv -t $encoding >"$into/csv/$n-$encoding"; done
done <<'END'
班级,姓名,身份证号,出生日期\n一（1）班,"钱\n六",52039920141103001x,2015.3.8\n
班级;姓名;电话\r\n二班;赵甲;+86 154 0262 3716\r\n;;085127996107\r\n
班级\t关系\t电话\n\t叔\t5.20399E+17\n\t是\t15402623716.0\n
姓名,身高,时间\n王""五,142.5厘米,2026年9月1日 8:30\n买买提•艾力,¥1200.50,20260901
END

# The two kinds of outlines, a few characters each; and what both fonts have of Latin.
fonts=$(fc-list -f '%{file}\n' | grep -E 'NotoSerifCJK-Regular.ttc|LXGWWenKai-Light.ttf' | sort -u)
for font in $fonts; do
    /usr/bin/python3 -m fontTools.subset "$font" --font-number=2 --text=office --desubroutinize \
        --output-file="$into/font/$(basename "$font")-words" >/dev/null
    for text in 一丁 七abc; do
        /usr/bin/python3 -m fontTools.subset "$font" --font-number=2 --text="$text" --desubroutinize --layout-features= \
            --output-file="$into/font/$(basename "$font")-${#text}" >/dev/null
        [[ $font == *.ttc ]] && /usr/bin/python3 -m fontTools.subset "$font" --font-number=2 --text="$text" --layout-features= \
            --output-file="$into/font/subrs-${#text}" >/dev/null
    done
done

for file in tests/compose/db.sql tests/volume/db.sql tests/resolve/db.sql; do
    sqlite3 -bail "$into/database/$(basename "$(dirname "$file")")" "PRAGMA page_size = 512" ".read $file"
done
sqlite3 "$into/database/views" 'PRAGMA page_size = 512; CREATE TABLE t(a TEXT, b INT AS (length(a)), c BLOB);
    INSERT INTO t(a, c) VALUES (char(0x4E00), zeroblob(900)), (NULL, 1.5); CREATE VIEW v AS SELECT a, count(*) AS n FROM t GROUP BY a;
    CREATE INDEX i ON t(a COLLATE NOCASE)'
sqlite3 "$into/layout.db" 'CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 2)'
