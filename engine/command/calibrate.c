/* calibrate.c: `dossier calibrate PRINTER [LEFT TOP ACROSS]`: the sheet to be measured, or what was measured into printers.yaml. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/length.h"
#include "command/command.h"
#include "layout/printers_edit.h"

enum {
    CROSS_MM = 20,   /* from the paper's edges, on the sheet of calibration.yaml */
    ACROSS_MM = 257, /* from cross to cross, on A4 that lies */
    SHIFT_MOST = 90  /* tenths of mm: frames of certificates stand 9 mm from the edge */
};

/* What was measured, in 1/1000 pt; what follows from it, in tenths of mm and in thousandths. */
struct measured {
    int32_t left_mp, top_mp, across_mp;
    int64_t right, down, scale;
};

/* 19.7, or 19.7mm. */
static bool read_mm(struct arena *arena, struct str word, int32_t *mp) {
    const struct str number = str_ends(word, STR("mm")) ? word : str_join(arena, word, STR("mm"));
    return length_parse(number, 0, mp) && *mp >= 0;
}

static int64_t rounded(double value) {
    return (int64_t)(value < 0 ? value - 0.5 : value + 0.5);
}

static void follow(struct measured *measured) {
    const double tenth = MM(1) / 10.0;
    measured->right = rounded((MM(CROSS_MM) - measured->left_mp) / tenth);
    measured->down = rounded((MM(CROSS_MM) - measured->top_mp) / tenth);
    measured->scale = rounded(1000.0 * MM(ACROSS_MM) / measured->across_mp);
}

static bool measure(struct settings *settings, struct measured *measured) {
    int32_t *numbers[] = {&measured->left_mp, &measured->top_mp, &measured->across_mp};
    for (size_t i = 0; i < 3; i++) {
        if (!read_mm(settings->arena, settings->words[i + 1], numbers[i]) || *numbers[i] == 0) {
            DIAG_ADD(&settings->diags, Y443, PLACE_NONE, settings->words[i + 1]);
            return false;
        }
    }
    follow(measured);
    if (llabs(measured->right) > SHIFT_MOST || llabs(measured->down) > SHIFT_MOST || measured->scale < 950 ||
        measured->scale > 1050) {
        DIAG_ADD(&settings->diags, Y444, PLACE_NONE, settings->words[1], settings->words[2], settings->words[3]);
        return false;
    }
    return true;
}

static struct str tenths(struct arena *arena, int64_t n, const char *unit) {
    return str_printf(arena, "%s%lld.%lld%s", n < 0 ? "-" : "", llabs(n) / 10, llabs(n) % 10, unit);
}

static struct str value_of(struct arena *arena, const struct measured *measured) {
    return str_printf(arena, "{shift: %.*s %.*s, scale: %.*s}", STR_ARG(tenths(arena, measured->right, "mm")),
                      STR_ARG(tenths(arena, measured->down, "mm")), STR_ARG(tenths(arena, measured->scale, "%")));
}

/* Letters, digits, Chinese characters, - and _, as printers.yaml takes them. */
static bool is_name(struct str name) {
    bool good = name.n > 0 && !(name.p[0] >= '0' && name.p[0] <= '9');
    for (size_t i = 0; i < name.n && good; i++) {
        const unsigned char c = (unsigned char)name.p[i];
        good = c >= 0x80 || c == '_' || c == '-' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
    return good;
}

/* The file keeps its mode: layouts are for everybody who prints. */
static int replace(const char *path, struct str text) {
    struct stat status;
    const mode_t mode = stat(path, &status) == 0 ? status.st_mode & 0777 : 0644;
    const int error = file_write(path, text.p, text.n, true);
    return error != 0 ? error : chmod(path, mode) == 0 ? 0 : errno;
}

static enum exit_code write_down(struct settings *settings, struct report *report, struct str name) {
    struct arena *arena = settings->arena;
    struct measured measured = {0};
    const char *path = str_c(arena, str_printf(arena, "%s/printers.yaml", settings->job.layouts));
    struct str text = STR("");
    if (!is_name(name)) {
        DIAG_ADD(&settings->diags, L241, PLACE_NONE, name);
        return EXIT_USAGE_ERROR;
    }
    if (!measure(settings, &measured)) {
        return EXIT_USAGE_ERROR;
    }
    int error = file_read(arena, path, 0, &text);
    if (error != 0 && error != ENOENT) {
        DIAG_ADD(&settings->diags, B101, PLACE_NONE, str_from(path), diag_errno(error));
        return EXIT_INPUT;
    }
    const struct str value = value_of(arena, &measured);
    const struct str edited = printers_edit(arena, text, name, value);
    if (edited.p == NULL) {
        DIAG_ADD(&settings->diags, Y445, PLACE_NONE, str_from(path), name, value);
        return EXIT_LAYOUT;
    }
    error = replace(path, edited);
    if (error != 0) {
        DIAG_ADD(&settings->diags, B102, PLACE_NONE, str_from(path), diag_errno(error));
        return EXIT_IO;
    }
    office_say(report, settings, str_printf(arena, "%s: %.*s: %.*s", path, STR_ARG(name), STR_ARG(value)),
               str_printf(arena, "%s：%.*s: %.*s", path, STR_ARG(name), STR_ARG(value)));
    return EXIT_MADE;
}

/* As the printer prints it by itself: what was set before must not be measured in. */
static enum exit_code make_sheet(struct settings *settings, struct report *report, struct str name) {
    struct job job = settings->job;
    struct str sheet = STR("calibration");
    job.names = &sheet;
    job.name_count = 1;
    const enum exit_code code = batch_make(&job, &report->reporter);
    if (code == EXIT_MADE) {
        struct arena *arena = settings->arena;
        office_say(report, settings,
                   str_printf(arena,
                              "print it at 100 %% on this printer, measure in mm as it says, then: dossier calibrate "
                              "%.*s LEFT TOP ACROSS",
                              STR_ARG(name)),
                   str_printf(arena,
                              "在这台打印机上按 100%% 打印，照页上的话量三个数（毫米），再运行：dossier calibrate %.*s "
                              "左 上 两十字之间",
                              STR_ARG(name)));
    }
    return code;
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    enum exit_code code = EXIT_USAGE_ERROR;
    report_init(&report, settings);
    if (settings->word_count == 1) {
        code = make_sheet(settings, &report, settings->words[0]);
    } else if (settings->word_count == 4) {
        code = write_down(settings, &report, settings->words[0]);
    } else {
        DIAG_ADD(&settings->diags, Y446, PLACE_NONE, STR_NONE);
    }
    report_diags(&report, &settings->diags);
    return report_end(&report, code);
}

const struct command command_calibrate = {
    .name = "calibrate",
    .words = {"PRINTER [LEFT TOP ACROSS]", "打印机 [左 上 两十字之间]"},
    .most_words = 4,
    .english = "make the sheet by which a printer is measured; write what was measured into printers.yaml",
    .chinese = "生成打印机校准页；把量得的三个数写进 printers.yaml",
    .options = OPTIONS(OPTION_DB, OPTION_LAYOUTS, OPTION_OUT, OPTION_AS_OF, OPTION_QUIET, OPTION_HELP),
    .run = run,
};
