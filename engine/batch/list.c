/* list.c: `dossier list`: what can be printed, and how much of it there is now. */
#include "base/buffer.h"
#include "base/length.h"
#include "base/utf8.h"
#include "batch/narrow.h"
#include "batch/parts.h"

/* mm with no needless zeros. */
static void add_mm(struct buffer *out, int32_t mp) {
    buffer_milli(out, (mp_to_um(mp) + 5) / 10 * 10);
}

static bool same_mp(int32_t a, int32_t b) {
    return a - b <= 2 && b - a <= 2;
}

static const char *const turns[2][2] = {{" landscape", " portrait"}, {" 横向", " 纵向"}}; /* by language, by which */

/* "A4", "A4 landscape", or "148 × 210 mm". */
static void add_paper(struct buffer *out, int32_t width_mp, int32_t height_mp, enum language language) {
    for (size_t i = 0; length_paper_name(i).p != NULL; i++) {
        const struct str name = length_paper_name(i);
        int32_t w = 0;
        int32_t h = 0;
        length_paper(name, &w, &h);
        const bool as_named = same_mp(w, width_mp) && same_mp(h, height_mp);
        if (as_named || (same_mp(w, height_mp) && same_mp(h, width_mp))) {
            buffer_add(out, name);
            buffer_add(out, as_named ? STR_NONE : str_from(turns[language][w > h]));
            return;
        }
    }
    add_mm(out, width_mp);
    buffer_add(out, STR(" × "));
    add_mm(out, height_mp);
    buffer_add(out, STR(" mm"));
}

static void add_papers(struct buffer *out, const struct layout *layout, enum language language) {
    const struct sheet_spec *sheet = &layout->sheet;
    if (layout->has_sheet) {
        add_paper(out, sheet->card_width_mp, sheet->card_height_mp, language);
        buffer_printf(out, language == LANGUAGE_CHINESE ? "，%d 张拼 " : ", %d to ",
                      (int)(sheet->columns * sheet->rows));
        add_paper(out, sheet->paper_width_mp, sheet->paper_height_mp, language);
    } else if (layout->page_count > 0) {
        add_paper(out, layout->pages[0].width_mp, layout->pages[0].height_mp, language);
    }
    if (layout->has_fold) {
        buffer_add(out, language == LANGUAGE_CHINESE ? STR("，对折装订 ") : STR(", folded from "));
        add_paper(out, layout->fold.paper_width_mp, layout->fold.paper_height_mp, language);
    }
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

struct line {
    struct str cells[5]; /* layout, documents, paper, one for each, title */
};

static void add_line(struct run *run, const struct line *line, const size_t widths[5]) {
    struct buffer out = {0};
    for (size_t i = 0; i < 5; i++) {
        buffer_add(&out, line->cells[i]);
        for (size_t n = utf8_width(line->cells[i]); i < 4 && n < widths[i] + 2; n++) {
            buffer_byte(&out, ' ');
        }
    }
    run_line(run, buffer_str(&out));
    buffer_release(&out);
}

static struct str one_for_each(const struct layout *layout) {
    return layout->each == NO_QUERY || layout->broken ? STR("—")
                                                      : layout->queries[layout->query_uses[layout->each].query].name;
}

static struct line describe(struct run *run, const struct layout *layout, struct str documents) {
    struct buffer paper = {0};
    add_papers(&paper, layout, run->job->language);
    const struct line line = {
        {layout->name, documents, str_copy(run->arena, buffer_str(&paper)), one_for_each(layout), layout->title}};
    buffer_release(&paper);
    return line;
}

/* How many documents now; "—" where the layout has mistakes, which are told. */
static struct str count_documents(struct run *run, struct parts_list *parts, const struct layout *layout) {
    struct printing printing;
    struct plan plan;
    struct str count = STR("—");
    if (!parts_open_printing(parts, run, layout, &printing)) {
        run_worsen(run, EXIT_LAYOUT);
        return count;
    }
    const enum exit_code code = narrow_plan(run, &printing, true, &plan);
    if (code == EXIT_MADE) {
        count = str_int(run->arena, (int64_t)plan.chosen);
    }
    run_worsen(run, code);
    printing_close(&printing);
    return count;
}

static void list(struct run *run, struct parts_list *parts) {
    static const struct line english = {
        {STR_INIT("LAYOUT"), STR_INIT("DOCUMENTS"), STR_INIT("PAPER"), STR_INIT("ONE FOR EACH"), STR_INIT("TITLE")}};
    static const struct line chinese = {
        {STR_INIT("版式"), STR_INIT("份数"), STR_INIT("纸张"), STR_INIT("每行一份"), STR_INIT("题名")}};
    const struct line *head = run->job->language == LANGUAGE_CHINESE ? &chinese : &english;
    const size_t count = run->layouts->count;
    struct line *lines = ARENA_ARRAY(run->arena, struct line, count);
    size_t widths[5];
    for (size_t i = 0; i < 5; i++) {
        widths[i] = utf8_width(head->cells[i]);
    }
    for (size_t n = 0; n < count; n++) {
        const struct layout *layout = run->layouts->layouts[n];
        lines[n] = describe(run, layout, count_documents(run, parts, layout));
        for (size_t i = 0; i < 5; i++) {
            const size_t columns = utf8_width(lines[n].cells[i]);
            widths[i] = columns > widths[i] ? columns : widths[i];
        }
    }
    run_tell_rest(run);
    add_line(run, head, widths);
    for (size_t n = 0; n < count; n++) {
        add_line(run, &lines[n], widths);
    }
}

enum exit_code batch_list(const struct job *job, struct reporter *reporter) {
    struct run run;
    struct parts_list parts = {0};
    run_init(&run, job, reporter);
    enum exit_code code = run_read_layouts(&run);
    if (code == EXIT_MADE) {
        code = run_open_database(&run, false, NULL);
    }
    if (code == EXIT_MADE) {
        code = run_look_at_values(&run, false);
    }
    if (code == EXIT_MADE) {
        code = run_settle(&run, false);
    }
    run_worsen(&run, code);
    if (code == EXIT_MADE) {
        list(&run, &parts);
    }
    const enum exit_code worst = run.worst;
    parts_close(&parts);
    run_release(&run);
    return worst;
}
