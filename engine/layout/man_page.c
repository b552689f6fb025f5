/* man_page.c: dossier-layout(5), in mdoc: what a layout is, and its keys and filters from the tables that the program reads by. */
#include "layout/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "filter/filter.h"

/* What a value looks like, by type. */
static const char *const type_texts[] = {
#define TYPE(id, takes, read, store, dump, text, ...) [TYPE_##id] = text,
#include "layout/types.def"
#undef TYPE
};

static const char head[] =
    ".\\\" Written by `dossier help man` from the table of the language: engine/layout/keys.def\n"
    ".Dd November 25, 2026\n"
    ".Dt DOSSIER-LAYOUT 5\n"
    ".Os\n"
    ".Sh NAME\n"
    ".Nm dossier-layout\n"
    ".Nd how a layout of dossier is written\n"
    ".Sh DESCRIPTION\n"
    "A layout is a YAML file in the folder of layouts.\n"
    "It names the queries whose rows it prints, and draws the paper.\n"
    "SQL computes: what is counted, ranked, joined or chosen is a query.\n"
    "A text holds placeholders: a column of the row around it, of a query\n"
    "(query.column), and a filter that says how the value is written (column|date).\n"
    ".Xr dossier 1\n"
    "tells every mistake with its line, column and remedy:\n"
    ".Ic dossier check layouts .\n"
    ".Pp\n"
    "Files that have no\n"
    ".Ic document\n"
    "are shared by all layouts of the folder:\n"
    ".Pp\n"
    ".Bl -tag -width printers.yaml -compact\n"
    ".It Pa theme.yaml\n"
    "fonts and styles\n"
    ".It Pa common.yaml\n"
    "queries, the calendar\n"
    ".It Pa privacy.yaml\n"
    "who sees what\n"
    ".It Pa columns.yaml\n"
    "what the columns of the database hold\n"
    ".It Pa printers.yaml\n"
    "how printers are calibrated\n"
    ".El\n";

static const char tail[] = ".Sh FILES\n"
                           ".Bl -tag -width Ds\n"
                           ".It Pa /etc/dossier/layouts\n"
                           "The layouts of an installed\n"
                           ".Xr dossier 1 ,\n"
                           "to be changed.\n"
                           ".It Pa /usr/share/dossier/layouts\n"
                           "The same as they were shipped.\n"
                           ".It Pa /usr/share/doc/dossier/layouts.md\n"
                           "The language taught by examples.\n"
                           ".El\n"
                           ".Sh EXAMPLES\n"
                           "A slip for each child:\n"
                           ".Bd -literal -offset indent\n"
                           "document:\n"
                           "  title: \xe8\xb5\xb0\xe8\xae\xbf\xe5\x8d\x95\n"
                           "  each: children\n"
                           "  file: visit/{school}/{name}.pdf\n"
                           "  key: student_id\n"
                           "  paper: A5 landscape\n"
                           "queries:\n"
                           "  children: SELECT student_id, name, school FROM child WHERE semester_id = :semester\n"
                           "body:\n"
                           "- heading: \"{name}\"\n"
                           "- text: \"{school}\"\n"
                           ".Ed\n"
                           ".Sh SEE ALSO\n"
                           ".Xr dossier 1 ,\n"
                           ".Xr dossier-office 7\n";

/* Text as it stands, in one line but where a sentence begins: no request, no escape. */
static void add_text(struct buffer *out, struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        if (i == 0 && (text.p[i] == '.' || text.p[i] == '\'')) {
            buffer_add(out, STR("\\&"));
        }
        const bool sentence = i > 0 && i + 1 < text.n && text.p[i] == ' ' && text.p[i - 1] == '.' &&
                              text.p[i + 1] >= 'A' && text.p[i + 1] <= 'Z';
        if (text.p[i] == '\\') {
            buffer_add(out, STR("\\e"));
        } else if (text.p[i] == '\n') {
            buffer_byte(out, ' ');
        } else if (text.p[i] != '`') { /* marks code in the manual in Markdown */
            buffer_byte(out, sentence ? '\n' : text.p[i]);
        }
    }
}

/* Behind a macro: what would be a macro or a delimiter there is quoted. */
static void add_word(struct buffer *out, struct str word) {
    buffer_add(out, STR("\""));
    for (size_t i = 0; i < word.n; i++) {
        buffer_add(out, word.p[i] == '"' ? STR("\"\"") : word.p[i] == '\\' ? STR("\\e") : str_slice(word, i, i + 1));
    }
    buffer_add(out, STR("\""));
}

/* Nothing for no text: an empty line would be a paragraph. */
static void add_line(struct buffer *out, struct str text) {
    if (text.n > 0) {
        add_text(out, text);
        buffer_byte(out, '\n');
    }
}

static void add_choices(struct buffer *out, struct str choices) {
    for (bool first = true; choices.n > 0; first = false) {
        const struct str choice = str_split(choices, '|', &choices);
        buffer_add(out, first ? STR("") : STR(", "));
        add_text(out, choice);
    }
}

static void add_key(struct buffer *out, const struct key *key) {
    buffer_add(out, STR(".It Ic "));
    add_word(out, str_from(key->name));
    buffer_byte(out, '\n');
    add_line(out, str_from(key->help));
    buffer_add(out, key->help[0] == '\0' ? STR("(") : STR(".br\n("));
    if (key->type == TYPE_CHOICE) {
        add_choices(out, str_from(key->values));
    } else {
        add_text(out, str_from(type_texts[key->type]));
    }
    if (key->required) {
        buffer_add(out, STR("; needed"));
    } else if (key->initial[0] != '\0') {
        buffer_add(out, STR("; else "));
        add_text(out, str_from(key->initial));
    }
    buffer_add(out, STR(")\n"));
}

static void add_keys(struct buffer *out) {
    buffer_add(out, STR(".Sh KEYS\n"));
    for (enum mapping_kind kind = 0; kind < MAPPING_KIND_COUNT; kind++) {
        const struct mapping_schema *schema = schema_of(kind);
        buffer_add(out, STR(".Ss "));
        add_word(out, str_from(schema->name));
        buffer_byte(out, '\n');
        add_line(out, str_from(schema->help));
        buffer_add(out, STR(".Bl -tag -width Ds\n"));
        for (size_t i = 0; i < schema->count; i++) {
            add_key(out, &schema->keys[i]);
        }
        buffer_add(out, STR(".El\n"));
    }
}

static void add_filters(struct buffer *out) {
    buffer_add(out, STR(".Sh FILTERS\n.Bl -tag -width Ds\n"));
    for (size_t i = 0; filter_at(i) != NULL; i++) {
        const struct filter *filter = filter_at(i);
        const struct filter_example *example = filter->examples;
        buffer_printf(out, ".It Ic %s", filter->name);
        if (filter->argument[0] != '\0') {
            buffer_add(out, STR(" Ar "));
            add_word(out, str_from(filter->argument));
        }
        buffer_byte(out, '\n');
        add_line(out, str_from(filter->help));
        if (example != NULL && example->input != NULL) {
            buffer_printf(out, ".br\n%s%s%s: ", filter->name, example->argument[0] != '\0' ? " " : "",
                          example->argument);
            add_text(out, str_from(example->input));
            buffer_add(out, STR(" \\(-> "));
            add_line(out, str_from(example->output));
        }
    }
    buffer_add(out, STR(".El\n"));
}

void schema_man_page(struct buffer *out) {
    buffer_add(out, str_from(head));
    add_keys(out);
    add_filters(out);
    buffer_add(out, str_from(tail));
}
