/* manifest_test.c: the run's memory: what is written is read again, what isn't one is told, and how two runs become one list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch/manifest.h"

static struct entry *add(struct manifest *manifest, struct str layout, struct str path, struct str month) {
    struct entry *entry = manifest_add(manifest);
    *entry = (struct entry){.path = path,
                            .layout = layout,
                            .folder = layout,
                            .reader = STR("school"),
                            .stock = STR("blank"),
                            .title = STR("标题"),
                            .hash = STR("0123456789abcdef0123456789abcdef"),
                            .day = STR("2026-11-25"),
                            .month = month,
                            .state = STATE_COMPLETE,
                            .pages = 1,
                            .bytes = 1000};
    return entry;
}

static void bind_one(struct arena *arena, struct entry *entry, struct str record, struct str name) {
    entry->records = ARENA_ARRAY(arena, struct record, 1);
    entry->record_count = 1;
    entry->records[0] = (struct record){.key = record, .page = 1, .index_count = 1};
    entry->records[0].index = ARENA_ARRAY(arena, struct index_text, 1);
    entry->records[0].index[0] = (struct index_text){STR("姓名"), name};
}

static void written(const struct manifest *manifest, struct buffer *out) {
    buffer_clear(out);
    manifest_write(manifest, out);
}

static void round_trip(void **state) {
    struct arena *arena = arena_create();
    struct manifest manifest, read;
    struct diags diags;
    struct buffer first = {0}, second = {0};
    (void)state;
    diags_init(&diags, arena);
    manifest_init(&manifest, arena, STR("2026-2027-1"), STR("2026-11-25"));
    struct entry *entry = add(&manifest, STR("archive"), STR("archive/a & b/<钟玲>.pdf"), STR_NONE);
    bind_one(arena, entry, STR("LS01-2026-0001"), STR("“钟”玲 & 𠮷"));
    entry->state = STATE_INCOMPLETE;
    entry->finding_count = 1;
    entry->findings = ARENA_ARRAY(arena, struct finding, 1);
    entry->findings[0] = (struct finding){
        STR("C534"), STR("warning"),         STR("LS01-2026-0001"), STR("child.phone"),
        STR("电话"), STR("“电话” <不知道>"), STR("补填"),
    };
    add(&manifest, STR("booklet"), STR("booklet/2026-11.pdf"), STR("2026-11"));
    bind_one(arena, &manifest.entries[1], STR("2026-11"), STR("11月"));
    written(&manifest, &first);
    manifest_init(&read, arena, STR("2026-2027-1"), STR("2026-11-25"));
    assert_true(manifest_read(&read, buffer_str(&first), STR("manifest.xml"), &diags));
    assert_int_equal(diags.count, 0);
    assert_int_equal(read.count, 2);
    assert_true(str_eq(read.entries[0].path, entry->path));
    assert_true(str_eq(read.entries[0].records[0].index[0].text, STR("“钟”玲 & 𠮷")));
    assert_true(str_eq(read.entries[0].findings[0].message, STR("“电话” <不知道>")));
    assert_int_equal(read.entries[0].state, STATE_INCOMPLETE);
    assert_true(str_eq(read.entries[1].month, STR("2026-11")));
    written(&read, &second);
    assert_true(str_eq(buffer_str(&first), buffer_str(&second)));
    buffer_release(&first);
    buffer_release(&second);
    arena_destroy(arena);
}

/* What XML can't hold is the same whether it comes from this run or was read again. */
static void texts(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    assert_true(str_eq(manifest_text(arena, STR("a\tb\nc")), STR("a\tb\nc")));
    assert_true(str_eq(manifest_text(arena, STR("a\x01"
                                                "b\xff")),
                       STR("a\xef\xbf\xbd"
                           "b\xef\xbf\xbd")));
    arena_destroy(arena);
}

