/* volume_test.c: how documents are shared out among volumes, where they begin, which pages are counted, what bookmarks and
 * links become. What is printed on the pages stands in the goldens of tests/volume. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/length.h"
#include "bindery/bindery.h"

#define LIMIT 16

static struct document *document_of(struct arena *arena, size_t pages, bool duplex) {
    struct document *document = document_create_in(arena);
    document->duplex = duplex;
    for (size_t i = 0; i < pages; i++) {
        document_add_page(document, MM(210), MM(297));
    }
    return document;
}

static size_t measure_and_share(const struct volume_plan *plan, struct bound_part *parts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bind_measure(&parts[i]);
    }
    return bind_share(plan, parts, count);
}

static void share_equals(struct arena *arena, int32_t sheets, const size_t *pages, const size_t *volumes,
                         size_t count) {
    struct bound_part parts[LIMIT] = {0};
    const struct volume_plan plan = {.duplex = true, .sheets = sheets};
    for (size_t i = 0; i < count; i++) {
        parts[i].document = document_of(arena, pages[i], true);
    }
    assert_int_equal(measure_and_share(&plan, parts, count), volumes[count - 1] + 1);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(parts[i].volume, volumes[i]);
    }
}

static void a_volume_is_parted_between_documents(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    share_equals(arena, 4, (size_t[]){3, 4, 2}, (size_t[]){0, 0, 1}, 3);       /* 2 + 2 sheets fill it */
    share_equals(arena, 4, (size_t[]){2, 7, 1, 8}, (size_t[]){0, 1, 2, 3}, 4); /* 1, 4, 1, 4 */
    share_equals(arena, 4, (size_t[]){2, 20, 2}, (size_t[]){0, 1, 2}, 3);      /* larger than a volume: its own */
    share_equals(arena, 0, (size_t[]){90, 90}, (size_t[]){0, 0}, 2);           /* no limit */
    arena_destroy(arena);
}

static void pages_count_anew_in_each_volume(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct bound_part parts[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        parts[i].document = document_of(arena, 3, true);
    }
    parts[0].document->pages[1]->number = 0; /* blank */
    const struct volume_plan plan = {.duplex = true, .sheets = 4};
    assert_int_equal(measure_and_share(&plan, parts, 3), 2);
    assert_int_equal(parts[0].page, 1);
    assert_int_equal(parts[0].pages, 2);
    assert_int_equal(parts[0].sheets, 2);
    assert_int_equal(parts[1].page, 3);
    assert_int_equal(parts[2].page, 1);
    assert_int_equal(parts[2].volume, 1);
    arena_destroy(arena);
}

static void numbers_equal(const struct document *document, const int32_t *numbers, size_t count) {
    assert_int_equal(document->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(document->pages[i]->number, numbers[i]);
    }
}

static void all_begin_on_a_recto(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct document *into = document_create_in(arena);
    struct bound_part parts[2] = {{.document = document_of(arena, 3, true)}, {.document = document_of(arena, 2, true)}};
    const struct volume_plan plan = {.duplex = true};
    const struct volume volume = {.front = document_of(arena, 1, true),
                                  .back = document_of(arena, 1, true),
                                  .parts = parts,
                                  .count = measure_and_share(&plan, parts, 2) + 1};
    bind_volume(into, &plan, &volume);
    numbers_equal(into, (int32_t[]){0, 0, 1, 2, 3, 0, 4, 5, 0}, 9);
    assert_true(into->duplex);
    assert_true(str_is(into->pages[0]->label, "—"));
    assert_true(str_is(into->pages[7]->label, "5"));
    bind_volume(into, &plan, &(struct volume){.back = document_of(arena, 1, true)});
    assert_int_equal(into->count, 11); /* a second volume begins on a recto too */
    arena_destroy(arena);
}

static void one_side_only_keeps_its_backs_blank(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct document *into = document_create_in(arena);
    struct bound_part parts[2] = {{.document = document_of(arena, 2, false)},
                                  {.document = document_of(arena, 1, true)}};
    const struct volume_plan plan = {.duplex = true};
    measure_and_share(&plan, parts, 2);
    assert_int_equal(parts[0].sheets, 2);
    bind_volume(into, &plan, &(struct volume){.parts = parts, .count = 2});
    numbers_equal(into, (int32_t[]){1, 0, 2, 0, 3}, 5);
    arena_destroy(arena);
}

/* --- bookmarks and links ------------------------------------------------------------------------------------------ */

static struct document *document_with_heading(struct arena *arena) {
    struct document *document = document_of(arena, 1, true);
    struct canvas canvas = canvas_of_page(document, document->pages[0]);
    canvas_add(&canvas, MARK_LINK, 0, 0)->link = (struct mark_link){.anchor = STR("h1")};
    struct canvas inside = canvas_group(&canvas, 0, 0, MATRIX_IDENTITY, NULL);
    canvas_add(&inside, MARK_ANCHOR, 0, 0)->anchor =
        (struct mark_anchor){.name = STR("h1"), .title = STR("一、基本情况"), .level = 1};
    canvas_add(&canvas, MARK_ANCHOR, 0, 0)->anchor = (struct mark_anchor){.name = STR("spot")};
    return document;
}

static void bookmarks_stand_below_their_documents(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct document *into = document_create_in(arena);
    struct bound_part parts[2] = {{.document = document_with_heading(arena), .title = STR("王小明")},
                                  {.document = document_with_heading(arena), .title = STR("李小红")}};
    const struct volume_plan plan = {.duplex = true};
    const struct volume volume = {
        .parts = parts, .count = 2, .title = STR("第一卷"), .prefix = STR("1-"), .back = document_of(arena, 1, true)};
    measure_and_share(&plan, parts, 2);
    bind_volume(into, &plan, &volume);

    const struct mark *marks = into->pages[0]->marks.items;
    assert_int_equal(marks[0].anchor.level, 1);
    assert_true(str_is(marks[0].anchor.title, "第一卷"));
    assert_int_equal(marks[1].anchor.level, 2);
    assert_true(str_is(marks[1].anchor.title, "王小明"));
    assert_int_equal(marks[3].group.marks.items[0].anchor.level, 3);
    assert_int_equal(marks[4].anchor.level, 0);
    assert_true(str_is(into->pages[2]->label, "1-2"));

    const struct mark *second = into->pages[2]->marks.items;
    assert_true(str_eq(second[1].link.anchor, second[2].group.marks.items[0].anchor.name));
    assert_false(str_eq(second[1].link.anchor, marks[2].link.anchor));
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_volume_is_parted_between_documents),
        cmocka_unit_test(pages_count_anew_in_each_volume),
        cmocka_unit_test(all_begin_on_a_recto),
        cmocka_unit_test(one_side_only_keeps_its_backs_blank),
        cmocka_unit_test(bookmarks_stand_below_their_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
