/* replacements.c: papers come in the order of their places: each run of them is a sheet. */
#include "sheet/replacements.h"

#include <string.h>

#include "sheet/internal.h"
#include "sheet/workbook.h"

enum { TITLE, HEADINGS, FIRST_ROW };

/* What stands behind the index's columns. */
static const struct sheet_column printed[] = {{.heading = STR_INIT("已印版次"), .kind = COLUMN_NUMBER, .width = 10},
                                              {.heading = STR_INIT("打印日期"), .kind = COLUMN_DAY, .width = 13},
                                              {.heading = STR_INIT("换发日期"), .kind = COLUMN_DAY, .width = 13},
                                              {.heading = STR_INIT("领取人签名"), .width = 16}};
enum { EDITION, DAY, PRINTED = sizeof printed / sizeof *printed, INDEX_WIDTH = 20 };

static size_t end_of_place(const struct replacement *papers, size_t from, size_t count) {
    size_t to = from;
    while (to < count && str_eq(papers[to].place, papers[from].place)) {
        to++;
    }
    return to;
}

/* card/云岭镇中心学校.pdf: the school. */
static struct str name_of_place(struct str place) {
    size_t at = place.n;
    while (at > 0 && place.p[at - 1] != '/') {
        at--;
    }
    const struct str name = str_slice(place, at, place.n);
    return str_ends(name, STR(".pdf")) ? str_slice(name, 0, name.n - strlen(".pdf")) : name;
}

static void put_paper(struct workbook_out *book, size_t row, const struct replacement *paper) {
    for (size_t i = 0; i < paper->count; i++) {
        sheet_put(book, row, i, paper->texts[i], LOOK_PLAIN);
    }
    sheet_put(book, row, paper->count + EDITION, paper->edition, LOOK_PLAIN);
    sheet_put(book, row, paper->count + DAY, paper->day, LOOK_PLAIN);
}

static const struct sheet_column *columns_of(struct arena *arena, const struct replacement *paper) {
    struct sheet_column *columns = ARENA_ARRAY(arena, struct sheet_column, paper->count + PRINTED);
    for (size_t i = 0; i < paper->count; i++) {
        columns[i] = (struct sheet_column){.heading = paper->keys[i], .width = INDEX_WIDTH};
    }
    memcpy(columns + paper->count, printed, sizeof printed);
    return columns;
}

static void put_place(struct arena *arena, struct workbook_out *book, struct str name, struct str day,
                      const struct replacement *papers, size_t count) {
    sheet_begin(book, &(struct sheet_shape){.name = name,
                                            .columns = columns_of(arena, papers),
                                            .count = papers->count + PRINTED,
                                            .heading = HEADINGS,
                                            .rows = count});
    sheet_put_as(book, TITLE, 0,
                 str_printf(arena, "打印以后内容有变、需更换的 %zu 件（截至 %.*s）", count, STR_ARG(day)), COLUMN_TEXT,
                 LOOK_PLAIN);
    for (size_t i = 0; i < count; i++) {
        put_paper(book, FIRST_ROW + i, &papers[i]);
    }
}

bool replacements_write(struct arena *arena, const char *path, struct str day, const struct replacement *papers,
                        size_t count, struct diags *diags) {
    struct workbook_out *book = workbook_begin(arena, path, day);
    struct sheet_names taken = {.arena = arena};
    if (count == 0) {
        const struct str none[] = {str_printf(arena, "没有需更换的证件（截至 %.*s）", STR_ARG(day))};
        sheet_text(book, STR("需更换"), none, 1);
    }
    for (size_t from = 0; from < count;) {
        const size_t to = end_of_place(papers, from, count);
        put_place(arena, book, sheet_name(&taken, name_of_place(papers[from].place)), day, papers + from, to - from);
        from = to;
    }
    const int error = workbook_end(book);
    if (error != 0) {
        DIAG_ADD(diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
    }
    return error == 0;
}
