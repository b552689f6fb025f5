/* follow.c: a job: sent, followed to its end, taken back. */
#include <poll.h>
#include <string.h>

#include "spool/internal.h"

#define PATIENCE     10  /* how much longer a job that may be at work is waited for */
#define PAUSE_MS     250 /* between two questions; at first they come faster */
#define QUICK_MS     50
#define QUICK_COUNT  40
#define TELL_MS      2000 /* a printer that needs somebody is told of after so long */
#define CANCEL_COUNT 40   /* questions after a job was taken back */

/* --- sending --------------------------------------------------------------------------------------------------------- */

static void add_paper(struct spool *spool, ipp_t *request, const struct spool_ticket *ticket, struct str paper) {
    const char *name = str_c(spool->arena, paper);
    if (ticket->tray.n == 0) {
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, name);
        return;
    }
    const pwg_media_t *media = pwgMediaForPWG(name);
    ipp_t *size = ippNew(), *both = ippNew();
    if (media != NULL) {
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", media->width);
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", media->length);
        ippAddCollection(both, IPP_TAG_ZERO, "media-size", size);
    }
    ippAddString(both, IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", NULL, str_c(spool->arena, ticket->tray));
    ippAddCollection(request, IPP_TAG_JOB, "media-col", both);
    ippDelete(size);
    ippDelete(both);
}

/* Whatever the queue would do on its own (fit to the page, two on a sheet, a banner page) is named, so that it isn't done. */
static ipp_t *job_request(struct spool *spool, struct str title, const struct spool_ticket *ticket, struct str paper) {
    static const char *const no_banners[] = {"none", "none"};
    ipp_t *request = spool_request(spool, IPP_OP_PRINT_JOB);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, str_c(spool->arena, title));
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
    add_paper(spool, request, ticket, paper);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, spool_sides_word(ticket->sides));
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "number-up", 1);
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", ticket->copies);
    ippAddStrings(request, IPP_TAG_JOB, IPP_TAG_NAME, "job-sheets", 2, NULL, no_banners);
    return request;
}

static int submit(struct spool *spool, const char *path, struct str title, const struct spool_ticket *ticket,
                  struct str paper) {
    ipp_t *answer = cupsDoFileRequest(spool->http, job_request(spool, title, ticket, paper), spool->resource, path);
    const bool good = answer != NULL && ippGetStatusCode(answer) < IPP_STATUS_REDIRECTION_OTHER_SITE;
    const int job = good ? spool_number(answer, "job-id") : 0;
    if (job == 0) {
        DIAG_ADD(spool->diags, S409, PLACE_NONE, spool->name, str_from(cupsLastErrorString()));
    }
    ippDelete(answer);
    return job;
}

/* --- following ------------------------------------------------------------------------------------------------------- */

enum presence { THERE, GONE, NO_ANSWER };
/* What job and printer say; two that are equal are no step forward. */
struct state {
    enum presence job, printer;
    int job_state, printer_state, sheets, pages;
    struct str why; /* the printer's reasons */
    struct str message;
};

static enum presence presence_of(ipp_t *answer) {
    const ipp_status_t status = cupsLastError();
    return answer != NULL                                                            ? THERE
           : status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE ? GONE
                                                                                     : NO_ANSWER;
}

