/* guard_test.c: what a run would take away: how much is an accident, what is void, what is gone. */
#include "support.h"

#include "batch/guard.h"

/* A layout that is printed in full, one document a row, of keys 1 … count. */
struct sheets {
    struct layout layout;
    struct printing printing;
    struct plan plan;
};

static void plan_keys(struct bench *bench, struct sheets *sheets, size_t from, size_t to) {
    struct arena *arena = bench->run.arena;
    *sheets = (struct sheets){.layout = {.name = STR("card"), .folder = STR("card")}};
    sheets->printing = (struct printing){.layout = &sheets->layout, .folder = STR("card")};
    sheets->plan.rows = (struct rows){to - from, 1, ARENA_ARRAY(arena, struct value, to - from)};
    sheets->plan.items = ARENA_ARRAY(arena, struct planned, to - from);
    sheets->plan.count = to - from;
    for (size_t i = 0; i < to - from; i++) {
        sheets->plan.rows.cells[i] = (struct value){.kind = VALUE_TEXT, .text = str_int(arena, (int64_t)(from + i))};
        sheets->plan.items[i] = (struct planned){
            .path = str_printf(arena, "card/%zu.pdf", from + i), .from = i, .to = i + 1, .chosen = true};
    }
}

static void add_entry(struct manifest *manifest, const char *layout, const char *folder, size_t key,
                      const char *month) {
    struct entry *entry = manifest_add(manifest);
    *entry = (struct entry){.layout = str_from(layout), .folder = str_from(folder), .month = str_from(month)};
    entry->path = str_printf(manifest->arena, "%s/%zu.pdf", folder, key);
    entry->record = str_int(manifest->arena, (int64_t)key);
    entry->records = ARENA_ARRAY(manifest->arena, struct record, 1);
    entry->records[0] = (struct record){.key = entry->record, .page = 1};
    entry->record_count = 1;
}

static struct manifest earlier(struct bench *bench, size_t count) {
    struct manifest manifest;
    manifest_init(&manifest, bench->run.arena, STR("2026-2027-1"), STR("2026-11-25"));
    for (size_t key = 0; key < count; key++) {
        add_entry(&manifest, "card", "card", key, "");
    }
    return manifest;
}

/* Of `before` records, `lost` are planned no more. */
static bool allows(struct bench *bench, size_t before, size_t lost) {
    struct manifest old = earlier(bench, before);
    struct sheets sheets;
    struct guard guard;
    plan_keys(bench, &sheets, lost, before);
    guard_init(&guard, &bench->run, &old);
    const bool allowed = guard_allows(&guard, &sheets.printing, &sheets.plan);
    run_tell(&bench->run);
    return allowed;
}

static void a_fifth_and_twenty(void **state) {
    struct bench *bench = *state;
    assert_true(allows(bench, 0, 0));
    assert_true(allows(bench, 100, 0));
    assert_true(allows(bench, 100, 20)); /* twenty, but no more than a fifth */
    assert_true(allows(bench, 30, 19));  /* more than a fifth, but fewer than twenty */
    assert_true(allows(bench, 1000, 200));
    assert_told(bench, "");
    assert_false(allows(bench, 100, 21));
    assert_false(allows(bench, 30, 20));
    assert_false(allows(bench, 1000, 201));
    assert_false(allows(bench, 3, 3)); /* all of them, however few */
    assert_false(allows(bench, 1, 1));
    assert_told(bench, "O118 O118 O118 O118 O118 ");
}

static void withdraw_says_that_it_is_meant(void **state) {
    struct bench *bench = *state;
    bench->job.withdraw = true;
    assert_true(allows(bench, 100, 100));
    assert_told(bench, "");
}

