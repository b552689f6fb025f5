/* findings.c: what is told of a document, once what it speaks of stands.
 *
 * While an item is tried (flow.h: place) context->found takes its findings; they go into its fit, and list_commit tells them. So a
 * table that is tried at twenty heights, or a box at eighteen sizes, tells what it is in the end. */
#include "compose/context.h"

#include "base/utf8.h"

/* A sum is made anew for each row that it stands in. */
static bool told_of_value(struct context *context, enum diag_code code, struct place place, struct str a) {
    for (size_t i = 0; i < context->told_value_count; i++) {
        const struct finding *told = &context->told_values[i];
        if (told->code == code && told->place.line == place.line && told->place.column == place.column &&
            str_eq(told->a, a)) {
            return true;
        }
    }
    ARENA_GROW(context->arena, context->told_values, context->told_value_count, context->told_value_capacity);
    context->told_values[context->told_value_count++] =
        (struct finding){.code = code, .place = place, .a = str_copy(context->arena, a)};
    return false;
}

static void tell_now(struct context *context, enum diag_code code, struct place place, struct str a, struct str b) {
    if (code == DIAG_C539 && told_of_value(context, code, place, a)) {
        return;
    }
    place.record = context->record;
    const enum severity severity = diag_severity(code);
    context->incomplete |= severity == SEVERITY_FAULT || severity == SEVERITY_ERROR;
    context->failed |= severity == SEVERITY_ERROR;
    const struct str args[4] = {a, b};
    diag_add(context->diags, code, place, args);
}

static void hold(struct findings *found, struct finding finding) {
    ARENA_GROW(found->arena, found->items, found->count, found->capacity);
    found->items[found->count++] = finding;
}

void context_tell(struct context *context, enum diag_code code, struct place place, struct str a, struct str b) {
    if (context->found != NULL) {
        hold(context->found, (struct finding){.code = code, .place = place, .a = a, .b = b});
    } else {
        tell_now(context, code, place, a, b);
    }
}

void context_lacks(struct context *context) {
    if (context->found != NULL) {
        context->found->incomplete = true;
    } else {
        context->incomplete = true;
    }
}

const struct findings *findings_keep(const struct findings *found) {
    return found->count > 0 || found->incomplete ? arena_copy(found->arena, found, sizeof *found) : NULL;
}

static bool told_before(struct context *context, uint32_t code_point) {
    for (size_t i = 0; i < context->told_count; i++) {
        if (context->told[i] == code_point) {
            return true;
        }
    }
    ARENA_GROW(context->arena, context->told, context->told_count, context->told_capacity);
    context->told[context->told_count++] = code_point;
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
        tell_now(context, DIAG_C503, place, codes, characters);
    }
}

/* True the first time. */
static bool once(bool *told) {
    const bool first = !*told;
    *told = true;
    return first;
}

static void tell_text(struct context *context, const struct paragraph *paragraph, struct place place) {
    const uint32_t control = paragraph_control(paragraph);
    tell_missing(context, paragraph, place);
    if (paragraph_has_backwards(paragraph) && once(&context->told_backwards)) {
        tell_now(context, DIAG_C531, place, STR_NONE, STR_NONE);
    }
    if (control && once(&context->told_control)) {
        const struct str code = str_printf(context->arena, "U+%04X", (unsigned)control);
        tell_now(context, DIAG_C532, place, code, STR_NONE);
    }
    const uint32_t unpaired = context->told_unpaired ? 0 : paragraph_unpaired(paragraph);
    if (unpaired && once(&context->told_unpaired)) {
        char bytes[4];
        const size_t n = utf8_encode(unpaired, bytes);
        tell_now(context, DIAG_C533, place, str_copy(context->arena, (struct str){bytes, n}), STR_NONE);
    }
}

/* Most text gives nothing to tell: only what does is held. */
void context_tell_text(struct context *context, const struct paragraph *paragraph) {
    const bool any = paragraph_missing(paragraph)->count > 0 || paragraph_has_backwards(paragraph) ||
                     paragraph_control(paragraph) || (!context->told_unpaired && paragraph_unpaired(paragraph));
    if (any && context->found != NULL) {
        hold(context->found, (struct finding){.place = context->at, .text = paragraph});
    } else if (any) {
        tell_text(context, paragraph, context->at);
    }
}

void findings_tell(struct context *context, const struct findings *found) {
    for (size_t i = 0; found != NULL && i < found->count; i++) {
        const struct finding *finding = &found->items[i];
        if (context->found != NULL) {
            hold(context->found, *finding);
        } else if (finding->text != NULL) {
            tell_text(context, finding->text, finding->place);
        } else if (finding->code != DIAG_C526 || once(&context->told_keep)) {
            tell_now(context, finding->code, finding->place, finding->a, finding->b);
        }
    }
    if (found != NULL && found->incomplete) {
        context_lacks(context);
    }
}

struct gathered *context_gather(struct context *context, enum diag_code code, struct place place) {
    for (size_t i = 0; i < context->gathered_count; i++) {
        struct gathered *gathered = &context->gathered[i];
        const struct place *other = &gathered->place;
        if (gathered->code == code && other->line == place.line && other->column == place.column &&
            str_eq(other->file, place.file)) {
            return gathered;
        }
    }
    ARENA_GROW(context->arena, context->gathered, context->gathered_count, context->gathered_capacity);
    struct gathered *gathered = &context->gathered[context->gathered_count++];
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
    for (size_t i = 0; i < context->gathered_count; i++) {
        const struct gathered *gathered = &context->gathered[i];
        const bool pictures = gathered->code == DIAG_C518;
        const struct str first = pictures ? str_int(context->arena, gathered->least) : gathered->what;
        const struct str second =
            pictures ? str_int(context->arena, (int64_t)gathered->count) : beyond(context->arena, gathered);
        context_tell(context, gathered->code, gathered->place, first, second);
    }
    context->gathered_count = 0;
}
