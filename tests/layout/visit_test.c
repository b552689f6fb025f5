/* visit_test.c: everything that a layout prints is met once, in order, an owner before and behind what it holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "layout/schema.h"
#include "layout/visit.h"

static const char LAYOUT[] = "document: {title: t, file: t/t.pdf}\n"
                             "queries:\n"
                             "  q: SELECT 1 AS a\n"
                             "pages:\n"
                             "  default: {paper: A6, margins: 10mm, footer: \"f1 | f2 | f3\"}\n"
                             "body:\n"
                             "- text: w1\n"
                             "- section: s1\n"
                             "  body:\n"
                             "  - keep:\n"
                             "    - text: w2\n"
                             "  - rule: {}\n"
                             "- each: q\n"
                             "  body:\n"
                             "  - text: \"{a}\"\n"
                             "- columns: 2\n"
                             "  body:\n"
                             "  - preprinted:\n"
                             "    - text: w3\n"
                             "- table:\n"
                             "    widths: 1fr 1fr\n"
                             "    continued: again\n"
                             "    head: \"h1 | h2\"\n"
                             "    each: q\n"
                             "    rows: \"r1 | r2\"\n"
                             "    empty: none\n"
                             "- image: {path: p1, width: 9mm, height: 9mm}\n"
                             "- signature: {name: n1, date: d1, seal: 40mm}\n"
                             "- footnote: w4\n";

struct reading {
    struct arena *arena;
    struct layout_set *set;
};

static struct reading read_layout(const char *text) {
    struct reading reading = {.arena = arena_create()};
    struct diags diags;
    char folder[] = "/tmp/visit-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = str_c(reading.arena, str_printf(reading.arena, "%s/t.yaml", folder));
    const struct str bytes = str_from(text);
    assert_int_equal(file_write(path, bytes.p, bytes.n, false), 0);
    diags_init(&diags, reading.arena);
    reading.set = layouts_read(folder, NULL, 0, &diags);
    unlink(path);
    rmdir(folder);
    assert_non_null(reading.set);
    assert_int_equal(reading.set->count, 1);
    for (size_t i = 0; i < diags.count; i++) {
        const struct str told = diag_format(reading.arena, &diags.items[i], LANGUAGE_ENGLISH, STR_NONE);
        print_message("%.*s", STR_ARG(told));
    }
    assert_false(reading.set->layouts[0]->broken);
    return reading;
}

static void reading_end(struct reading *reading) {
    layouts_destroy(reading->set);
    arena_destroy(reading->arena);
}

/* --- a trace ------------------------------------------------------------------------------------------------------ */

struct trace {
    struct buffer out;
    bool passes_sections; /* what they hold is passed over */
};

static void meets(void *context, const struct block *block) {
    struct trace *trace = context;
    buffer_printf(&trace->out, "%d ", (int)block->place.line);
}

static bool opens(void *context, const struct block *block) {
    struct trace *trace = context;
    if (trace->passes_sections && block->kind == BLOCK_SECTION) {
        return false;
    }
    buffer_add(&trace->out, STR("("));
    return true;
}

static void closes(void *context, const struct block *block) {
    struct trace *trace = context;
    (void)block;
    buffer_add(&trace->out, STR(") "));
}

static void meets_band(void *context, const struct table *table, const struct band *band) {
    struct trace *trace = context;
    buffer_printf(&trace->out, "band%zu ", (size_t)(band - table->bands));
}

static void opens_band(void *context, const struct table *table, const struct band *band) {
    struct trace *trace = context;
    (void)table;
    (void)band;
    buffer_add(&trace->out, STR("["));
}

static void closes_band(void *context, const struct table *table, const struct band *band) {
    struct trace *trace = context;
    (void)table;
    (void)band;
    buffer_add(&trace->out, STR("] "));
}

static void meets_text(void *context, const struct key *key, const struct template *text) {
    struct trace *trace = context;
    for (size_t i = 0; i < text->count; i++) {
        const struct template_line *line = &text->lines[i];
        const struct str words = line->count > 0 ? line->pieces[0].text : STR_NONE;
        buffer_printf(&trace->out, "%s:%.*s ", key != NULL ? key->name : "cell", STR_ARG(words));
    }
}

static void traced(const struct layout *layout, bool passes_sections, const char *expected) {
    struct trace trace = {.passes_sections = passes_sections};
    const struct visitor visitor = {
        .context = &trace,
        .block = meets,
        .open = opens,
        .close = closes,
        .band = meets_band,
        .open_band = opens_band,
        .close_band = closes_band,
        .text = meets_text,
    };
    visit_layout(&visitor, layout);
    buffer_byte(&trace.out, '\0');
    assert_string_equal(trace.out.bytes, expected);
    buffer_release(&trace.out);
}

/* The footer belongs to two kinds of page: the document's own and `default`. */
static void order(void **state) {
    struct reading reading = read_layout(LAYOUT);
    (void)state;
    traced(reading.set->layouts[0], false,
           "cell:f1 cell:f2 cell:f3 cell:f1 cell:f2 cell:f3 7 text:w1 () 8 section:s1 (10 (11 text:w2 () ) 12 () ) "
           "13 (15 text: () ) 16 (18 (19 text:w3 () ) ) "
           "20 continued:again (band0 [cell:h1 cell:h2 ] band1 empty:none [cell:r1 cell:r2 ] ) "
           "27 path:p1 () 28 name:n1 date:d1 () 29 footnote:w4 () ");
    reading_end(&reading);
}

static void passed_over(void **state) {
    struct reading reading = read_layout("document: {title: t, file: t/t.pdf}\n"
                                         "body:\n"
                                         "- section: s1\n"
                                         "  body:\n"
                                         "  - text: w1\n"
                                         "- text: w2\n");
    (void)state;
    traced(reading.set->layouts[0], true, "3 section:s1 6 text:w2 () ");
    reading_end(&reading);
}

/* A visitor without callbacks walks too. */
static void nobody_looks(void **state) {
    struct reading reading = read_layout(LAYOUT);
    const struct visitor visitor = {0};
    (void)state;
    visit_layout(&visitor, reading.set->layouts[0]);
    reading_end(&reading);
}

static void has(void **state) {
    struct reading reading = read_layout(LAYOUT);
    const struct layout *layout = reading.set->layouts[0];
    (void)state;
    assert_true(layout_has(layout, BLOCK_TEXT));
    assert_true(layout_has(layout, BLOCK_PREPRINTED));
    assert_true(layout_has(layout, BLOCK_FOOTNOTE));
    assert_false(layout_has(layout, BLOCK_CHART));
    reading_end(&reading);
}

/* Cards have a front and a back, and no body. */
static void front_and_back(void **state) {
    struct reading reading = read_layout("document: {title: t, file: t/t.pdf}\n"
                                         "sheet: {card: 90mm 54mm, paper: A4, grid: 2 5}\n"
                                         "front:\n"
                                         "- text: w1\n"
                                         "back:\n"
                                         "- rule: {}\n");
    (void)state;
    traced(reading.set->layouts[0], false, "4 text:w1 () 6 () ");
    assert_true(layout_has(reading.set->layouts[0], BLOCK_RULE));
    reading_end(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),          cmocka_unit_test(passed_over), cmocka_unit_test(nobody_looks),
        cmocka_unit_test(front_and_back), cmocka_unit_test(has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
