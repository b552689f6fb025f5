/* functions.c: what the checks ask of a value, as SQL functions. Each takes NULL for NULL. */
#include "rules/internal.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <errno.h>
#include <fcntl.h>

#include "base/file.h"
#include "base/utf8.h"
#include "data/mask.h"
#include "rules/judge.h"

static struct str text_of(sqlite3_value *value) {
    const char *text = (const char *)sqlite3_value_text(value);
    return text == NULL ? STR_NONE : (struct str){text, (size_t)sqlite3_value_bytes(value)};
}

static struct functions *functions_of(sqlite3_context *context) {
    return sqlite3_user_data(context);
}

static void give_word(sqlite3_context *context, const char *word) {
    if (word != NULL) {
        sqlite3_result_text(context, word, -1, SQLITE_STATIC);
    }
}

/* Nothing was found out: NULL. */
static void give_room(sqlite3_context *context, const struct buffer *room) {
    if (room->count > 0) {
        sqlite3_result_text64(context, room->bytes, room->count, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

/* Functions of one text that give a word, and that append. */
#define WORD_FUNCTION(name)                                                                                            \
    static void sql_##name(sqlite3_context *context, int count, sqlite3_value **values) {                              \
        (void)count;                                                                                                   \
        const struct str text = text_of(values[0]);                                                                    \
        give_word(context, text.p == NULL ? NULL : name(text));                                                        \
    }
#define TEXT_FUNCTION(name)                                                                                            \
    static void sql_##name(sqlite3_context *context, int count, sqlite3_value **values) {                              \
        (void)count;                                                                                                   \
        struct buffer *room = functions_of(context)->room;                                                             \
        buffer_clear(room);                                                                                            \
        name(text_of(values[0]), room);                                                                                \
        give_room(context, room);                                                                                      \
    }
WORD_FUNCTION(id_fault)
WORD_FUNCTION(phone_fault)
WORD_FUNCTION(plate_fault)
WORD_FUNCTION(name_fault)
WORD_FUNCTION(day_fault)
TEXT_FUNCTION(id_right)
TEXT_FUNCTION(id_birth)
TEXT_FUNCTION(id_sex)
TEXT_FUNCTION(phone_right)
TEXT_FUNCTION(phone_digits)
TEXT_FUNCTION(name_right)
TEXT_FUNCTION(day_right)

static void sql_school_no_fault(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct str number = text_of(values[0]);
    give_word(context, number.p == NULL ? NULL : school_no_fault(number, text_of(values[1])));
}

static void sql_text_print(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const int64_t print = text_print(text_of(values[0]), text_of(values[1]));
    if (print != 0) {
        sqlite3_result_int64(context, print);
    }
}

/* 1: an ID number or a phone stands in the text. */
static void sql_has_numbers(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct str text = text_of(values[0]);
    struct functions *functions = functions_of(context);
    bool any = text.p != NULL && numbers_suspected(text);
    if (any) {
        buffer_clear(functions->room);
        any = numbers_hide(functions->room, text, NUMBERS_PERSONAL, functions->masking);
    }
    sqlite3_result_int(context, any);
}

/* 1: bytes that are no UTF-8. */
static void sql_is_broken(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct str text = text_of(values[0]);
    sqlite3_result_int(context, text.p != NULL && utf8_first_invalid(text) < text.n);
}

/* --- pictures ----------------------------------------------------------------------------------------------------- */

enum { HEAD_BYTES = 16, TAIL_BYTES = 4096 };

/* The picture's first and last bytes: a school has thousands of pictures. */
struct picture {
    char head[HEAD_BYTES], tail[TAIL_BYTES];
    struct str begins, ends;
};

static bool read_picture(const char *path, struct picture *picture) {
    struct stat status;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    const off_t from = status.st_size > TAIL_BYTES ? status.st_size - TAIL_BYTES : 0;
    const ssize_t head = pread(fd, picture->head, HEAD_BYTES, 0);
    const ssize_t tail = pread(fd, picture->tail, TAIL_BYTES, from);
    close(fd);
    picture->begins = (struct str){picture->head, head > 0 ? (size_t)head : 0};
    picture->ends = (struct str){picture->tail, tail > 0 ? (size_t)tail : 0};
    return head >= 0 && tail >= 0;
}

/* A JPEG ends in FF D9, a PNG in its IEND chunk; both may have bytes behind it, which some cameras write. */
static const char *picture_fault(const struct picture *picture) {
    const bool jpeg = str_starts(picture->begins, STR("\xFF\xD8\xFF"));
    if (!jpeg && !str_starts(picture->begins, STR("\x89PNG\r\n"))) {
        return "format";
    }
    return str_find(picture->ends, jpeg ? STR("\xFF\xD9") : STR("IEND")) == picture->ends.n ? "cut" : NULL;
}

static const char *look_at_photo(const struct functions *functions, struct str path) {
    int error = 0;
    struct picture picture;
    const struct arena_mark mark = arena_mark(functions->arena);
    const char *found = file_inside(functions->arena, functions->photos, path, &error);
    const char *fault = found == NULL                    ? (error == EACCES ? "outside" : "missing")
                        : !read_picture(found, &picture) ? "missing"
                                                         : picture_fault(&picture);
    arena_release(functions->arena, mark);
    return fault;
}

/* Each path is looked at once: several checks ask. */
static const char *photo_fault(struct functions *functions, struct str path) {
    static const char *const words[] = {NULL, "outside", "missing", "cut", "format"};
    const uint32_t *known = strmap_get(&functions->seen, path);
    if (known != NULL) {
        return words[*known];
    }
    const char *fault = look_at_photo(functions, path);
    uint32_t word = 0;
    for (uint32_t i = 1; i < sizeof words / sizeof *words && fault != NULL; i++) {
        word = strcmp(words[i], fault) == 0 ? i : word;
    }
    bool found;
    *strmap_put(&functions->seen, str_copy(functions->arena, path), &found) = word;
    return fault;
}

/* outside (leads out of the folder), missing, cut (its end is missing), format (neither JPEG nor PNG). */
static void sql_photo_fault(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    struct functions *functions = functions_of(context);
    const struct str path = text_of(values[0]);
    if (path.n > 0 && functions->photos != NULL) {
        give_word(context, photo_fault(functions, path));
    }
}

/* --- required items ----------------------------------------------------------------------------------------------- */

enum { ITEMS = sizeof(((struct functions *)0)->items) / sizeof(sqlite3_stmt *) };

/* The test as a statement, prepared once; NULL when it can't be. */
static sqlite3_stmt *item_statement(struct functions *functions, sqlite3 *db, struct str test) {
    size_t at = 0;
    while (at < ITEMS && functions->items[at] != NULL && !str_is(test, functions->item_texts[at])) {
        at++;
    }
    if (at < ITEMS && functions->items[at] == NULL) {
        functions->item_texts[at] = str_c(functions->arena, test);
        const struct str sql = str_printf(functions->arena, "SELECT (%.*s)", STR_ARG(test));
        sqlite3_prepare_v2(db, sql.p, (int)sql.n, &functions->items[at], NULL);
    }
    return at < ITEMS ? functions->items[at] : NULL;
}

static void bind_named(sqlite3_stmt *statement, const char *name, sqlite3_value *value) {
    const int at = sqlite3_bind_parameter_index(statement, name);
    if (at > 0) {
        sqlite3_bind_value(statement, at, value);
    }
}

/* item_state(test, student, semester, day): what required_item.test says of a child: 1, 0, or NULL where it doesn't
 * apply or can't be asked. */
static void sql_item_state(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    sqlite3_stmt *statement =
        item_statement(functions_of(context), sqlite3_context_db_handle(context), text_of(values[0]));
    if (statement == NULL) {
        return;
    }
    bind_named(statement, ":student", values[1]);
    bind_named(statement, ":semester", values[2]);
    bind_named(statement, ":as_of", values[3]);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        sqlite3_result_value(context, sqlite3_column_value(statement, 0));
    }
    sqlite3_reset(statement);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

int functions_of_rules(sqlite3 *db, struct functions *functions) {
    static const struct {
        const char *name;
        int arguments;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } all[] = {
        {"id_fault", 1, sql_id_fault},         {"id_right", 1, sql_id_right},
        {"id_birth", 1, sql_id_birth},         {"id_sex", 1, sql_id_sex},
        {"phone_fault", 1, sql_phone_fault},   {"phone_right", 1, sql_phone_right},
        {"phone_digits", 1, sql_phone_digits}, {"plate_fault", 1, sql_plate_fault},
        {"name_fault", 1, sql_name_fault},     {"name_right", 1, sql_name_right},
        {"day_fault", 1, sql_day_fault},       {"day_right", 1, sql_day_right},
        {"text_print", 2, sql_text_print},     {"has_numbers", 1, sql_has_numbers},
        {"is_broken", 1, sql_is_broken},       {"photo_fault", 1, sql_photo_fault},
        {"item_state", 4, sql_item_state},     {"school_no_fault", 2, sql_school_no_fault},
    };
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && code == SQLITE_OK; i++) {
        code = sqlite3_create_function_v2(db, all[i].name, all[i].arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                          functions, all[i].call, NULL, NULL, NULL);
    }
    return code;
}