/* Cut off at each byte: refused and told, or the whole of it; never a part of the entries without a word. */
static void cut_off(void **state) {
    struct arena *arena = arena_create();
    struct manifest manifest;
    struct buffer bytes = {0};
    (void)state;
    manifest_init(&manifest, arena, STR("2026-2027-1"), STR("2026-11-25"));
    bind_one(arena, add(&manifest, STR("card"), STR("card/a.pdf"), STR_NONE), STR("K1"), STR("甲"));
    bind_one(arena, add(&manifest, STR("card"), STR("card/b.pdf"), STR_NONE), STR("K2"), STR("乙"));
    written(&manifest, &bytes);
    const struct str whole = str_trim(buffer_str(&bytes));
    for (size_t n = 0; n <= whole.n; n++) {
        struct manifest read;
        struct diags diags;
        diags_init(&diags, arena);
        manifest_init(&read, arena, STR("2026-2027-1"), STR("2026-11-25"));
        const bool good = manifest_read(&read, str_slice(whole, 0, n), STR("manifest.xml"), &diags);
        assert_int_equal(good, n == whole.n);
        assert_int_equal(diags.count > 0, !good);
    }
    buffer_release(&bytes);
    arena_destroy(arena);
}

static void foreign(void **state) {
    static const char *const texts[] = {"<note/>", "manifest", "{}",
                                        "<?xml version=\"1.0\"?><documents><manifest/></documents>"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena *arena = arena_create();
        struct manifest read;
        struct diags diags;
        diags_init(&diags, arena);
        manifest_init(&read, arena, STR("2026-2027-1"), STR("2026-11-25"));
        if (manifest_read(&read, str_from(texts[i]), STR("manifest.xml"), &diags) || diags.count != 1) {
            fail_msg("%s is taken for a manifest, or isn't told once", texts[i]);
        }
        arena_destroy(arena);
    }
}

static struct str paths(struct arena *arena, const struct manifest *manifest) {
    struct str all = STR_NONE;
    for (size_t i = 0; i < manifest->count; i++) {
        all = i == 0 ? manifest->entries[i].path
                     : str_printf(arena, "%.*s %.*s", STR_ARG(all), STR_ARG(manifest->entries[i].path));
    }
    return all;
}

/* The last run had card a and b, and booklets of two months; this one made card b and c, and the booklet of one month. */
static struct str merged(struct arena *arena, const struct whole *whole) {
    struct manifest old, new, out;
    manifest_init(&old, arena, STR("t"), STR("2026-11-25"));
    manifest_init(&new, arena, STR("t"), STR("2026-11-25"));
    manifest_init(&out, arena, STR("t"), STR("2026-11-25"));
    add(&old, STR("card"), STR("card/a"), STR_NONE);
    add(&old, STR("card"), STR("card/b"), STR_NONE)->pages = 7;
    add(&old, STR("booklet"), STR("booklet/10"), STR("2026-10"));
    add(&old, STR("booklet"), STR("booklet/11"), STR("2026-11"));
    add(&new, STR("card"), STR("card/c"), STR_NONE);
    add(&new, STR("card"), STR("card/b"), STR_NONE)->pages = 9;
    manifest_merge(&out, &old, &new, whole);
    for (size_t i = 0; i < out.count; i++) {
        if (str_eq(out.entries[i].path, STR("card/b"))) {
            assert_int_equal(out.entries[i].pages, 9); /* new content, whatever place */
        }
    }
    return paths(arena, &out);
}

static void merging(void **state) {
    static const struct whole_layout made[] = {{STR_INIT("card"), STR_INIT("card")},
                                               {STR_INIT("booklet"), STR_INIT("booklet")}};
    static const struct whole_layout foreign[] = {{STR_INIT("card-large"), STR_INIT("card")}};
    struct arena *arena = arena_create();
    (void)state;
    /* narrowed: one by one, old places first, folders in order */
    assert_true(str_eq(merged(arena, &(struct whole){0}), STR("booklet/10 booklet/11 card/a card/b card/c")));
    /* made in full: what it doesn't have any more is gone, in the order of the plan; another month's papers stay */
    assert_true(str_eq(merged(arena, &(struct whole){.layouts = made, .count = 2, .month = STR("2026-11")}),
                       STR("booklet/10 card/c card/b")));
    /* rows are missing that the database has: nothing goes */
    assert_true(
        str_eq(merged(arena, &(struct whole){.layouts = made, .count = 2, .month = STR("2026-11"), .keeps = true}),
               STR("booklet/10 booklet/11 card/a card/b card/c")));
    /* another layout in the same folder takes nothing of it */
    assert_true(str_eq(merged(arena, &(struct whole){.layouts = foreign, .count = 1, .month = STR("2026-11")}),
                       STR("booklet/10 booklet/11 card/a card/b card/c")));
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip), cmocka_unit_test(texts),   cmocka_unit_test(cut_off),
        cmocka_unit_test(foreign),    cmocka_unit_test(merging),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
