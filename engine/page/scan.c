/* scan.c: does a page show a number in full that its reader must not see?
 *
 * The last line of defence: it knows neither layout nor data, only what stands on paper. Pieces with digits are put
 * into lines. From one to the next the gap decides, unless a rule or other text stands between:
 *
 *     nearly none         the number goes on
 *     up to a wide space  a separator, as in 138 1234 5678
 *     single digits       boxes of a form, one digit each, with rules between: goes on, but only for IDs
 *     else                another number
 *
 * A number too long for its cell is broken over lines: so digits that begin a line go on from those that ended the line
 * above at the same left edge, or at an indent of up to two characters. */
#include "base/utf8.h"
#include "page/numbers.h"
#include "page/pieces.h"
#include "page/sinks.h"

struct scan {
    struct pieces pieces; /* all of the page */
    struct piece *digits; /* those that have a digit, sorted */
    size_t digit_count;
};

static bool has_digit(struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char *c = (const unsigned char *)text.p + i;
        bool wide = c[0] == 0xEF && i + 2 < text.n && c[1] == 0xBC && c[2] >= 0x90 && c[2] <= 0x99;
        if ((c[0] >= '0' && c[0] <= '9') || wide)
            return true;
    }
    return false;
}

static bool is_single(const struct piece *piece) {
    size_t offset = 0;
    return number_digit(utf8_next(piece->text, &offset)) >= 0 && offset == piece->text.n;
}

static int32_t end_mp(const struct piece *piece) {
    return piece->along_mp + piece->width_mp;
}

static bool text_between(const struct scan *scan, const struct piece *a, const struct piece *b) {
    for (size_t i = 0; i < scan->pieces.count; i++) {
        const struct piece *other = &scan->pieces.items[i];
        int32_t middle_mp = other->along_mp + other->width_mp / 2;
        if (middle_mp > end_mp(a) && middle_mp < b->along_mp && piece_same_line(a, other) && !has_digit(other->text))
            return true;
    }
    return false;
}

static bool upright_rule_between(const struct scan *scan, const struct piece *a, const struct piece *b) {
    int32_t height_mp = a->across_mp - a->size_mp / 3; /* amid the digits */
    for (size_t i = 0; a->upright && i < scan->pieces.divider_count; i++) {
        const struct divider *rule = &scan->pieces.dividers[i];
        if (rule->y_mp[0] < height_mp && rule->y_mp[1] > height_mp && rule->x_mp[1] > end_mp(a) - a->size_mp / 4 &&
            rule->x_mp[0] < b->along_mp + b->size_mp / 4)
            return true;
    }
    return false;
}

static bool level_rule_between(const struct scan *scan, const struct piece *above, const struct piece *below) {
    int32_t place_mp = below->along_mp + below->size_mp / 4;
    for (size_t i = 0; above->upright && i < scan->pieces.divider_count; i++) {
        const struct divider *rule = &scan->pieces.dividers[i];
        if (rule->x_mp[0] < place_mp && rule->x_mp[1] > place_mp && rule->y_mp[1] > above->across_mp &&
            rule->y_mp[0] < below->across_mp)
            return true;
    }
    return false;
}

/* What the gap between two neighbours in a line does to the number. */
static void cross_gap(const struct scan *scan, struct numbers *numbers, const struct piece *a, const struct piece *b) {
    int32_t gap_mp = b->along_mp - end_mp(a), size_mp = a->size_mp > b->size_mp ? a->size_mp : b->size_mp;
    bool boxes = is_single(a) && is_single(b) && gap_mp > size_mp / 3;
    if (gap_mp < -size_mp / 2 || gap_mp > (boxes ? size_mp * 3 : size_mp + size_mp / 4) ||
        (!boxes && upright_rule_between(scan, a, b)) || text_between(scan, a, b)) {
        numbers_break(numbers);
        return;
    }
    if (boxes)
        numbers->boxed = true;
    if (gap_mp > size_mp / 3)
        numbers_separate(numbers);
}

static enum number_kind scan_lines(const struct scan *scan) {
    struct numbers numbers = {0};
    for (size_t i = 0; i < scan->digit_count; i++) {
        const struct piece *piece = &scan->digits[i], *before = i > 0 ? &scan->digits[i - 1] : NULL;
        if (before && piece_same_line(before, piece))
            cross_gap(scan, &numbers, before, piece);
        else
            numbers_break(&numbers);
        numbers_feed(&numbers, piece->text);
    }
    numbers_break(&numbers);
    return numbers.found;
}

static bool may_stand_in_number(uint32_t c) {
    return number_digit(c) >= 0 || number_separator(c) || number_invisible(c);
}

/* Digits at the end (at_end) or beginning of the text, with what parts them; the whole text when it is nothing else. */
static struct str digits_at(struct str text, bool at_end) {
    size_t offset = at_end ? text.n : 0;
    for (size_t here = offset; at_end ? here > 0 : here < text.n; offset = here)
        if (!may_stand_in_number(at_end ? utf8_previous(text, &here) : utf8_next(text, &here)))
            break;
    return at_end ? str_slice(text, offset, text.n) : str_slice(text, 0, offset);
}

