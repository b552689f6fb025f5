# shellcheck shell=bash
# batch.sh, sourced by the tests here: a batch with one bad input, and what holds whatever is bad.
#
# The batch is the small town of tests/command: slips (one for each child), rolls (two classes), awards (two).
# shellcheck source=tests/command/town.sh
. "$ROOT/tests/command/town.sh"
# shellcheck disable=SC2154 # town.sh sets here
town_layouts=$here/town
here=$ROOT/tests/bad

good() { cp "$town_layouts"/*.yaml "$TMP/layouts/"; }

# message CODE PLACE: told with its code, at its place (FILE:LINE:COLUMN, or record/column), and with a remedy behind it.
message() {
    local line
    line=$(grep -nF -- "$2: " "$TMP/stderr" | grep -m 1 " $1: ") || fail "not told: $1 at $2"
    sed -n "$((${line%%:*} + 1)),\$p" "$TMP/stderr" | sed '/^[^ ]/,$d' | grep -q '^  hint: ' || fail "$1 tells no remedy"
}

# finding CODE PLACE: findings.csv has a line with the code and all that is given (a record, a field).
finding() {
    local lines=$TMP/out/2026-11-25/findings.csv want=$1
    grep "^$1," "$lines" >"$TMP/found" || { cat "$lines"; fail "no finding $1"; }
    shift
    for part in "$@"; do grep -qF -- "$part" "$TMP/found" || { cat "$TMP/found"; fail "no finding $want with $part"; }; done
}

# whole FOLDER: nothing in it is half written: every document ends as one, the manifest too, and nothing temporary is left.
whole() {
    local left
    left=$(find "$TMP" -name '.dossier-*')
    [ -z "$left" ] || fail "left behind: $left"
    [ "$(find "$1" -name '*.pdf' -exec tail -qc 6 {} + | grep -c '^%%EOF')" -eq "$(find "$1" -name '*.pdf' | wc -l)" ] ||
        fail "a document is cut off"
    find "$1" -name manifest.xml -exec xmllint --noout {} + || fail "the manifest is not whole"
}

# sound FOLDER: a reader of PDF finds no fault either. (Slower: once a script.)
sound() {
    find "$1" -name '*.pdf' -exec qpdf --check {} \; >"$TMP/qpdf" 2>&1 || { cat "$TMP/qpdf"; fail "qpdf finds fault"; }
}

# The others of the batch are there and whole.
rest_made() {
    whole "$TMP/out"
    has 'roll/一（1）班.pdf'
    has 'roll/二（1）班.pdf'
    has 'award/T-001.pdf'
    has 'award/T-002.pdf'
}
