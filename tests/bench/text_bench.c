/* text_bench.c: characters a CPU-second through shaping, breaking and emitting, by kind of text; cells: prose in a measure
 * so short that its lines are chosen all at once.
 *
 *     text_bench [SECONDS]      each kind, 1 by default */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/text.h"

#define EM 12000

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const struct {
    const char *name, *text;
} kinds[] = {
    {"prose",
     "本学期全校共有留守儿童五百六十一人，占在校生的近一半。班主任每周与孩子谈心一次，了解他们的学习、生活和思想状况；"
     "对成绩下降明显的孩子，及时与家长取得联系。孩子喜欢阅读，性格开朗，能与同学友好相处，但有时上课注意力不够集中，"
     "需要老师多加提醒。父母在广东务工，每月通话两到三次，寒假期间回家团聚。“我想爸爸妈妈了。”孩子在日记中这样写道。"},
    {"mixed",
     "2026年11月23日，全镇现有留守儿童561人，占在校生的47.3%（上月46.9%）。六（5）班陈某于8:30到校，电话0851-28201234，"
     "身高128.4 cm，体重26.5 kg，BMI指数16.07，成绩95.5分，排第3名。车牌贵C·12345，乘坐校车往返约12 km。QQ群、"
     "WeChat联系均已登记在册。"},
    {"labels", "出生日期"},
    {"numbers", "2026-11-23"},
};

/* Shapes, breaks and emits the text until the time is over; characters a second. */
static double run(struct text_engine *engine, struct arena *arena, const struct text_style *style, struct str text,
                  int32_t width_mp, double seconds) {
    size_t characters = 0;
    const double begin = cpu_seconds();
    double elapsed;
    do {
        for (int i = 0; i < 100; i++) {
            arena_reset(arena);
            struct document *document = document_create_in(arena);
            struct canvas canvas = canvas_of_page(document, document_add_page(document, 595276, 841890));
            struct text_span span = {.text = text, .style = style};
            struct paragraph *p = text_shape(engine, arena, &span, 1, style);
            struct lines lines = text_break(engine, arena, p, width_mp, FIT_NORMAL);
            characters += text_emit(&canvas, &lines, 0, lines.count, 0, 0);
        }
        elapsed = cpu_seconds() - begin;
    } while (elapsed < seconds);
    return (double)characters / elapsed;
}

int main(int argc, char **argv) {
    const double seconds = argc > 1 ? strtod(argv[1], NULL) : 1;
    int error = 0;
    struct fonts *fonts = fonts_create();
    const struct face *song = face_find(fonts, STR("Noto Serif CJK SC"), ".", &error);
    if (song == NULL) {
        fputs("text_bench: Noto Serif CJK SC isn't installed\n", stderr);
        return EXIT_FAILURE;
    }
    struct text_engine *engine = text_engine_create();
    struct arena *arena = arena_create();
    struct text_style style = {
        .chain = {&song, 1}, .size_mp = EM, .leading_mp = EM * 3 / 2, .indent_mp = 2 * EM, .align = ALIGN_JUSTIFY};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        printf("text: %-8s %6.1f million characters a CPU-second\n", kinds[i].name,
               run(engine, arena, &style, str_from(kinds[i].text), 37 * EM, seconds) / 1e6);
    }
    printf("text: %-8s %6.1f million characters a CPU-second\n", "cells",
           run(engine, arena, &style, str_from(kinds[0].text), 12 * EM, seconds) / 1e6);
    arena_destroy(arena);
    text_engine_destroy(engine);
    fonts_destroy(fonts);
    return EXIT_SUCCESS;
}
