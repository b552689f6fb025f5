/* read.c: the bytes of a file become nodes.
 *
 * libyaml gives events; each becomes a node with its place. Anchors, tags and deep nesting are refused here, so that nothing
 * behind this file can be made to grow. libyaml stops at the first mistake: then the part of the file in which it stands (from
 * one line without indentation to the next) is told, blanked out, and the file read again, so that the mistakes of all parts are
 * told in one go. */
#include "layout/reader.h"

#include <string.h>
#include <yaml.h>

#include "base/utf8.h"
#include "layout/outline.h"

/* --- events ------------------------------------------------------------------------------------------------------- */

struct parse {
    struct reader *reader;
    struct source *source;
    yaml_parser_t parser;
    size_t index, offset; /* characters of the file and the byte they end at; only goes forward */
    bool refused;         /* an anchor, tag or alias was told: once a file is enough */
    bool stopped;         /* a mistake of ours ended the parse */
    bool last;            /* nothing behind the mistake can be read */
};

static size_t offset_of(struct parse *parse, yaml_mark_t mark) {
    while (parse->index < mark.index && parse->offset < parse->source->parsed.n) {
        utf8_next(parse->source->parsed, &parse->offset);
        parse->index++;
    }
    return parse->offset;
}

static void refuse(struct parse *parse, const yaml_event_t *event, enum diag_code code, const char *sign,
                   const unsigned char *name) {
    if (!parse->refused) {
        const struct str text = str_printf(parse->reader->arena, "%s%s", sign, name != NULL ? (const char *)name : "");
        reader_tell(parse->reader, code, source_place(parse->source, event->start_mark.line, event->start_mark.column),
                    (const struct str[4]){text});
    }
    parse->refused = true;
}

static struct node *node_begin(struct parse *parse, const yaml_event_t *event, enum node_kind kind) {
    struct node *node = ARENA_NEW(parse->reader->arena, struct node);
    node->kind = kind;
    node->source = parse->source;
    node->place = source_place(parse->source, event->start_mark.line, event->start_mark.column);
    node->start = offset_of(parse, event->start_mark);
    return node;
}

static void node_end(struct parse *parse, struct node *node, yaml_mark_t mark) {
    node->end = offset_of(parse, mark);
    node->end_line = (int32_t)mark.line + 1;
}

static enum scalar_style style_of(yaml_scalar_style_t style) {
    static const enum scalar_style styles[] = {
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = SCALAR_SINGLE_QUOTED,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = SCALAR_DOUBLE_QUOTED,
        [YAML_LITERAL_SCALAR_STYLE] = SCALAR_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = SCALAR_FOLDED,
    };
    return style < sizeof styles / sizeof styles[0] ? styles[style] : SCALAR_PLAIN;
}

static struct node *scalar_of(struct parse *parse, const yaml_event_t *event) {
    struct node *node = node_begin(parse, event, NODE_SCALAR);
    const struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    node->text = str_copy(parse->reader->arena, text);
    node->style = style_of(event->data.scalar.style);
    if (event->data.scalar.anchor != NULL) {
        refuse(parse, event, DIAG_L110, "&", event->data.scalar.anchor);
    } else if (event->data.scalar.tag != NULL) {
        refuse(parse, event, DIAG_L111, "", event->data.scalar.tag);
    }
    node_end(parse, node, event->end_mark);
    bool one_line = event->start_mark.line == event->end_mark.line;
    node->place.width = one_line ? (int32_t)(event->end_mark.column - event->start_mark.column) : 1;
    node_begin_walk(parse->reader->arena, node);
    traps_comment(parse->reader, node);
    return node;
}

/* After an error libyaml goes on giving events that are none. */
static bool next_event(struct parse *parse, yaml_event_t *event) {
    bool ended = parse->stopped || parse->parser.error != YAML_NO_ERROR;
    return !ended && yaml_parser_parse(&parse->parser, event) != 0;
}

static struct node *node_of(struct parse *parse, yaml_event_t *event, int depth);

/* The next node; NULL at the end of the mapping or list around it, which then ends there, and after a mistake. */
static struct node *next_node(struct parse *parse, struct node *around, int depth) {
    yaml_event_t event;
    if (!next_event(parse, &event)) {
        return NULL;
    }
    struct node *node = NULL;
    if (event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT) {
        node_end(parse, around, event.end_mark);
    } else {
        node = node_of(parse, &event, depth);
    }
    yaml_event_delete(&event);
    return node;
}

static void add_pair(struct parse *parse, struct node *mapping, struct strmap *keys, struct node *key,
                     struct node *value) {
    if (key->kind != NODE_SCALAR) {
        TELL_PLAIN(parse->reader, L120, key->place);
        return;
    }
    const bool merge = key->style == SCALAR_PLAIN && str_is(key->text, "<<"); /* told when it was read */
    if (merge || traps_key(parse->reader, key) || traps_pair(parse->reader, key, value)) {
        parse->source->lost = true;
        return;
    }
    if (node_is_empty(value)) {
        value->place = key->place; /* libyaml has it before whatever comes next */
    }
    bool found = false;
    uint32_t *slot = strmap_put(keys, key->text, &found);
    if (found) {
        struct diag *diag = TELL(parse->reader, L109, key->place, key->text);
        if (diag != NULL) {
            diag->also = mapping->pairs[*slot].key->place;
        }
        parse->source->lost = true; /* as a rule it is another that has lost its name */
        return;
    }
    *slot = (uint32_t)mapping->count;
    ARENA_GROW(parse->reader->arena, mapping->pairs, mapping->count, mapping->capacity);
    mapping->pairs[mapping->count++] = (struct pair){key, value};
}

