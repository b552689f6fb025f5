/* spool.c: the server and its queues: asked, chosen, held against a ticket. Jobs: follow.c. */
#include "spool/internal.h"

#include <string.h>

#include "base/nearest.h"

#define CONNECT_MS 10000

/* --- asking ---------------------------------------------------------------------------------------------------------- */

ipp_t *spool_request(const struct spool *spool, ipp_op_t operation) {
    ipp_t *request = ippNewRequest(operation);
    if (spool->uri != NULL) {
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, spool->uri);
    }
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
    return request;
}

ipp_t *spool_ask(struct spool *spool, ipp_t *request, const char *resource) {
    ipp_t *answer = cupsDoRequest(spool->http, request, resource);
    if (answer != NULL && ippGetStatusCode(answer) < IPP_STATUS_REDIRECTION_OTHER_SITE) {
        return answer;
    }
    ippDelete(answer);
    return NULL;
}

struct str spool_text(struct arena *arena, ipp_t *answer, const char *name) {
    ipp_attribute_t *attribute = answer == NULL ? NULL : ippFindAttribute(answer, name, IPP_TAG_ZERO);
    struct str all = STR("");
    for (int i = 0; attribute != NULL && i < ippGetCount(attribute); i++) {
        const char *text = ippGetString(attribute, i, NULL);
        if (text != NULL) {
            all = all.n == 0 ? str_copy(arena, str_from(text)) : str_printf(arena, "%.*s, %s", STR_ARG(all), text);
        }
    }
    return all;
}

int spool_number(ipp_t *answer, const char *name) {
    ipp_attribute_t *attribute = answer == NULL ? NULL : ippFindAttribute(answer, name, IPP_TAG_ZERO);
    return attribute == NULL ? 0 : ippGetInteger(attribute, 0);
}

/* --- the server ------------------------------------------------------------------------------------------------------ */

static void note_queues(struct spool *spool) {
    static const char *const wanted[] = {"printer-name"};
    ipp_t *request = spool_request(spool, IPP_OP_CUPS_GET_PRINTERS);
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 1, NULL, wanted);
    ipp_t *answer = spool_ask(spool, request, "/");
    size_t capacity = 0;
    ipp_attribute_t *name = answer == NULL ? NULL : ippFindAttribute(answer, "printer-name", IPP_TAG_NAME);
    for (; name != NULL; name = ippFindNextAttribute(answer, "printer-name", IPP_TAG_NAME)) {
        ARENA_GROW(spool->arena, spool->queues, spool->queue_count, capacity);
        spool->queues[spool->queue_count++] = str_copy(spool->arena, str_from(ippGetString(name, 0, NULL)));
    }
    ippDelete(answer);
}

struct spool *spool_open(struct arena *arena, struct diags *diags) {
    http_t *http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC, cupsEncryption(), 1, CONNECT_MS, NULL);
    if (http == NULL) {
        DIAG_ADD(diags, S401, PLACE_NONE, str_from(cupsServer()), str_from(cupsLastErrorString()));
        return NULL;
    }
    struct spool *spool = arena_alloc(arena, sizeof *spool);
    *spool = (struct spool){.arena = arena, .diags = diags, .http = http};
    note_queues(spool);
    return spool;
}

void spool_close(struct spool *spool) {
    if (spool != NULL) {
        ippDelete(spool->answer);
        httpClose(spool->http);
    }
}

/* --- a queue --------------------------------------------------------------------------------------------------------- */

static struct str queue_names(const struct spool *spool) {
    return spool->queue_count == 0 ? BOTH("none", "没有")
                                   : names_joined(spool->arena, spool->queues, spool->queue_count, SIZE_MAX);
}

/* Its attributes. False: there is no such queue, or the server is gone. */
static bool describe(struct spool *spool, struct str name) {
    char uri[HTTP_MAX_URI];
    httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0, "/printers/%s",
                     str_c(spool->arena, name));
    spool->uri = str_c(spool->arena, str_from(uri));
    spool->resource = strstr(spool->uri, "/printers/");
    ippDelete(spool->answer);
    spool->answer = spool_ask(spool, spool_request(spool, IPP_OP_GET_PRINTER_ATTRIBUTES), "/");
    return spool->answer != NULL;
}

