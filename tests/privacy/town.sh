# shellcheck shell=bash
# town.sh, sourced by the tests here: a small township with the shipped privacy.yaml, and what must not be found in print.
set -u
export LC_ALL=C.UTF-8
"$TOWNSHIP" --children "${children:-8}" --seed 7 "$TMP/town.db" >/dev/null || exit 1
mkdir "$TMP/layouts"
cp "$ROOT"/layouts/{theme,common,privacy}.yaml "$TMP/layouts/"

fail() {
    echo "$1"
    [ ! -f "$TMP/stderr" ] || head -n 40 "$TMP/stderr"
    exit 1
}
print() { # ARGUMENT…
    "$DOSSIER" make --quiet --db "$TMP/town.db" --layouts "$TMP/layouts" --out "$TMP/out" "$@" >"$TMP/stdout" 2>"$TMP/stderr"
    code=$?
}
exits() { [ "$code" -eq "$1" ] || fail "exit code $code, expected $1"; }
told() { grep -q -- "$1" "$TMP/stderr" || fail "not told: $1"; }
change() { sqlite3 "$TMP/town.db" "$1" || exit 1; }

# Every full number that stands anywhere in the database: IDs, 学籍号 (G, J, L and an ID's form), mobile phones; local 学籍号.
full_numbers() {
    sqlite3 "$TMP/town.db" .dump | grep -oE '[GJL]?[0-9]{17}[0-9X]|\b1[3-9][0-9]{9}\b'
    sqlite3 "$TMP/town.db" 'SELECT local_no FROM student WHERE local_no IS NOT NULL'
}
# All that is in out/, to be searched: words of documents, without white space, since a number may be broken over lines;
# names of files and folders; the lists beside them; what documents say of themselves.
everything() { # FOLDER
    find "$1" -name '*.pdf' -exec pdftotext {} - \; -exec pdfinfo {} \; | tr -d ' \n\f' | sed 's/　//g'
    echo
    find "$1" -print
    find "$1" -type f ! -name '*.pdf' -exec cat {} +
}
# hides FOLDER [NUMBERS]: none of the numbers (those in the file, else all full ones) stands in it.
hides() {
    everything "$1" >"$TMP/everything"
    [ -n "${2:-}" ] || full_numbers | sort -u >"$TMP/numbers"
    [ -s "${2:-$TMP/numbers}" ] || fail "there is nothing to hide"
    if grep -oFf "${2:-$TMP/numbers}" "$TMP/everything" | head -n 5 | grep .; then fail "$1 shows full numbers"; fi
}
# Nothing in a line of a document has the form of a number, whoever's it is.
hides_forms() { # FOLDER
    find "$1" -name '*.pdf' -exec pdftotext -layout {} - \; >"$TMP/lines"
    find "$1" -type f ! -name '*.pdf' -exec sed 's/hash="[0-9a-f]*"//g' {} + >>"$TMP/lines"
    if grep -wE '1[3-9][0-9]{9}|[0-9]{17}[0-9X]|１[３-９][０-９]{9}' "$TMP/lines" | head -n 5 | grep .; then fail "$1 shows a number's form"; fi
}