/* Before its value, which is an alias as a rule, is told instead. */
static void refuse_merge(struct parse *parse, const struct node *key) {
    if (key->kind == NODE_SCALAR && key->style == SCALAR_PLAIN && str_is(key->text, "<<") && !parse->refused) {
        TELL_PLAIN(parse->reader, L135, key->place);
        parse->refused = true;
    }
}

static struct node *mapping_of(struct parse *parse, const yaml_event_t *event, int depth) {
    struct node *mapping = node_begin(parse, event, NODE_MAPPING);
    mapping->flow = event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    if (event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL) {
        refuse(parse, event, event->data.mapping_start.anchor != NULL ? DIAG_L110 : DIAG_L111, "",
               event->data.mapping_start.anchor != NULL ? event->data.mapping_start.anchor
                                                        : event->data.mapping_start.tag);
    }
    struct strmap keys;
    strmap_init(&keys, parse->reader->arena);
    struct node *key;
    while ((key = next_node(parse, mapping, depth)) != NULL) {
        refuse_merge(parse, key);
        struct node *value = next_node(parse, mapping, depth);
        if (value == NULL) {
            break;
        }
        add_pair(parse, mapping, &keys, key, value);
    }
    return mapping;
}

static struct node *sequence_of(struct parse *parse, const yaml_event_t *event, int depth) {
    struct node *sequence = node_begin(parse, event, NODE_SEQUENCE);
    sequence->flow = event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    if (event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL) {
        refuse(parse, event, event->data.sequence_start.anchor != NULL ? DIAG_L110 : DIAG_L111, "",
               event->data.sequence_start.anchor != NULL ? event->data.sequence_start.anchor
                                                         : event->data.sequence_start.tag);
    }
    struct node *item;
    while ((item = next_node(parse, sequence, depth)) != NULL) {
        ARENA_GROW(parse->reader->arena, sequence->items, sequence->count, sequence->capacity);
        sequence->items[sequence->count++] = item;
    }
    return sequence;
}

static struct node *alias_of(struct parse *parse, const yaml_event_t *event) {
    refuse(parse, event, DIAG_L110, "*", event->data.alias.anchor);
    struct node *node = node_begin(parse, event, NODE_SCALAR);
    node->text = str_printf(parse->reader->arena, "*%s", (const char *)event->data.alias.anchor);
    node->refused = true;
    node_end(parse, node, event->end_mark);
    node_begin_walk(parse->reader->arena, node);
    return node;
}

/* depth counts the nodes around, so that this recursion ends. */
static struct node *node_of(struct parse *parse, yaml_event_t *event, int depth) {
    if (depth > NESTING_LIMIT) {
        TELL(parse->reader, L112, source_place(parse->source, event->start_mark.line, event->start_mark.column),
             str_int(parse->reader->arena, NESTING_LIMIT));
        parse->stopped = true;
        return NULL;
    }
    if (event->type == YAML_MAPPING_START_EVENT) {
        return mapping_of(parse, event, depth + 1);
    }
    if (event->type == YAML_SEQUENCE_START_EVENT) {
        return sequence_of(parse, event, depth + 1);
    }
    return event->type == YAML_ALIAS_EVENT ? alias_of(parse, event) : scalar_of(parse, event);
}

/* --- a file and its broken parts ---------------------------------------------------------------------------------- */

/* False where libyaml stopped at something that is no YAML. */
static bool parse_document(struct parse *parse) {
    yaml_event_t event;
    bool done = false;
    while (!done && next_event(parse, &event)) {
        bool content = event.type >= YAML_ALIAS_EVENT && event.type <= YAML_MAPPING_START_EVENT;
        if (event.type == YAML_DOCUMENT_START_EVENT && parse->source->root != NULL) {
            TELL_PLAIN(parse->reader, L117,
                       source_place(parse->source, event.start_mark.line, event.start_mark.column));
            parse->source->lost = true;
            done = true;
        } else if (content) {
            parse->source->root = node_of(parse, &event, 0);
        } else if (event.type == YAML_STREAM_END_EVENT) {
            done = true;
        }
        yaml_event_delete(&event);
    }
    if (parse->stopped) {
        parse->source->root = NULL;
    }
    return parse->stopped || parse->parser.error == YAML_NO_ERROR;
}

