/* lists_test.c: findings.csv, cell by cell: quotes, formulas, what can't be seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "batch/index.h"
#include "batch/visible.h"

static const struct {
    const char *message, *cell;
} cells[] = {
    {"没有电话", "没有电话"},
    {"", ""},
    {"一,二", "\"一,二\""},
    {"他说\"好\"", "\"他说\"\"好\"\"\""},
    {"两\n行", "\"两\n行\""},
    {"=1+1", "'=1+1"},
    {"+86 138", "'+86 138"},
    {"-1", "'-1"},
    {"@name", "'@name"},
    {"\tx", "'\tx"},
    {"＝1", "'＝1"},
    {"＋1", "'＋1"},
    {"－1", "'－1"},
    {"＠1", "'＠1"},
    {"=\"a\",1", "\"'=\"\"a\"\",1\""},
    {"a=1", "a=1"},
    {"钟\xe2\x80\xae玲", "钟⟨U+202E⟩玲"},
    {"a\xe2\x80\x8b"
     "b",
     "a⟨U+200B⟩b"},
};

static void csv_cells(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct arena *arena = arena_create();
        struct manifest manifest;
        struct buffer out = {0};
        manifest_init(&manifest, arena, STR("2026-2027-1"), STR("2026-11-25"));
        struct finding finding = {.code = STR("C534"),
                                  .severity = STR("warning"),
                                  .record = STR("LS01-2026-0001"),
                                  .field = STR("child.phone"),
                                  .label = STR("电话"),
                                  .message = str_from(cells[i].message),
                                  .remedy = STR("补填")};
        struct entry *entry = manifest_add(&manifest);
        *entry = (struct entry){
            .folder = STR("archive"), .path = STR("archive/a.pdf"), .findings = &finding, .finding_count = 1};
        findings_csv(&manifest, &out);
        struct str rest = buffer_str(&out);
        const struct str head = str_slice(rest, 0, str_find(rest, STR("\r\n")) + 2);
        assert_true(str_starts(head, STR("\xEF\xBB\xBF代码,级别,版式,编号,")));
        rest = str_slice(rest, head.n, rest.n);
        const struct str want = str_printf(
            arena, "C534,警告,archive,LS01-2026-0001,child.phone,电话,%s,补填,archive/a.pdf\r\n", cells[i].cell);
        if (!str_eq(rest, want)) {
            fail_msg("“%s” gives %.*s, not %.*s", cells[i].message, STR_ARG(rest), STR_ARG(want));
        }
        buffer_release(&out);
        arena_destroy(arena);
    }
}

/* What layouts found of the whole stands first, without a file. */
static void notices(void **state) {
    struct arena *arena = arena_create();
    struct manifest manifest;
    struct buffer out = {0};
    (void)state;
    manifest_init(&manifest, arena, STR("2026-2027-1"), STR("2026-11-25"));
    struct finding one = {.code = STR("A"), .severity = STR("error")},
                   two = {.code = STR("B"), .severity = STR("note")};
    *manifest_add(&manifest) =
        (struct entry){.folder = STR("f"), .path = STR("f/a.pdf"), .findings = &one, .finding_count = 1};
    *manifest_add_notice(&manifest) =
        (struct notice){.layout = STR("x"), .folder = STR("x"), .findings = &two, .finding_count = 1};
    findings_csv(&manifest, &out);
    const struct str text = buffer_str(&out);
    assert_true(str_find(text, STR("\r\nB,")) < str_find(text, STR("\r\nA,")));
    assert_true(str_find(text, STR(",x,,,,,,\r\n")) < text.n);
    buffer_release(&out);
    arena_destroy(arena);
}

static void nothing_hidden_is_itself(void **state) {
    struct arena *arena = arena_create();
    const struct str plain = STR("两\n行\t一格");
    (void)state;
    assert_ptr_equal(visible_text(arena, plain).p, plain.p);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_cells),
        cmocka_unit_test(notices),
        cmocka_unit_test(nothing_hidden_is_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