/* Another layout's, another folder's and another month's papers are none of its. */
static void only_its_own(void **state) {
    struct bench *bench = *state;
    struct manifest old;
    struct sheets sheets;
    struct guard guard;
    manifest_init(&old, bench->run.arena, STR("t"), STR("d"));
    give(bench, GIVEN_MONTH, "2026-11");
    add_entry(&old, "archive", "card", 1, "");
    add_entry(&old, "card", "card-school", 2, "");
    add_entry(&old, "card", "card", 3, "2026-10");
    plan_keys(bench, &sheets, 7, 8);
    guard_init(&guard, &bench->run, &old);
    assert_true(guard_allows(&guard, &sheets.printing, &sheets.plan));
    add_entry(&old, "card", "card", 4, "2026-11");
    assert_false(guard_allows(&guard, &sheets.printing, &sheets.plan));
}

/* A file that stays and binds as many records as before loses none, whatever their keys. */
static void a_file_that_stays(void **state) {
    struct bench *bench = *state;
    struct manifest old = earlier(bench, 1);
    struct sheets sheets;
    struct guard guard;
    plan_keys(bench, &sheets, 9, 10);
    sheets.plan.items[0].path = old.entries[0].path;
    guard_init(&guard, &bench->run, &old);
    assert_true(guard_allows(&guard, &sheets.printing, &sheets.plan));
}

/* --- what is void ------------------------------------------------------------------------------------------------- */

static size_t left_of_variants(struct bench *bench, bool narrowed) {
    struct manifest old;
    struct sheets sheets;
    struct guard guard;
    manifest_init(&old, bench->run.arena, STR("t"), STR("d"));
    add_entry(&old, "card", "card-school", 1, "");
    add_entry(&old, "card", "card-school", 5, ""); /* void */
    add_entry(&old, "card", "card", 5, "");        /* its own: the manifest's matter */
    add_entry(&old, "archive", "archive", 5, "");
    plan_keys(bench, &sheets, 0, 5);
    sheets.plan.narrowed = narrowed;
    guard_init(&guard, &bench->run, &old);
    guard_note_stale(&guard, &sheets.printing, &sheets.plan);
    guard_drop_stale(&guard, &old);
    return old.count;
}

static void void_sheets_for_others(void **state) {
    struct bench *bench = *state;
    assert_int_equal(left_of_variants(bench, true), 4); /* a narrowed run doesn't know all that there is */
    assert_told(bench, "");
    assert_int_equal(left_of_variants(bench, false), 3);
    assert_told(bench, "O119 ");
    bench->run.values_missing = 1; /* rows may be missing that there are */
    assert_int_equal(left_of_variants(bench, false), 4);
}

/* --- layouts that are gone ---------------------------------------------------------------------------------------- */

static size_t left_of_gone(struct bench *bench) {
    struct manifest old;
    struct guard guard;
    manifest_init(&old, bench->run.arena, STR("t"), STR("d"));
    add_entry(&old, "card", "card", 1, "");
    add_entry(&old, "gone", "gone", 1, "");
    add_entry(&old, "gone", "gone", 2, "");
    guard_init(&guard, &bench->run, &old);
    guard_drop_gone(&guard, &old);
    return old.count;
}

static void layouts_that_are_gone(void **state) {
    struct bench *bench = *state;
    static const char text[] = "document: {title: t, file: card/t.pdf}\nbody: []\n";
    assert_int_equal(folder_make(bench->job.layouts), 0);
    assert_int_equal(file_write(path_in(bench, "layouts/card.yaml"), text, strlen(text), false), 0);
    assert_int_equal(run_read_layouts(&bench->run), EXIT_MADE);
    buffer_clear(&bench->told);
    assert_int_equal(left_of_gone(bench), 3); /* told once, and stays */
    assert_told(bench, "O139 ");
    bench->job.withdraw = true;
    assert_int_equal(left_of_gone(bench), 1);
    bench->job.name_count = 1; /* who asks for some layouts says nothing of the others */
    assert_int_equal(left_of_gone(bench), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        bench_test(a_fifth_and_twenty), bench_test(withdraw_says_that_it_is_meant), bench_test(only_its_own),
        bench_test(a_file_that_stays),  bench_test(void_sheets_for_others),         bench_test(layouts_that_are_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
