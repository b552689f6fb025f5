# shellcheck shell=bash disable=SC2034
# town.sh, sourced by the tests here: a township of $children left-behind children, printed by the shipped layouts.
set -u
export LC_ALL=C.UTF-8
unset TZ
"$TOWNSHIP" --children "${children:-40}" --seed 7 --faults -missing_photo,-truncated_photo "$TMP/town.db" >/dev/null || exit 1
mkdir "$TMP/layouts"
cp "$ROOT"/layouts/*.yaml "$TMP/layouts/"
semester=2026-2027-1
day=2026-11-25
folder=$TMP/out/$semester

fail() {
    echo "$1"
    [ ! -f "$TMP/stderr" ] || head -n 40 "$TMP/stderr"
    exit 1
}
with=() # variables of the environment
print() { # ARGUMENT…
    env "${with[@]}" "$DOSSIER" make --quiet --db "$TMP/town.db" --layouts "$TMP/layouts" --out "$TMP/out" "$@" >"$TMP/stdout" 2>"$TMP/stderr"
    code=$?
}
exits() { [ "$code" -eq "$1" ] || fail "exit code $code, expected $1"; }
change() { sqlite3 "$TMP/town.db" "$1" || exit 1; }
ask() { sqlite3 "$TMP/town.db" "$1" || exit 1; }
# The words of a document, in the order in which it is printed: a name may stand in several lines of a cell.
words() { pdftotext -raw "$1" - | tr -d ' \n\f' | sed 's/　//g'; }

# Rows with a name, as words() gives it: names of this township have spaces and control characters in them.
names() { ask "$1" | tr -d ' \001-\011\013-\037'; }

# Who has an archive: in force on the day, and those who left in this term but by graduating or dropping out (marked so).
archived="semester_id = '$semester' AND coalesce(from_date, '') <= '$day'"
in_force="semester_id = '$semester' AND coalesce(from_date, '') <= '$day' AND (to_date IS NULL OR to_date >= '$day')"
