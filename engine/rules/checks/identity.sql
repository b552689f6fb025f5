-- identity.sql: ID numbers (GB 11643) and pupils' numbers (学籍号).

-- K101 fault student.id_card 身份证号
-- en: the ID number's last character doesn't fit the other seventeen
-- zh: 身份证号末位校验码与前17位不符
-- mend en: compare it with the household register, digit by digit; the number beside it holds only if the first seventeen do
-- mend zh: 请对照户口簿逐位核对；所列号码只在前17位无误时成立
SELECT p.record, p.school_id, s.id, s.id_card, id_right(s.id_card)
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id WHERE n.id_fault = 'checksum';

-- K102 fault student.id_card 身份证号
-- en: the ID number holds a birth day that doesn't exist
-- zh: 身份证号中的出生日期不存在
-- mend en: compare it with the household register
-- mend zh: 请对照户口簿核对
SELECT p.record, p.school_id, s.id, s.id_card, NULL
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id
WHERE n.id_fault = 'date' AND day_fault(s.birth) IS NULL;

-- K103 fault student.id_card 身份证号
-- en: the ID number isn't of eighteen digits
-- zh: 身份证号不是18位
-- mend en: type it anew from the household register; in a spreadsheet as text, or digits are lost
-- mend zh: 请对照户口簿重新录入；表格中须按文本录入，否则会丢失数位
SELECT p.record, p.school_id, s.id, s.id_card, NULL
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id WHERE s.id_card <> '' AND n.id_fault IN('length', 'old', 'characters');

-- K104 note student.id_card 身份证号
-- en: the ID number is written with a small x, full-width digits or blanks
-- zh: 身份证号用了小写 x、全角数字或空格
-- mend en: write it as the number beside it
-- mend zh: 请改为所列写法
SELECT p.record, p.school_id, s.id, s.id_card, id_right(s.id_card)
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id WHERE n.id_fault = 'form';

-- K105 fault student.birth 出生日期
-- en: the day of birth isn't the one in the ID number
-- zh: 出生日期与身份证号不符
-- mend en: compare both with the household register
-- mend zh: 请对照户口簿核对两者
SELECT p.record, p.school_id, s.id, s.birth, id_birth(s.id_card)
FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id
WHERE s.birth <> substr(s.id_card, 7, 4) || '-' || substr(s.id_card, 11, 2) || '-' || substr(s.id_card, 13, 2) -- cheap: most are right
  AND s.birth <> id_birth(s.id_card) AND coalesce(id_fault(s.id_card), 'form') = 'form' AND day_fault(s.birth) IS NULL
  AND s.id_card NOT IN(SELECT id_card FROM id_twice);

-- K106 fault student.gender 性别 open
-- en: the sex isn't the one in the ID number
-- zh: 性别与身份证号不符
-- mend en: compare both with the household register
-- mend zh: 请对照户口簿核对两者
SELECT p.record, p.school_id, s.id, s.gender, id_sex(s.id_card)
FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id
WHERE s.gender <> id_sex(s.id_card) AND coalesce(id_fault(s.id_card), 'form') = 'form' AND s.id_card NOT IN(SELECT id_card FROM id_twice);

-- K107 note student.id_card 身份证号
-- en: the ID number begins with a region code that the table of regions doesn't know
-- zh: 身份证号开头的行政区划代码不在区划表中
-- mend en: compare it with the household register; if it is right, add the code to the table `region`
-- mend zh: 请对照户口簿核对；如无误，请把该代码补入区划表（region）
SELECT p.record, p.school_id, s.id, substr(s.id_card, 1, 6), NULL
FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id
WHERE id_fault(s.id_card) IS NULL AND substr(s.id_card, 1, 6) NOT IN(SELECT code FROM region);

