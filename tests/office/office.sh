# office.sh: what the tests of office share.
# shellcheck shell=bash disable=SC2034
set -u
fail() {
    echo "$*"
    exit 1
}
# run WORD…: runs dossier; its messages in $TMP/stderr, its lines in $TMP/stdout, its exit code in $code.
run() {
    "$DOSSIER" "$@" >"$TMP/stdout" 2>"$TMP/stderr"
    code=$?
}
exits() { [ "$code" -eq "$1" ] || fail "exit code $code instead of $1: $(cat "$TMP/stdout" "$TMP/stderr")"; }
told() { grep -q -e "$1" "$TMP/stderr" || fail "not told: $1 in: $(cat "$TMP/stderr")"; }
said() { grep -q -e "$1" "$TMP/stdout" || fail "not said: $1 in: $(cat "$TMP/stdout")"; }
ask() { sqlite3 "$@" || fail "can't ask: $*"; }
# What of a database may not change: all rows of all tables, and the schema.
content() { ask "$1" .dump | cksum; }
copies() { find "$(dirname "$1")" -name "$(basename "$1").backup-*" | wc -l; }
