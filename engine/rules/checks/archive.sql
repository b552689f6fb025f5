-- archive.sql: pictures, examinations.

-- K801 fault student.photo_path 照片 open
-- en: the picture isn't in the folder of pictures
-- zh: 照片文件不在照片文件夹中
-- mend en: put the file there, or correct its name
-- mend zh: 请放入照片文件，或更正文件名
SELECT p.record, p.school_id, s.id, s.photo_path, NULL FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id WHERE p.here AND photo_fault(s.photo_path) = 'missing';

-- K802 fault student.photo_path 照片 open
-- en: the picture is cut off, or no JPEG, PNG or WebP
-- zh: 照片文件不完整，或不是 JPEG、PNG、WebP
-- mend en: copy it anew from the camera or scanner
-- mend zh: 请从相机或扫描仪重新复制
SELECT p.record, p.school_id, s.id, s.photo_path, NULL FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id WHERE p.here AND photo_fault(s.photo_path) IN('cut', 'format');

-- K803 fault student.photo_path 照片 open
-- en: the picture's path leads out of the folder of pictures
-- zh: 照片路径指到了照片文件夹之外
-- mend en: write the file's name as it stands in the folder
-- mend zh: 请只写文件夹内的文件名
SELECT p.record, p.school_id, s.id, s.photo_path, NULL FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id WHERE p.here AND photo_fault(s.photo_path) = 'outside';

-- K804 note student.photo_path 照片 open
-- en: a left-behind child has no picture
-- zh: 留守儿童没有照片
-- mend en: take one: dossier and card have a place for it
-- mend zh: 请补拍：档案和联系卡都要用
SELECT c.record, c.school_id, c.student_id AS student_id, NULL, NULL FROM child_at AS c JOIN student AS s ON s.id = c.student_id WHERE coalesce(s.photo_path, '') = '';

-- K811 note mark.state 成绩 open
-- en: nobody of a class has a mark in a final examination
-- zh: 全班期末考试都没有成绩
-- mend en: enter the marks; if the class wasn't examined, set this aside by --accept
-- mend zh: 请补录成绩；如该班确实没有考试，可用 --accept 存为已核
SELECT NULL, c.school_id, r.class_id || ' ' || x.id, t.display || ' ' || x.held_on, NULL, x.held_on AS day
FROM exam AS x JOIN exam_result AS r ON r.exam_id = x.id JOIN class AS c ON c.id = r.class_id LEFT JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = x.semester_id
WHERE x.kind = '期末' GROUP BY x.id, r.class_id HAVING count(r.total_x10) = 0;

-- K812 note exam_result.class_rank 名次 open
-- en: more than five pupils of a class are among the first five, as several share the last of these places
-- zh: 班级前五名因并列超过五人
-- mend en: nothing to mend: all of them are awarded; see that the sum for awards suffices
-- mend zh: 无须更改：并列的都获奖；请核对奖金总额
SELECT NULL, c.school_id, r.class_id || ' ' || x.id, t.display || ' ' || x.held_on, NULL, x.held_on AS day
FROM asked AS a JOIN exam AS x ON x.kind = '期末' AND x.semester_id >= (a.year_start - 1) || '-' JOIN exam_result AS r ON r.exam_id = x.id AND r.class_rank <= 5
JOIN class AS c ON c.id = r.class_id LEFT JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = x.semester_id
GROUP BY x.id, r.class_id HAVING count(*) > 5;

-- K813 fault mark.score_x10 成绩
-- en: there is a mark without a result, a result without a mark, or more than the full mark
-- zh: 有成绩却不是“正常”，“正常”却没有成绩，或超过满分
-- mend en: compare it with the mark sheet
-- mend zh: 请对照成绩册核对
SELECT p.record, p.school_id, k.exam_id || ' ' || k.student_id || ' ' || k.subject, k.state || ' ' || coalesce(k.score_x10, ''), b.full_x10 AS other
FROM mark AS k JOIN pupil_at AS p ON p.student_id = k.student_id LEFT JOIN exam_subject AS b ON b.exam_id = k.exam_id AND b.subject = k.subject
WHERE (k.state = '正常') <> (k.score_x10 IS NOT NULL) OR k.score_x10 > b.full_x10 OR k.score_x10 < 0;
