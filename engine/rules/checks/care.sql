-- care.sql: carers, pairings, and what they write down.

-- K601 fault pairing.to_date 结对止日 open
-- en: the pairing is still open though the carer has left
-- zh: 代理家长已离岗，结对还没有结束
-- mend en: end it on the day the carer left, and pair the child anew
-- mend zh: 请按离岗日期结束，另行结对
SELECT p.record, p.school_id, r.id, r.to_date, t.left_on, t.left_on AS day
FROM asked AS a JOIN staff AS t ON NOT coalesce(t.active, 1) OR t.left_on <= a.day JOIN carer AS c ON c.staff_id = t.id
JOIN pairing AS r ON r.carer_id = c.id AND (r.to_date IS NULL OR r.to_date > coalesce(t.left_on, a.day)) AND (r.to_date IS NULL OR r.to_date > a.day)
JOIN pupil_at AS p ON p.student_id = r.student_id;

-- K602 note pairing.from_date 结对 open
-- en: the child had no carer for more than two weeks of a term, between two pairings
-- zh: 两次结对之间，学期中有两周以上没有代理家长
-- mend en: if somebody looked after it, enter the pairing; else say why in the record
-- mend zh: 如当时有人照看，请补录结对；否则请在档案中说明
SELECT p.record, p.school_id, r.id, q.to_date || ' – ' || r.from_date, NULL, r.from_date AS day
FROM pairing AS r JOIN pairing AS q ON q.student_id = r.student_id AND q.is_primary AND q.to_date = (
  SELECT max(x.to_date) FROM pairing AS x WHERE x.student_id = r.student_id AND x.is_primary AND x.to_date < r.from_date)
JOIN semester AS s ON s.starts <= q.to_date AND s.ends >= r.from_date JOIN pupil_at AS p ON p.student_id = r.student_id
WHERE r.is_primary AND julianday(r.from_date) - julianday(q.to_date) > 15
  AND NOT EXISTS(SELECT 1 FROM pairing AS x WHERE x.student_id = r.student_id AND x.is_primary AND x.from_date <= q.to_date AND (x.to_date IS NULL OR x.to_date >= r.from_date))
  AND NOT EXISTS(SELECT 1 FROM enrolment AS e WHERE e.student_id = r.student_id AND e.to_date BETWEEN q.to_date AND r.from_date);

-- K603 note pairing.carer_id 代理家长 open
-- en: a key child has no carer
-- zh: 重点留守儿童没有代理家长
-- mend en: pair it: all key children must be
-- mend zh: 请落实代理家长：重点对象须100%落实
SELECT c.record, c.school_id, c.student_id AS student_id, c.from_date, NULL
FROM asked AS a JOIN child_at AS c ON c.is_key
WHERE NOT EXISTS(SELECT 1 FROM pairing AS p WHERE p.student_id = c.student_id AND (p.is_primary = 1 OR p.role = '代理家长') AND coalesce(p.role, '') NOT IN('包干领导', '同伴')
                 AND p.from_date <= a.day AND (p.to_date IS NULL OR p.to_date >= a.day));

-- K604 fault pairing.is_primary 主要关爱人员 open
-- en: the child has two first carers on the same days
-- zh: 同一时间有两名主要代理家长
-- mend en: leave one of them first, or end the earlier pairing
-- mend zh: 请只留一名为主，或结束前一次结对
SELECT p.record, p.school_id, r.id, r.from_date, NULL, r.from_date AS day
FROM pairing AS r JOIN pairing AS q ON q.student_id = r.student_id AND q.is_primary AND (q.from_date < r.from_date OR q.from_date = r.from_date AND q.id < r.id)
  AND (q.to_date IS NULL OR q.to_date > r.from_date)
JOIN pupil_at AS p ON p.student_id = r.student_id WHERE r.is_primary;

-- K605 fault pairing.share_bp 分担比例 open
-- en: the shares of the child's carers make more than the whole
-- zh: 几名代理家长的分担比例合计超过100%
-- mend en: let the shares of those who share make 10000
-- mend zh: 请使分担的各人合计为10000
SELECT p.record, p.school_id, r.student_id AS student_id, sum(r.share_bp), 10000
FROM asked AS a JOIN pairing AS r ON r.from_date <= a.day AND (r.to_date IS NULL OR r.to_date >= a.day) AND r.is_primary
JOIN pupil_at AS p ON p.student_id = r.student_id GROUP BY r.student_id HAVING sum(r.share_bp) > 10000 AND count(*) = 1;

