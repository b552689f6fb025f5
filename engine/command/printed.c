/* printed.c: the journal's printings, found by the names of papers. */
#include "command/printed.h"

#include "batch/code.h"

static void ask(struct printed_papers *printed) {
    struct settings *settings = printed->settings;
    struct diags *diags = &settings->diags;
    if (printed->asked) {
        return;
    }
    printed->asked = true;
    const size_t told = diags->count;
    printed->end = office_prints(settings->arena, settings->job.database, settings->journal, &printed->prints,
                                 &printed->count, diags);
    if (diags->count > told) {
        report_diags(printed->report, diags);
        diags->count = told;
    }
    printed->before = ARENA_ARRAY(settings->arena, uint32_t, printed->count);
    for (size_t i = 0; i < printed->count; i++) {
        struct code_parts parts;
        bool found = false;
        if (code_read(printed->prints[i].code, &parts)) {
            uint32_t *last = strmap_put(&printed->by_name, parts.name, &found);
            printed->before[i] = *last;
            *last = (uint32_t)i + 1;
        }
    }
}

uint32_t printed_last(struct printed_papers *printed, struct str name) {
    ask(printed);
    const uint32_t *last = strmap_get(&printed->by_name, name);
    return last != NULL ? *last : 0;
}

/* Copies for other readers say other things, and are papers of their own. */
static struct printed last_of_reader(void *context, struct str name, enum reader reader) {
    struct printed_papers *printed = context;
    struct printed last = {0};
    for (uint32_t at = printed_last(printed, name); at > 0; at = printed->before[at - 1]) {
        const struct paper_print *print = &printed->prints[at - 1];
        struct code_parts parts;
        if (!code_read(print->code, &parts) || (print->reader.n > 0 && !str_eq(print->reader, reader_name(reader)))) {
            continue;
        }
        if (last.edition == 0) {
            last = (struct printed){parts.edition, print->content, print->day, STR_NONE};
        } else if (parts.edition < last.edition) {
            last.day_before = print->day;
            break;
        }
    }
    return last;
}

void printed_init(struct printed_papers *printed, struct settings *settings, struct report *report) {
    *printed = (struct printed_papers){.settings = settings, .report = report};
    printed->papers = (struct papers){.last = last_of_reader, .context = printed};
    strmap_init(&printed->by_name, settings->arena);
}
