# shellcheck shell=bash
# linear.sh, sourced by the tests here: what is four times as much may take four times as long, and not sixteen.
#
# Nothing is held against a clock: two runs of the same machine are compared, by the processor's time, and between linear (4) and
# quadratic (16) the limit lies in the middle. Whether a run is one of a second or of a minute is make bench's matter.
set -u
export LC_ALL=C
FACTOR=9
mkdir "$TMP/layouts"
cp "$ROOT/tests/command/town/theme.yaml" "$TMP/layouts/"
sqlite3 "$TMP/some.db" "CREATE TABLE n (i INTEGER PRIMARY KEY); WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 400000) INSERT INTO n SELECT i FROM t"

fail() {
    echo "$1"
    [ ! -f "$TMP/stderr" ] || head -n 20 "$TMP/stderr"
    exit 1
}
# run SIZE → sets code and ms, the processor's milliseconds. layout SIZE, the test's own, writes the layout; --dump or a PDF.
run() {
    local TIMEFORMAT='%3U'
    layout "$1" >"$TMP/layouts/big.yaml"
    rm -rf "$TMP/out"
    { time "$DOSSIER" make big --quiet --db "$TMP/some.db" --layouts "$TMP/layouts" --out "$TMP/out" --as-of 2026-11-25 "${arguments[@]}" \
        >"$TMP/stdout" 2>"$TMP/stderr"; } 2>"$TMP/time"
    code=$?
    ms=$(tr -d '.\n' <"$TMP/time" | sed 's/^0*//')
    ms=${ms:-1}
}
arguments=()
# linear WHAT SIZE EXIT: SIZE against four times SIZE.
linear() {
    run "$2"
    [ "$code" -eq "$3" ] || fail "$1, $2: exit code $code"
    local once=$ms
    run $((4 * $2))
    [ "$code" -eq "$3" ] || fail "$1, $((4 * $2)): exit code $code"
    # A run of no time at all tells nothing: then the larger one is small enough by itself.
    [ "$ms" -le $((FACTOR * (once + 20))) ] || fail "$1: $2 takes $once ms, four times as much $ms ms"
}
pages() { find "$TMP/out" -name '*.pdf' -exec pdfinfo {} \; | sed -n 's/^Pages: *//p'; }