bool spool_choose(struct spool *spool, struct str name) {
    const char *usual = name.n > 0 ? NULL : cupsGetDefault2(spool->http);
    spool->name = name.n > 0 || usual == NULL ? name : str_copy(spool->arena, str_from(usual));
    if (spool->name.n == 0) {
        DIAG_ADD(spool->diags, S403, PLACE_NONE, queue_names(spool));
        return false;
    }
    if (!describe(spool, spool->name)) {
        DIAG_ADD(spool->diags, S402, PLACE_NONE, spool->name, queue_names(spool),
                 nearest_or_all(spool->arena, spool->name, spool->queues, spool->queue_count));
        return false;
    }
    return true;
}

struct str spool_queue(const struct spool *spool) {
    return spool->name;
}

/* --- paper ----------------------------------------------------------------------------------------------------------- */

#define NEAR_HUNDREDTHS 100 /* a millimetre: 16开 is 184 or 185 wide, whoever cuts it */

static int hundredths_of(int32_t length_mp) {
    return (int)(((int64_t)length_mp * 127 + 1800) / 3600);
}

static int apart(int a, int b) {
    return a > b ? a - b : b - a;
}

/* How far a paper is from the one that is wanted; INT_MAX: another one. */
static int distance(const pwg_media_t *media, int width, int length) {
    const int worst = apart(media->width, width) > apart(media->length, length) ? apart(media->width, width)
                                                                                : apart(media->length, length);
    return worst <= NEAR_HUNDREDTHS ? worst : INT32_MAX;
}

/* What the queue says that it takes: a paper near the one wanted, or the limits of papers of any size. */
struct papers {
    struct str nearest;
    int distance;
    bool custom; /* the size lies within its limits */
    struct str all;
};

static void look_at_paper(struct arena *arena, struct papers *papers, const char *name, int width, int length,
                          int limits[4]) {
    const pwg_media_t *media = pwgMediaForPWG(name);
    if (media == NULL) {
        return;
    }
    if (strncmp(name, "custom_min_", 11) == 0 || strncmp(name, "custom_max_", 11) == 0) {
        const int at = name[8] == 'i' ? 0 : 2;
        limits[at] = media->width;
        limits[at + 1] = media->length;
        return;
    }
    const int far = distance(media, width, length);
    if (far < papers->distance) {
        papers->distance = far;
        papers->nearest = str_copy(arena, str_from(name));
    }
    if (media->ppd != NULL && strncmp(media->ppd, "Custom", 6) != 0 && strstr(name, "fullbleed") == NULL) {
        papers->all = papers->all.n == 0 ? str_copy(arena, str_from(media->ppd))
                                         : str_printf(arena, "%.*s, %s", STR_ARG(papers->all), media->ppd);
    }
}

static struct papers papers_of(struct spool *spool, ipp_attribute_t *supported, int width, int length) {
    struct papers papers = {.nearest = STR_NONE, .distance = INT32_MAX, .all = STR("")};
    int limits[4] = {INT32_MAX, INT32_MAX, 0, 0};
    for (int i = 0; i < ippGetCount(supported); i++) {
        look_at_paper(spool->arena, &papers, ippGetString(supported, i, NULL), width, length, limits);
    }
    papers.custom = width >= limits[0] && length >= limits[1] && width <= limits[2] && length <= limits[3];
    return papers;
}

/* The name of a size that bears none: custom_185x260mm_185x260mm. */
static struct str custom_name(struct arena *arena, int width, int length) {
    char name[128], size[64];
    pwgFormatSizeName(size, sizeof size, NULL, NULL, width, length, "mm");
    const char *plain = strchr(size, '_');
    pwgFormatSizeName(name, sizeof name, "custom", plain == NULL ? NULL : strrchr(size, '_') + 1, width, length, "mm");
    return str_copy(arena, str_from(name));
}

