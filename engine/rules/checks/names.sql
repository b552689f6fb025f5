-- names.sql: names, character by character. They are never normalised, nor is one told twice. `named` (scope.sql) holds all persons.

-- K301 fault student.name 姓名
-- en: a character of the name was lost: □, ?, * or U+FFFD stands in its place
-- zh: 姓名中有字丢失，成了□、?、*等
-- mend en: type the character anew from the household register
-- mend zh: 请对照户口簿重新录入该字
SELECT record, school_id, id, name, NULL, NULL AS day, place FROM named WHERE name_fault(name) = 'lost';

-- K302 fault student.name 姓名
-- en: a rare character is kept as a private code point, which no font shows
-- zh: 姓名中的生僻字用了造字区编码，印不出来
-- mend en: put in the character that stands beside it; if none does, compare with the household register
-- mend zh: 请改为所列的字；没有列出的，请对照户口簿
SELECT record, school_id, id, name, name_right(name), NULL AS day, place FROM named WHERE name_fault(name) = 'private';

-- K303 fault student.name 姓名
-- en: a character of the name is described by its parts (⿰ and the like) instead of written
-- zh: 姓名中的字用了拆字描述（⿰等），没有写出
-- mend en: type the character itself: all of the national table can be typed and printed
-- mend zh: 请录入该字本身，通用规范汉字表的字都能录入和打印
SELECT record, school_id, id, name, NULL, NULL AS day, place FROM named WHERE name_fault(name) = 'described';

-- K304 fault student.name 姓名
-- en: the name holds a character that nobody sees: a control or zero-width character
-- zh: 姓名中有看不见的控制字符或零宽字符
-- mend en: put in the name that stands beside it
-- mend zh: 请改为所列写法
SELECT record, school_id, id, name, name_right(name), NULL AS day, place FROM named WHERE name_fault(name) = 'hidden';

-- K305 note student.name 姓名
-- en: the name has a dot other than ·, or blanks in it
-- zh: 姓名间隔号不是“·”，或含有空格
-- mend en: put in the name that stands beside it; layouts pad short names by themselves
-- mend zh: 请改为所列写法；两字名的空格由版式加
SELECT record, school_id, id, name, name_right(name), NULL AS day, place FROM named WHERE name_fault(name) IN('dot', 'blank');

-- K306 note student.name 姓名
-- en: the name is of one character, of more than twenty, or holds letters, digits or signs
-- zh: 姓名只有一个字、超过二十个字，或含有字母、数字、符号
-- mend en: compare it with the household register; if it is so, set this aside by --accept
-- mend zh: 请对照户口簿核对；如确是如此，可用 --accept 存为已核
SELECT record, school_id, id, name, NULL, NULL AS day, place FROM named WHERE name <> '' AND name_fault(name) IN('short', 'long', 'strange');
