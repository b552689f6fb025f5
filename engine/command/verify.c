/* verify.c: `dossier verify --code TEXT`, `dossier verify --changed [LAYOUT…]`; without either it is verify_folder's
 *
 *     code ──► the journal: was it printed so? is it void, is there a later edition?
 *          └─► where the journal has no printing of it: the paper is composed anew, and its code compared
 *
 * A code proves that whoever has the key made it for these words; what it was made for must be known. So a code that fits neither a printing
 * nor the records may be a forgery, or a paper of records that have changed since: the verdict says which of the two were looked at. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "batch/code.h"
#include "command/printed.h"
#include "command/verify_folder.h"
#include "sheet/replacements.h"

enum verdict { VERDICT_OPEN, GENUINE, VOID, REPLACED, ALTERED, UNKNOWN };

struct asked {
    struct str text;
    struct code_parts parts;
    enum verdict verdict; /* VERDICT_OPEN: the journal has no printing of it */
    struct str english, chinese;
    bool known; /* the database has a paper of its name */
};

struct verifying {
    struct settings *settings;
    struct report *report;
    struct printed_papers printed;
    struct key key;
    struct asked *asked;
    size_t count, capacity;
};

static void judge(struct asked *asked, enum verdict verdict, struct str english, struct str chinese) {
    asked->verdict = verdict;
    asked->english = english;
    asked->chinese = chinese;
}

/* --- what is asked ------------------------------------------------------------------------------------------------- */

/* A text that anybody may have written, fit for a terminal. */
static struct str shown(struct arena *arena, struct str text) {
    enum { SHOWN_BYTES = 120 };
    const struct str cut = str_slice(text, 0, text.n < SHOWN_BYTES ? text.n : SHOWN_BYTES);
    char *bytes = arena_alloc(arena, cut.n + 1);
    for (size_t i = 0; i < cut.n; i++) {
        bytes[i] = (unsigned char)cut.p[i] < 0x20 || cut.p[i] == 0x7F ? '?' : cut.p[i];
    }
    return (struct str){bytes, cut.n};
}

static void add(struct verifying *v, struct str text) {
    struct arena *arena = v->settings->arena;
    ARENA_GROW(arena, v->asked, v->count, v->capacity);
    struct asked *asked = &v->asked[v->count++];
    *asked = (struct asked){.text = text};
    if (!code_read(text, &asked->parts)) {
        const struct str what = shown(arena, text);
        judge(asked, UNKNOWN, str_printf(arena, "“%.*s” is no code that dossier prints", STR_ARG(what)),
              str_printf(arena, "“%.*s”不是本程序印的验证码", STR_ARG(what)));
    }
}

static int read_input(struct arena *arena, struct str *text) {
    struct buffer bytes = {0};
    ssize_t count = 0;
    enum { BLOCK = 65536 };
    while ((count = read(STDIN_FILENO, buffer_reserve(&bytes, BLOCK), BLOCK)) > 0 || (count < 0 && errno == EINTR)) {
        bytes.count += count > 0 ? (size_t)count : 0;
    }
    *text = str_copy(arena, buffer_str(&bytes));
    buffer_release(&bytes);
    return count < 0 ? errno : 0;
}

static bool add_all(struct verifying *v) {
    struct settings *settings = v->settings;
    struct str text = STR_NONE;
    if (!str_is(settings->code, "-")) {
        add(v, settings->code);
        return true;
    }
    const int error = read_input(settings->arena, &text);
    if (error != 0) {
        DIAG_ADD(&settings->diags, B101, PLACE_NONE, STR("-"), diag_errno(error));
        return false;
    }
    for (struct str rest = text; rest.n > 0;) {
        const struct str line = str_trim(str_split(rest, '\n', &rest));
        if (line.n > 0) {
            add(v, line);
        }
    }
    return true;
}

/* --- the journal --------------------------------------------------------------------------------------------------- */

static struct str name_in(const struct verifying *v, const struct asked *asked, bool chinese) {
    return str_printf(v->settings->arena, chinese ? "%.*s 第 %lld 版" : "%.*s, edition %lld",
                      STR_ARG(shown(v->settings->arena, asked->parts.name)), (long long)asked->parts.edition);
}

