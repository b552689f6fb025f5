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

/* Nothing was found out: NULL. */
static void answer_room(struct sql_call *call, const struct buffer *room) {
    if (room->count > 0) {
        sql_answer_text(call, buffer_str(room));
    }
}

/* Functions of one text that give a word, and that append. */
#define WORD_FUNCTION(name)                                                                                            \
    static void sql_##name(struct sql_call *call, void *context) {                                                     \
        (void)context;                                                                                                 \
        const struct str text = sql_argument_text(call, 0);                                                            \
        sql_answer_text(call, str_from(text.p == NULL ? NULL : name(text)));                                           \
    }
#define TEXT_FUNCTION(name)                                                                                            \
    static void sql_##name(struct sql_call *call, void *context) {                                                     \
        struct buffer *room = ((struct functions *)context)->room;                                                     \
        buffer_clear(room);                                                                                            \
        name(sql_argument_text(call, 0), room);                                                                        \
        answer_room(call, room);                                                                                       \
    }
WORD_FUNCTION(id_fault)
WORD_FUNCTION(phone_fault)
WORD_FUNCTION(plate_fault)
WORD_FUNCTION(name_fault)
WORD_FUNCTION(day_fault)
WORD_FUNCTION(card_fault)
TEXT_FUNCTION(id_right)
TEXT_FUNCTION(id_birth)
TEXT_FUNCTION(id_sex)
TEXT_FUNCTION(phone_right)
TEXT_FUNCTION(phone_digits)
TEXT_FUNCTION(name_right)
TEXT_FUNCTION(day_right)

static void sql_school_no_fault(struct sql_call *call, void *context) {
    (void)context;
    const struct str number = sql_argument_text(call, 0);
    sql_answer_text(call, str_from(number.p == NULL ? NULL : school_no_fault(number, sql_argument_text(call, 1))));
}

static void sql_text_print(struct sql_call *call, void *context) {
    (void)context;
    const int64_t print = text_print(sql_argument_text(call, 0), sql_argument_text(call, 1));
    if (print != 0) {
        sql_answer_int(call, print);
    }
}

/* 1: an ID number or a phone stands in the text. */
static void sql_has_numbers(struct sql_call *call, void *context) {
    const struct str text = sql_argument_text(call, 0);
    struct functions *functions = context;
    bool any = text.p != NULL && numbers_suspected(text);
    if (any) {
        buffer_clear(functions->room);
        any = numbers_hide(functions->room, text, NUMBERS_PERSONAL, functions->masking);
    }
    sql_answer_int(call, any);
}

/* 1: bytes that are no UTF-8. */
static void sql_is_broken(struct sql_call *call, void *context) {
    (void)context;
    const struct str text = sql_argument_text(call, 0);
    sql_answer_int(call, text.p != NULL && utf8_first_invalid(text) < text.n);
}

/* --- pictures ----------------------------------------------------------------------------------------------------- */

enum { HEAD_BYTES = 16, TAIL_BYTES = 4096 };

/* The picture's first and last bytes: a school has thousands of pictures. */
struct picture {
    char head[HEAD_BYTES], tail[TAIL_BYTES];
    struct str begins, ends;
    uint64_t size_bytes;
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
    picture->size_bytes = (uint64_t)status.st_size;
    return head >= 0 && tail >= 0;
}

/* A WebP says in its head how many bytes follow. */
static bool webp_is_cut(const struct picture *picture) {
    enum { HEAD = 8 };
    const uint8_t *size = (const uint8_t *)picture->head + 4;
    return picture->size_bytes <
           HEAD + (size[0] | (uint64_t)size[1] << 8 | (uint64_t)size[2] << 16 | (uint64_t)size[3] << 24);
}

/* A JPEG ends in FF D9, a PNG in its IEND chunk; both may have bytes behind it, which some cameras write. */
static const char *picture_fault(const struct picture *picture) {
    if (str_starts(picture->begins, STR("RIFF")) && str_is(str_slice(picture->begins, 8, 12), "WEBP")) {
        return webp_is_cut(picture) ? "cut" : NULL;
    }
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

/* outside (leads out of the folder), missing, cut (its end is missing), format (no JPEG, PNG or WebP). */
static void sql_photo_fault(struct sql_call *call, void *context) {
    struct functions *functions = context;
    const struct str path = sql_argument_text(call, 0);
    if (path.n > 0 && functions->photos != NULL) {
        sql_answer_text(call, str_from(photo_fault(functions, path)));
    }
}

/* --- required items ----------------------------------------------------------------------------------------------- */

/* item_state(test, student, semester, day): what required_item.test says of a child: 1, 0, or NULL where it doesn't
 * apply or can't be asked. */
static void sql_item_state(struct sql_call *call, void *context) {
    static const char *const names[] = {":student", ":semester", ":as_of"};
    struct functions *functions = context;
    buffer_clear(functions->room);
    buffer_add(functions->room, STR("SELECT ("));
    buffer_add(functions->room, sql_argument_text(call, 0));
    buffer_append(functions->room, ")", 2); /* with its NUL */
    struct statement *statement = sql_statement(functions->db, functions->room->bytes);
    if (statement == NULL) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        statement_bind_named(statement, names[i], sql_argument(call, i + 1));
    }
    if (statement_next(statement)) {
        sql_answer_cell(call, statement, 0);
    }
    statement_reset(statement);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

bool functions_of_rules(struct functions *functions) {
    static const struct sql_function all[] = {
        {"id_fault", 1, sql_id_fault},         {"id_right", 1, sql_id_right},
        {"id_birth", 1, sql_id_birth},         {"id_sex", 1, sql_id_sex},
        {"phone_fault", 1, sql_phone_fault},   {"phone_right", 1, sql_phone_right},
        {"phone_digits", 1, sql_phone_digits}, {"plate_fault", 1, sql_plate_fault},
        {"name_fault", 1, sql_name_fault},     {"name_right", 1, sql_name_right},
        {"day_fault", 1, sql_day_fault},       {"day_right", 1, sql_day_right},
        {"text_print", 2, sql_text_print},     {"has_numbers", 1, sql_has_numbers},
        {"is_broken", 1, sql_is_broken},       {"photo_fault", 1, sql_photo_fault},
        {"item_state", 4, sql_item_state},     {"school_no_fault", 2, sql_school_no_fault},
        {"card_fault", 1, sql_card_fault},
    };
    return sql_functions(functions->db, all, sizeof all / sizeof *all, functions);
}
