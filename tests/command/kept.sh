# kept.sh, sourced by the tests of what a run keeps: a town whose papers ask for rows far away, for pictures, seals and a font of its own; and what
# such a test says of a run over an earlier one.
. "$ROOT/tests/command/town.sh"
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0

sqlite3 "$TMP/town.db" <<'EOF2'
ALTER TABLE child ADD COLUMN photo TEXT;
ALTER TABLE child ADD COLUMN phone TEXT;
UPDATE child SET photo = 'p' || id || '.jpg', phone = '1390000000' || id;
CREATE TABLE school(id INTEGER PRIMARY KEY, name TEXT, seal TEXT);
CREATE TABLE room(id INTEGER PRIMARY KEY, class TEXT, school_id INTEGER);
CREATE TABLE policy(key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE visit(id INTEGER PRIMARY KEY, child_id INTEGER, day TEXT, words TEXT);
INSERT INTO school VALUES (1, '中心小学', 'one.svg'), (2, '教学点', 'two.svg');
INSERT INTO room VALUES (1, '一（1）班', 1), (2, '二（1）班', 2);
INSERT INTO policy VALUES ('motto', '好好学习'), ('unasked', 'x');
INSERT INTO visit(child_id, day, words) VALUES (1, '2026-09-01', '在家'), (1, '2026-10-01', '外出'), (2, '2026-09-02', '好'), (5, '2026-09-03', '13911112222');
CREATE VIEW place AS SELECT room.class, school.name AS school, school.seal FROM room JOIN school ON school.id = room.school_id;
EOF2
rm "$TMP/layouts/"{award,roll,slip}.yaml
cat >"$TMP/layouts/privacy.yaml" <<'Y'
columns:
  child.name:    {school: full, inspector: full, family: full, public: name}
  child.id_card: {school: full, inspector: id,   family: full, public: nothing}
  child.phone:   {school: full, inspector: phone, family: full, public: nothing}
  child.note:    {school: full, inspector: text, family: full, public: nothing}
  visit.words:   {school: full, inspector: text, family: full, public: nothing}
personal: [id_card, phone]
own: {column: id, children: "SELECT :id AS id"}
rows:
  child: {family: id IN own, public: all}
  visit: {family: child_id IN own, public: all}
  "*": {family: all, public: all}
Y
sed -i 's/^  song: .*/&\n  own: [own.ttf]/; s/^  footer: .*/&\n  loud: {like: body, colour: "#aa0000"}\n  own: {like: body, font: own}/' "$TMP/layouts/theme.yaml"
cp "$(fc-match -f '%{file}' 'LXGW WenKai')" "$TMP/layouts/own.ttf"
cat >"$TMP/layouts/shared.yaml" <<'Y'
queries:
  motto: SELECT value FROM policy WHERE key = 'motto'
blocks:
  motto:
  - text: "校训：{motto.value}"
Y
cat >"$TMP/layouts/paper.yaml" <<'Y'
include: [theme.yaml, shared.yaml]
document: {title: 儿童, for: inspector, each: children, file: "paper/{no}.pdf", index: {number: no}, paper: A5}
queries:
  children: SELECT c.id, c.no, c.name, c.class, c.id_card, c.phone, c.photo, c.note FROM child AS c ORDER BY c.id
  place: SELECT school, seal FROM place WHERE class = :class
  visits: SELECT day, words FROM visit WHERE child_id = :id ORDER BY day
body:
- table:
    widths: 1fr 22mm
    rows: |
      [30mm] {name} {id_card} {phone} {place.school} {note} | {photo|image}
- use: motto
- text: "[.loud 要紧] [.own 字体] {as_of}"
- table:
    widths: 1fr 2fr
    each: visits
    rows: |
      {day} | {words}
- signature:
    name: "{place.school}"
    date: "{as_of|date}"
    seal: {size: 20mm, image: "{place.seal}"}
Y
cat >"$TMP/layouts/list.yaml" <<'Y'
include: [theme.yaml]
document: {title: 名单, for: school, file: list/all.pdf}
queries:
  all: SELECT no, name FROM child ORDER BY no
body:
- table:
    widths: 1fr 2fr
    each: all
    rows: |
      {no} | {name}
Y
cat >"$TMP/layouts/home.yaml" <<'Y'
include: [theme.yaml]
document: {title: 告家长, for: family, each: children, file: "home/{no}.pdf", index: {number: no}, paper: A5}
queries:
  children: SELECT id, no, name FROM child ORDER BY id
  mine: SELECT name, note FROM child
  visits: SELECT day, words FROM visit ORDER BY day
body:
- text: "{name} {mine.note}"
- each: visits
  body:
  - text: "{day} {words}"
Y
cat >"$TMP/layouts/volume.yaml" <<'Y'
include: [theme.yaml]
document: {title: 案卷, for: inspector, each: classes, file: "volume/{class}.pdf", binding: left 15mm}
volume: {parts: paper, by: class, number: footer, at: 10mm 6mm}
queries:
  classes: SELECT DISTINCT class FROM child ORDER BY class
front:
- table:
    widths: 1fr 2fr
    each: parts
    rows: |
      {name} | {page}—{last_page}
Y
cat >"$TMP/layouts/label.yaml" <<'Y'
include: [theme.yaml]
document: {title: 标签, for: inspector, each: classes, file: label/all.pdf}
volume: {parts: paper, by: class}
sheet: {card: 60mm 60mm, paper: A4, grid: 3 4, gap: 2mm}
queries:
  classes: SELECT DISTINCT class FROM child ORDER BY class
front:
- at: 2mm 2mm 50mm
  text: "{class} {volume.pages}页"
Y
# Behind its volumes in the order of names: it takes from them how long they are, and label.yaml measures all that they bind itself.
sed 's/标签/脊签/; s|label/|spine/|' "$TMP/layouts/label.yaml" >"$TMP/layouts/wrap.yaml"
mkdir -p "$TMP/photos"
"$TOWNSHIP" --children 2 --faults none --photos "$TMP/drawn" "$TMP/semester.db" >/dev/null
mapfile -t drawn < <(find "$TMP/drawn" -name '*.jpg' | LC_ALL=C sort)
for name in $(sqlite3 "$TMP/town.db" 'SELECT photo FROM child'); do cp "${drawn[0]}" "$TMP/photos/$name"; done
for name in one two; do
    echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="none" stroke="#c00"/></svg>' >"$TMP/photos/$name.svg"
done

options=()
jobs=1
again() { make_town --jobs "$jobs" "${options[@]}" "$@"; }
files() { (cd "$TMP/out" && find . -type f ! -name .lock -exec stat -c '%i %n' {} + | LC_ALL=C sort -k 2); }
# How many documents were set anew, whatever came of it.
set_anew() {
    local all kept
    all=$(sed -n 's/^\([0-9]*\) documents\?, .*/\1/p' "$TMP/stdout")
    kept=$(sed -n 's/.*, \([0-9]*\) unchanged .*/\1/p' "$TMP/stdout")
    echo $((all - ${kept:-0} + $(sed -n 's/.*(\([0-9]*\) of them made to see it).*/\1/p' "$TMP/stdout" | grep . || echo 0)))
}
# What a run makes where nothing lies; its messages are those of the run before, but for what that had to withdraw (O116).
fresh() {
    cp "$TMP/stderr" "$TMP/told"
    local had=$code
    mv "$TMP/out" "$TMP/kept"
    again --verbose
    [ "$code" -eq "$had" ] || fail "$1: exit code $had, and $code where nothing lay"
    diff <(sed '/O116/,+1d' "$TMP/told") <(sed '/O116/,+1d' "$TMP/stderr") || fail "$1: told otherwise than by a fresh run"
    mv "$TMP/out" "$TMP/fresh"
    mv "$TMP/kept" "$TMP/out"
    diff -r -x .trace "$TMP/fresh" "$TMP/out" || fail "$1: not what a fresh run makes"
    rm -rf "$TMP/fresh"
}
# changed WHAT WRITTEN MADE: of the documents so many are written; so many are set anew to know it ("" for any number).
changed() {
    files >"$TMP/files"
    again --verbose
    made=$(set_anew)
    files | LC_ALL=C grep -vxFf "$TMP/files" | grep -c '\.pdf$' >"$TMP/count"
    [ -z "$2" ] || [ "$(cat "$TMP/count")" -eq "$2" ] || fail "$1: $(cat "$TMP/count") documents written, not $2"
    [ -z "$3" ] || [ "$made" -eq "$3" ] || { cat "$TMP/stdout"; fail "$1: $made documents made, not $3"; }
    fresh "$1"
    again --verbose
    printed '^0 written, '
    [ "$(set_anew)" -eq 0 ] || fail "$1: the run behind it makes something"
}