-- K606 note carer.name 代理家长
-- en: the carer looks after no child
-- zh: 代理家长没有结对的孩子
-- mend en: pair the carer, or take the row out
-- mend zh: 请安排结对，或删去此人
SELECT NULL, c.school_id, c.id, c.name, NULL FROM carer AS c
WHERE NOT EXISTS(SELECT 1 FROM pairing AS p WHERE p.carer_id = c.id) AND c.kind NOT IN('包干领导', '同伴')
  AND c.school_id IN(SELECT k.school_id FROM pupil_at AS k WHERE k.here);

-- K607 note carer.name 代理家长
-- en: the carer looks after more children than the rules allow
-- zh: 代理家长结对人数超过制度规定
-- mend en: pair some of the children with others
-- mend zh: 请把部分孩子另行结对
SELECT NULL, c.school_id, c.id, count(DISTINCT p.student_id), r.value
FROM asked AS a JOIN policy AS r ON r.key = 'carer_load' AND r.valid_from <= a.day AND (r.valid_to IS NULL OR r.valid_to >= a.day)
JOIN pairing AS p ON p.from_date <= a.day AND (p.to_date IS NULL OR p.to_date >= a.day) AND p.is_primary JOIN carer AS c ON c.id = p.carer_id
GROUP BY c.id HAVING count(DISTINCT p.student_id) > CAST(r.value AS INTEGER);

-- K608 note monthly_record.ym 月记录表 open
-- en: the record of a closed month is missing though the child had a carer
-- zh: 已结月份没有月记录表，而当月有代理家长
-- mend en: ask the carer for the form; what wasn't written stays missing, and isn't made up
-- mend zh: 请向代理家长收取；确实没有填的，不要补造
SELECT p.record, p.school_id, l.student_id || ' ' || m.ym, m.ym, NULL, m.period_to AS day
FROM asked AS a CROSS JOIN register_at AS l
CROSS JOIN semester_month AS m ON m.semester_id = a.term AND m.closed_on IS NOT NULL AND m.required AND m.period_to <= a.day AND m.period_to BETWEEN l.from_date AND l.to_date
JOIN pupil_at AS p ON p.student_id = l.student_id
WHERE NOT EXISTS(SELECT 1 FROM monthly_record AS r WHERE r.student_id = l.student_id AND r.ym = m.ym)
  AND EXISTS(SELECT 1 FROM pairing AS r WHERE r.student_id = l.student_id AND r.is_primary AND r.from_date <= m.period_to AND (r.to_date IS NULL OR r.to_date >= m.period_to));

-- K609 fault monthly_record.carer_id 填写人 open
-- en: the monthly record is by somebody who didn't look after the child in that month
-- zh: 月记录表的填写人当月并未与该生结对
-- mend en: correct who wrote it, or enter the pairing
-- mend zh: 请更正填写人，或补录结对
SELECT p.record, p.school_id, r.student_id || ' ' || r.ym || ' ' || r.carer_id, r.ym, NULL, m.period_to AS day
FROM monthly_record AS r JOIN semester_month AS m ON m.ym = r.ym JOIN pupil_at AS p ON p.student_id = r.student_id
WHERE NOT EXISTS(SELECT 1 FROM pairing AS q WHERE q.student_id = r.student_id AND q.carer_id = r.carer_id AND q.from_date <= m.period_to AND (q.to_date IS NULL OR q.to_date >= m.period_from));

-- K610 note care_event.content 记录内容
-- en: one text stands in the records of several children: names and numbers aside it is the same; how many stands beside it
-- zh: 除姓名、数字外完全相同的记录出现在几个孩子名下；人数列在旁边
-- mend en: ask who wrote it what really was talked about with each child
-- mend zh: 请记录人分别写明与各人谈的内容
SELECT c.record, c.school_id, c.id, (SELECT e.content FROM care_event AS e WHERE e.id = c.id), c.children AS other, c.day AS day
FROM (SELECT min(p.record) AS record, p.school_id, min(t.id) AS id, count(DISTINCT t.student_id) AS children, max(e.on_date) AS day
      FROM text_at AS t CROSS JOIN care_event AS e ON e.id = t.id JOIN pupil_at AS p ON p.student_id = t.student_id
      WHERE t.print IN(SELECT print FROM text_at WHERE print IS NOT NULL GROUP BY print HAVING count(*) >= 5)
      GROUP BY t.print HAVING children >= 5) AS c;