/* Is the code what the key makes of this edition with that content? */
static bool fits(const struct verifying *v, const struct asked *asked, struct str content) {
    const struct str code = code_write(v->settings->arena, &v->key, asked->parts.name, asked->parts.edition, content);
    struct code_parts parts;
    return code_read(code, &parts) && str_eq(parts.seal, asked->parts.seal);
}

/* What the journal has of a paper: the printing that the code is of, one of the same edition with another code, a later edition. */
struct found {
    const struct paper_print *own, *other, *later;
    int64_t later_edition;
};

static struct found find(struct verifying *v, const struct asked *asked) {
    struct found found = {0};
    for (uint32_t at = printed_last(&v->printed, asked->parts.name); at > 0; at = v->printed.before[at - 1]) {
        const struct paper_print *print = &v->printed.prints[at - 1];
        struct code_parts parts;
        code_read(print->code, &parts);
        if (parts.edition == asked->parts.edition) {
            const struct paper_print **place = fits(v, asked, print->content) ? &found.own : &found.other;
            *place = *place != NULL ? *place : print;
        }
    }
    /* Copies for other readers have editions of their own. */
    for (uint32_t at = printed_last(&v->printed, asked->parts.name); at > 0; at = v->printed.before[at - 1]) {
        const struct paper_print *print = &v->printed.prints[at - 1];
        struct code_parts parts;
        code_read(print->code, &parts);
        const bool same_reader = found.own == NULL || str_eq(print->reader, found.own->reader);
        if (same_reader && parts.edition > asked->parts.edition && parts.edition > found.later_edition) {
            found.later = print;
            found.later_edition = parts.edition;
        }
    }
    return found;
}

enum { PART_NUMBER = 0, PART_WHY = 10 };

/* The journal may be a new one, or have lost its tail: then the database knows. */
static const struct paper_act *void_by_records(struct verifying *v, struct str number, struct str *instead) {
    struct arena *arena = v->settings->arena;
    struct paper_act *declared = ARENA_NEW(arena, struct paper_act);
    *declared = (struct paper_act){.day = STR_NONE};
    return office_award_is_void(arena, v->settings->job.database, number, &declared->day, instead) ? declared : NULL;
}

/* Was a paper of this number declared void, and what was issued instead? NULL: it wasn't. */
static const struct paper_act *find_void(struct verifying *v, struct str number, struct str *instead) {
    struct diags quiet;
    struct paper_life life;
    const struct paper_act *declared = NULL;
    diags_init(&quiet, v->settings->arena);
    office_paper_life(v->settings->arena, v->settings->job.database, v->settings->journal, number, &life, &quiet);
    *instead = STR_NONE;
    for (size_t i = 0; i < life.count; i++) {
        const struct paper_act *act = &life.acts[i];
        const bool own = str_eq(act->parts[PART_NUMBER], number);
        if (own && str_is(act->act, "作废")) {
            declared = act;
        } else if (own && str_is(act->act, "撤销") && str_is(act->parts[PART_WHY], "作废")) {
            declared = NULL;
        } else if (!own && declared != NULL && act->parts[PART_NUMBER].n > 0) {
            *instead = act->parts[PART_NUMBER];
        }
    }
    return declared != NULL ? declared : void_by_records(v, number, instead);
}

static void judge_void(struct verifying *v, struct asked *asked, const struct paper_act *declared, struct str instead,
                       bool proven) {
    struct arena *arena = v->settings->arena;
    const struct str known = declared->day.n > 0 ? declared->day : declared->at;
    const struct str day = known.n > 0 ? known : STR("?");
    struct str english =
        str_printf(arena, "%.*s: declared void on %.*s", STR_ARG(name_in(v, asked, false)), STR_ARG(day));
    struct str chinese = str_printf(arena, "%.*s：%.*s 作废", STR_ARG(name_in(v, asked, true)), STR_ARG(day));
    if (instead.n > 0) {
        english = str_printf(arena, "%.*s, issued anew as %.*s", STR_ARG(english), STR_ARG(instead));
        chinese = str_printf(arena, "%.*s，补发为 %.*s", STR_ARG(chinese), STR_ARG(instead));
    }
    if (!proven) {
        english = str_join(arena, english, STR("; whether this paper ever was genuine is not known"));
        chinese = str_join(arena, chinese, STR("；这一张原来是真是假，无从得知"));
    }
    judge(asked, VOID, english, chinese);
}

