# shellcheck shell=bash
# town.sh, sourced by the tests here: a copy of the demo township in $TMP/town.db, which a test may change, printed by the shipped layouts.
# What must stand on a paper is computed from the tables, never from the schema's views nor from a layout's queries.
set -u
export LC_ALL=C.UTF-8
if [ -f "$ROOT/fixtures/demo.db" ]; then
    cp "$ROOT/fixtures/demo.db" "$TMP/town.db"
else
    "$TOWNSHIP" --preset demo "$TMP/town.db" >/dev/null || exit 1
fi
semester=2026-2027-1
day=2026-11-25
folder=$TMP/out/$semester

fail() {
    echo "$1"
    [ ! -f "$TMP/stderr" ] || head -n 40 "$TMP/stderr"
    exit 1
}
print() { # LAYOUT… [ARGUMENT…]
    "$DOSSIER" make --quiet --db "$TMP/town.db" --layouts "$ROOT/layouts" --photos "$ROOT/fixtures/photos" --out "$TMP/out" --as-of "$day" "$@" \
        >"$TMP/stdout" 2>"$TMP/stderr"
    code=$?
    [ "$code" -eq 0 ] || fail "exit code $code of make $*"
}
change() { sqlite3 "$TMP/town.db" "$1" || exit 1; }
ask() { sqlite3 "$TMP/town.db" "$1" || exit 1; }
# The words of a document, without spaces, in the order in which they are printed.
words() { pdftotext -raw "$1" - | tr -d ' \n\f' | sed 's/　//g'; }
