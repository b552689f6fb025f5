/* tags.c: elements are added as items are committed. */
#include "compose/tags.h"

bool tags_wanted(const struct context *context) {
    return context->document->elements != NULL;
}

struct tag_group *tag_group(const struct context *context, struct tag_group *outer) {
    if (!tags_wanted(context)) {
        return NULL;
    }
    struct tag_group *group = ARENA_NEW(context->row_arena, struct tag_group);
    group->outer = outer;
    return group;
}

struct element *tag_of(const struct context *context, uint32_t element) {
    return &context->document->elements->items[element];
}

static uint32_t begun(struct context *context, struct tag_group *group) {
    if (group == NULL) {
        return 0;
    }
    if (group->element == 0) {
        const uint32_t outer = begun(context, group->outer);
        group->element = ++context->made.element;
        elements_add(context->document->elements, group->element, ELEMENT_SECTION, outer);
    }
    return group->element;
}

void tag_item(struct context *context, const struct item *item, enum element_kind kind) {
    struct elements *elements = context->document->elements;
    if (elements == NULL) {
        return;
    }
    context->made.section = begun(context, item->scope->group);
    if (!elements_has(elements, item->element)) {
        elements_add(elements, item->element, kind, context->made.section);
    }
}

void tag_level(const struct context *context, uint32_t element, uint8_t level) {
    if (tags_wanted(context)) {
        tag_of(context, element)->level = level;
    }
}

void tag_says(const struct context *context, uint32_t element, struct str says) {
    if (tags_wanted(context) && elements_has(context->document->elements, element)) {
        tag_of(context, element)->says = says;
    }
}

uint32_t tag_below(struct context *context, struct canvas *canvas, uint32_t parent, enum element_kind kind) {
    struct elements *elements = context->document->elements;
    if (elements == NULL || !elements_has(elements, parent)) {
        return 0;
    }
    canvas->element = ++context->made.element;
    elements_add(elements, canvas->element, kind, parent);
    return canvas->element;
}

uint32_t tag_beside(struct context *context, const struct item *item, struct canvas *canvas, enum element_kind kind) {
    return tags_wanted(context) ? tag_below(context, canvas, begun(context, item->scope->group), kind) : 0;
}

void tag_goes_on(struct context *context, struct canvas *canvas, uint32_t element) {
    tag_nothing(context, canvas);
    if (tags_wanted(context) && element != 0) {
        elements_add(context->document->elements, canvas->element, ELEMENT_GOES_ON, element);
    }
}

void tag_nothing(struct context *context, struct canvas *canvas) {
    if (tags_wanted(context)) {
        canvas->element = ++context->made.element;
    }
}

void tag_note(struct context *context, struct canvas *canvas, uint32_t *element) {
    if (*element != 0) {
        tag_goes_on(context, canvas, *element);
    } else {
        *element = tag_below(context, canvas, context->made.section, ELEMENT_NOTE);
    }
}

/* The document's row is the only one around. */
static bool is_of_document(const struct scope *scope) {
    return scope->stack.depth == 1 && scope->context->layout->index_count > 0;
}

/* The words beside a picture are often those of another cell: 性别 │ 男 │ (photo). They count where they speak of a picture. */
static bool names_picture(struct str label) {
    return str_find(label, STR("照")) < label.n || str_find(label, STR("相片")) < label.n ||
           str_find(label, STR("像")) < label.n || str_ends(label, STR("图"));
}

/* By the name under which the document is found, else by the first line of its index. */
static struct str name_of_document(const struct scope *scope) {
    const struct layout *layout = scope->context->layout;
    const struct index_entry *entry = &layout->index[0];
    for (size_t i = 0; i < layout->index_count; i++) {
        if (layout->index[i].role == INDEX_NAME) {
            entry = &layout->index[i];
            break;
        }
    }
    return expand_value(scope, entry->value, true);
}

struct str tag_picture_words(const struct scope *scope, uint32_t value) {
    const struct context *context = scope->context;
    if (value == UINT32_MAX) {
        return STR("图片");
    }
    const struct str label = context->layout->values[value].label;
    const struct str words = names_picture(label) ? label : STR("照片");
    const struct str whose = is_of_document(scope) ? name_of_document(scope) : STR_NONE;
    return whose.n > 0 ? str_printf(context->arena, "%.*s：%.*s", STR_ARG(words), STR_ARG(whose)) : words;
}

void tag_seal(struct context *context, const struct item *item, struct canvas *canvas) {
    tag_says(context, tag_beside(context, item, canvas, ELEMENT_FIGURE), STR("印章"));
}