static void judge_replaced(struct verifying *v, struct asked *asked, const struct found *found) {
    struct arena *arena = v->settings->arena;
    judge(asked, REPLACED,
          str_printf(arena, "%.*s: replaced by edition %lld, printed on %.*s", STR_ARG(name_in(v, asked, false)),
                     (long long)found->later_edition, STR_ARG(found->later->day)),
          str_printf(arena, "%.*s：已被 %.*s 打印的第 %lld 版替代", STR_ARG(name_in(v, asked, true)),
                     STR_ARG(found->later->day), (long long)found->later_edition));
}

/* Genuine, but for what became of it since. False: it is neither void nor replaced. */
static bool judge_since(struct verifying *v, struct asked *asked, const struct found *found) {
    struct str instead;
    const struct paper_act *declared = find_void(v, asked->parts.number, &instead);
    if (declared != NULL) {
        judge_void(v, asked, declared, instead, true);
    } else if (found->later != NULL) {
        judge_replaced(v, asked, found);
    }
    return declared != NULL || found->later != NULL;
}

static void judge_by_journal(struct verifying *v, struct asked *asked) {
    struct arena *arena = v->settings->arena;
    const struct str english = name_in(v, asked, false), chinese = name_in(v, asked, true);
    const struct found found = find(v, asked);
    if (found.own != NULL) {
        if (!judge_since(v, asked, &found)) {
            const struct str day = found.own->day;
            judge(asked, GENUINE, str_printf(arena, "%.*s: as it was printed on %.*s", STR_ARG(english), STR_ARG(day)),
                  str_printf(arena, "%.*s：与 %.*s 打印的一致", STR_ARG(chinese), STR_ARG(day)));
        }
    } else if (found.other != NULL) {
        const struct str day = found.other->day;
        judge(asked, ALTERED,
              str_printf(arena, "%.*s: that of %.*s, which the journal has, bears another code", STR_ARG(english),
                         STR_ARG(day)),
              str_printf(arena, "%.*s：日志里 %.*s 打印的这一版，验证码不是这个", STR_ARG(chinese), STR_ARG(day)));
    }
}

/* --- the records --------------------------------------------------------------------------------------------------- */

static bool wants(void *context, struct str name, enum reader reader) {
    const struct verifying *v = context;
    (void)reader;
    for (size_t i = 0; i < v->count; i++) {
        if (v->asked[i].verdict == VERDICT_OPEN && str_eq(v->asked[i].parts.name, name)) {
            return true;
        }
    }
    return false;
}

static void compare(void *context, const struct paper_now *paper) {
    struct verifying *v = context;
    struct arena *arena = v->settings->arena;
    for (size_t i = 0; i < v->count; i++) {
        struct asked *asked = &v->asked[i];
        if (asked->verdict != VERDICT_OPEN || !str_eq(asked->parts.name, paper->name)) {
            continue;
        }
        asked->known = true;
        if (!fits(v, asked, paper->content)) {
            continue;
        }
        const struct found found = find(v, asked);
        if (!judge_since(v, asked, &found)) {
            judge(
                asked, GENUINE,
                str_printf(arena, "%.*s: it says what the records say; the journal has no printing of it",
                           STR_ARG(name_in(v, asked, false))),
                str_printf(arena, "%.*s：与现有记录一致（日志里没有它的打印记载）", STR_ARG(name_in(v, asked, true))));
        }
    }
}

static bool any_open(const struct verifying *v) {
    for (size_t i = 0; i < v->count; i++) {
        if (v->asked[i].verdict == VERDICT_OPEN) {
            return true;
        }
    }
    return false;
}

