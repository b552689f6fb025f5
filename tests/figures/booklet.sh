#!/usr/bin/env bash
# booklet.sh DATABASE MONTH: every number of a month's booklet, from the first page to the last, agrees with SQL that is written anew, from
# the tables alone, and run in the sqlite3 shell: none of the schema's views, none of the layout's queries. 建档率 is held against the tests
# that stand in required_item themselves. Wants $ROOT, $DOSSIER and an empty $TMP as tests/run gives them. Who recomputes what:
#
#     head, 本期要目's pages, page numbers   this file (the pages), lists.sql (issue and dates)
#     the sentences of 一 to 十          this file, some of them lists.sql
#     tables and bar charts of 一 to 十  tables.sql: a row a school and the township, sums of lists; this file (the bars)
#     the chart of the months            lists.sql (labels), this file (its points, as they are drawn)
#     lists: 活动 奖励 会议 超员 捐助    lists.sql, record by record
#     十一、十二, news, 本月工作         lists.sql: the words of the database
#     each school's page                 tables.sql (its table), lists.sql (建档率, its chart, its means)
#     colophon                           lists.sql
#
# What has been found is marked on the text; at the end no digit may stand unmarked: a new figure needs its SQL here.
set -eu
export LC_ALL=C.UTF-8
db=$1
month=$2
"$DOSSIER" make booklet --quiet --db "$db" --layouts "$ROOT/layouts" --out "$TMP/out" --month $month >/dev/null
booklet=$(echo "$TMP"/out/*/booklet/$month.pdf)
squeeze() { tr -d ' \f' | sed 's/　//g'; }
pdftotext -raw "$booklet" - | sed -E 's/^\f?— [0-9]+ —$//' | squeeze | tr -d '\n' >"$TMP/text" # without the numbers of the pages, which are counted below

ask() { sqlite3 "$db" "$1"; }
IFS='|' read -r term from to ends starts year <<<"$(ask "SELECT m.semester_id, m.period_from, m.period_to, s.ends, s.starts, s.year_start
    FROM semester_month AS m JOIN semester AS s ON s.id = m.semester_id WHERE m.ym = '$month'")"

on_day="from_date <= '$to' AND (to_date IS NULL OR to_date >= '$to')"
child="(SELECT student_id, is_key FROM left_behind WHERE semester_id = '$term' AND $on_day)"
in_month="on_date BETWEEN '$from' AND '$to'"
paired="(SELECT student_id, is_key FROM $child WHERE student_id IN (SELECT student_id FROM pairing WHERE is_primary = 1 AND $on_day))"
count() { ask "SELECT count(*) FROM $1"; }
of_children() { # TABLE CONDITION: rows of children in force
    ask "SELECT count(*) FROM $1 WHERE $in_month AND $2 AND student_id IN (SELECT student_id FROM $child)"
}
rule() { ask "SELECT value FROM policy WHERE key = '$1' AND valid_from <= '$to' AND (valid_to IS NULL OR valid_to >= '$to') ORDER BY valid_from DESC LIMIT 1"; }
often() { # TABLE CONDITION KEY OF: how many of OF have so many rows in the month as the policy's KEY wants
    ask "SELECT count(*) FROM $4 AS k WHERE (SELECT count(*) FROM $1 WHERE $1.student_id = k.student_id AND $2) >= $(rule "$3")"
}
done_of() { often care_event "$in_month AND kind = '$1'" "$2" "$paired"; }

# A share as the paper writes it: one decimal, half up; 100% only when it is the whole, 0% only when it is nothing.
percent() { # NUMERATOR DENOMINATOR
    if [ "$2" -eq 0 ]; then
        echo —
    elif [ "$1" -eq "$2" ]; then
        echo 100%
    elif [ "$1" -eq 0 ]; then
        echo 0%
    else
        local tenths=$(((2000 * $1 + $2) / (2 * $2)))
        [ $tenths -lt 1000 ] || tenths=999
        echo "$((tenths / 10)).$((tenths % 10))%"
    fi
}

failed=0
says() { # LABEL FIGURE: the first figure behind the label
    local found
    found=$(grep -oE "$1[0-9.]+%?|$1—" "$TMP/text" | head -1 | sed "s/^$1//")
    echo "$1$2" | sed 's/\\//g' >>"$TMP/rows"
    [ "$found" = "$2" ] || { echo "$1: the booklet says '$found', SQL says '$2'"; failed=1; }
}

pupils=$(count "enrolment WHERE $on_day")
children=$(count "$child")
keys=$(count "$child WHERE is_key")
says 有在校学生 "$pupils"
says 其中留守儿童 "$children"
says 其中留守儿童"$children"'人，占' "$(percent "$children" "$pupils")"
says 重点留守儿童 "$keys"

tests=$(ask "SELECT group_concat('coalesce((' || replace(replace(replace(test, ':student', 'asked.student_id'), ':semester', '''$term'''), ':as_of', '''$to''') || '), 1)', ' AND ')
    FROM required_item WHERE valid_from <= '$to' AND (valid_to IS NULL OR valid_to >= '$to')")
says 建档率 "$(percent "$(ask "SELECT count(*) FROM left_behind AS asked WHERE semester_id = '$term' AND $on_day AND $tests")" "$children")"
deadline=$month-$(printf %02d "$(rule due_day)")
aged="school_age WHERE year_start = $year AND birth BETWEEN '$((year - 1 - $(rule school_age_to)))-09-01' AND '$((year - $(rule school_age_from)))-08-31'"
says 入学率 "$(percent "$(count "$aged AND state <> '未入学'")" "$(count "$aged")")"
roll="FROM enrolment WHERE from_date <= '$starts' AND (to_date IS NULL OR to_date >= '$starts')"
says 巩固率 "$(percent "$(ask "SELECT count(*) FROM (SELECT DISTINCT student_id $roll AND NOT (coalesce(out_reason, '') = '辍学' AND coalesce(to_date, '9999') <= '$to'))")" \
    "$(ask "SELECT count(DISTINCT student_id) $roll")")"

pairs=$(count "$paired")
says 结对率 "$(percent "$pairs" "$children")"
says 重点对象代理家长落实率 "$(percent "$(count "$child WHERE is_key AND student_id IN (SELECT student_id FROM pairing WHERE (is_primary = 1 OR role = '代理家长') AND role NOT IN('包干领导', '同伴') AND $on_day)")" "$keys")"
six=0
for item in '谈心 talk_carer' '作业检查 homework' '作业辅导 tutoring' '家访 visit_carer' '亲情晚餐 dinner'; do six=$((six + $(done_of ${item% *} ${item#* }))); done
says 应完成 $((pairs * 5))
says 实际完成 $six
says 项，完成率 "$(percent $six $((pairs * 5)))"
says 项，完成率"$(percent $six $((pairs * 5)) | sed 's/\./\\./')"； "$(ask "SELECT count(*) FROM (SELECT 1 FROM meeting WHERE kind = '代理家长座谈会' AND school_id IS NOT NULL AND $in_month GROUP BY school_id HAVING count(*) >= $(rule meeting_carers))")"
says 座谈会；记录表填写率 "$(percent "$(often monthly_record "ym = '$month'" record "$paired")" "$pairs")"

parent="(adult_id IS NULL OR EXISTS(SELECT 1 FROM family AS f WHERE f.student_id = contact.student_id AND f.adult_id = contact.adult_id AND f.relation IN('父亲', '母亲', '继父', '继母')))"
call="channel IN('电话', '视频') AND ok = 1 AND from_side IN('儿童', '家长') AND $parent"
says 重点对象通话率 "$(percent "$(often contact "$call AND $in_month" call_key "(SELECT * FROM $child WHERE is_key)")" "$keys")"
says 本月孩子与父母通话 "$(of_children contact "$call")"
says 次；书信 "$(of_children contact "channel = '书信'")"
says 本月谈心 "$(of_children care_event "kind = '谈心'")"
says 次，家访 "$(of_children care_event "kind = '家访'")"
says 本月各校开展活动 "$(count "activity WHERE school_id IS NOT NULL AND $in_month")"
says 本月召开会议、举办培训 "$(count "meeting WHERE school_id IS NOT NULL AND $in_month")"
says 乘车留守儿童 "$(count "$child WHERE student_id IN (SELECT student_id FROM ride WHERE semester_id = '$term')")"
says 按时率 "$(percent "$(count "submission WHERE ym = '$month' AND  submitted_at <= '$deadline 23:59:59'")" "$(count "submission WHERE ym = '$month'")")"

# tables.sql and lists.sql. @(n, d) is a share as percent writes it, — where there is no whole.
month=$month tests=$tests perl -0pe 's/\@MONTH/"\x27$ENV{month}\x27"/ge; s/\@REQUIRED/$ENV{tests}/g;
    s/\@DATE\(([\w.]+)\)/CAST(substr($1, 1, 4) AS INTEGER) || \x27年\x27 || \@DAY($1)/g;
    s/\@DAY\(([\w.]+)\)/CAST(substr($1, 6, 2) AS INTEGER) || \x27月\x27 || CAST(substr($1, 9, 2) AS INTEGER) || \x27日\x27/g;
    my $in; $in = qr/(?:[^(),]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+/;
    1 while s/\@\(($in), ($in)\)/(CASE WHEN coalesce($2, 0) = 0 THEN \x27—\x27 WHEN ($1) = 0 THEN \x270%\x27 WHEN ($1) = ($2) THEN \x27100%\x27 ELSE printf(\x27%.1f%%\x27, min(999, (2000 * ($1) + ($2)) \/ (2 * ($2))) \/ 10.0) END)/g' \
    "$ROOT/tests/figures/tables.sql" "$ROOT/tests/figures/lists.sql" >"$TMP/both.sql"
sqlite3 -readonly "$db" <"$TMP/both.sql" | tr -d ' ' | sed 's/　//g' | grep . >"$TMP/asked"
[ "$(wc -l <"$TMP/asked")" -ge 250 ] || { echo "hardly any figures"; exit 1; }
! grep -xE ".{0,4}" "$TMP/asked" || { echo "too short to be found in one place"; exit 1; }
while IFS= read -r row; do
    grep -qF -- "$row" "$TMP/text" || { echo "the booklet doesn't say $row"; failed=1; }
done <"$TMP/asked"

# The chart of the months: its points, as they are drawn between the lines of 0 and of 100.
"$DOSSIER" make booklet --quiet --db "$db" --layouts "$ROOT/layouts" --out "$TMP/out" --month $month --dump >"$TMP/dump"
sed -n '/逐月走势/,/anchor/p' "$TMP/dump" | awk -F'[ ,]+' '/^ *rule/ { low = low ? low : $4; high = $4 }
    /^ *path/ { sub(/.*M/, ""); points = split($0, y, / ?L?[0-9.]+,/); for (i = 2; i <= points; i++) print 100 * (low - y[i]) / (low - high) }' >"$TMP/drawn"
{ echo .output /dev/null; cat "$TMP/both.sql"; printf '%s\n' '.output stdout' 'SELECT 100.0 * n / d FROM trend ORDER BY ym;'; } | sqlite3 -readonly "$db" >"$TMP/rates"
[ "$(wc -l <"$TMP/drawn")" -eq "$(wc -l <"$TMP/rates")" ] || { echo "the chart of the months has $(wc -l <"$TMP/drawn") points, SQL has $(wc -l <"$TMP/rates")"; failed=1; }
paste -d ' ' "$TMP/drawn" "$TMP/rates" | awk '($1 - $2) ^ 2 > 0.0001 { print "a point is drawn at " $1 ", SQL says " $2; bad = 1 } END { exit bad || NR < 2 }' || failed=1

# The bars whose labels the layout words by itself: each is as long as its label says, measured by the longest. They lie where there are
# many, else they stand.
for chart in 留守儿童占在校学生的比例 完成率; do
    sed -n "/$chart（/,/逐月走势\|建档与变动/p" "$TMP/dump" | awk -v chart="$chart" '/^ *fill/ { sub(/.*,[0-9.]+ /, ""); split($0, size, /[x ]/); long = size[1] + 0; high = size[2] + 0 }
        /%" w=/ && long { sub(/.* "/, ""); label[++n] = $0 + 0; wide[n] = long; tall[n] = high; if (long != wide[1]) { lying = 1 } long = 0 }
        END { for (i = 1; i <= n; i++) { bar[i] = lying ? wide[i] : tall[i]; if (bar[i] > most) { most = bar[i]; says = label[i] } }
            for (i = 1; i <= n; i++) { off = bar[i] * says / most - label[i]; if (off > 0.11 || off < -0.11) { print chart ": a bar of " bar[i] * says / most "% says " label[i] "%"; bad = 1 } }
            exit bad || n < 12 }' || failed=1
done

# 本期要目 against the pages, and the numbers of the pages: each bears its own but the colophon and an empty page before it (GB/T 9704, 7.5).
last=$(pdfinfo "$booklet" | sed -n 's/^Pages: *//p')
for ((n = 1; n <= last; n++)); do
    pdftotext -raw -f $n -l $n "$booklet" - | squeeze >"$TMP/page-$n"
    [ $n -eq "$last" ] || { [ $n -eq $((last - 1)) ] && [ ! -s "$TMP/page-$n" ]; } || grep -qx "—$n—" "$TMP/page-$n" || { echo "page $n doesn't bear its number"; failed=1; }
done
grep -oE '[^·]{3,20}·{5,}[0-9]+' "$TMP/text" | sed 's/^.*本期要目//' >"$TMP/contents"
[ "$(wc -l <"$TMP/contents")" -eq 13 ] || { echo "本期要目 hasn't 13 lines"; failed=1; }
while IFS= read -r line; do
    tr -d '\n' <"$TMP/page-${line##*·}" | grep -qF "${line%%·*}" || { echo "本期要目 says $line: it is not there"; failed=1; }
    echo "$line" >>"$TMP/rows"
done <"$TMP/contents"

# What has been found is marked; what bears a digit still has no test.
cat "$TMP/asked" >>"$TMP/rows"
left=$(perl -CS -Mutf8 -Mopen=:std,:utf8 -e 'my ($name, $rows) = @ARGV; local $/; open my $file, "<", $name; my $text = <$file>; open $file, "<", $rows; my $marks = $text;
    for my $row (grep { length } split /\n/, <$file>) { my $at = 0;
        while (($at = index $text, $row, $at) >= 0) { substr($marks, $at, length $row) = " " x length $row; $at++ } }
    while ($marks =~ /[0-9]+/g) { my $from = $-[0] > 15 ? $-[0] - 15 : 0; print substr($text, $from, 15), "[$&]", substr($text, $+[0], 10), "\n" }' "$TMP/text" "$TMP/rows")
[ -z "$left" ] || { echo "numbers of the booklet that no SQL recomputes:"; echo "$left"; failed=1; }
exit $failed
