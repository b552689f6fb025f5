/* faces.c: what the fonts are told to prepare for: every character that a run of many documents may print. It comes from the
 * data, from the layouts, and from the engine itself. */
#include "batch/press.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"

/* Below this a whole face's preparation costs more than it saves. */
#define FEW_DOCUMENTS 8

/* What the engine itself writes: numbers, dates, amounts, masks, marks of what is missing. */
static const struct str OWN_CHARACTERS = STR_INIT(
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "〇一二三四五六七八九十百千万亿零壹贰叁肆伍陆柒捌玖拾佰仟元角分整人民币负年月日第页共星期天上下午时学期度岁"
    "缺无续表章—…·×、，。：；？！（）《》〈〉【】“”‘’「」『』￥¥　〓％‰℃－＝");

static int by_code_point(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

struct code_points {
    uint32_t *items;
    size_t count, capacity;
};

static void add_text(struct arena *arena, struct code_points *points, struct str text) {
    for (size_t at = 0; at < text.n;) {
        const uint32_t c = utf8_next(text, &at);
        ARENA_GROW(arena, points->items, points->count, points->capacity);
        points->items[points->count++] = c;
    }
}

/* A layout's text is looked for in its file as a whole: a few words of its keys too many do no harm. */
static void add_layout_texts(struct press *press, struct arena *arena, struct code_points *points) {
    struct str *names = NULL;
    size_t count = 0;
    const char *folder = press->run.job->layouts;
    if (folder_list(arena, folder, STR(".yaml"), &names, &count) != 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct str path = str_printf(arena, "%s/%.*s", folder, STR_ARG(names[i]));
        add_text(arena, points, layouts_source(press->run.layouts, path));
    }
}

static void add_data(struct press *press, struct arena *arena, struct code_points *points) {
    for (size_t i = 0; i < READER_COUNT; i++) {
        if (press->run.sessions[i] == NULL) {
            continue;
        }
        size_t count = 0;
        const uint32_t *items = database_code_points(press->run.sessions[i], arena, &count);
        for (size_t k = 0; k < count; k++) {
            ARENA_GROW(arena, points->items, points->count, points->capacity);
            points->items[points->count++] = items[k];
        }
        return; /* all sessions read the same tables */
    }
}

static void keep_distinct(struct code_points *points) {
    qsort(points->items, points->count, sizeof *points->items, by_code_point);
    size_t kept = 0;
    for (size_t i = 0; i < points->count; i++) {
        if (kept == 0 || points->items[i] != points->items[kept - 1]) {
            points->items[kept++] = points->items[i];
        }
    }
    points->count = kept;
}

void press_prepare_faces(struct press *press) {
    if (press->chosen <= FEW_DOCUMENTS || press->run.job->dump) {
        return;
    }
    struct arena *arena = arena_create();
    struct code_points points = {0};
    add_text(arena, &points, OWN_CHARACTERS);
    add_layout_texts(press, arena, &points);
    add_data(press, arena, &points);
    keep_distinct(&points);
    for (size_t i = 0; i < fonts_count(press->run.fonts); i++) {
        face_prepare(fonts_face(press->run.fonts, i), points.items, points.count);
    }
    arena_destroy(arena);
}