static size_t count_digits(struct str text) {
    size_t count = 0;
    for (size_t offset = 0; offset < text.n;)
        count += number_digit(utf8_next(text, &offset)) >= 0;
    return count;
}

/* Does a line begin where the one above did, or to the left of a first line's indent? */
static bool begins_below(const struct piece *above, const struct piece *below) {
    int32_t indent_mp = above->along_mp - below->along_mp;
    return indent_mp >= -above->size_mp / 4 && indent_mp <= above->size_mp * 2 + above->size_mp / 4;
}

/* The piece that begins the next line, in the same size; NULL when there is none. */
static const struct piece *piece_below(const struct scan *scan, size_t index) {
    const struct piece *above = &scan->digits[index];
    for (size_t i = index + 1; i < scan->digit_count; i++) {
        const struct piece *piece = &scan->digits[i];
        int32_t leading_mp = piece->across_mp - above->across_mp;
        if (piece->direction != above->direction || leading_mp > above->size_mp * 2)
            return NULL;
        if (leading_mp > above->size_mp / 2 && piece->size_mp == above->size_mp && begins_below(above, piece))
            return level_rule_between(scan, above, piece) ? NULL : piece;
    }
    return NULL;
}

/* A digit by itself, or two, above others: a column of small numbers, not a broken one. */
enum { BROKEN_PART_DIGITS = 4 };

/* The number that ends the piece, with what is broken to the lines below. */
static enum number_kind scan_broken(const struct scan *scan, size_t index) {
    struct numbers numbers = {0};
    const struct piece *piece = &scan->digits[index], *below;
    struct str part = digits_at(piece->text, true);
    if (count_digits(part) < BROKEN_PART_DIGITS)
        return NUMBER_NONE;
    numbers_feed(&numbers, part);
    while (part.n > 0 && (below = piece_below(scan, (size_t)(piece - scan->digits))) != NULL) {
        part = digits_at(below->text, false);
        numbers_feed(&numbers, part);
        if (part.n < below->text.n)
            break;
        piece = below;
    }
    numbers_break(&numbers);
    return numbers.found;
}

static enum number_kind scan_page(struct arena *arena, const struct page *page) {
    struct scan scan = {0};
    pieces_collect(&scan.pieces, arena, page);
    scan.digits = ARENA_ARRAY(arena, struct piece, scan.pieces.count);
    for (size_t i = 0; i < scan.pieces.count; i++)
        if (has_digit(scan.pieces.items[i].text) || is_single(&scan.pieces.items[i])) /* an X in its box */
            scan.digits[scan.digit_count++] = scan.pieces.items[i];
    pieces_sort(scan.digits, scan.digit_count);
    enum number_kind found = scan_lines(&scan);
    for (size_t i = 0; i < scan.digit_count && found == NUMBER_NONE; i++)
        found = scan_broken(&scan, i);
    return found;
}

static void feed_alone(struct numbers *numbers, struct str text) {
    numbers_break(numbers);
    numbers_feed(numbers, text);
    numbers_break(numbers);
}

/* What isn't set as text but goes into the file: links, bookmarks, what codes say. */
static void feed_hidden(struct numbers *numbers, const struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_LINK)
            feed_alone(numbers, mark->link.uri);
        if (mark->kind == MARK_ANCHOR)
            feed_alone(numbers, mark->anchor.title);
        if (mark->kind == MARK_GROUP && mark->group.says)
            feed_alone(numbers, *mark->group.says);
        if (mark->kind == MARK_GROUP)
            feed_hidden(numbers, &mark->group.marks);
    }
}

static enum number_kind scan_hidden(const struct page *page) {
    struct numbers numbers = {0};
    feed_hidden(&numbers, &page->marks);
    feed_alone(&numbers, page->label);
    return numbers.found;
}

static enum number_kind scan_info(const struct document *document) {
    struct numbers numbers = {0};
    const struct str info[] = {document->title, document->author, document->subject, document->keywords};
    for (size_t i = 0; i < 4; i++)
        feed_alone(&numbers, info[i]);
    return numbers.found;
}

static bool tell(enum number_kind found, size_t page, struct scan_hit *first) {
    if (found == NUMBER_NONE)
        return false;
    *first = (struct scan_hit){page, found == NUMBER_ID ? STR("ID") : STR("phone")};
    return true;
}

bool document_scan(const struct document *document, struct arena *arena, struct scan_hit *first) {
    if (tell(scan_info(document), 0, first))
        return true;
    for (size_t i = 0; i < document->count; i++) {
        struct arena_mark mark = arena_mark(arena);
        enum number_kind found = scan_page(arena, document->pages[i]);
        arena_release(arena, mark);
        if (found == NUMBER_NONE)
            found = scan_hidden(document->pages[i]);
        if (tell(found, i, first))
            return true;
    }
    return false;
}
