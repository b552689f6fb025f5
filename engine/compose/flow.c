/* flow.c: items one below the other, in a room: a page's type area, a column, a box.
 *
 * list_place goes forward and asks each item to place itself into what is left. Where one does not fit, the list ends
 * before it, or further back: before the headings that must stay with it, before the items that are kept with it; and an item that
 * takes text along takes the last lines of what stands before it. In a
 * fresh room that would leave nothing, so there the break falls where it falls: a kept block taller than a page is
 * broken, never dropped, and no page stays empty for ever.
 *
 * A list keeps the same promises as an item (flow.h): I2 by breaking where the rules would leave nothing, I3 by its plan. */
#include "compose/flow.h"

#include <assert.h>

#include "compose/pages.h"

struct entry {
    size_t item;
    struct progress from;
    struct fit fit;
    int32_t y_mp;
};
struct list_plan {
    struct entry *entries;
    size_t count, capacity;
    struct foot *foot;     /* notes of all entries; NULL: none */
    struct findings found; /* of the list itself; those of the entries are in their fits */
};

static int32_t larger(int32_t a, int32_t b) {
    return a > b ? a : b;
}

static void plan_add(const struct context *context, struct list_plan *plan, struct entry entry) {
    ARENA_GROW(context->page_arena, plan->entries, plan->count, plan->capacity);
    plan->entries[plan->count++] = entry;
    plan->foot = foot_join(context, plan->foot, entry.fit.foot);
}

/* The entries from `count` on go to the next page, and their notes with them. */
static void plan_cut(const struct context *context, struct list_plan *plan, size_t count) {
    const bool has_notes = plan->foot != NULL && count < plan->count;
    plan->count = count;
    plan->foot = has_notes ? NULL : plan->foot;
    for (size_t i = 0; has_notes && i < count; i++) {
        plan->foot = foot_join(context, plan->foot, plan->entries[i].fit.foot);
    }
}

/* A heading stays with two lines. Where the first is a paragraph of its own, the second is that of the next one, unless the next
 * one is a heading. */
static bool is_first_of_two(const struct items *items, const struct entry *entry, const struct item *next) {
    return entry->fit.one_line && entry->item > 0 && items->list[entry->item - 1].keep_with_next && next != NULL &&
           next->control == ITEM_PLACED && !next->keep_with_next;
}

/* Must what stands in entry `index` be on the page of the item that follows it in the list? */
static bool holds_next(const struct items *items, const struct list_plan *plan, size_t index) {
    const struct item *item = &items->list[plan->entries[index].item];
    const struct item *next = item + 1 < items->list + items->count ? item + 1 : NULL;
    if (item->control == ITEM_FIXED) {
        return false;
    }
    return item->keep_with_next || (next != NULL && item->keep != 0 && item->keep == next->keep) ||
           is_first_of_two(items, &plan->entries[index], next);
}

/* How many entries stay when the item behind the last one goes to the next page. */
static size_t entries_that_stay(const struct items *items, const struct list_plan *plan) {
    size_t stay = plan->count;
    while (stay > 0 && holds_next(items, plan, stay - 1)) {
        stay--;
    }
    return stay;
}

static int32_t height_of(const struct list_plan *plan) {
    for (size_t i = plan->count; i-- > 0;) {
        if (plan->entries[i].fit.height_mp > 0) {
            return plan->entries[i].y_mp + plan->entries[i].fit.height_mp;
        }
    }
    return 0;
}

/* The entries of the plan fit, and the list goes on at `next`. */
static struct fit end_at(struct list_plan *plan, struct progress next) {
    return (struct fit){
        .kind = FITS_IN_PART, .height_mp = height_of(plan), .next = next, .foot = plan->foot, .plan = plan};
}

static void find_broken_keep(struct list_plan *plan, const struct items *items, size_t index) {
    const struct item *item = &items->list[index];
    if (item->keep != 0 && index > 0 && items->list[index - 1].keep == item->keep) {
        findings_add(&plan->found, DIAG_C526, item->block->place, STR_NONE, STR_NONE);
    }
}

/* The item behind the plan's entries did not fit, or only some of it (`some`; NULL: none): where does the list end? */
static struct fit end_before(const struct items *items, struct list_plan *plan, struct progress first, size_t index,
                             bool fresh, const struct entry *some, const struct context *context) {
    size_t stay = plan->count;
    bool kept = some != NULL && items->list[index].keep != 0;
    if (some == NULL || kept) {
        stay = entries_that_stay(items, plan);
    }
    bool all_leave = stay == 0;
    if (all_leave && !fresh && (plan->count > 0 || some == NULL)) {
        return (struct fit){.kind = FITS_NOT};
    }
    if (all_leave) {
        stay = plan->count; /* a fresh room: the rule can't be kept, so the break falls here */
        find_broken_keep(plan, items, index);
    }
    if (some != NULL && stay == plan->count) {
        plan_add(context, plan, *some);
        struct progress next = some->fit.next;
        next.item = index;
        return end_at(plan, next);
    }
    struct progress next = {.item = index};
    if (stay < plan->count) {
        next = plan->entries[stay].from;
    } else if (index == first.item) {
        next = first;
    }
    plan_cut(context, plan, stay);
    return end_at(plan, next);
}