-- K108 fault student.id_card 身份证号
-- en: two pupils have one ID number; the other's number stands beside it
-- zh: 两名学生身份证号相同；另一名的编号列在旁边
-- mend en: compare both with the household registers; if it is one child that moved, keep one record
-- mend zh: 请分别对照户口簿核对；如是同一人转学，只保留一条记录
SELECT p.record, p.school_id, s.id, s.id_card, q.record AS other
FROM id_twice AS t JOIN student AS s ON s.id_card = t.id_card JOIN pupil_at AS p ON p.student_id = s.id
JOIN pupil_at AS q ON q.student_id = (SELECT min(x.id) FROM student AS x WHERE x.id_card = t.id_card)
WHERE s.id > q.student_id;

-- K109 fault student.student_no 学籍号
-- en: two pupils have one 学籍号; the other's number stands beside it
-- zh: 两名学生学籍号相同；另一名的编号列在旁边
-- mend en: look it up in the national system
-- mend zh: 请在全国学籍系统中核对
SELECT p.record, p.school_id, s.id, s.student_no, q.record AS other
FROM (SELECT student_no, min(id) AS first FROM student WHERE student_no <> '' GROUP BY student_no HAVING count(*) > 1) AS t
JOIN student AS s ON s.student_no = t.student_no AND s.id > t.first JOIN pupil_at AS p ON p.student_id = s.id
JOIN pupil_at AS q ON q.student_id = t.first
WHERE coalesce(s.id_card, '') NOT IN(SELECT id_card FROM id_twice);

-- K110 fault student.id_card 身份证号
-- en: the ID number is missing
-- zh: 没有身份证号
-- mend en: ask the family for the household register; till then the 学籍号 stays provisional (L)
-- mend zh: 请向家长索取户口簿补录；补录前学籍号暂为 L 号
SELECT p.record, p.school_id, s.id, NULL, NULL
FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id WHERE coalesce(s.id_card, '') = '' AND p.here;

-- K111 fault student.student_no 学籍号
-- en: the 学籍号 isn't a G, J or L with eighteen figures
-- zh: 学籍号不是 G、J、L 加18位
-- mend en: look it up in the national system
-- mend zh: 请在全国学籍系统中核对
SELECT p.record, p.school_id, s.id, s.student_no, iif(s.id_card <> '', 'G' || s.id_card, NULL)
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id
WHERE s.student_no <> '' AND n.no_fault IN('length', 'letter', 'characters');

-- K112 fault student.student_no 学籍号
-- en: the 学籍号 isn't G with the child's ID number
-- zh: 学籍号与身份证号不符（应为 G 加身份证号）
-- mend en: look both up in the national system
-- mend zh: 请在全国学籍系统中核对两者
SELECT p.record, p.school_id, s.id, s.student_no, 'G' || s.id_card
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id
WHERE n.no_fault = 'differs' AND s.id_card NOT IN(SELECT id_card FROM id_twice);

-- K113 fault student.student_no 学籍号
-- en: the last figure of the 学籍号 doesn't fit the others
-- zh: 学籍号末位校验码不符
-- mend en: look it up in the national system
-- mend zh: 请在全国学籍系统中核对
SELECT p.record, p.school_id, s.id, s.student_no, NULL
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id WHERE n.no_fault = 'checksum';

-- K114 note student.student_no 学籍号
-- en: the 学籍号 is provisional though the ID number is known
-- zh: 已有身份证号，学籍号仍为临时号（L、J）
-- mend en: apply for the G number in the national system
-- mend zh: 请在全国学籍系统中申请转为 G 号
SELECT p.record, p.school_id, s.id, s.student_no, 'G' || s.id_card
FROM number_at AS n JOIN student AS s ON s.id = n.student_id JOIN pupil_at AS p ON p.student_id = s.id WHERE n.no_fault = 'provisional';

-- K115 fault student.student_no 学籍号
-- en: the 学籍号 is missing
-- zh: 没有学籍号
-- mend en: look it up in the national system
-- mend zh: 请在全国学籍系统中查得后补录
SELECT p.record, p.school_id, s.id, NULL, NULL
FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id JOIN class AS c ON c.id = p.class_id
WHERE coalesce(s.student_no, '') = '' AND p.here AND c.stage <> '幼儿园';

