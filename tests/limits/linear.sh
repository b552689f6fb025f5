# shellcheck shell=bash
# linear.sh, sourced by the tests here: what is four times as much may take four times as much work, and not sixteen.
#
# Nothing is held against a clock: instructions are counted, by callgrind, for a twentieth of the size (all of it, where it is small)
# and for four times as much; what a run of one takes, the start, is no part of either. Between linear (4) and quadratic (16) the
# limit is nearer to linear, since a count is exact. The size itself is printed once without counting, and must come to an end within
# what tests/run gives a process. Where valgrind is not there, and under sanitizers, which it can't run, only that is left.
set -u
export LC_ALL=C
FACTOR=6
mkdir "$TMP/layouts"
cp "$ROOT/tests/command/town/theme.yaml" "$TMP/layouts/"
sqlite3 "$TMP/some.db" "CREATE TABLE n (i INTEGER PRIMARY KEY); WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 400000) INSERT INTO n SELECT i FROM t"
counts=1
if ! command -v valgrind >"$TMP/which" || grep -q __asan_init "$DOSSIER"; then counts=0; fi

fail() {
    echo "$1"
    [ ! -f "$TMP/stderr" ] || head -n 20 "$TMP/stderr"
    exit 1
}
# run SIZE [WRAPPER…] → sets code. layout SIZE, the test's own, writes the layout; --dump or a PDF.
run() {
    layout "$1" >"$TMP/layouts/big.yaml"
    shift
    rm -rf "$TMP/out"
    "$@" "$DOSSIER" make big --quiet --db "$TMP/some.db" --layouts "$TMP/layouts" --out "$TMP/out" --as-of 2026-11-25 "${arguments[@]}" \
        >"$TMP/stdout" 2>"$TMP/stderr"
    code=$?
}
# count SIZE EXIT → sets work, the millions of instructions.
count() {
    run "$1" valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$TMP/counted"
    [ "$code" -eq "$2" ] || fail "size $1, counted: exit code $code"
    work=$(($(sed -n 's/^.*Collected : //p' "$TMP/counted" | awk '{ n += $1 } END { printf "%d", n }') / 1000000))
    [ "$work" -gt 0 ] || fail "size $1: nothing was counted"
}
arguments=()
# linear WHAT SIZE EXIT: a part of SIZE against four times as much, and four times SIZE made.
linear() {
    local size=$(($2 / 20)) start once
    [ "$size" -ge 500 ] || size=$(($2 < 500 ? $2 : 500))
    if [ $counts -eq 1 ]; then
        count 1 "$3"
        start=$work
        count "$size" "$3"
        once=$((work - start))
        count $((4 * size)) "$3"
        work=$((work - start))
        # Ten millions are a hundredth of a second: so little tells nothing of how it grows.
        [ "$work" -le $((FACTOR * (once + 10))) ] || fail "$1: $size takes $once million instructions, four times as much $work"
        [ -z "${TOLD:-}" ] || echo "$1: $start + $once, $work" >>"$TOLD"
    fi
    run $((4 * $2))
    [ "$code" -eq "$3" ] || fail "$1, $((4 * $2)): exit code $code"
}
pages() { find "$TMP/out" -name '*.pdf' -exec pdfinfo {} \; | sed -n 's/^Pages: *//p'; }
