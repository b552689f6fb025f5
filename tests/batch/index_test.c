/* index_test.c: index.html: a table for each folder, a row for each record, a link to the page that it begins on; and nothing of the
 * data becomes markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch/index.h"

struct page {
    struct arena *arena;
    struct manifest manifest;
    struct buffer out;
};

static int setup(void **state) {
    struct arena *arena = arena_create();
    struct page *page = ARENA_NEW(arena, struct page);
    page->arena = arena;
    manifest_init(&page->manifest, arena, STR("2026-2027-1"), STR("2026-11-25"));
    *state = page;
    return 0;
}

static int teardown(void **state) {
    struct page *page = *state;
    buffer_release(&page->out);
    arena_destroy(page->arena);
    return 0;
}

/* A document with one record a name, each on a page of its own. */
static struct entry *add(struct page *page, const char *folder, const char *path, const char *const *names,
                         size_t count) {
    struct entry *entry = manifest_add(&page->manifest);
    *entry = (struct entry){.path = str_from(path),
                            .layout = str_from(folder),
                            .folder = str_from(folder),
                            .title = STR("成长档案"),
                            .day = STR("2026-11-25"),
                            .pages = 9,
                            .records = ARENA_ARRAY(page->arena, struct record, count),
                            .record_count = count};
    for (size_t i = 0; i < count; i++) {
        struct index_text *index = ARENA_NEW(page->arena, struct index_text);
        *index = (struct index_text){STR("姓名"), str_from(names[i])};
        entry->records[i] = (struct record){.key = str_int(page->arena, (int64_t)i),
                                            .page = (int64_t)i + 1,
                                            .index = index,
                                            .index_count = index->text.n > 0};
    }
    return entry;
}

static void assert_has(struct page *page, const char *text, bool wanted) {
    index_html(&page->manifest, &page->out);
    const struct str all = buffer_str(&page->out);
    if ((str_find(all, str_from(text)) < all.n) != wanted) {
        fail_msg("“%s” is %s in the page", text, wanted ? "not" : "still");
    }
}

static const char *const ONE[] = {"钟玲"};
static const char *const TWO[] = {"钟玲", "李明"};

static void a_row_for_each_record(void **state) {
    struct page *page = *state;
    add(page, "card", "card/a.pdf", TWO, 2);
    assert_has(page, "<td><a href=\"./card/a.pdf\">钟玲</a></td>", true); /* page 1 needs no #page */
    assert_has(page, "<td><a href=\"./card/a.pdf#page=2\">李明</a></td>", true);
    assert_has(page, "<td class=\"n\">第 2 页</td>", true);
    assert_has(page, "共 1 份 2 条", true);
}

static void a_file_of_its_own_tells_its_length(void **state) {
    struct page *page = *state;
    add(page, "card", "card/a.pdf", ONE, 1);
    assert_has(page, "<td class=\"n\">9 页</td>", true);
    assert_has(page, "共 1 份。", true);
}

static void a_table_for_each_folder(void **state) {
    struct page *page = *state;
    add(page, "card", "card/a.pdf", ONE, 1);
    add(page, "card", "card/b.pdf", ONE, 1);
    add(page, "card-school", "card-school/a.pdf", ONE, 1);
    assert_has(page, "<h2>成长档案 <small>card 2 份</small></h2>", true);
    assert_has(page, "<h2>成长档案 <small>card-school 1 份</small></h2>", true);
    assert_has(page, "<th scope=\"col\">姓名</th>", true);
}

static void what_could_not_be_made_has_no_link(void **state) {
    struct page *page = *state;
    add(page, "card", "card/a.pdf", ONE, 1)->state = STATE_FAILED;
    assert_has(page, "href=\"./card/a.pdf", false);
    assert_has(page, "<td>钟玲</td>", true);
    assert_has(page, "<td>未能生成</td>", true);
    page->manifest.entries[0].state = STATE_INCOMPLETE;
    assert_has(page, "<td>不完整</td>", true);
}

static void markup_is_escaped(void **state) {
    static const char *const names[] = {"<b>&\"'"};
    struct page *page = *state;
    add(page, "card", "card/a.pdf", names, 1)->title = STR("</h2><script>");
    page->manifest.term = STR("<i>");
    assert_has(page, ">&lt;b&gt;&amp;&quot;&#39;</a>", true);
    assert_has(page, "&lt;/h2&gt;&lt;script&gt;", true);
    assert_has(page, "<b>", false);
    assert_has(page, "<i>", false);
}

/* A colon makes no scheme, a quote ends no attribute, a # is part of the name. */
static void links_are_encoded(void **state) {
    struct page *page = *state;
    add(page, "card", "javascript:a/\"#?%_钟.pdf", ONE, 1);
    assert_has(page, "<a href=\"./javascript%3Aa/%22%23%3F%25_%E9%92%9F.pdf\">", true);
}

static void hidden_characters_are_named(void **state) {
    static const char *const names[] = {"钟\xe2\x80\xae玲"};
    struct page *page = *state;
    add(page, "card", "card/a.pdf", names, 1);
    assert_has(page, ">钟⟨U+202E⟩玲</a>", true);
    assert_has(page, "\xe2\x80\xae", false);
}

/* Without a line in the index the file's name leads to it. */
static void a_record_without_a_name(void **state) {
    static const char *const names[] = {""};
    struct page *page = *state;
    add(page, "card", "card/deep/2026-11.pdf", names, 1);
    assert_has(page, ">2026-11</a>", true);
    assert_has(page, "<th scope=\"col\">文件</th>", true);
}

static void names_are_found_by_their_reading(void **state) {
    static const char *const names[] = {"李明"};
    struct page *page = *state;
    add(page, "card", "card/a.pdf", names, 1);
    assert_has(page, "liming", true);
}

static void nothing_was_made(void **state) {
    struct page *page = *state;
    assert_has(page, "共 0 份。", true);
    assert_has(page, "</html>", true);
}

#define test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        test(a_row_for_each_record),
        test(a_file_of_its_own_tells_its_length),
        test(a_table_for_each_folder),
        test(what_could_not_be_made_has_no_link),
        test(markup_is_escaped),
        test(links_are_encoded),
        test(hidden_characters_are_named),
        test(a_record_without_a_name),
        test(names_are_found_by_their_reading),
        test(nothing_was_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