-- K611 note care_event.content 记录内容
-- en: a text of this term holds what looks like a phone or an ID number
-- zh: 本学期的文字中像是有电话号码或身份证号
-- mend en: take it out: numbers belong into their own columns, where readers get them masked
-- mend zh: 请删去：号码应填在专门的栏目里，打印时按读者遮盖
SELECT p.record, p.school_id, e.id, v.content, NULL, v.on_date AS day, 'care_event.content' AS place FROM text_at AS e CROSS JOIN care_event AS v ON v.id = e.id JOIN pupil_at AS p ON p.student_id = e.student_id WHERE e.has_numbers
UNION ALL SELECT p.record, p.school_id, e.id, e.content, NULL, e.on_date, 'contact.content'
FROM asked AS a JOIN contact AS e ON e.on_date >= a.starts JOIN pupil_at AS p ON p.student_id = e.student_id WHERE has_numbers(e.content);

-- K612 fault care_event.content 记录内容
-- en: a text of this term holds bytes that are no characters (UTF-8)
-- zh: 本学期的文字中有不成字的字节（不是 UTF-8 编码）
-- mend en: type the text anew; take files in by `dossier intake`, which knows their encoding
-- mend zh: 请重新录入；导入文件请用 dossier intake，它会识别编码
SELECT p.record, p.school_id, e.id, v.content, NULL, v.on_date AS day FROM text_at AS e CROSS JOIN care_event AS v ON v.id = e.id JOIN pupil_at AS p ON p.student_id = e.student_id WHERE e.is_broken;

-- K613 note care_event.on_date 记录数 open
-- en: the child has more than a hundred records in the term
-- zh: 该生本学期的记录超过一百条
-- mend en: see whether some were entered twice
-- mend zh: 请核对是否重复录入
SELECT p.record, p.school_id, p.student_id AS student_id, count(*), NULL
FROM asked AS a CROSS JOIN child_at AS p CROSS JOIN care_event AS e ON e.student_id = p.student_id AND e.on_date BETWEEN a.starts AND a.day
GROUP BY p.student_id HAVING count(*) > 100;

-- K614 note monthly_record.carer_id 填写人 open
-- en: more than three carers wrote a record of one month for the child
-- zh: 同一个月有三名以上代理家长为该生填写记录表
-- mend en: see that each is paired with the child; one record a month is asked for
-- mend zh: 请核对各人是否都与该生结对；制度要求每月一份
SELECT p.record, p.school_id, r.student_id AS student_id, max(r.n), NULL
FROM (SELECT r.student_id, count(*) AS n FROM asked AS a CROSS JOIN semester_month AS m ON m.semester_id = a.term CROSS JOIN monthly_record AS r ON r.ym = m.ym
      GROUP BY r.student_id, r.ym HAVING count(*) > 3) AS r
JOIN pupil_at AS p ON p.student_id = r.student_id GROUP BY r.student_id;

-- K615 note required_item.title 建档必备项 open
-- en: the dossier lacks something that it must hold
-- zh: 档案缺少建档必备的内容
-- mend en: add it; what is known to be none is written 无
-- mend zh: 请补齐；确实没有的写“无”
SELECT c.record, c.school_id, c.student_id || ' ' || i.code, i.title, NULL
FROM asked AS a JOIN required_item AS i ON i.valid_from <= a.day AND (i.valid_to IS NULL OR i.valid_to >= a.day) AND i.code <> 'KEY_CARER' JOIN child_at AS c
WHERE item_state(i.test, c.student_id, a.term, a.day) = 0;

-- K616 fault care_event.carer_id 记录人 open
-- en: the record is by somebody who had left by then
-- zh: 记录日期在记录人离岗之后
-- mend en: correct the day or who it was
-- mend zh: 请更正日期或记录人
SELECT DISTINCT p.record, p.school_id, e.id, e.on_date, NULL, e.on_date AS day
FROM staff AS t JOIN carer AS c ON c.staff_id = t.id JOIN pairing AS q ON q.carer_id = c.id
CROSS JOIN care_event AS e ON e.student_id = q.student_id AND e.on_date > t.left_on AND e.carer_id = c.id JOIN pupil_at AS p ON p.student_id = e.student_id
WHERE t.left_on IS NOT NULL
  AND NOT EXISTS(SELECT 1 FROM pairing AS r WHERE r.student_id = e.student_id AND r.carer_id = c.id AND (r.to_date IS NULL OR r.to_date > t.left_on)); -- that one is told as K601