/* What libyaml says, and what we say of it; the place is the beginning of the construct or where it was noticed. */
static const struct {
    const char *problem;
    enum diag_code code;
    enum { HERE, AT_BEGINNING /* of the construct */, LAST /* nothing behind it can be read */ } where;
} problems[] = {
    {"found unexpected end of stream", DIAG_L114, AT_BEGINNING},
    {"found unexpected document indicator", DIAG_L114, AT_BEGINNING},
    {"found unknown escape character", DIAG_L134, HERE},
    {"did not find expected hexdecimal number", DIAG_L134, HERE},
    {"mapping values are not allowed in this context", DIAG_L108, HERE},
    {"could not find expected ':'", DIAG_L115, AT_BEGINNING},
    {"did not find expected ',' or ']'", DIAG_L124, AT_BEGINNING},
    {"did not find expected ',' or '}'", DIAG_L124, AT_BEGINNING},
    {"did not find expected key", DIAG_L115, HERE},
    {"did not find expected '-' indicator", DIAG_L115, HERE},
    {"block sequence entries are not allowed in this context", DIAG_L115, HERE},
    {"did not find expected alphabetic or numeric character", DIAG_L110, HERE},
    {"did not find expected <document start>", DIAG_L115, LAST},
};

/* Gives back the line that was told. */
static size_t tell_problem(struct parse *parse, struct place context, struct place problem) {
    const char *said = parse->parser.problem != NULL ? parse->parser.problem : "out of memory";
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        if (strcmp(said, problems[i].problem) == 0) {
            bool at_context = problems[i].where == AT_BEGINNING && parse->parser.context != NULL;
            const struct place place = at_context ? context : problem;
            reader_tell(parse->reader, problems[i].code, place, (const struct str[4]){STR("*")});
            parse->last = problems[i].where == LAST;
            return (size_t)place.line - 1;
        }
    }
    TELL(parse->reader, L116, problem, str_from(said));
    return (size_t)problem.line - 1;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* A key without indentation, or a block of a list that has none. */
static bool begins_part(const struct source *source, size_t line) {
    const struct outline_line seen = outline_line_of(source, (int32_t)line);
    return !seen.blank && seen.indent == 0 && (seen.is_item || outline_key(&seen).n > 0);
}

static bool begins_item(const struct source *source, size_t line) {
    return outline_line_of(source, (int32_t)line).is_item;
}

/* Blanks the part of the file in which the line stands, a key with all of its blocks or one of them; ends of lines stay, so
 * that places do. False: it was blank. */
static bool blank_part(const struct source *source, char *bytes, size_t line) {
    size_t first = line, last = line + 1;
    while (first > 0 && !begins_part(source, first)) {
        first--;
    }
    const bool item = begins_item(source, first);
    while (last < source->line_count && (!begins_part(source, last) || (!item && begins_item(source, last)))) {
        last++;
    }
    const size_t end = last < source->line_count ? source->lines[last] : source->parsed.n;
    bool any = false;
    for (size_t i = source->lines[first]; i < end; i++) {
        if (bytes[i] != '\n' && bytes[i] != '\r') {
            any = any || bytes[i] != ' ';
            bytes[i] = ' ';
        }
    }
    return any;
}

/* Tells the mistake at which libyaml stopped and gives back a line of the part to leave out. */
static size_t tell_syntax(struct parse *parse) {
    const yaml_parser_t *parser = &parse->parser;
    const size_t problem = least(parser->problem_mark.line, parse->source->line_count - 1);
    const size_t context = parser->context != NULL ? least(parser->context_mark.line, problem) : problem;
    const int32_t trap = traps_explain(parse->reader, parse->source, (int32_t)context, (int32_t)problem);
    if (trap >= 0) {
        return (size_t)trap;
    }
    return tell_problem(parse, source_place(parse->source, context, parser->context_mark.column),
                        source_place(parse->source, problem, parser->problem_mark.column));
}

enum outcome { READ, PART_BROKEN, REST_BROKEN };

/* One try. *part becomes a line of what to leave out. */
static enum outcome parse_once(struct reader *reader, struct source *source, size_t *part) {
    struct parse parse = {.reader = reader, .source = source};
    source->root = NULL;
    yaml_parser_initialize(&parse.parser);
    yaml_parser_set_encoding(&parse.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parse.parser, (const unsigned char *)source->parsed.p, source->parsed.n);
    bool done = parse_document(&parse);
    if (!done) {
        *part = tell_syntax(&parse);
    }
    source->lost = source->lost || !done || parse.stopped || parse.refused;
    yaml_parser_delete(&parse.parser);
    return done ? READ : parse.last ? REST_BROKEN : PART_BROKEN;
}

enum { PARTS_LEFT_OUT = 30 };

void source_parse(struct reader *reader, struct source *source) {
    char *bytes = arena_copy(reader->arena, source->bytes.p, source->bytes.n);
    source->parsed = (struct str){bytes, source->bytes.n};
    enum outcome outcome = PART_BROKEN;
    for (int i = 0; i < PARTS_LEFT_OUT && outcome == PART_BROKEN; i++) {
        size_t part = 0;
        outcome = parse_once(reader, source, &part);
        if (outcome == PART_BROKEN && !blank_part(source, bytes, part)) {
            break;
        }
    }
    if (outcome != READ) {
        source->root = NULL;
    }
}
