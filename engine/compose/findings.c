/* findings.c: what is told of a document, once what it speaks of stands. */
#include "compose/findings.h"

#include "base/utf8.h"
#include "compose/scope.h"

/* --- held back -------------------------------------------------------------------------------------------------------- */

static void hold(struct findings *found, struct finding finding) {
    ARENA_GROW(found->arena, found->items, found->count, found->capacity);
    found->items[found->count++] = finding;
}

void findings_add(struct findings *found, enum diag_code code, struct place place, struct str a, struct str b) {
    hold(found, (struct finding){.code = code, .place = place, .a = a, .b = b});
}

/* Most text gives nothing to tell. */
void findings_add_text(struct findings *found, const struct paragraph *paragraph, struct place place) {
    if (paragraph_missing(paragraph)->count > 0 || paragraph_has_backwards(paragraph) || paragraph_control(paragraph) ||
        paragraph_unpaired(paragraph)) {
        hold(found, (struct finding){.place = place, .text = paragraph});
    }
}

void findings_add_trouble(struct findings *found, struct trouble *trouble) {
    if (trouble != NULL && !trouble->told) {
        hold(found, (struct finding){.trouble = trouble});
    }
}

void findings_join(struct findings *found, const struct findings *more) {
    for (size_t i = 0; i < more->count; i++) {
        hold(found, more->items[i]);
    }
    found->incomplete |= more->incomplete;
}

const struct findings *findings_keep(const struct findings *found) {
    return found->count > 0 || found->incomplete ? arena_copy(found->arena, found, sizeof *found) : NULL;
}

/* --- told ------------------------------------------------------------------------------------------------------------- */

/* True the first time. */
static bool once(bool *told) {
    const bool first = !*told;
    *told = true;
    return first;
}

static bool same_line(const struct place *a, const struct place *b) {
    return a->line == b->line && a->column == b->column;
}

/* A sum is made anew for each row that it stands in. */
static bool told_of_value(struct context *context, enum diag_code code, struct place place, struct str a) {
    struct told *told = &context->told;
    for (size_t i = 0; i < told->value_count; i++) {
        const struct finding *value = &told->values[i];
        if (value->code == code && same_line(&value->place, &place) && str_eq(value->a, a)) {
            return true;
        }
    }
    ARENA_GROW(context->arena, told->values, told->value_count, told->value_capacity);
    told->values[told->value_count++] =
        (struct finding){.code = code, .place = place, .a = str_copy(context->arena, a)};
    return false;
}

void context_tell(struct context *context, enum diag_code code, struct place place, struct str a, struct str b) {
    struct told *told = &context->told;
    if ((code == DIAG_C539 && told_of_value(context, code, place, a)) || (code == DIAG_C526 && !once(&told->keep))) {
        return;
    }
    place.record = context->record;
    const enum severity severity = diag_severity(code);
    told->incomplete |= severity == SEVERITY_FAULT || severity == SEVERITY_ERROR;
    told->failed |= severity == SEVERITY_ERROR;
    const struct str args[4] = {a, b};
    diag_add(told->diags, code, place, args);
}

/* A code point is told once a document. */
static bool told_before(struct context *context, uint32_t code_point) {
    struct told *told = &context->told;
    for (size_t i = 0; i < told->code_point_count; i++) {
        if (told->code_points[i] == code_point) {
            return true;
        }
    }
    ARENA_GROW(context->arena, told->code_points, told->code_point_count, told->code_point_capacity);
    told->code_points[told->code_point_count++] = code_point;
    return false;
}

/* The characters of a line that weren't told yet are told together: a name in a script without a font is one message. Beyond
 * a few only their number is. */