/* The item behind the plan's entries takes text along to the next page: the last entry is placed anew, into a line less. What then
 * fits stays, or nothing of it; what fits into anything is no text (a space) and goes along. */
static struct fit end_with_text(const struct items *items, struct list_plan *plan, struct progress first, size_t index,
                                struct room room, const struct context *context) {
    for (size_t i = plan->count; i-- > 0;) {
        const struct entry entry = plan->entries[i];
        const struct item *item = &items->list[entry.item];
        struct room less = room;
        less.fresh = false;
        less.height_mp = entry.fit.height_mp - 1 + foot_room(entry.fit.foot, less);
        struct fit fit = {.kind = FITS};
        if (item->control == ITEM_PLACED) {
            fit = place_above_foot(context, item, entry.from, less);
        }
        if (fit.kind == FITS) {
            continue;
        }
        const bool whole = fit.kind == FITS_NOT || item->keep != 0;
        if (whole && i == 0 && room.fresh) {
            break; /* all that the page has: it would be as full the next time */
        }
        plan_cut(context, plan, i);
        if (whole) {
            return end_before(items, plan, first, entry.item, room.fresh, NULL, context);
        }
        plan_add(context, plan, (struct entry){entry.item, entry.from, fit, entry.y_mp});
        fit.next.item = entry.item;
        return end_at(plan, fit.next);
    }
    return end_before(items, plan, first, index, room.fresh, NULL, context);
}

struct fit list_place(const struct context *context, const struct items *items, struct progress from,
                      struct room room) {
    struct list_plan *plan = ARENA_NEW(context->page_arena, struct list_plan);
    plan->found.arena = context->page_arena;
    int32_t y = 0, after = 0;
    bool empty = true;
    for (size_t i = from.item; i < items->count; i++) {
        const struct item *item = &items->list[i];
        const struct progress start = i == from.item ? from : (struct progress){.item = i};
        if (item_breaks(item)) {
            return end_at(plan, (struct progress){.item = i});
        }
        if (item->control != ITEM_PLACED) {
            if (item->control == ITEM_FIXED) {
                plan_add(context, plan, (struct entry){.item = i, .from = start, .y_mp = y});
            }
            continue;
        }
        const int32_t gap = empty ? 0 : larger(after, item->before_mp);
        struct room left = room;
        left.height_mp -= y + gap + foot_room(plan->foot, room);
        left.fresh = room.fresh && empty;
        left.foot_begun = room.foot_begun || plan->foot != NULL;
        const struct fit fit = place_above_foot(context, item, start, left);
        struct entry entry = {i, start, fit, y + gap};
        if (fit.kind == FITS_NOT &&
            left.fresh) { /* against an item that breaks its promise: never an endless loop of pages */
            findings_add(&plan->found, DIAG_C504, item->block->place, str_from(item->kind->name), STR_NONE);
            continue;
        }
        if (fit.kind == FITS_NOT && item->takes_text) {
            return end_with_text(items, plan, from, i, room, context);
        }
        if (fit.kind != FITS) {
            return end_before(items, plan, from, i, room.fresh, fit.kind == FITS_IN_PART ? &entry : NULL, context);
        }
        plan_add(context, plan, entry);
        y += gap + fit.height_mp;
        after = item->after_mp;
        empty = empty && fit.height_mp == 0;
    }
    return (struct fit){.kind = FITS, .height_mp = y, .foot = plan->foot, .plan = plan};
}

static void commit_entry(struct context *context, const struct item *item, const struct entry *entry,
                         struct canvas *canvas, struct box box) {
    struct canvas own = *canvas;
    own.layer = item->scope->layer;
    own.element = item->element;
    for (const struct each_frame *each = item->scope->each; each != NULL; each = each->outer) {
        running_add_row(context, each->query, each->row);
    }
    if (item->control == ITEM_FIXED) {
        commit_fixed(context, item, &own);
        return;
    }
    const size_t before = canvas->marks->count;
    findings_tell(context, entry->fit.found);
    item->kind->commit(context, item, entry->from, &entry->fit, &own, box);
    paper_judge(context, canvas, before, item->block->place, str_from(item->kind->name));
}

void list_commit(struct context *context, const struct items *items, const struct fit *fit, struct canvas *canvas,
                 struct box box) {
    const struct list_plan *plan = fit->plan;
    findings_tell(context, plan != NULL ? &plan->found : NULL);
    for (size_t i = 0; plan != NULL && i < plan->count; i++) {
        const struct entry *entry = &plan->entries[i];
        assert(i == 0 || entry[-1].item < entry->item); /* I3 */
        const struct box own = {box.x_mp, box.y_mp + entry->y_mp, box.width_mp, entry->fit.height_mp};
        commit_entry(context, &items->list[entry->item], entry, canvas, own);
    }
}
