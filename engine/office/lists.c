/* lists.c: CSV files become rows of a new database. */
#include "office/lists.h"

#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "intake/csv.h"
#include "office/embedded.h"

const struct list lists[] = {
    {"village", "村", "name=名称 grp_count=组数:i phone=电话 contact=联系人", NULL, NULL},
    {"school", "学校",
     "code=学校代码 name=学校名称 short_name=简称 kind=类别 remote=边远:i address=地址 postcode=邮编 phone=电话 "
     "hotline=亲情热线 principal=校长",
     NULL, NULL},
    {"township", "乡镇",
     "name=名称 county=县区 province=省份 region_code=行政区划代码 plate_prefix=车牌前缀 area_code=区号 postcode=邮编",
     NULL, NULL},
    {"region", "行政区划", "code=代码 name=名称 valid_from=启用:d valid_to=停用:d successor=后继代码", NULL, NULL},
    {"semester", "学期", "id=学期 title=名称 starts=开学:d ends=放假:d year_start=学年:i term=序号:i",
     "year_start, term", "CAST(substr(:id, 1, 4) AS INTEGER), CAST(substr(:id, 11) AS INTEGER)"},
    {"semester_month", "学期月份",
     "semester_id=学期 seq=序号:i ym=月份 period_from=起:d period_to=止:d due_on=上交期限:d required=上报:i", "seq",
     "1 + (SELECT count(*) FROM semester_month WHERE semester_id = :id)"},
    {"holiday", "节假日", "from_date=起:d to_date=止:d name=名称", NULL, NULL},
    {"policy", "制度", "key=项目 value=数值 unit=单位 source=依据 valid_from=启用:d valid_to=停用:d", NULL, NULL},
    {"required_item", "建档必备项", "code=代码 seq=序号:i title=名称 test=条件 valid_from=启用:d valid_to=停用:d", NULL,
     NULL},
    {"grade_threshold", "等级标准",
     "year_start=学年:i stage=学段 subject=学科 level=等级 seq=序号:i min_x10=起点千分比:i", "year_start",
     "CAST(:year AS INTEGER)"},
    {"issuer", "颁发单位", "name=落款 word=字 seal_text=印文 valid_from=启用:d valid_to=停用:d", NULL, NULL},
    {"award_type", "奖项",
     "code=代码 name=名称 to_kind=对象 scope=范围 paper=用纸 default_fen=奖金分:i layout=版式 wording=正文 "
     "closing=结语 "
     "valid_from=启用:d valid_to=停用:d",
     NULL, NULL},
    {"award_rate", "奖金标准", "key=项目 value=数值:i unit=单位 source=依据 valid_from=启用:d valid_to=停用:d", NULL,
     NULL},
    {"flag", "考核情况", "code=代码 title=名称", NULL, NULL},
    {"home_item", "之家评估项目",
     "code=代码 seq=序号:i grp=类别 title=名称 points=分值:i evidence=评分依据 valid_from=启用:d valid_to=停用:d", NULL,
     NULL},
    {"figure", "指标", "key=代码 seq=序号:i title=名称 unit=单位 part=章节", NULL, NULL},
};
const size_t list_count = sizeof lists / sizeof *lists;

/* --- columns ------------------------------------------------------------------------------------------------------ */

struct column {
    struct str name, heading;
    char kind; /* d, i, or t */
};

static size_t columns_of(struct arena *arena, const struct list *list, struct column **columns) {
    struct str rest = str_from(list->columns);
    size_t count = 0, capacity = 0;
    *columns = NULL;
    while (rest.n > 0) {
        const size_t end = str_find_byte(rest, ' ');
        const struct str word = str_slice(rest, 0, end);
        rest = str_slice(rest, end < rest.n ? end + 1 : end, rest.n);
        const size_t equals = str_find_byte(word, '='), colon = str_find_byte(word, ':');
        ARENA_GROW(arena, *columns, count, capacity);
        (*columns)[count++] = (struct column){
            .name = str_slice(word, 0, equals),
            .heading = str_slice(word, equals + 1, colon),
            .kind = colon < word.n ? word.p[colon + 1] : 't',
        };
    }
    return count;
}

static size_t find_column(const struct column *columns, size_t count, struct str heading) {
    size_t i = 0;
    while (i < count && !str_eq(columns[i].name, heading) && !str_eq(columns[i].heading, heading)) {
        i++;
    }
    return i;
}