static void tell_missing(struct context *context, const struct paragraph *paragraph, struct place place) {
    enum { MOST = 8 };
    const struct missing *missing = paragraph_missing(paragraph);
    struct str codes = STR(""), characters = STR("");
    size_t found = 0;
    for (size_t i = 0; i < missing->count; i++) {
        const uint32_t code_point = missing->code_points[i];
        if (told_before(context, code_point) || found++ >= MOST) {
            continue;
        }
        char bytes[4];
        const size_t n = utf8_encode(code_point, bytes);
        characters = str_join(context->arena, characters, (struct str){bytes, n});
        codes = str_printf(context->arena, "%.*s%sU+%04X", STR_ARG(codes), found > 1 ? " " : "", (unsigned)code_point);
    }
    if (found > MOST) {
        codes = str_printf(context->arena, "%.*s … +%zu", STR_ARG(codes), found - MOST);
    }
    if (found > 0) {
        context_tell(context, DIAG_C503, place, codes, characters);
    }
}

static void tell_text(struct context *context, const struct paragraph *paragraph, struct place place) {
    struct told *told = &context->told;
    const uint32_t control = paragraph_control(paragraph);
    tell_missing(context, paragraph, place);
    if (paragraph_has_backwards(paragraph) && once(&told->backwards)) {
        context_tell(context, DIAG_C531, place, STR_NONE, STR_NONE);
    }
    if (control && once(&told->control)) {
        const struct str code = str_printf(context->arena, "U+%04X", (unsigned)control);
        context_tell(context, DIAG_C532, place, code, STR_NONE);
    }
    const uint32_t unpaired = told->unpaired ? 0 : paragraph_unpaired(paragraph);
    if (unpaired && once(&told->unpaired)) {
        char bytes[4];
        const size_t n = utf8_encode(unpaired, bytes);
        context_tell(context, DIAG_C533, place, str_copy(context->arena, (struct str){bytes, n}), STR_NONE);
    }
}

static void tell_trouble(struct context *context, struct trouble *trouble) {
    if (!once(&trouble->told)) {
        return;
    }
    for (size_t i = 0; i < trouble->diags.count; i++) {
        const struct diag *diag = &trouble->diags.items[i];
        diag_add(context->told.diags, diag->code, diag->place, diag->args);
    }
    context->told.failed |= trouble->failed;
}

void findings_tell(struct context *context, const struct findings *found) {
    for (size_t i = 0; found != NULL && i < found->count; i++) {
        const struct finding *finding = &found->items[i];
        if (finding->text != NULL) {
            tell_text(context, finding->text, finding->place);
        } else if (finding->trouble != NULL) {
            tell_trouble(context, finding->trouble);
        } else {
            context_tell(context, finding->code, finding->place, finding->a, finding->b);
        }
    }
    context->told.incomplete |= found != NULL && found->incomplete;
}

/* --- gathered --------------------------------------------------------------------------------------------------------- */

struct gathered *context_gather(struct context *context, enum diag_code code, struct place place) {
    struct told *told = &context->told;
    for (size_t i = 0; i < told->gathered_count; i++) {
        struct gathered *gathered = &told->gathered[i];
        if (gathered->code == code && same_line(&gathered->place, &place) && str_eq(gathered->place.file, place.file)) {
            return gathered;
        }
    }
    ARENA_GROW(context->arena, told->gathered, told->gathered_count, told->gathered_capacity);
    struct gathered *gathered = &told->gathered[told->gathered_count++];
    *gathered = (struct gathered){.code = code, .place = place};
    return gathered;
}

static struct str beyond(struct arena *arena, const struct gathered *gathered) {
    if (gathered->count == 0) {
        return diag_both(arena, str_printf(arena, "%zu drawings", gathered->drawings),
                         str_printf(arena, "图形 %zu 处", gathered->drawings));
    }
    return diag_both(arena, str_printf(arena, "%zu characters", gathered->count),
                     str_printf(arena, "%zu 字", gathered->count));
}

void context_tell_gathered(struct context *context) {
    for (size_t i = 0; i < context->told.gathered_count; i++) {
        const struct gathered *gathered = &context->told.gathered[i];
        const bool pictures = gathered->code == DIAG_C518;
        const struct str first = pictures ? str_int(context->arena, gathered->least) : gathered->what;
        const struct str second =
            pictures ? str_int(context->arena, (int64_t)gathered->count) : beyond(context->arena, gathered);
        context_tell(context, gathered->code, gathered->place, first, second);
    }
    context->told.gathered_count = 0;
}