static void judge_rest(struct verifying *v, struct asked *asked) {
    struct arena *arena = v->settings->arena;
    const struct str english = name_in(v, asked, false), chinese = name_in(v, asked, true);
    struct str instead;
    const struct paper_act *declared = find_void(v, asked->parts.number, &instead);
    if (declared != NULL) {
        judge_void(v, asked, declared, instead, false);
    } else if (asked->known) {
        judge(asked, ALTERED,
              str_printf(
                  arena,
                  "%.*s: its code doesn't fit what the records say now, and the journal has no printing of it: it is "
                  "forged or altered, or the records have changed since it was made",
                  STR_ARG(english)),
              str_printf(arena,
                         "%.*s：验证码与现有记录不符，日志里也没有它的打印记载：系伪造、被改动，或制作以后记录有变",
                         STR_ARG(chinese)));
    } else {
        judge(asked, UNKNOWN,
              str_printf(arena, "%.*s: neither the journal nor the records know of it", STR_ARG(english)),
              str_printf(arena, "%.*s：日志和记录里都没有", STR_ARG(chinese)));
    }
}

/* --- telling ------------------------------------------------------------------------------------------------------- */

static void tell(struct verifying *v, const struct asked *asked) {
    static const char *const words[][2] = {[GENUINE] = {"genuine", "真"},
                                           [VOID] = {"void", "作废"},
                                           [REPLACED] = {"replaced", "已被替代"},
                                           [ALTERED] = {"altered", "不符"},
                                           [UNKNOWN] = {"unknown", "查无此件"}};
    const bool chinese = v->settings->job.language == LANGUAGE_CHINESE;
    const struct str words_of = chinese ? asked->chinese : asked->english;
    v->report->reporter.line(&v->report->reporter, str_printf(v->settings->arena, chinese ? "%s：%.*s" : "%s: %.*s",
                                                              words[asked->verdict][chinese], STR_ARG(words_of)));
}

static bool has_key(struct verifying *v) {
    struct settings *settings = v->settings;
    const size_t told = settings->diags.count;
    const bool there = key_read(settings->arena, settings->job.database, &v->key, &settings->diags);
    if (!there && settings->diags.count == told) {
        DIAG_ADD(&settings->diags, Y441, PLACE_NONE, str_from(key_path(settings->arena, settings->job.database)));
    }
    return there;
}

static enum exit_code verify(struct verifying *v) {
    enum exit_code worst = EXIT_MADE;
    for (size_t i = 0; i < v->count; i++) {
        if (v->asked[i].verdict == VERDICT_OPEN) {
            judge_by_journal(v, &v->asked[i]);
        }
    }
    if (v->printed.end != OFFICE_DONE) {
        return exit_of_office(v->printed.end);
    }
    if (any_open(v)) {
        const struct paper_wish wish = {wants, compare, v};
        const enum exit_code code = batch_papers(&v->settings->job, &wish, &v->report->reporter);
        if (code != EXIT_MADE && code != EXIT_DOCUMENT) {
            return code;
        }
    }
    for (size_t i = 0; i < v->count; i++) {
        if (v->asked[i].verdict == VERDICT_OPEN) {
            judge_rest(v, &v->asked[i]);
        }
        worst = v->asked[i].verdict == GENUINE ? worst : EXIT_DOCUMENT;
        tell(v, &v->asked[i]);
    }
    return worst;
}

/* --- what has changed ---------------------------------------------------------------------------------------------- */

struct changes {
    struct verifying *v;
    struct strmap told; /* names of papers: a card may be printed by several layouts */
    struct str place, day;
    size_t count;
    struct replacement *papers;
    size_t paper_count, capacity; /* equal to count, but for what no memory is spent on without --report */
};

static void keep(struct changes *changes, const struct paper_now *paper, const struct printed *last) {
    struct arena *arena = changes->v->settings->arena;
    struct str *keys = ARENA_ARRAY(arena, struct str, paper->index_count);
    struct str *texts = ARENA_ARRAY(arena, struct str, paper->index_count);
    for (size_t i = 0; i < paper->index_count; i++) {
        keys[i] = str_copy(arena, paper->keys[i]);
        texts[i] = str_copy(arena, paper->texts[i]);
    }
    ARENA_GROW(arena, changes->papers, changes->paper_count, changes->capacity);
    changes->papers[changes->paper_count++] =
        (struct replacement){changes->place, keys, texts, paper->index_count, str_int(arena, last->edition), last->day};
}

static bool was_printed(void *context, struct str name, enum reader reader) {
    const struct changes *changes = context;
    struct printed_papers *printed = &changes->v->printed;
    return strmap_get(&changes->told, name) == NULL &&
           printed->papers.last(printed->papers.context, name, reader).edition > 0;
}

