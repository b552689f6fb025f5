# town.sh, sourced by the tests here: a small database and folder of layouts in $TMP, and what a test says.
set -u
here=$ROOT/tests/command
export LC_ALL=C
cp -r "$here/town" "$TMP/layouts"
sqlite3 "$TMP/town.db" < "$here/town.sql"

# Runs dossier on the town; the output is in $TMP/stdout and $TMP/stderr, the exit code in $code.
town() {
    command=$1
    shift
    "$DOSSIER" "$command" --db "$TMP/town.db" --layouts "$TMP/layouts" --as-of "${day:-2026-11-25}" "$@" \
        >"$TMP/stdout" 2>"$TMP/stderr"
    code=$?
}
make_town() { town make --out "$TMP/out" "$@"; }
change() { sqlite3 "$TMP/town.db" "$1"; }

fail() {
    echo "$1"
    cat "$TMP/stderr"
    exit 1
}
exits() { [ "$code" -eq "$1" ] || fail "exit code $code, expected $1"; }
told() { grep -q -- "$1" "$TMP/stderr" || fail "not told: $1"; }
not_told() { ! grep -q -- "$1" "$TMP/stderr" || fail "told: $1"; }
printed() { grep -q -- "$1" "$TMP/stdout" || { cat "$TMP/stdout"; fail "not printed: $1"; }; }
has() { [ -f "$TMP/out/2026-11-25/$1" ] || fail "there is no $1"; }
has_not() { [ ! -e "$TMP/out/2026-11-25/$1" ] || fail "there is a $1"; }
in_file() { grep -qF -- "$2" "$TMP/out/2026-11-25/$1" || fail "$1 has no $2"; }
not_in_file() { ! grep -qF -- "$2" "$TMP/out/2026-11-25/$1" || fail "$1 has $2"; }
pages() { pdfinfo "$TMP/out/2026-11-25/$1" | sed -n 's/^Pages: *//p'; }
words() { pdftotext "$TMP/out/2026-11-25/$1" - | tr -d ' \n\f'; }
