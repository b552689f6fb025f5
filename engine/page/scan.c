/* scan.c: does a page show a number in full that its reader must not see?
 *
 * The last line of defence: it knows neither layout nor data, only the marks on paper. Fragments with digits are put
 * into lines. From one to the next the gap decides, unless a rule or other text stands between:
 *
 *     nearly none         the number goes on
 *     up to a wide space  a separator, as in 138 1234 5678
 *     single digits       boxes of a form, one digit each, with rules between: goes on, but only for IDs
 *     else                another number
 *
 * A number too long for its cell is broken over lines: digits that begin a line go on from those that end the line
 * above, at the same left edge or at an indent of up to two characters.
 *
 * All this is for numbers that look like an ID or a phone. Known numbers, which a mask hid elsewhere, are searched
 * for across cells and lines (known.c). */
#include "base/utf8.h"
#include "page/known.h"
#include "page/numbers.h"
#include "page/fragments.h"
#include "page/sinks.h"

struct scan {
    const struct scan_known *known;
    struct fragments fragments; /* all of the page */
    struct fragment *digits;    /* those with a digit, sorted */
    size_t digit_count;
};

/* One digit, or the X in an ID's last box. */
static bool is_single(const struct fragment *fragment) {
    size_t offset = 0;
    const uint32_t c = utf8_next(fragment->text, &offset);
    return offset == fragment->text.n && (numeral_value(c) >= 0 || numeral_is_x(c));
}

static int32_t end_mp(const struct fragment *fragment) {
    return fragment->along_mp + fragment->width_mp;
}

static bool upright_rule_between(const struct scan *scan, const struct fragment *a, const struct fragment *b) {
    const int32_t height_mp = a->across_mp - a->size_mp / 3; /* through the middle of the digits */
    for (size_t i = 0; a->upright && i < scan->fragments.divider_count; i++) {
        const struct divider *rule = &scan->fragments.dividers[i];
        if (rule->y_mp[0] < height_mp && rule->y_mp[1] > height_mp && rule->x_mp[1] > end_mp(a) - a->size_mp / 4 &&
            rule->x_mp[0] < b->along_mp + b->size_mp / 4) {
            return true;
        }
    }
    return false;
}

static bool level_rule_between(const struct scan *scan, const struct fragment *above, const struct fragment *below) {
    const int32_t place_mp = below->along_mp + below->size_mp / 4;
    for (size_t i = 0; above->upright && i < scan->fragments.divider_count; i++) {
        const struct divider *rule = &scan->fragments.dividers[i];
        if (rule->x_mp[0] < place_mp && rule->x_mp[1] > place_mp && rule->y_mp[1] > above->across_mp &&
            rule->y_mp[0] < below->across_mp) {
            return true;
        }
    }
    return false;
}

/* Feeds the gap between two neighbours in a line. */
static void cross_gap(const struct scan *scan, struct numbers *numbers, const struct fragment *a,
                      const struct fragment *b) {
    const int32_t gap_mp = b->along_mp - end_mp(a), size_mp = a->size_mp > b->size_mp ? a->size_mp : b->size_mp;
    bool boxes = is_single(a) && is_single(b) && gap_mp > size_mp / 3;
    if (gap_mp < -size_mp / 2 || gap_mp > (boxes ? size_mp * 3 : size_mp + size_mp / 4) ||
        (!boxes && upright_rule_between(scan, a, b)) || fragment_text_between(&scan->fragments, a, b)) {
        numbers_break(numbers);
        return;
    }
    if (boxes) {
        numbers->boxed = true;
    }
    if (gap_mp > size_mp / 3) {
        numbers_separate(numbers);
    }
}

static enum number_kind scan_lines(const struct scan *scan) {
    struct numbers numbers = {.known = scan->known};
    for (size_t i = 0; i < scan->digit_count; i++) {
        const struct fragment *fragment = &scan->digits[i], *before = i > 0 ? &scan->digits[i - 1] : NULL;
        if (before != NULL && fragment_same_line(before, fragment)) {
            cross_gap(scan, &numbers, before, fragment);
        } else {
            numbers_break(&numbers);
        }
        numbers_feed(&numbers, fragment->text);
    }
    numbers_break(&numbers);
    return numbers.found;
}

