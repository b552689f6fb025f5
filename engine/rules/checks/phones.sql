-- phones.sql: numbers by which a family, a school, a carer is reached. adult_phone: 使用 works, 停机 and 已换 don't.

-- K201 note adult_phone.phone 联系电话
-- en: the number still has the area code 0852, which became 0851 with eight digits on 20 December 2014
-- zh: 号码仍用区号 0852（2014年12月20日起为 0851，号码升8位）
-- mend en: ring the number beside it and put that in
-- mend zh: 请拨打所列号码核实后改正
SELECT t.record, t.school_id, n.adult_id || ' ' || n.seq, n.phone, phone_right(n.phone)
FROM adult_phone AS n JOIN adult_at AS t ON t.adult_id = n.adult_id WHERE n.state = '使用' AND phone_fault(n.phone) = 'stale';

-- K202 fault adult_phone.phone 联系电话
-- en: the number can't be one: too few or too many digits, or other characters
-- zh: 号码有误：位数不对，或含有其他字符
-- mend en: ask the family for the number; a landline has its area code in front
-- mend zh: 请向家长核实；固定电话前须有区号
SELECT t.record, t.school_id, n.adult_id || ' ' || n.seq, n.phone, NULL
FROM adult_phone AS n JOIN adult_at AS t ON t.adult_id = n.adult_id
WHERE n.state = '使用' AND n.phone <> '' AND phone_fault(n.phone) NOT IN('stale', 'form');

-- K203 note adult_phone.phone 联系电话
-- en: the number is right but for blanks, full-width digits or +86
-- zh: 号码中有空格、全角数字或 +86
-- mend en: write it as beside
-- mend zh: 请改为所列写法
SELECT t.record, t.school_id, n.adult_id || ' ' || n.seq, n.phone, phone_right(n.phone)
FROM adult_phone AS n JOIN adult_at AS t ON t.adult_id = n.adult_id WHERE n.state = '使用' AND phone_fault(n.phone) = 'form';

-- K204 note adult_phone.state 联系电话状态
-- en: neither parent can be reached: all their numbers are out of service
-- zh: 父母的电话都已停机或已换，联系不上
-- mend en: ask the guardian for the new numbers
-- mend zh: 请向监护人询问新号码
SELECT p.record, p.school_id, p.student_id AS student_id, group_concat(n.phone, ' '), NULL
FROM pupil_at AS p JOIN family AS f ON f.student_id = p.student_id AND f.relation IN('父亲', '母亲', '继父', '继母') AND f.to_date IS NULL
JOIN adult_phone AS n ON n.adult_id = f.adult_id WHERE p.here GROUP BY p.student_id HAVING sum(n.state = '使用') = 0;

-- K205 note adult_phone.phone 联系电话
-- en: the father or the mother, who lives, has no number at all
-- zh: 父亲或母亲健在，没有登记电话
-- mend en: ask the guardian for it; if there is no contact, say so in the record
-- mend zh: 请向监护人询问补录；如无联系，请在登记表中注明
SELECT c.record, c.school_id, a.id, f.relation, NULL
FROM child_at AS c JOIN family AS f ON f.student_id = c.student_id AND f.relation IN('父亲', '母亲') AND f.to_date IS NULL
JOIN adult AS a ON a.id = f.adult_id AND coalesce(a.living, 1)
WHERE NOT EXISTS(SELECT 1 FROM adult_phone AS n WHERE n.adult_id = a.id);

-- K206 note adult_phone.phone 联系电话
-- en: people of different families have one number; the other child's number stands beside it
-- zh: 不同家庭的人用同一号码；另一名学生的编号列在旁边
-- mend en: ask both families whose it is
-- mend zh: 请向两家核实是谁的号码
SELECT t.record, t.school_id, n.adult_id || ' ' || n.seq, n.phone, u.record AS other
FROM (SELECT phone, min(adult_id) AS first FROM phone_near WHERE state = '使用' AND phone <> '' GROUP BY phone HAVING count(DISTINCT adult_id) > 1) AS x
JOIN adult_phone AS n ON n.phone = x.phone AND n.state = '使用' AND n.adult_id > x.first
JOIN adult_at AS t ON t.adult_id = n.adult_id JOIN adult_at AS u ON u.adult_id = x.first
WHERE NOT EXISTS(SELECT 1 FROM family AS f JOIN family AS g ON g.student_id = f.student_id WHERE f.adult_id = x.first AND g.adult_id = n.adult_id);

-- K207 fault school.phone 电话
-- en: the number of a school, teacher, carer or driver can't be one
-- zh: 学校、教职工、代理家长或司机的号码有误
-- mend en: correct it: a mobile number has eleven digits, a landline its area code
-- mend zh: 请改正：手机11位，固定电话带区号
SELECT NULL, s.id, s.id, s.phone, phone_right(s.phone), NULL AS day, 'school.phone' AS place FROM school AS s WHERE s.phone <> '' AND phone_fault(s.phone) <> 'form'
UNION ALL SELECT NULL, s.id, s.id, s.hotline, phone_right(s.hotline), NULL, 'school.hotline' FROM school AS s WHERE s.hotline <> '' AND phone_fault(s.hotline) <> 'form'
UNION ALL SELECT NULL, s.school_id, s.id, s.phone, phone_right(s.phone), NULL, 'staff.phone' FROM staff AS s WHERE s.active AND s.phone <> '' AND phone_fault(s.phone) <> 'form'
UNION ALL SELECT NULL, c.school_id, c.id, c.phone, phone_right(c.phone), NULL, 'carer.phone' FROM carer AS c WHERE c.phone <> '' AND phone_fault(c.phone) <> 'form'
UNION ALL SELECT NULL, NULL, v.id, v.driver_phone, phone_right(v.driver_phone), NULL, 'vehicle.driver_phone' FROM vehicle AS v WHERE v.driver_phone <> '' AND phone_fault(v.driver_phone) <> 'form';

-- K208 note family.emergency_rank 紧急联系人
-- en: who is to be called in an emergency has no number that works
-- zh: 紧急联系人没有能打通的电话
-- mend en: add the number, or name another
-- mend zh: 请补录号码，或另定联系人
SELECT c.record, c.school_id, f.id, f.relation, NULL
FROM child_at AS c JOIN family AS f ON f.student_id = c.student_id AND f.emergency_rank IS NOT NULL AND f.to_date IS NULL
JOIN adult AS a ON a.id = f.adult_id AND coalesce(a.living, 1)
WHERE NOT EXISTS(SELECT 1 FROM adult_phone AS n WHERE n.adult_id = f.adult_id AND n.state = '使用')
  AND NOT (f.relation IN('父亲', '母亲') AND NOT EXISTS(SELECT 1 FROM adult_phone AS n WHERE n.adult_id = f.adult_id));

-- K209 fault adult_phone.phone 联系电话
-- en: nobody of the family has a number that works
-- zh: 全家没有一个能打通的电话
-- mend en: visit the home and write down a number, if need be a neighbour's
-- mend zh: 请家访补录号码，必要时记邻居的
SELECT c.record, c.school_id, c.student_id AS student_id, NULL, NULL
FROM child_at AS c
WHERE NOT EXISTS(SELECT 1 FROM family AS f JOIN adult_phone AS n ON n.adult_id = f.adult_id AND n.state = '使用' WHERE f.student_id = c.student_id AND f.to_date IS NULL);