-- K116 fault adult.id_card 身份证号
-- en: the ID number of a family member, teacher or official can't be right
-- zh: 家庭成员、教职工的身份证号有误（位数、日期或校验码）
-- mend en: compare it with the ID card
-- mend zh: 请对照身份证核对
SELECT t.record, t.school_id, a.id, a.id_card, iif(id_fault(a.id_card) IN('checksum', 'form'), id_right(a.id_card), NULL), NULL AS day, 'adult.id_card' AS place
FROM adult AS a JOIN adult_at AS t ON t.adult_id = a.id WHERE a.id_card <> '' AND id_fault(a.id_card) IS NOT NULL
UNION ALL
SELECT NULL, s.school_id, s.id, s.id_card, iif(id_fault(s.id_card) IN('checksum', 'form'), id_right(s.id_card), NULL), NULL, 'staff.id_card'
FROM staff AS s WHERE s.id_card <> '' AND id_fault(s.id_card) IS NOT NULL;

-- K117 note adult.birth 出生日期
-- en: the day of birth or the sex of a family member isn't the one in the ID number
-- zh: 家庭成员的出生日期或性别与身份证号不符
-- mend en: compare them with the ID card
-- mend zh: 请对照身份证核对
SELECT t.record, t.school_id, a.id, a.birth || ' ' || coalesce(a.gender, ''), id_birth(a.id_card) || ' ' || id_sex(a.id_card)
FROM adult AS a JOIN adult_at AS t ON t.adult_id = a.id
WHERE (a.birth <> substr(a.id_card, 7, 4) || '-' || substr(a.id_card, 11, 2) || '-' || substr(a.id_card, 13, 2) OR a.gender <> substr('女男', substr(a.id_card, 17, 1) % 2 + 1, 1)) -- cheap: most are right
  AND id_fault(a.id_card) IS NULL AND (a.birth <> id_birth(a.id_card) OR a.gender <> id_sex(a.id_card));

-- K118 note adult.id_card 身份证号
-- en: two family members have one ID number
-- zh: 两名家庭成员身份证号相同
-- mend en: if it is one person, keep one row, which brothers and sisters share
-- mend zh: 如是同一人，请只保留一条，兄弟姐妹共用
SELECT t.record, t.school_id, a.id, a.id_card, q.record AS other
FROM (SELECT id_card, min(id) AS first FROM adult WHERE id_card <> '' GROUP BY id_card HAVING count(*) > 1) AS x
JOIN adult AS a ON a.id_card = x.id_card AND a.id > x.first JOIN adult_at AS t ON t.adult_id = a.id LEFT JOIN adult_at AS q ON q.adult_id = x.first;

-- K119 fault student.name 姓名
-- en: two pupils of a class have one name and one day of birth; the other's number stands beside it
-- zh: 同班两名学生姓名、出生日期都相同；另一名的编号列在旁边
-- mend en: if it is one child that was entered twice, keep one record
-- mend zh: 如是同一人重复登记，只保留一条记录
SELECT p.record, p.school_id, p.student_id AS student_id, s.name, q.record AS other
FROM (SELECT x.name, x.birth, y.class_id, min(x.id) AS first FROM student AS x JOIN pupil_at AS y ON y.student_id = x.id
      WHERE x.name <> '' AND x.birth <> '' GROUP BY x.name, x.birth, y.class_id HAVING count(*) > 1) AS t
JOIN pupil_at AS p ON p.class_id = t.class_id AND p.student_id > t.first JOIN student AS s ON s.id = p.student_id AND s.name = t.name AND s.birth = t.birth
JOIN pupil_at AS q ON q.student_id = t.first
WHERE coalesce(s.id_card, '') NOT IN(SELECT id_card FROM id_twice);

-- K120 fault student.gender 性别 open
-- en: the sex is neither 男 nor 女, or the day of birth or the name is missing
-- zh: 性别不是男或女，或没有姓名、出生日期
-- mend en: fill it in from the household register
-- mend zh: 请对照户口簿补录
SELECT p.record, p.school_id, s.id, s.gender, NULL
FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id
WHERE p.here AND (coalesce(s.gender, '') NOT IN('男', '女') OR coalesce(s.name, '') = '' OR coalesce(s.birth, '') = '');