/* A list's sign ends a line as often as it divides a number: it doesn't count here. */
static bool may_stand_in_number(uint32_t c) {
    const enum numeral_gap gap = numeral_gap(c);
    return numeral_value(c) >= 0 || numeral_is_x(c) || gap == GAP_TIGHT || gap == GAP_INVISIBLE;
}

/* Digits and their gaps at the end (at_end) or the beginning of the text; all of it when it is nothing else. */
static struct str digits_at(struct str text, bool at_end) {
    size_t offset = at_end ? text.n : 0;
    for (size_t here = offset; at_end ? here > 0 : here < text.n; offset = here) {
        if (!may_stand_in_number(at_end ? utf8_previous(text, &here) : utf8_next(text, &here))) {
            break;
        }
    }
    return at_end ? str_slice(text, offset, text.n) : str_slice(text, 0, offset);
}

static size_t count_digits(struct str text) {
    size_t count = 0;
    for (size_t offset = 0; offset < text.n;) {
        count += numeral_value(utf8_next(text, &offset)) >= 0;
    }
    return count;
}

/* Does a line begin below the one above, or left of a first line's indent? */
static bool begins_below(const struct fragment *above, const struct fragment *below) {
    const int32_t indent_mp = above->along_mp - below->along_mp;
    return indent_mp >= -above->size_mp / 4 && indent_mp <= above->size_mp * 2 + above->size_mp / 4;
}

/* The fragment at the beginning of the next line, of the same size; NULL: there is none. */
static const struct fragment *fragment_below(const struct scan *scan, size_t index) {
    const struct fragment *above = &scan->digits[index];
    for (size_t i = index + 1; i < scan->digit_count; i++) {
        const struct fragment *fragment = &scan->digits[i];
        const int32_t leading_mp = fragment->across_mp - above->across_mp;
        if (fragment->direction != above->direction || leading_mp > above->size_mp * 2) {
            return NULL;
        }
        if (leading_mp > above->size_mp / 2 && fragment->size_mp == above->size_mp && begins_below(above, fragment)) {
            return level_rule_between(scan, above, fragment) ? NULL : fragment;
        }
    }
    return NULL;
}

/* One or two digits above others are a column of small numbers, not a broken one. */
enum { BROKEN_DIGITS = 4 };

/* Scans the number that ends the fragment, with its continuation in the lines below. */
static enum number_kind scan_broken(const struct scan *scan, size_t index) {
    struct numbers numbers = {.known = scan->known};
    const struct fragment *fragment = &scan->digits[index], *below;
    struct str digits = digits_at(fragment->text, true);
    if (count_digits(digits) < BROKEN_DIGITS) {
        return NUMBER_NONE;
    }
    numbers_feed(&numbers, digits);
    while (digits.n > 0 && (below = fragment_below(scan, (size_t)(fragment - scan->digits))) != NULL) {
        digits = digits_at(below->text, false);
        numbers_feed(&numbers, digits);
        if (digits.n < below->text.n) {
            break;
        }
        fragment = below;
    }
    numbers_break(&numbers);
    return numbers.found;
}

static enum number_kind scan_page(struct arena *arena, const struct page *page, const struct scan_known *known) {
    struct scan scan = {.known = known};
    fragments_collect(&scan.fragments, arena, page);
    scan.digits = ARENA_ARRAY(arena, struct fragment, scan.fragments.count);
    for (size_t i = 0; i < scan.fragments.count; i++) {
        if (numerals_any(scan.fragments.items[i].text) || is_single(&scan.fragments.items[i])) {
            scan.digits[scan.digit_count++] = scan.fragments.items[i];
        }
    }
    fragments_sort(scan.digits, scan.digit_count);
    enum number_kind found = scan_lines(&scan);
    for (size_t i = 0; i < scan.digit_count && found == NUMBER_NONE; i++) {
        found = scan_broken(&scan, i);
    }
    return found != NUMBER_NONE ? found : known_on_page(known, arena, &scan.fragments, scan.digits, scan.digit_count);
}