bool spool_paper(struct spool *spool, const struct spool_ticket *ticket, struct str *name) {
    const int across = hundredths_of(ticket->width_mp), down = hundredths_of(ticket->height_mp);
    const int width = across < down ? across : down, length = across < down ? down : across;
    ipp_attribute_t *supported = ippFindAttribute(spool->answer, "media-supported", IPP_TAG_ZERO);
    if (supported == NULL || ippGetCount(supported) == 0) { /* a raw queue says nothing of its paper */
        const pwg_media_t *known = pwgMediaForSize(width, length);
        *name = known != NULL && distance(known, width, length) <= NEAR_HUNDREDTHS / 2
                    ? str_copy(spool->arena, str_from(known->pwg))
                    : custom_name(spool->arena, width, length);
        return true;
    }
    const struct papers papers = papers_of(spool, supported, width, length);
    *name = papers.distance == 0 || (papers.nearest.n > 0 && !papers.custom) ? papers.nearest
                                                                             : custom_name(spool->arena, width, length);
    if (papers.nearest.n > 0 || papers.custom) {
        return true;
    }
    DIAG_ADD(spool->diags, S405, PLACE_NONE, spool->name,
             str_printf(spool->arena, "%d × %d mm", (width + 50) / 100, (length + 50) / 100), papers.all);
    return false;
}

/* --- the ticket ------------------------------------------------------------------------------------------------------ */

static bool has_word(ipp_t *answer, const char *name, struct str word) {
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    for (int i = 0; attribute != NULL && i < ippGetCount(attribute); i++) {
        const char *text = ippGetString(attribute, i, NULL);
        if (text != NULL && str_is(word, text)) {
            return true;
        }
    }
    return false;
}

static bool takes_jobs(struct spool *spool) {
    ipp_attribute_t *accepting = ippFindAttribute(spool->answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    if (accepting == NULL || ippGetBoolean(accepting, 0)) {
        return true;
    }
    DIAG_ADD(spool->diags, S404, PLACE_NONE, spool->name,
             spool_text(spool->arena, spool->answer, "printer-state-message"));
    return false;
}

static bool has_tray(struct spool *spool, struct str tray) {
    if (tray.n == 0 || has_word(spool->answer, "media-source-supported", tray)) {
        return true;
    }
    const struct str all = spool_text(spool->arena, spool->answer, "media-source-supported");
    DIAG_ADD(spool->diags, S406, PLACE_NONE, spool->name, tray, all.n > 0 ? all : BOTH("none", "没有"));
    return false;
}

static bool has_copies(struct spool *spool, int32_t copies) {
    ipp_attribute_t *range = ippFindAttribute(spool->answer, "copies-supported", IPP_TAG_RANGE);
    int most = INT32_MAX;
    if (range != NULL) {
        ippGetRange(range, 0, &most);
    }
    if (copies <= most) {
        return true;
    }
    DIAG_ADD(spool->diags, S407, PLACE_NONE, spool->name, str_int(spool->arena, copies), str_int(spool->arena, most));
    return false;
}

const char *spool_sides_word(enum spool_sides sides) {
    static const char *const words[] = {"one-sided", "two-sided-long-edge", "two-sided-short-edge"};
    return words[sides];
}

static void tell_sides(struct spool *spool, enum spool_sides sides) {
    ipp_attribute_t *supported = ippFindAttribute(spool->answer, "sides-supported", IPP_TAG_ZERO);
    if (sides != SPOOL_ONE_SIDED && supported != NULL &&
        !has_word(spool->answer, "sides-supported", str_from(spool_sides_word(sides)))) {
        DIAG_ADD(spool->diags, S408, PLACE_NONE, spool->name);
    }
}

bool spool_fit(struct spool *spool, const struct spool_ticket *ticket) {
    struct str paper;
    if (!takes_jobs(spool) || !spool_paper(spool, ticket, &paper) || !has_tray(spool, ticket->tray) ||
        !has_copies(spool, ticket->copies)) {
        return false;
    }
    tell_sides(spool, ticket->sides);
    return true;
}
