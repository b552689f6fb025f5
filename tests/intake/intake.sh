# intake.sh: what the tests of intake share.
# shellcheck shell=bash disable=SC2034
set -u
fail() {
    echo "$*"
    exit 1
}
# take DB FILE… [OPTION…]: takes files in; its messages in $TMP/stderr, its lines in $TMP/stdout, its exit code in $code.
take() {
    local db=$1
    shift
    "$DOSSIER" intake --db "$db" --as-of 2026-11-25 "$@" >"$TMP/stdout" 2>"$TMP/stderr"
    code=$?
}
exits() { [ "$code" -eq "$1" ] || fail "exit code $code instead of $1: $(cat "$TMP/stdout" "$TMP/stderr")"; }
told() { grep -q -e "$1" "$TMP/stderr" || fail "not told: $1 in: $(cat "$TMP/stderr")"; }
said() { grep -q -e "$1" "$TMP/stdout" || fail "not said: $1 in: $(cat "$TMP/stdout")"; }
ask() { sqlite3 "$@" || fail "can't ask: $*"; }
# A database with the calendar of $1 and its villages, and nobody in it.
empty_like() {
    sqlite3 "$2" <"$ROOT/fixtures/schema.sql" || fail "no schema"
    sqlite3 "$2" "ATTACH '$1' AS d; INSERT INTO township SELECT * FROM d.township; INSERT INTO region SELECT * FROM d.region;
        INSERT INTO policy SELECT * FROM d.policy; INSERT INTO semester SELECT * FROM d.semester;
        INSERT INTO semester_month SELECT * FROM d.semester_month; INSERT INTO holiday SELECT * FROM d.holiday;
        INSERT INTO village SELECT * FROM d.village" || fail "no calendar"
}