static void tell_changed(void *context, const struct paper_now *paper) {
    struct changes *changes = context;
    struct verifying *v = changes->v;
    struct arena *arena = v->settings->arena;
    const bool chinese = v->settings->job.language == LANGUAGE_CHINESE;
    const struct printed last = v->printed.papers.last(v->printed.papers.context, paper->name, paper->reader);
    bool found;
    strmap_put(&changes->told, str_copy(arena, paper->name), &found);
    changes->day = str_copy(arena, paper->day);
    if (str_eq(last.content, paper->content)) {
        return;
    }
    if (!str_eq(changes->place, paper->place)) {
        changes->place = str_copy(arena, paper->place);
        v->report->reporter.line(&v->report->reporter, changes->place);
    }
    v->report->reporter.line(
        &v->report->reporter,
        str_printf(arena, chinese ? "  %.*s  第 %lld 版，%.*s 打印" : "  %.*s  edition %lld, printed on %.*s",
                   STR_ARG(paper->name), (long long)last.edition, STR_ARG(last.day)));
    changes->count++;
    if (v->settings->report.n > 0) {
        keep(changes, paper, &last);
    }
}

static bool write_report(struct changes *changes) {
    struct settings *settings = changes->v->settings;
    const struct str day = changes->day.n > 0 ? changes->day : settings->job.as_of;
    return settings->report.n == 0 || replacements_write(settings->arena, str_c(settings->arena, settings->report), day,
                                                         changes->papers, changes->paper_count, &settings->diags);
}

static enum exit_code list_changed(struct verifying *v) {
    struct changes changes = {.v = v, .place = STR(""), .day = STR("")};
    const struct paper_wish wish = {was_printed, tell_changed, &changes};
    struct settings *settings = v->settings;
    strmap_init(&changes.told, settings->arena);
    settings->job.names = settings->words;
    settings->job.name_count = settings->word_count;
    const enum exit_code code = batch_papers(&settings->job, &wish, &v->report->reporter);
    if (v->printed.end != OFFICE_DONE) {
        return exit_of_office(v->printed.end);
    }
    office_say(v->report, settings,
               str_printf(settings->arena, "%zu printed papers say what is no longer so", changes.count),
               str_printf(settings->arena, "打印以后内容有变的共 %zu 件", changes.count));
    return write_report(&changes) ? code : EXIT_IO;
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    struct verifying v = {.settings = settings, .report = &report};
    enum exit_code code = EXIT_INPUT;
    report_init(&report, settings);
    printed_init(&v.printed, settings, &report);
    if (settings->code.n == 0 && !settings->changed) {
        code = verify_folder(settings, &report);
    } else if (settings->merge || (settings->code.n > 0 && (settings->changed || settings->word_count > 0))) {
        DIAG_ADD(&settings->diags, Y442, PLACE_NONE, STR_NONE);
        code = EXIT_USAGE_ERROR;
    } else if (settings->report.n > 0 && (!settings->changed || !str_ends(settings->report, STR(".xlsx")))) {
        DIAG_ADD(&settings->diags, Y451, PLACE_NONE, settings->report);
        code = EXIT_USAGE_ERROR;
    } else if (settings->changed) {
        code = list_changed(&v);
    } else if (has_key(&v) && add_all(&v)) {
        code = verify(&v);
    }
    report_diags(&report, &settings->diags);
    return report_end(&report, code);
}

const struct command command_verify = {
    .name = "verify",
    .words = {"[DIR] | --merge DIR… | --code TEXT | --changed [LAYOUT…]",
              "[文件夹] | --merge 文件夹… | --code 文字 | --changed [版式…]"},
    .english = "hold a folder against its manifest; tell by its code whether a paper is genuine; list papers whose "
               "facts have changed",
    .chinese = "按清单核对文件夹；按验证码查验证件真伪；列出打印以后内容有变的证件",
    .options = OPTIONS(OPTION_MERGE, OPTION_OUT, OPTION_CODE, OPTION_CHANGED, OPTION_REPORT, OPTION_DB, OPTION_JOURNAL,
                       OPTION_LAYOUTS, OPTION_PHOTOS, OPTION_AS_OF, OPTION_SEMESTER, OPTION_MONTH, OPTION_FOR,
                       OPTION_QUIET, OPTION_HELP),
    .run = run,
};