static struct state look(struct spool *spool, struct arena *arena, int job) {
    struct state state = {.why = STR(""), .message = STR("")};
    ipp_t *request = spool_request(spool, IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ipp_t *answer = spool_ask(spool, request, "/");
    state.job = presence_of(answer);
    state.job_state = spool_number(answer, "job-state");
    state.sheets = spool_number(answer, "job-media-sheets-completed");
    state.pages = spool_number(answer, "job-impressions-completed");
    ippDelete(answer);
    answer = spool_ask(spool, spool_request(spool, IPP_OP_GET_PRINTER_ATTRIBUTES), "/");
    state.printer = presence_of(answer);
    state.printer_state = spool_number(answer, "printer-state");
    state.why = spool_text(arena, answer, "printer-state-reasons");
    state.message = spool_text(arena, answer, "printer-state-message");
    ippDelete(answer);
    return state;
}

static bool same(const struct state *a, const struct state *b) {
    return a->job == b->job && a->printer == b->printer && a->job_state == b->job_state &&
           a->printer_state == b->printer_state && a->sheets == b->sheets && a->pages == b->pages &&
           str_eq(a->why, b->why);
}

static bool has_ended(const struct state *state) {
    return state->job == GONE || (state->job == THERE && state->job_state >= (int)IPP_JSTATE_CANCELED);
}

/* Somebody must do something: fill in paper, take out a sheet, switch it on. */
static bool is_blocked(const struct state *state) {
    return state->job == NO_ANSWER || state->printer_state == (int)IPP_PSTATE_STOPPED ||
           state->job_state == (int)IPP_JSTATE_HELD || state->job_state == (int)IPP_JSTATE_STOPPED ||
           (state->why.n > 0 && !str_is(state->why, "none") && !str_ends(state->why, STR("-report")) &&
            !str_ends(state->why, STR("-warning")));
}

static struct str words_of(struct arena *arena, const struct state *state) {
    const struct str why = str_is(state->why, "none") ? STR("") : state->why;
    return why.n > 0 && state->message.n > 0 ? str_printf(arena, "%.*s: %.*s", STR_ARG(why), STR_ARG(state->message))
           : why.n > 0                       ? why
           : state->message.n > 0            ? state->message
                                             : BOTH("no reason given", "没有说明原因");
}

static void pause_ms(int ms) {
    poll(NULL, 0, ms);
}

/* Until the job ends, or has to be given up. */
static struct state follow(struct spool *spool, int job, const struct spool_watch *watch) {
    struct state last = look(spool, spool->arena, job);
    int64_t waited_ms = 0;
    bool told = false;
    for (int asked = 0; !has_ended(&last); asked++) {
        const int ms = asked < QUICK_COUNT ? QUICK_MS : PAUSE_MS;
        const bool blocked = is_blocked(&last);
        if ((watch->stops != NULL && watch->stops(watch->context)) ||
            waited_ms >= (int64_t)watch->wait_s * 1000 * (blocked ? 1 : PATIENCE)) {
            break;
        }
        pause_ms(ms);
        waited_ms += ms;
        const struct state now = look(spool, spool->arena, job);
        if (!same(&now, &last)) {
            waited_ms = 0;
            told = false;
        }
        if (waited_ms >= TELL_MS && !told && is_blocked(&now) && watch->waits != NULL) {
            watch->waits(watch->context, words_of(spool->arena, &now));
            told = true;
        }
        last = now;
    }
    return last;
}

/* --- the end --------------------------------------------------------------------------------------------------------- */

/* The job is taken back, so that it doesn't come out when nobody counts on it any more. */
static struct state take_back(struct spool *spool, int job) {
    ipp_t *request = spool_request(spool, IPP_OP_CANCEL_JOB);
    ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ippDelete(spool_ask(spool, request, "/jobs/"));
    struct state state = look(spool, spool->arena, job);
    for (int i = 0; i < CANCEL_COUNT && !has_ended(&state); i++) {
        pause_ms(QUICK_MS);
        state = look(spool, spool->arena, job);
    }
    return state;
}

static enum spool_end tell_end(struct spool *spool, int job, const struct state *state) {
    const struct str number = str_int(spool->arena, job);
    if (state->job == NO_ANSWER || (state->job == GONE && state->printer == NO_ANSWER)) {
        DIAG_ADD(spool->diags, S410, PLACE_NONE, spool->name, number);
        return SPOOL_UNKNOWN;
    }
    if (state->printer == GONE) {
        DIAG_ADD(spool->diags, S411, PLACE_NONE, spool->name, number);
        return SPOOL_FAILED;
    }
    if (state->job == GONE) {
        DIAG_ADD(spool->diags, S412, PLACE_NONE, spool->name, number);
        return SPOOL_UNKNOWN;
    }
    if (state->job_state == (int)IPP_JSTATE_CANCELED) {
        DIAG_ADD(spool->diags, S413, PLACE_NONE, spool->name, number);
    } else {
        DIAG_ADD(spool->diags, S414, PLACE_NONE, spool->name, number, words_of(spool->arena, state));
    }
    return SPOOL_FAILED;
}

static enum spool_end give_up(struct spool *spool, int job, const struct state *state) {
    const struct str number = str_int(spool->arena, job), why = words_of(spool->arena, state);
    const struct state after = take_back(spool, job);
    if (after.job == THERE && after.job_state == (int)IPP_JSTATE_COMPLETED) {
        return SPOOL_DONE; /* it came out after all */
    }
    if (after.printer == GONE || !has_ended(&after) || after.job == GONE) {
        return tell_end(spool, job, &after);
    }
    DIAG_ADD(spool->diags, S415, PLACE_NONE, spool->name, number, why);
    return SPOOL_FAILED;
}

enum spool_end spool_print(struct spool *spool, const char *path, struct str title, const struct spool_ticket *ticket,
                           const struct spool_watch *watch, int *job) {
    struct str paper;
    int number = 0;
    if (spool_paper(spool, ticket, &paper)) {
        number = submit(spool, path, title, ticket, paper);
    }
    if (job != NULL) {
        *job = number;
    }
    if (number == 0) {
        return SPOOL_FAILED;
    }
    const struct state state = follow(spool, number, watch);
    if (!has_ended(&state)) {
        return give_up(spool, number, &state);
    }
    return state.job == THERE && state.job_state == (int)IPP_JSTATE_COMPLETED ? SPOOL_DONE
                                                                              : tell_end(spool, number, &state);
}
