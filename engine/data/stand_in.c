/* stand_in.c: words that a query writes in place of a value that its reader doesn't get.
 *
 *     coalesce(illness, '无')      iif(insured, '已参加', '未参加')      CASE kind WHEN … ELSE '其他' END
 *
 * A column withheld from the reader is NULL, so each of these states what nobody knows to be true. The text's words
 * are read once, with a stack of open calls: the argument that decides, and the words that stand in. A query that
 * asks for :reader has thought of it. Names alone are compared, since a view renames none. */
#include "data/query.h"
#include "data/sql_words.h"

enum open_kind { OPEN_BRACKET, OPEN_COALESCE, OPEN_IIF, OPEN_CASE };
enum { DEEPEST = 64 };

struct open {
    enum open_kind kind;
    size_t part;           /* index of the argument; in CASE 1 behind THEN, 2 behind ELSE */
    struct str column;     /* the deciding column, withheld; STR_NONE: none is */
    struct sql_word words; /* the words that stand in; no text: none */
    bool asks_reader;
};

struct reading {
    struct query *query;
    const struct query_text *text;
    struct diags *diags;
    struct open open[DEEPEST];
    size_t depth;
    struct sql_word before; /* the word before this one */
};

static struct open *innermost(struct reading *reading) {
    return reading->depth == 0 ? NULL : &reading->open[reading->depth - 1];
}

static void push(struct reading *reading, enum open_kind kind) {
    if (reading->depth < DEEPEST) {
        reading->open[reading->depth++] = (struct open){.kind = kind};
    }
}

static enum open_kind kind_behind(const struct sql_word *name) {
    if (sql_is(name, STR("coalesce")) || sql_is(name, STR("ifnull"))) {
        return OPEN_COALESCE;
    }
    return sql_is(name, STR("iif")) ? OPEN_IIF : OPEN_BRACKET;
}

static bool asks_reader(const struct reading *reading) {
    for (size_t i = 0; i < reading->depth; i++) {
        if (reading->open[i].asks_reader) {
            return true;
        }
    }
    return false;
}

static void pop(struct reading *reading) {
    const struct open *open = innermost(reading);
    if (open == NULL) {
        return;
    }
    const struct session *session = reading->query->session;
    if (open->column.n > 0 && open->words.text.n > 0 && !asks_reader(reading)) {
        DIAG_ADD(reading->diags, D327, query_place(reading->text, open->words.from, open->words.to),
                 reading->query->name, open->words.text, reader_name(session->reader), open->column);
    }
    reading->depth--;
}

static bool decides(const struct open *open) {
    return open->kind == OPEN_COALESCE || (open->kind == OPEN_IIF && open->part == 0) ||
           (open->kind == OPEN_CASE && open->part == 0);
}

/* A value computed of an unknown one is unknown, so the column decides for every open call around it. */
static void meet_column(struct reading *reading, struct str name) {
    struct session *session = reading->query->session;
    const struct arena_mark mark = arena_mark(session->arena);
    const uint32_t *never = strmap_get(&session->withheld, sql_fold(session->arena, name));
    const bool withheld = never != NULL && *never == 1;
    arena_release(session->arena, mark);
    for (size_t i = 0; withheld && i < reading->depth; i++) {
        if (decides(&reading->open[i])) {
            reading->open[i].column = name;
        }
    }
}

/* Does the text say something, in words or a number? A blank or a sign between two others doesn't. */
static bool says(struct str text) {
    if (text.n > 0 && text.p[0] >= '0' && text.p[0] <= '9') {
        return true;
    }
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] >= 0xE4 && (unsigned char)text.p[i] <= 0xE9) { /* U+4000 to U+9FFF */
            return true;
        }
    }
    return false;
}

static void meet_words(struct reading *reading, const struct sql_word *word) {
    struct open *open = innermost(reading);
    if (open == NULL || !says(word->text)) {
        return;
    }
    const bool behind_comma = str_is(reading->before.text, ",");
    const bool stands_in = (open->kind == OPEN_COALESCE && open->part > 0 && behind_comma) ||
                           (open->kind == OPEN_IIF && open->part == 2 && behind_comma) ||
                           (open->kind == OPEN_CASE && open->part == 2 && sql_is(&reading->before, STR("else")));
    if (stands_in) {
        open->words = *word;
    }
}

static void read_sign(struct reading *reading, char sign) {
    struct open *open = innermost(reading);
    if (sign == '(') {
        push(reading, kind_behind(&reading->before));
    } else if (sign == ')') {
        pop(reading);
    } else if (sign == ',' && open != NULL && open->kind != OPEN_CASE) {
        open->part++;
    }
}

static void read_name(struct reading *reading, const struct sql_word *word) {
    struct open *open = innermost(reading);
    const bool in_case = open != NULL && open->kind == OPEN_CASE;
    if (sql_is(word, STR("case"))) {
        push(reading, OPEN_CASE);
    } else if (in_case && sql_is(word, STR("end"))) {
        pop(reading);
    } else if (in_case && sql_is(word, STR("when"))) {
        open->part = 0;
    } else if (in_case && sql_is(word, STR("then"))) {
        open->part = 1;
    } else if (in_case && sql_is(word, STR("else"))) {
        open->part = 2;
    } else {
        meet_column(reading, word->text);
    }
}

void query_tell_stand_ins(struct query *query, const struct query_text *text, struct diags *diags) {
    struct reading reading = {.query = query, .text = text, .diags = diags};
    struct sql_word word;
    if (query->session->withheld_count == 0) {
        return;
    }
    for (size_t offset = 0; sql_next(text->sql, &offset, &word); reading.before = word) {
        if (word.kind == SQL_SIGN) {
            read_sign(&reading, word.text.p[0]);
        } else if (word.kind == SQL_NAME) {
            read_name(&reading, &word);
        } else if (word.kind == SQL_STRING) {
            meet_words(&reading, &word);
        } else if (str_is(word.text, ":reader") && reading.depth > 0) {
            innermost(&reading)->asks_reader = true;
        }
    }
}