/* Texts of the file that aren't set as text: links, bookmarks, the text of codes. */
struct hidden {
    const struct scan_known *known;
    struct arena *arena;
    struct numbers numbers;
};

static void look_at(struct hidden *hidden, struct str text) {
    struct numbers *numbers = &hidden->numbers;
    numbers_feed(numbers, text);
    numbers_break(numbers);
    if (numbers->found == NUMBER_NONE) {
        numbers->found = known_in_text(hidden->known, hidden->arena, text);
    }
}

/* ARCHIVE/LS01-2025-0130:2026-2027-1/1/…: an archive number and a term are no mobile phone 130 2026 2027. */
static void look_at_code(struct hidden *hidden, struct str code) {
    while (code.n > 0) {
        size_t n = 0;
        while (n < code.n && code.p[n] != '/' && code.p[n] != ':') {
            n++;
        }
        look_at(hidden, str_slice(code, 0, n));
        code = str_slice(code, n + (n < code.n), code.n);
    }
}

static void look_behind(struct hidden *hidden, const struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_LINK) {
            look_at(hidden, mark->link.uri);
        }
        if (mark->kind == MARK_ANCHOR) {
            look_at(hidden, mark->anchor.title);
        }
        if (mark->kind == MARK_GROUP && mark->group.says != NULL) {
            (mark->group.checks ? look_at_code : look_at)(hidden, *mark->group.says);
        }
        if (mark->kind == MARK_GROUP) {
            look_behind(hidden, &mark->group.marks);
        }
    }
}

static enum number_kind scan_hidden(struct arena *arena, const struct page *page, const struct scan_known *known) {
    struct hidden hidden = {.known = known, .arena = arena, .numbers.known = known};
    look_behind(&hidden, &page->marks);
    look_at(&hidden, page->label);
    return hidden.numbers.found;
}

static enum number_kind scan_info(struct arena *arena, const struct document *document,
                                  const struct scan_known *known) {
    struct hidden hidden = {.known = known, .arena = arena, .numbers.known = known};
    const struct str info[] = {document->title, document->author, document->subject, document->keywords};
    for (size_t i = 0; i < sizeof info / sizeof *info; i++) {
        look_at(&hidden, info[i]);
    }
    return hidden.numbers.found;
}

enum number_kind texts_scan(const struct str *texts, size_t count, struct arena *arena,
                            const struct scan_known *known) {
    struct hidden hidden = {.known = known, .arena = arena, .numbers.known = known};
    for (size_t i = 0; i < count && hidden.numbers.found == NUMBER_NONE; i++) {
        const struct arena_mark mark = arena_mark(arena);
        look_at(&hidden, texts[i]);
        arena_release(arena, mark);
    }
    return hidden.numbers.found;
}

enum number_kind texts_scan_known(const struct str *texts, size_t count, struct arena *arena,
                                  const struct scan_known *known) {
    enum number_kind found = NUMBER_NONE;
    for (size_t i = 0; i < count && found == NUMBER_NONE; i++) {
        const struct arena_mark mark = arena_mark(arena);
        found = known_in_text(known, arena, texts[i]);
        arena_release(arena, mark);
    }
    return found;
}

static bool tell(enum number_kind found, size_t page, struct scan_hit *first) {
    *first = (struct scan_hit){page, found};
    return found != NUMBER_NONE;
}

bool document_scan(const struct document *document, struct arena *arena, const struct scan_known *known,
                   struct scan_hit *first) {
    const struct arena_mark mark = arena_mark(arena);
    enum number_kind found = scan_info(arena, document, known);
    size_t page = 0;
    for (size_t i = 0; i < document->count && found == NUMBER_NONE; i++) {
        page = i;
        found = scan_page(arena, document->pages[i], known);
        if (found == NUMBER_NONE) {
            found = scan_hidden(arena, document->pages[i], known);
        }
        arena_release(arena, mark);
    }
    arena_release(arena, mark);
    return tell(found, page, first);
}
