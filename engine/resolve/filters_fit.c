/* filters_fit.c: a filter that can't write what a column holds: {birth|phone}, {name|date}.
 *
 * What a column holds is known by its name, as the schema and the queries of layouts call columns. Names that may hold anything (no, kind,
 * value) aren't listed; they are never told. */
#include "resolve/resolver.h"

enum holds { HOLDS_DAY, HOLDS_PHONE, HOLDS_ID, HOLDS_NAME, HOLDS_WORDS, HOLDS_KINDS };

#define DAYS    "date|month-day|year-month|month|hanzi|date-short|8|time|datetime"
#define NUMBERS "fixed|percent|thousands|han|score|tenths|hundredths|cm|kg|yuan|amount|capital|yes-no|box"

static const struct {
    const char *columns; /* parted by |; *_on: all that end so, *phone*: all that have it */
    const char *unfit;   /* filters that can't write it */
    struct str holds;
    const char *fit; /* the filter that can; "": none is needed */
} kinds[HOLDS_KINDS] = {
    [HOLDS_DAY] = {"birth|birthday|on_date|issued_on|from_date|to_date|filled_on|signed_on|出生日期|出生年月|生日",
                   NUMBERS "|phone|id|plate|class|name|semester|image|rich", BOTH_INIT("a day", "日期"), "date"},
    [HOLDS_PHONE] = {"phone|phone2|head_phone|mobile|tel|电话|联系电话|手机|手机号",
                     DAYS "|" NUMBERS "|id|plate|class|name|semester|image|rich",
                     BOTH_INIT("a phone number", "电话号码"), "phone"},
    [HOLDS_ID] = {"id_card|身份证号|身份证", DAYS "|" NUMBERS "|phone|plate|class|name|semester|image|rich",
                  BOTH_INIT("an ID number", "身份证号"), "id"},
    [HOLDS_NAME] = {"name|adult|head|principal|carer|姓名|班主任|校长",
                    DAYS "|" NUMBERS "|phone|id|plate|class|semester|image", BOTH_INIT("a name", "姓名或名称"), ""},
    [HOLDS_WORDS] = {"gender|school|class|village|address|relation|ethnic|性别|学校|班级|村|地址|家庭住址|称谓|民族",
                     DAYS "|" NUMBERS "|phone|id|plate|semester|image", BOTH_INIT("words", "文字"), ""},
};

static bool is_one_of(struct str word, const char *words) {
    for (struct str rest = str_from(words); rest.n > 0;) {
        if (str_eq(str_split(rest, '|', &rest), word)) {
            return true;
        }
    }
    return false;
}

void tell_unfit_filter(struct resolver *resolver, const struct value_ref *ref) {
    const struct filter *filter = ref->filter_count > 0 ? ref->filters[0].filter : NULL;
    for (size_t i = 0; filter != NULL && ref->kind != REF_PREFIX && i < HOLDS_KINDS; i++) {
        if (is_one_of(ref->column, kinds[i].columns) && is_one_of(str_from(filter->name), kinds[i].unfit)) {
            const struct str written =
                ref->query.n > 0 ? str_printf(resolver->arena, "%.*s.%.*s", STR_ARG(ref->query), STR_ARG(ref->column))
                                 : ref->column;
            const struct str mended = str_printf(resolver->arena, "%.*s%s%s", STR_ARG(written),
                                                 kinds[i].fit[0] == '\0' ? "" : "|", kinds[i].fit);
            DIAG_ADD(resolver->diags, R337, ref->filters[0].place, str_from(filter->name), written, kinds[i].holds,
                     mended);
            return;
        }
    }
}
