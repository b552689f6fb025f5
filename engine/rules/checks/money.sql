-- money.sql: bank_card, the cards that awards are paid to. Whoever changed a card has several rows, of which the last counts.

-- K821 fault bank_card.card_no 银行卡号
-- en: the card's number can't be one: other characters than digits, not 16 to 19 of them, or a check digit that doesn't fit
-- zh: 银行卡号有误：含有数字以外的字符，不是16至19位，或末位校验不符
-- mend en: compare it with the card: money sent to it comes back, or to somebody else
-- mend zh: 请对照银行卡核对，否则钱会退回或汇错
SELECT p.record, coalesce(p.school_id, k.school_id, f.school_id), b.id, b.card_no, NULL
FROM bank_card AS b LEFT JOIN pupil_at AS p ON p.student_id = b.student_id LEFT JOIN carer AS k ON k.id = b.carer_id LEFT JOIN staff AS f ON f.id = b.staff_id
WHERE b.card_no <> '' AND card_fault(b.card_no) IS NOT NULL AND NOT EXISTS(SELECT 1 FROM bank_card AS n
  WHERE n.id > b.id AND n.student_id IS b.student_id AND n.carer_id IS b.carer_id AND n.staff_id IS b.staff_id);

-- K822 note bank_card.card_no 银行卡号
-- en: the cards of two holders have one number; the other holder stands beside it
-- zh: 户名不同的两张卡号码相同；另一户名列在旁边
-- mend en: ask both for their cards
-- mend zh: 请分别核对银行卡
SELECT p.record, coalesce(p.school_id, k.school_id, f.school_id), b.id, b.card_no, x.holder
FROM (SELECT card_no, min(id) AS first FROM bank_card WHERE card_no <> '' GROUP BY card_no HAVING count(*) > 1) AS o
JOIN bank_card AS b ON b.card_no = o.card_no AND b.id > o.first JOIN bank_card AS x ON x.id = o.first AND x.holder <> b.holder
LEFT JOIN pupil_at AS p ON p.student_id = b.student_id LEFT JOIN carer AS k ON k.id = b.carer_id LEFT JOIN staff AS f ON f.id = b.staff_id;
