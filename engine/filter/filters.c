/* filters.c: the table of filters. A row's examples are its documentation and its test. */
#include "filter/filter.h"
#include "filter/writers.h"

#define EXAMPLES(...) ((const struct filter_example[]){__VA_ARGS__, {NULL, NULL, NULL}})

static const struct filter filters[] = {
    /* days, months, times */
    {"date", "a day: 2026年11月23日", "", PRINTS_TEXT, filter_date, NULL,
     EXAMPLES({"", "2026-11-23", "2026年11月23日"}, {"", "2026-03-05", "2026年3月5日"})},
    {"month-day", "a day without its year", "", PRINTS_TEXT, filter_month_day, NULL,
     EXAMPLES({"", "2026-11-03", "11月3日"})},
    {"year-month", "the month of a day or month, with its year", "", PRINTS_TEXT, filter_year_month, NULL,
     EXAMPLES({"", "2026-11", "2026年11月"}, {"", "2026-11-23", "2026年11月"})},
    {"month", "the month of a day or month", "", PRINTS_TEXT, filter_month, NULL, EXAMPLES({"", "2026-11", "11月"})},
    {"hanzi", "a day in Chinese numerals, for certificates", "", PRINTS_TEXT, filter_date_han, NULL,
     EXAMPLES({"", "2026-11-23", "二〇二六年十一月二十三日"}, {"", "2030-10-10", "二〇三〇年十月十日"},
              {"", "2026-11", "二〇二六年十一月"})},
    {"date-short", "a day for narrow columns", "", PRINTS_TEXT, filter_date_short, NULL,
     EXAMPLES({"", "2026-11-23", "2026.11.23"}, {"", "2026-03-05", "2026.3.5"})},
    {"8", "a day in eight digits, as lists of files want it", "", PRINTS_TEXT, filter_date_digits, NULL,
     EXAMPLES({"", "2026-11-23", "20261123"})},
    {"time", "the time of day", "", PRINTS_TEXT, filter_time, NULL,
     EXAMPLES({"", "2026-11-23 08:30:00", "08:30"}, {"", "16:05", "16:05"})},
    {"datetime", "a day and its time", "", PRINTS_TEXT, filter_datetime, NULL,
     EXAMPLES({"", "2026-11-23 08:30:00", "2026年11月23日08:30"})},
    {"semester", "a term's key in words", "", PRINTS_TEXT, filter_semester, NULL,
     EXAMPLES({"", "2026-2027-1", "2026—2027学年度第一学期"})},
    /* figures */
    {"fixed", "a number with so many decimals, rounded half up", "digits", PRINTS_TEXT, filter_fixed,
     filter_check_decimals,
     EXAMPLES({"2", "42.857142857", "42.86"}, {"1", "0.25", "0.3"}, {"0", "2.5", "3"}, {"1", "7", "7.0"})},
    {"percent", "a share of 1, or of the whole that is given, with one decimal; 100% only when it is exactly the whole",
     "[whole]", PRINTS_TEXT, filter_percent, filter_check_whole,
     EXAMPLES({"", "0.473", "47.3%"}, {"", "0.5", "50.0%"}, {"", "1", "100%"}, {"", "0.9996", "99.9%"},
              {"10000", "4735", "47.4%"}, {"", "999/1000", "99.9%"}, {"", "2/3", "66.7%"}, {"", "0/0", "—"})},
    {"thousands", "a number with its digits in threes", "", PRINTS_TEXT, filter_thousands, NULL,
     EXAMPLES({"", "1234567", "1,234,567"}, {"", "-1234.5", "-1,234.5"})},
    {"han", "a count in Chinese numerals", "", PRINTS_TEXT, filter_han, NULL,
     EXAMPLES({"", "12", "十二"}, {"", "105", "一百零五"}, {"", "0", "零"}, {"", "10010", "一万零一十"})},
    {"han-digits", "digits one by one, as in years", "", PRINTS_TEXT, filter_han_digits, NULL,
     EXAMPLES({"", "2026", "二〇二六"})},
    {"score", "tenths of a point, without a needless zero", "", PRINTS_TEXT, filter_score, NULL,
     EXAMPLES({"", "955", "95.5"}, {"", "950", "95"})},
    {"tenths", "tenths, with one decimal", "", PRINTS_TEXT, filter_tenths, NULL,
     EXAMPLES({"", "955", "95.5"}, {"", "950", "95.0"})},
    {"hundredths", "hundredths, with two decimals", "", PRINTS_TEXT, filter_hundredths, NULL,
     EXAMPLES({"", "4286", "42.86"})},
    {"cm", "millimetres as centimetres", "", PRINTS_TEXT, filter_score, NULL, EXAMPLES({"", "1284", "128.4"})},
    {"kg", "grams as kilograms", "", PRINTS_TEXT, filter_kilograms, NULL, EXAMPLES({"", "26500", "26.5"})},
    /* money */
    {"yuan", "fen as yuan, with its sign", "", PRINTS_TEXT, filter_yuan, NULL,
     EXAMPLES({"", "13000", "¥130.00"}, {"", "5", "¥0.05"})},
    {"amount", "fen as yuan, the figure alone", "", PRINTS_TEXT, filter_amount, NULL,
     EXAMPLES({"", "13000", "130.00"})},
    {"capital", "fen in capital numerals", "", PRINTS_TEXT, filter_capital, NULL,
     EXAMPLES({"", "13000", "壹佰叁拾元整"}, {"", "10550", "壹佰零伍元伍角整"}, {"", "5", "伍分"})},
    /* names, and numbers that are names */
    {"phone", "a phone number in its groups", "", PRINTS_TEXT, filter_phone, NULL,
     EXAMPLES({"", "15412345678", "154\u202F1234\u202F5678"}, {"", "154****5678", "154\u202F****\u202F5678"},
              {"", "085128201234", "0851-28201234"})},
    {"id", "an ID number in its groups", "", PRINTS_TEXT, filter_id, NULL,
     EXAMPLES({"", "52039920160308003X", "520399\u202F20160308\u202F003X"})},
    {"plate", "a car's number with its point", "", PRINTS_TEXT, filter_plate, NULL,
     EXAMPLES({"", "贵C12345", "贵C·12345"})},
    {"class", "a class with Chinese brackets", "", PRINTS_TEXT, filter_class, NULL,
     EXAMPLES({"", "六(5)班", "六（5）班"}, {"", "0801班", "0801班"})},
    {"name", "names of two characters as wide as those of three", "", PRINTS_TEXT, filter_name, NULL,
     EXAMPLES({"", "张三", "张　三"}, {"", "李小明", "李小明"})},
    {"yes-no", "1 and 0 as 是 and 否", "", PRINTS_TEXT, filter_yes_no, NULL,
     EXAMPLES({"", "1", "是"}, {"", "0", "否"})},
    {"box", "1 and 0 as a tick and an empty box", "", PRINTS_TEXT, filter_box, NULL,
     EXAMPLES({"", "1", "√"}, {"", "0", "□"})},
    {"trim", "without white space at both ends", "", PRINTS_TEXT, filter_trim, NULL,
     EXAMPLES({"", " 　云岭 ", "云岭"})},
    {"upper", "Latin letters as capitals", "", PRINTS_TEXT, filter_upper, NULL,
     EXAMPLES({"", "52039920160308003x", "52039920160308003X"})},
    /* for compose: paragraphs with a look of their own, pictures */
    {"rich", "paragraphs in a small part of XHTML: p br b i u ul ol table ruby", "", PRINTS_RICH, filter_as_it_is, NULL,
     EXAMPLES({"", "<p>按时到校，<b>无缺勤</b>。</p>", "<p>按时到校，<b>无缺勤</b>。</p>"})},
    {"image", "the picture whose path this is", "", PRINTS_PICTURE, filter_as_it_is, NULL,
     EXAMPLES({"", "photos/0012.jpg", "photos/0012.jpg"})},
};

#define COUNT (sizeof filters / sizeof filters[0])

const struct filter *filter_find(struct str name) {
    for (size_t i = 0; i < COUNT; i++) {
        if (str_is(name, filters[i].name)) {
            return &filters[i];
        }
    }
    return NULL;
}

const struct filter *filter_at(size_t index) {
    return index < COUNT ? &filters[index] : NULL;
}
