/* password.c: a file of one line is a password as it stands, unless that line begins with a reader. */
#include "batch/password.h"

#include <sys/stat.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"

enum { FILE_LONGEST = 1 << 16, PASSWORD_SHORT = 8 };

static const struct str chinese_names[READER_COUNT] = {
    [READER_SCHOOL] = STR_INIT("学校"),
    [READER_INSPECTOR] = STR_INIT("检查"),
    [READER_FAMILY] = STR_INIT("家庭"),
    [READER_PUBLIC] = STR_INIT("公开"),
};

struct table {
    struct arena *arena;
    enum reader wanted;
    struct str found; /* the wanted reader's */
    struct str wrong; /* STR_NONE: nothing, so far */
    int32_t line, found_line, wrong_line;
};

static void wrong(struct table *table, struct str what) {
    if (table->wrong.p == NULL) {
        table->wrong = what;
        table->wrong_line = table->line;
    }
}

static bool reader_of(struct str name, enum reader *reader) {
    if (reader_from_name(name, reader)) {
        return true;
    }
    for (size_t i = 0; i < READER_COUNT; i++) {
        if (str_eq(name, chinese_names[i])) {
            *reader = (enum reader)i;
            return true;
        }
    }
    return false;
}

/* A cell's text: "a ""b""" is a "b". */
static struct str unquoted(struct arena *arena, struct str cell) {
    if (cell.n < 2 || cell.p[0] != '"' || cell.p[cell.n - 1] != '"') {
        return cell;
    }
    struct buffer text = {0};
    for (size_t i = 1; i + 1 < cell.n; i++) {
        buffer_byte(&text, cell.p[i]);
        i += cell.p[i] == '"' && cell.p[i + 1] == '"' && i + 2 < cell.n;
    }
    const struct str kept = str_copy(arena, buffer_str(&text));
    buffer_release(&text);
    return kept;
}

/* The line as a row of the table: false when it doesn't begin with a reader. */
static bool split_row(struct table *table, struct str line, enum reader *reader, struct str *password) {
    const size_t comma = str_find_byte(line, ',');
    const size_t tab = str_find_byte(line, '\t');
    const size_t at = comma < tab ? comma : tab;
    if (at == line.n || !reader_of(str_trim(unquoted(table->arena, str_slice(line, 0, at))), reader)) {
        return false;
    }
    *password = unquoted(table->arena, str_trim(str_slice(line, at + 1, line.n)));
    return true;
}

static void take(struct table *table, struct str password) {
    table->found = password.p == NULL ? STR("") : password;
    table->found_line = table->line;
}

static void read_row(struct table *table, struct str line) {
    enum reader reader;
    struct str password;
    if (!split_row(table, line, &reader, &password)) {
        if (table->line > 1) { /* the first may be a heading */
            wrong(table, BOTH("begins with no reader (school, inspector, family, public)",
                              "开头不是读者（school、inspector、family、public）"));
        }
    } else if (reader == table->wanted && table->found.p != NULL) {
        wrong(table, BOTH("is a second password of this reader", "是同一读者的第二个密码"));
    } else if (reader == table->wanted) {
        take(table, password);
    }
}

static size_t count_lines(struct str text) {
    size_t count = 0;
    for (struct str rest = text; rest.p != NULL;) {
        count += str_trim(str_split(rest, '\n', &rest)).n > 0;
    }
    return count;
}

static void read_table(struct table *table, struct str text) {
    enum reader reader;
    struct str ignored;
    const bool single = count_lines(text) == 1;
    for (struct str rest = text; rest.p != NULL;) {
        const struct str line = str_trim(str_split(rest, '\n', &rest));
        table->line++;
        if (line.n == 0) {
            continue;
        }
        if (single && !split_row(table, line, &reader, &ignored)) {
            take(table, line);
        } else {
            read_row(table, line);
        }
    }
}

/* Viewers ask for it on one line of a dialogue. */
static bool is_typeable(struct str password) {
    for (size_t i = 0; i < password.n; i++) {
        if ((unsigned char)password.p[i] < 0x20 || password.p[i] == 0x7F) {
            return false;
        }
    }
    return utf8_first_invalid(password) == password.n;
}

static void judge(struct table *table) {
    table->line = table->found_line;
    if (table->found.p != NULL && table->found.n == 0) {
        wrong(table, BOTH("holds an empty password", "的密码是空的"));
    } else if (table->found.n > PASSWORD_LONGEST) {
        wrong(table, BOTH("holds a password of more than 127 bytes", "的密码超过 127 个字节"));
    } else if (!is_typeable(table->found)) {
        wrong(table, BOTH("holds a password that nobody can type: it isn't UTF-8, or has control characters",
                          "的密码无法键入：不是 UTF-8 编码，或含有控制字符"));
    }
}

static bool others_read(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && (status.st_mode & (S_IROTH | S_IWOTH)) != 0;
}

/* The file's text without the mark that Windows begins UTF-8 with. False: told. */
static bool read_text(struct arena *arena, const char *path, struct str *text, struct diags *diags) {
    const int error = file_read(arena, path, FILE_LONGEST, text);
    if (error != 0) {
        DIAG_ADD(diags, O220, PLACE_NONE, diag_errno(error));
        return false;
    }
    const bool marked = str_starts(*text, STR("\xEF\xBB\xBF"));
    *text = str_slice(*text, marked ? 3 : 0, text->n);
    return true;
}

/* What is wrong with the one that was found; false: told. */
static bool is_good(struct table *table, const char *path, struct diags *diags) {
    judge(table);
    if (table->wrong.p != NULL) {
        DIAG_ADD(diags, O222, PLACE_NONE, str_int(table->arena, table->wrong_line), table->wrong);
        return false;
    }
    if (table->found.p != NULL && others_read(path)) {
        DIAG_ADD(diags, O223, PLACE_NONE, STR_NONE);
    }
    return true;
}

struct str password_read(struct arena *arena, const char *path, enum reader reader, struct diags *diags) {
    struct table table = {.arena = arena, .wanted = reader};
    struct str text = STR_NONE;
    if (!read_text(arena, path, &text, diags)) {
        return STR_NONE;
    }
    read_table(&table, text);
    if (!is_good(&table, path, diags)) {
        return STR_NONE;
    }
    if (table.found.p == NULL) {
        DIAG_ADD(diags, O221, PLACE_NONE, reader_name(reader));
        return STR_NONE;
    }
    if (table.found.n < PASSWORD_SHORT) {
        DIAG_ADD(diags, O224, PLACE_NONE, str_int(arena, (int64_t)table.found.n));
    }
    return str_from(str_c(arena, table.found));
}

struct str password_read_one(struct arena *arena, const char *path, struct diags *diags) {
    struct table table = {.arena = arena};
    struct str text = STR_NONE;
    if (path == NULL) {
        return STR("");
    }
    if (!read_text(arena, path, &text, diags)) {
        return STR_NONE;
    }
    table.line = 1;
    take(&table, str_trim(text));
    return is_good(&table, path, diags) ? str_from(str_c(arena, table.found)) : STR_NONE;
}