static struct str headings(struct arena *arena, const struct column *columns, size_t count) {
    struct str *names = ARENA_ARRAY(arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = columns[i].heading;
    }
    return names_joined(arena, names, count, SIZE_MAX);
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* 2026/9/1, 2026.9.1, 2026年9月1日 as 2026-09-01; anything else as it is. */
static struct str day_of(struct arena *arena, struct str text) {
    int64_t parts[3] = {0};
    size_t part = 0;
    bool digits = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] >= '0' && text.p[i] <= '9') {
            parts[part] = parts[part] * 10 + (text.p[i] - '0');
            digits = true;
        } else if (digits && part < 2) {
            part++;
            digits = false;
        } else if (digits) {
            break;
        }
    }
    const bool full = part == 2 && parts[0] > 1900 && parts[0] < 2200 && parts[1] >= 1 && parts[1] <= 12 &&
                      parts[2] >= 1 && parts[2] <= 31;
    return full ? str_printf(arena, "%04lld-%02lld-%02lld", (long long)parts[0], (long long)parts[1],
                             (long long)parts[2])
                : text;
}

static bool is_right(struct step *step, char kind, struct str value) {
    int64_t whole = 0;
    if (value.n == 0 || kind == 't') {
        return true;
    }
    if (kind == 'i') {
        return str_to_int(value, &whole);
    }
    const struct sql_value day[] = {{":day", value}};
    return str_is(step_text(step, "SELECT date(:day, '+0 days') IS :day", day, 1), "1");
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* A file that is being taken. */
struct taking {
    struct step *step;
    const struct list *list;
    struct str table; /* that its rows go into */
    struct str file;
    const struct column *columns;
    size_t count;
    const struct column **at; /* of the file's columns; NULL: without a heading */
    uint32_t width;
    struct str year;
};

static bool take_headings(struct taking *taking, const struct grid_row *row) {
    bool good = true;
    taking->width = row->count == 0 ? 0 : row->cells[row->count - 1].column + 1;
    taking->at = ARENA_ARRAY(taking->step->arena, const struct column *, taking->width);
    memset(taking->at, 0, taking->width * sizeof *taking->at);
    for (size_t i = 0; i < row->count; i++) {
        const struct str heading = str_trim(row->cells[i].text);
        const size_t found = find_column(taking->columns, taking->count, heading);
        if (found < taking->count) {
            taking->at[row->cells[i].column] = &taking->columns[found];
        } else if (heading.n > 0) {
            DIAG_ADD(taking->step->diags, Y133, PLACE_NONE, taking->file, heading,
                     headings(taking->step->arena, taking->columns, taking->count));
            good = false;
        }
    }
    return good;
}

static void add(struct taking *taking, struct str *names, struct str *values, struct sql_value *bound, size_t *count,
                const struct column *column, struct str value) {
    struct arena *arena = taking->step->arena;
    const char *comma = *count > 0 ? ", " : "";
    const struct str parameter = str_printf(arena, ":v%zu", *count);
    *names = str_printf(arena, "%.*s%s%.*s", STR_ARG(*names), comma, STR_ARG(column->name));
    *values = str_printf(arena, column->kind == 'i' ? "%.*s%sCAST(%.*s AS INTEGER)" : "%.*s%s%.*s", STR_ARG(*values),
                         comma, STR_ARG(parameter));
    bound[(*count)++] = (struct sql_value){str_c(arena, parameter), value};
}

/* Told by the file's own row. */
static bool put(struct taking *taking, const struct grid_row *row, struct str names, struct str values,
                const struct sql_value *bound, size_t count) {
    struct arena *arena = taking->step->arena;
    const char *sql = str_c(arena, str_printf(arena, "INSERT INTO %.*s(%.*s) VALUES(%.*s)", STR_ARG(taking->table),
                                              STR_ARG(names), STR_ARG(values)));
    struct diags own;
    struct diags *diags = taking->step->diags;
    diags_init(&own, arena);
    taking->step->diags = &own;
    const bool good = step_run(taking->step, sql, bound, count);
    taking->step->diags = diags;
    if (!good) {
        DIAG_ADD(diags, Y135, PLACE_NONE, taking->file, str_int(arena, (int64_t)row->number),
                 sql_error(taking->step->db));
    }
    return good;
}

/* Is the first of the given columns among those of the row? */
static bool says_given(const struct list *list, struct str column) {
    return list->given != NULL && str_starts(str_from(list->given), column);
}

static bool take_row(struct taking *taking, const struct grid_row *row) {
    struct arena *arena = taking->step->arena;
    struct sql_value *bound = ARENA_ARRAY(arena, struct sql_value, taking->count + 2);
    struct str names = STR(""), values = STR(""), id = STR_NONE;
    size_t count = 0;
    bool good = true, has_given = taking->list->given == NULL;
    for (size_t i = 0; i < row->count; i++) {
        const struct column *column = row->cells[i].column < taking->width ? taking->at[row->cells[i].column] : NULL;
        struct str value = str_trim(row->cells[i].text);
        if (column == NULL || value.n == 0) {
            continue;
        }
        value = column->kind == 'd' ? day_of(arena, value) : value;
        if (!is_right(taking->step, column->kind, value)) {
            DIAG_ADD(taking->step->diags, Y134, PLACE_NONE, taking->file, str_int(arena, (int64_t)row->number), value,
                     column->heading);
            good = false;
        }
        has_given = has_given || says_given(taking->list, column->name);
        id = str_is(column->name, "id") || str_is(column->name, "semester_id") ? value : id;
        add(taking, &names, &values, bound, &count, column, value);
    }
    if (count == 0) {
        return true;
    }
    if (!has_given) {
        names = str_printf(arena, "%.*s, %s", STR_ARG(names), taking->list->given);
        values = str_printf(arena, "%.*s, %s", STR_ARG(values), taking->list->given_values);
        bound[count++] = (struct sql_value){":year", taking->year};
        bound[count++] = (struct sql_value){":id", id};
    }
    return good && put(taking, row, names, values, bound, count);
}

static bool take_grid(struct taking *taking, const struct grid *grid, size_t *rows) {
    const struct sheet *sheet = &grid->sheets[0];
    *rows = 0;
    if (grid->count == 0 || sheet->row_count == 0) {
        return true;
    }
    bool good = take_headings(taking, &sheet->rows[0]);
    for (size_t i = 1; good && i < sheet->row_count && !taking->step->failed; i++) {
        good = take_row(taking, &sheet->rows[i]);
        *rows += good;
    }
    return good;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* "\n== policy\n" … up to the next. STR_NONE: there is none. */
static struct str embedded(struct arena *arena, const char *table) {
    const struct str all = {(const char *)office_lists, office_lists_count};
    const struct str head = str_printf(arena, "== %s\n", table);
    const size_t from = str_find(all, head);
    if (from == all.n) {
        return STR_NONE;
    }
    const struct str rest = str_slice(all, from + head.n, all.n);
    return str_slice(rest, 0, str_find(rest, STR("== ")));
}

static struct str file_of(struct arena *arena, const struct list *list, const char *folder) {
    const char *const names[] = {list->name, list->table};
    static const char *const endings[] = {"csv", "xlsx"};
    for (size_t i = 0; i < 4; i++) {
        const struct str path = str_printf(arena, "%s/%s.%s", folder, names[i / 2], endings[i % 2]);
        if (access(str_c(arena, path), F_OK) == 0) {
            return path;
        }
    }
    return STR_NONE;
}

static bool take(struct taking *taking, const char *folder, struct str bytes, struct office_list *told) {
    struct step *step = taking->step;
    const struct list *list = taking->list;
    struct arena *arena = step->arena;
    struct column *columns = NULL;
    struct grid grid = {0};
    *told = (struct office_list){.table = list->table, .name = list->name, .file = file_of(arena, list, folder)};
    told->built_in = told->file.n == 0 && bytes.n > 0;
    grid.file = told->file.n > 0 ? told->file : str_printf(arena, "%s.csv", list->name);
    if (told->file.n == 0 && bytes.n == 0) {
        return true;
    }
    taking->file = grid.file;
    taking->count = columns_of(arena, list, &columns);
    taking->columns = columns;
    return (told->built_in ? csv_read(arena, bytes, step->diags, &grid)
                           : grid_read(arena, str_c(arena, told->file), step->diags, &grid)) &&
           take_grid(taking, &grid, &told->rows);
}

bool list_take(struct step *step, const struct list *list, const char *folder, struct str year,
               struct office_list *told) {
    struct taking taking = {.step = step, .list = list, .table = str_from(list->table), .year = year};
    return take(&taking, folder, embedded(step->arena, list->table), told);
}

bool list_take_into(struct step *step, const struct list *list, struct str table, const char *folder,
                    struct office_list *told) {
    struct taking taking = {.step = step, .list = list, .table = table};
    return take(&taking, folder, STR_NONE, told);
}
