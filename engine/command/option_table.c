/* option_table.c: every option of every command: its value, the function that takes it, and its help. */
#include "command/option_table.h"

#include <assert.h>
#include <stddef.h>

#define JOBS_LIMIT   256
#define COPIES_LIMIT 999
#define SKIP_LIMIT   999
#define WAIT_LIMIT_S 86400
#define SHARDS_LIMIT 10000
/* --- taking a value ---------------------------------------------------------------------------------------------- */

static bool take_db(struct settings *settings, struct str value) {
    settings->job.database = str_c(settings->arena, value);
    return value.n > 0;
}

static bool take_layouts(struct settings *settings, struct str value) {
    settings->job.layouts = str_c(settings->arena, value);
    return value.n > 0;
}

static bool take_out(struct settings *settings, struct str value) {
    settings->job.out = str_c(settings->arena, value);
    return value.n > 0;
}

/* What lies under a proof: it is one. */
static bool take_form(struct settings *settings, struct str value) {
    settings->job.form = str_c(settings->arena, value);
    settings->job.proof = true;
    return value.n > 0;
}

static bool take_photos(struct settings *settings, struct str value) {
    settings->job.photos = str_c(settings->arena, value);
    return value.n > 0;
}

/* `digits` digits at `at`, as a number; -1 when they aren't all digits. */
static int number_at(struct str s, size_t at, size_t digits) {
    int n = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9') {
            return -1;
        }
        n = n * 10 + (s.p[i] - '0');
    }
    return n;
}

static bool is_month(struct str s) {
    const int month = number_at(s, 5, 2);
    return s.n == 7 && s.p[4] == '-' && number_at(s, 0, 4) > 0 && month >= 1 && month <= 12;
}

static bool is_day(struct str s) {
    static const int days_of[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (s.n != 10 || s.p[7] != '-' || !is_month(str_slice(s, 0, 7))) {
        return false;
    }
    const int year = number_at(s, 0, 4);
    const int month = number_at(s, 5, 2);
    const int day = number_at(s, 8, 2);
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= days_of[month - 1] + (month == 2 && leap);
}

static bool take_as_of(struct settings *settings, struct str value) {
    settings->job.as_of = value;
    return is_day(value);
}

static bool take_semester(struct settings *settings, struct str value) {
    settings->job.semester = value;
    return value.n > 0;
}

static bool take_month(struct settings *settings, struct str value) {
    settings->job.month = value;
    return is_month(value);
}

static bool take_only(struct settings *settings, struct str value) {
    struct job *job = &settings->job;
    const size_t equals = str_find_byte(value, '=');
    ARENA_GROW(settings->arena, job->only, job->only_count, settings->only_capacity);
    job->only[job->only_count++] =
        (struct only){.key = str_slice(value, 0, equals), .value = str_slice(value, equals + 1, value.n)};
    return equals > 0 && equals < value.n;
}

static bool take_for(struct settings *settings, struct str value) {
    settings->job.has_reader = true;
    settings->archive = str_is(value, "archive"); /* for `pack` alone: options.c */
    return settings->archive || reader_from_name(value, &settings->job.reader);
}

static bool take_stock(struct settings *settings, struct str value) {
    return stock_from_name(value, &settings->job.stock);
}

static bool take_as(struct settings *settings, struct str value) {
    return medium_from_name(value, &settings->job.medium);
}

static bool take_printer(struct settings *settings, struct str value) {
    settings->job.printer = value;
    return value.n > 0;
}

static bool take_jobs(struct settings *settings, struct str value) {
    int64_t jobs = 0;
    const bool good = str_to_int(value, &jobs) && jobs >= 1 && jobs <= JOBS_LIMIT;
    settings->job.jobs = good ? (int32_t)jobs : 1;
    return good;
}

/* "2/4" */
static bool take_shard(struct settings *settings, struct str value) {
    int64_t shard = 0;
    int64_t shards = 0;
    struct str count;
    const struct str which = str_split(value, '/', &count);
    const bool good = str_to_int(which, &shard) && str_to_int(count, &shards) && shards >= 1 &&
                      shards <= SHARDS_LIMIT && shard >= 1 && shard <= shards;
    settings->job.shard = good ? (int32_t)shard : 0;
    settings->job.shards = good ? (int32_t)shards : 0;
    return good;
}

static bool take_school(struct settings *settings, struct str value) {
    settings->school = value;
    return value.n > 0;
}

static bool take_since(struct settings *settings, struct str value) {
    settings->since = value;
    return is_day(value);
}

static bool take_report(struct settings *settings, struct str value) {
    settings->report = value;
    return str_ends(value, STR(".csv")) || str_ends(value, STR(".xlsx"));
}

/* By its ending: the one on paper, the other for a mail. */
static bool take_run_report(struct settings *settings, struct str value) {
    const bool paper = str_ends(value, STR(".pdf")), text = str_ends(value, STR(".txt"));
    const char **path = paper ? &settings->job.report_paper : &settings->job.report_text;
    *path = str_c(settings->arena, value);
    return paper || text;
}

static bool take_accept(struct settings *settings, struct str value) {
    settings->accept = value;
    return value.n > 0;
}

static bool take_why(struct settings *settings, struct str value) {
    settings->why = str_trim(value);
    return settings->why.n > 0;
}

static bool take_code(struct settings *settings, struct str value) {
    settings->code = value;
    return value.n > 0;
}

static bool take_confirm(struct settings *settings, struct str value) {
    settings->confirm = value;
    return value.n > 0;
}

static bool take_class(struct settings *settings, struct str value) {
    settings->class_name = value;
    return value.n > 0;
}

static bool take_template(struct settings *settings, struct str value) {
    settings->template_path = str_c(settings->arena, value);
    return str_ends(value, STR(".xlsx"));
}

static bool take_from(struct settings *settings, struct str value) {
    settings->from = str_c(settings->arena, value);
    return value.n > 0;
}

static bool take_without(struct settings *settings, struct str value) {
    ARENA_GROW(settings->arena, settings->without, settings->without_count, settings->without_capacity);
    settings->without[settings->without_count++] = value;
    return value.n > 0;
}

static bool take_errors(struct settings *settings, struct str value) {
    settings->errors = value;
    return value.n > 0;
}

static bool take_year(struct settings *settings, struct str value) {
    settings->year = value;
    return value.n == 4 && number_at(value, 0, 4) >= 1900;
}

static bool take_expect(struct settings *settings, struct str value) {
    settings->expect = value;
    return value.n >= 4;
}

static bool take_journal(struct settings *settings, struct str value) {
    settings->journal = str_c(settings->arena, value);
    return value.n > 0;
}

static bool take_list(struct settings *settings, struct str value) {
    settings->list = str_c(settings->arena, value);
    return value.n > 0;
}

static bool take_encrypt(struct settings *settings, struct str value) {
    settings->passwords = str_c(settings->arena, value);
    return value.n > 0;
}

static bool take_sign(struct settings *settings, struct str value) {
    settings->sign = str_c(settings->arena, value);
    return value.n > 0;
}

static bool take_sign_password(struct settings *settings, struct str value) {
    settings->sign_password = str_c(settings->arena, value);
    return value.n > 0;
}

#define TAKE_TEXT(name)                                                                                                \
    static bool take_##name(struct settings *settings, struct str value) {                                             \
        settings->name = value;                                                                                        \
        return value.n > 0;                                                                                            \
    }
TAKE_TEXT(type)
TAKE_TEXT(of)
TAKE_TEXT(by)
TAKE_TEXT(level)
TAKE_TEXT(detail)
TAKE_TEXT(tray)

static bool take_state(struct settings *settings, struct str value) {
    static const char *const states[] = {"拟定", "公示", "批准", "已打印", "已领", "作废"};
    bool known = false;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        known = known || str_is(value, states[i]);
    }
    settings->state = value;
    return known;
}

static bool take_days(struct settings *settings, struct str value) {
    int64_t days = 0;
    settings->days = value;
    return str_to_int(value, &days) && days >= 1 && days <= 365;
}

/* A number from `least` to `most`. */
static bool take_number(struct str value, int64_t least, int64_t most, int32_t *out) {
    int64_t number = 0;
    const bool good = str_to_int(value, &number) && number >= least && number <= most;
    *out = good ? (int32_t)number : 0;
    return good;
}

static bool take_copies(struct settings *settings, struct str value) {
    return take_number(value, 1, COPIES_LIMIT, &settings->copies);
}

static bool take_skip(struct settings *settings, struct str value) {
    return take_number(value, 0, SKIP_LIMIT, &settings->skip);
}

static bool take_wait(struct settings *settings, struct str value) {
    return take_number(value, 0, WAIT_LIMIT_S, &settings->wait_s);
}

static bool take_although(struct settings *settings, struct str value) {
    ARENA_GROW(settings->arena, settings->although, settings->although_count, settings->although_capacity);
    settings->although[settings->although_count++] = value;
    return value.n > 0;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */
#define TAKES(function) function, 0
#define FLAG(field)     STR_INIT(""), STR_INIT(""), NULL, offsetof(struct settings, field)

const struct option option_table[OPTION_COUNT] = {
    [OPTION_DB] = {STR_INIT("--db"), BOTH_INIT("FILE", "文件"), BOTH_INIT("a path", "路径"), TAKES(take_db),
                   "the semester database", "学期数据库"},
    [OPTION_LAYOUTS] = {STR_INIT("--layouts"), BOTH_INIT("DIR", "文件夹"), BOTH_INIT("a path", "路径"),
                        TAKES(take_layouts), "the folder of layouts", "版式文件夹"},
    [OPTION_OUT] = {STR_INIT("--out"), BOTH_INIT("DIR", "文件夹"), BOTH_INIT("a path", "路径"), TAKES(take_out),
                    "the folder to print into", "输出文件夹"},
    [OPTION_PHOTOS] = {STR_INIT("--photos"), BOTH_INIT("DIR", "文件夹"), BOTH_INIT("a path", "路径"),
                       TAKES(take_photos), "the folder of pictures (else photos/ beside the database)",
                       "照片文件夹（默认为数据库旁的 photos/）"},
    [OPTION_AS_OF] = {STR_INIT("--as-of"), BOTH_INIT("DAY", "日期"),
                      BOTH_INIT("a day, as 2026-11-25", "日期，如 2026-11-25"), TAKES(take_as_of),
                      "the day that the papers speak of (else the last day of the newest closed month)",
                      "数据截至的日期（默认为最近一个已结月份的最后一天）"},
    [OPTION_SEMESTER] = {STR_INIT("--semester"), BOTH_INIT("TERM", "学期"),
                         BOTH_INIT("a term, as 2026-2027-1", "学期，如 2026-2027-1"), TAKES(take_semester),
                         "the semester (else the one that the day lies in)", "学期（默认由日期得出）"},
    [OPTION_MONTH] = {STR_INIT("--month"), BOTH_INIT("MONTH", "月份"),
                      BOTH_INIT("a month, as 2026-11", "月份，如 2026-11"), TAKES(take_month),
                      "the month (else the one that the day lies in)", "月份（默认由日期得出）"},
    [OPTION_ONLY] =
        {STR_INIT("--only"), BOTH_INIT("KEY=VALUE", "列=值"),
         BOTH_INIT("KEY=VALUE, KEY being a column of the layout's `each` query", "列=值，列须是版式 each 查询中的列"),
         TAKES(take_only),
         "only documents whose rows have VALUE in column KEY, or such rows of a shared file by themselves; repeatable",
         "只打印该列等于该值的文件，或合印文件中这样的各份，可重复"},
    [OPTION_FOR] =
        {STR_INIT("--for"), BOTH_INIT("READER", "读者"),
         BOTH_INIT("school, inspector, family or public", "school、inspector、family、public"), TAKES(take_for),
         "whose copy: school, inspector, family, public (else the layout's own); pack: archive, too, the archive room",
         "给谁的一份：school 学校、inspector 检查、family 家庭、public 公开（默认由版式定）；pack 还有 archive 档案室"},
    [OPTION_STOCK] = {STR_INIT("--stock"), BOTH_INIT("STOCK", "纸"),
                      BOTH_INIT("blank or preprinted", "blank、preprinted"), TAKES(take_stock),
                      "blank, or preprinted: leave out what the sheet bears already", "blank 白纸，preprinted 套打"},
    [OPTION_AS] = {STR_INIT("--as"), BOTH_INIT("FORM", "格式"), BOTH_INIT("pdf, xlsx or csv", "pdf、xlsx、csv"),
                   TAKES(take_as),
                   "pdf, or xlsx: the tables as a workbook, a sheet for each; csv: the first table alone",
                   "pdf，或 xlsx：表格导出为工作簿，一表一页；csv：只导出第一张表"},
    [OPTION_PRINTER] = {STR_INIT("--printer"), BOTH_INIT("NAME", "名称"),
                        BOTH_INIT("the name of a printer in printers.yaml", "printers.yaml 中的打印机名"),
                        TAKES(take_printer), "corrected by this printer's calibration in printers.yaml",
                        "按 printers.yaml 中这台打印机的校准数印"},
    [OPTION_JOBS] = {STR_INIT("--jobs"), BOTH_INIT("N", "数"), BOTH_INIT("a number from 1 to 256", "1 至 256 的数"),
                     TAKES(take_jobs), "so many processes make the documents; default: the machine's cores",
                     "同时生成的进程数；默认按本机的核数"},
    [OPTION_SHARD] = {STR_INIT("--shard"), BOTH_INIT("I/N", "第几/几"),
                      BOTH_INIT("a shard of N, as 2/4", "第几个分片，如 2/4"), TAKES(take_shard),
                      "only the schools of this shard of N, into a folder of its own (dossier verify --merge)",
                      "只打印 N 个分片中这一片的学校，印到单独的文件夹（再用 dossier verify --merge 合并）"},
    [OPTION_MERGE] = {STR_INIT("--merge"), FLAG(merge), "put the folders of all shards together, into --out",
                      "把各分片的文件夹合并到 --out"},
    [OPTION_ENCRYPT] = {STR_INIT("--encrypt"), BOTH_INIT("FILE", "文件"), BOTH_INIT("a path", "路径"),
                        TAKES(take_encrypt),
                        "encrypted copies (AES-256), under the password in this file: its one line, or the reader's "
                        "of lines READER,PASSWORD",
                        "加密副本（AES-256），密码在这个文件里：只有一行密码，或每行“读者,密码”"},
    [OPTION_SIGN] = {STR_INIT("--sign"), BOTH_INIT("FILE.p12", "证书.p12"), BOTH_INIT("a path", "路径"),
                     TAKES(take_sign), "sign the manifest with the key of this PKCS#12 file (manifest.xml.p7s)",
                     "用这个 PKCS#12 证书的私钥给清单签名（manifest.xml.p7s）"},
    [OPTION_SIGN_PASSWORD] = {STR_INIT("--sign-password"), BOTH_INIT("FILE", "文件"), BOTH_INIT("a path", "路径"),
                              TAKES(take_sign_password), "with --sign: the file of its password",
                              "与 --sign 合用：证书密码所在的文件"},
    [OPTION_FORCE] = {STR_INIT("--force"), FLAG(job.force), "make and write what is up to date as well",
                      "未变动的也重新生成、重新写出"},
    [OPTION_VERIFY] = {STR_INIT("--verify"), FLAG(job.verify),
                       "before it is left as it lies: look at the bytes of each document, not only at size and time",
                       "核对已有文件的内容，不只看大小和时间"},
    [OPTION_COMPACT] = {STR_INIT("--compact"), FLAG(job.compact),
                        "the smallest files, for copies that travel; takes many times as long",
                        "文件尽量小，便于传送；要慢许多倍"},
    [OPTION_TAGGED] = {STR_INIT("--tagged"), FLAG(job.tagged), "tagged for screen readers (PDF/A-1a); larger files",
                       "加结构标签，供读屏软件朗读（PDF/A-1a）；文件较大"},
    [OPTION_WITHDRAW] = {STR_INIT("--withdraw"), FLAG(job.withdraw),
                         "that a layout loses many of its documents is meant", "某版式的文件大量减少是有意的：照撤"},
    [OPTION_PROOF] = {STR_INIT("--proof"), FLAG(job.proof), "a proof to be looked at: a ring where a seal will be put",
                      "校样：盖章的位置画一个圈"},
    [OPTION_FORM] = {STR_INIT("--form"), BOTH_INIT("FILE", "文件"), BOTH_INIT("a picture", "图片"), TAKES(take_form),
                     "a proof on preprinted stock, on this picture of the blank form",
                     "校样：底下衬上这张空白证书的图片，看套打的位置"},
    [OPTION_DRY_RUN] = {STR_INIT("--dry-run"), FLAG(job.dry_run), "write nothing: tell what would be made or changed",
                        "什么都不写，只说明将生成什么、改动什么"},
    [OPTION_DUMP] = {STR_INIT("--dump"), FLAG(job.dump), "print the pages as text instead of making PDF",
                     "把版面以文本输出，不生成 PDF"},
    [OPTION_WATCH] = {STR_INIT("--watch"), FLAG(watch),
                      "print again when a layout or the database changes, until Ctrl-C",
                      "版式或数据库一有改动就重新打印，按 Ctrl-C 结束"},
    [OPTION_TREE] = {STR_INIT("--tree"), FLAG(tree), "also print each layout as it was read", "同时输出读入的版式"},
    [OPTION_SCHOOL] = {STR_INIT("--school"), BOTH_INIT("NAME", "学校"),
                       BOTH_INIT("the name, short name or code of a school", "学校名称、简称或代码"),
                       TAKES(take_school), "only this school; of rows that come in: the school of those that name none",
                       "只看这所学校；录入时为未写学校的行所属的学校"},
    [OPTION_SINCE] = {STR_INIT("--since"), BOTH_INIT("DAY", "日期"),
                      BOTH_INIT("a day, as 2026-09-01", "日期，如 2026-09-01"), TAKES(take_since),
                      "with `check data`: leave out what is dated before", "用于 check data：不看此日以前的"},
    [OPTION_REPORT] = {STR_INIT("--report"), BOTH_INIT("OUT.csv", "文件.csv"),
                       BOTH_INIT("a path that ends in .csv or .xlsx", "以 .csv 或 .xlsx 结尾的路径"),
                       TAKES(take_report),
                       "with `check data`: every finding with its values; OUT.xlsx has a sheet for each school; with "
                       "`verify --changed`: "
                       "papers to be replaced, OUT.xlsx",
                       "用于 check data：逐条写入表格文件；写成 .xlsx 时每校一张工作表；用于 verify "
                       "--changed：需更换的证件（.xlsx）"},
    [OPTION_RUN_REPORT] =
        {STR_INIT("--run-report"), BOTH_INIT("FILE", "文件"),
         BOTH_INIT("a path that ends in .pdf or .txt", "以 .pdf 或 .txt 结尾的路径"), TAKES(take_run_report),
         "behind the run: what was made, changed, incomplete, not made and why, withdrawn, by school, "
         "without names; .pdf by the layout of a run, .txt for a mail; once for each",
         "打印完后写运行报告：新写、不完整、未能生成及原因、撤下，分学校，不含姓名；.pdf "
         "按运行报告版式，.txt 供邮件用；两种可同时要"},
    [OPTION_ACCEPT] = {STR_INIT("--accept"), BOTH_INIT("CODE", "代码"), BOTH_INIT("a code, as K306", "代码，如 K306"),
                       TAKES(take_accept), "with `check data NUMBER`: set the finding aside until its value changes",
                       "用于 check data 编号：此项已核，值不变就不再提"},
    [OPTION_WHY] = {STR_INIT("--why"), BOTH_INIT("TEXT", "理由"), BOTH_INIT("the reason, in words", "理由"),
                    TAKES(take_why),
                    "the reason: with --accept, why it is right as it is; with --reopen, why the month is corrected",
                    "理由：与 --accept 合用，为什么无须更改；与 --reopen 合用，为什么要更正"},
    [OPTION_CLASS] = {STR_INIT("--class"), BOTH_INIT("NAME", "班级"), BOTH_INIT("a class's name", "班级名称"),
                      TAKES(take_class), "only the rows of this class", "只要这个班的内容"},
    [OPTION_TEMPLATE] = {STR_INIT("--template"), BOTH_INIT("OUT.xlsx", "文件.xlsx"),
                         BOTH_INIT("a path that ends in .xlsx", "以 .xlsx 结尾的路径"), TAKES(take_template),
                         "write the collection workbook; words are the forms that it shall have (else all)",
                         "生成采集表；可指明要哪几种表（默认全部）"},
    [OPTION_FILLED] = {STR_INIT("--filled"), FLAG(filled),
                       "with --template: with what the database holds, to be corrected",
                       "与 --template 合用：填好现有内容，供更正"},
    [OPTION_FROM] = {STR_INIT("--from"), BOTH_INIT("DIR|NUMBER", "文件夹|编号"),
                     BOTH_INIT("a path, or a paper's number", "路径，或编号"), TAKES(take_from),
                     "init, term: the folder of the lists that a new database or a term begins with (else the one that "
                     "the database lies in); print: go on with this number",
                     "init、term：新建数据库、新学期校历所用各表（CSV）的文件夹（默认为数据库所在的文件夹）；print：从"
                     "这个编号接着打印"},
    [OPTION_WITHOUT] = {STR_INIT("--without"), BOTH_INIT("SCHOOL", "学校"),
                        BOTH_INIT("the name, short name or code of a school", "学校名称、简称或代码"),
                        TAKES(take_without), "close though this school's return is missing; repeatable",
                        "这所学校没有报来也结账，可重复"},
    [OPTION_REOPEN] = {STR_INIT("--reopen"), FLAG(reopen), "open a closed month again, to be corrected; with --why",
                       "重开已结的月份以便更正，须加 --why"},
    [OPTION_ERRORS] = {STR_INIT("--errors"), BOTH_INIT("OUT.xlsx", "文件.xlsx"),
                       BOTH_INIT("a path that ends in .xlsx, or a folder", "以 .xlsx 结尾的路径，或文件夹"),
                       TAKES(take_errors),
                       "give the file back with what is wrong marked, to be corrected (several: a folder)",
                       "生成标出问题的退回表，供学校改正（多个文件时写文件夹）"},
    [OPTION_YEAR] = {STR_INIT("--year"), BOTH_INIT("2025", "年份"),
                     BOTH_INIT("the year in which a school year begins, as 2025", "学年度开始的年份，如 2025"),
                     TAKES(take_year), "the school year to assess (else the last one that has ended)",
                     "考核哪个学年度（默认为最近一个已结束的）"},
    [OPTION_COMMIT] = {STR_INIT("--commit"), FLAG(commit), "write what was computed, behind a copy of the database",
                       "写入计算结果，写入前先备份数据库"},
    [OPTION_EXPECT] = {STR_INIT("--expect"), BOTH_INIT("INPUT", "数据"),
                       BOTH_INIT("what a dry run told behind “input”", "试算时“数据”后面的那一串"), TAKES(take_expect),
                       "with --commit: only if the records still are those of that dry run",
                       "与 --commit 合用：数据与那次试算相同才写入"},
    [OPTION_JOURNAL] = {STR_INIT("--journal"), BOTH_INIT("FILE", "文件"), BOTH_INIT("a path", "路径"),
                        TAKES(take_journal), "the journal of papers (else journal.db beside the database)",
                        "证件日志（默认为数据库旁的 journal.db）"},
    [OPTION_OF] = {STR_INIT("--of"), BOTH_INIT("NUMBER", "编号"),
                   BOTH_INIT("a paper's number, an archive's number or a file's SHA-256",
                             "证书编号、档案编号或文件的 SHA-256"),
                   TAKES(take_of), "only this paper, with what it replaces and what replaces it",
                   "只看这一件，连同它替代的和替代它的"},
    [OPTION_TYPE] = {STR_INIT("--type"), BOTH_INIT("TYPE", "奖项"),
                     BOTH_INIT("a type of award, as EXCELLENT or 班级优秀奖",
                               "奖项代码或名称，如 EXCELLENT、班级优秀奖"),
                     TAKES(take_type), "only awards of this type", "只要这一种奖项"},
    [OPTION_STATE] = {STR_INIT("--state"), BOTH_INIT("STATE", "状态"),
                      BOTH_INIT("拟定, 公示, 批准, 已打印, 已领 or 作废", "拟定、公示、批准、已打印、已领或作废"),
                      TAKES(take_state), "only awards in this state", "只要这种状态的奖项"},
    [OPTION_LIST] = {STR_INIT("--list"), BOTH_INIT("FILE", "文件"),
                     BOTH_INIT("a file, a number on each line", "文件，每行一个编号"), TAKES(take_list),
                     "the awards named in this file, one on a line", "文件里列出的奖项，每行一个"},
    [OPTION_BY] = {STR_INIT("--by"), BOTH_INIT("NAME", "姓名"), BOTH_INIT("a person's name", "姓名"), TAKES(take_by),
                   "who proposes, approves, receives, declares void, issues anew, or confirms a list",
                   "由谁提名、批准、领取、作废、补发，或确认清单"},
    [OPTION_ALTHOUGH] = {STR_INIT("--although"), BOTH_INIT("FLAG", "情况"),
                         BOTH_INIT("W_SMALL, W_SERIOUS or an award", "W_SMALL、W_SERIOUS 或某一项奖"),
                         TAKES(take_although),
                         "approve although it is flagged so, issue anew although it was printed elsewhere; repeatable",
                         "虽有此情况仍批准；虽在别处打印仍补发；可重复"},
    [OPTION_DAYS] = {STR_INIT("--days"), BOTH_INIT("N", "天数"),
                     BOTH_INIT("a number of days, 1 to 365", "天数，1 到 365"), TAKES(take_days),
                     "with publish: how long on display (else display_days of policy, or 5)",
                     "与 publish 合用：公示几天（默认为制度的 display_days，没有则为 5）"},
    [OPTION_LEVEL] = {STR_INIT("--level"), BOTH_INIT("LEVEL", "等级"), BOTH_INIT("一, 二 or 三", "一、二或三"),
                      TAKES(take_level), "with propose: the level of a prize", "与 propose 合用：几等奖"},
    [OPTION_DETAIL] = {STR_INIT("--detail"), BOTH_INIT("TEXT", "内容"), BOTH_INIT("a title or deed", "作品题目或事迹"),
                       TAKES(take_detail), "with propose: the title of an essay, a deed",
                       "与 propose 合用：作品题目、事迹"},
    [OPTION_DRAFT] = {STR_INIT("--draft"), FLAG(draft), "with reissue: as a draft, to be assessed and approved anew",
                      "与 reissue 合用：先作拟定，重新考核、批准"},
    [OPTION_UNCLOSED] = {STR_INIT("--unclosed"), FLAG(unclosed),
                         "begin the term though months of the one before aren't closed",
                         "上学期还有月份没有结账也开始新学期"},
    [OPTION_CODE] = {STR_INIT("--code"), BOTH_INIT("TEXT", "文字"),
                     BOTH_INIT("the text of a code, or - for lines of standard input",
                               "验证码的文字，或 -（从标准输入读，每行一个）"),
                     TAKES(take_code), "what the QR code on a paper says; -: a code on each line of standard input",
                     "证件上二维码的文字；- 从标准输入读，每行一个"},
    [OPTION_CHANGED] = {STR_INIT("--changed"), FLAG(changed),
                        "list the printed papers whose facts have changed since: cards to be replaced",
                        "列出打印以后内容有变的证件（如需更换的联系卡）"},
    [OPTION_CONFIRM] = {STR_INIT("--confirm"), BOTH_INIT("NUMBER", "编号"),
                        BOTH_INIT("the number of a list, as XH2037-01, or of a paper",
                                  "清单号，如 XH2037-01，或证件编号"),
                        TAKES(take_confirm),
                        "retire: carry out the list of this number: what it says may be destroyed is destroyed; print: "
                        "the last good paper of those that were sent, or none",
                        "retire：执行这份清单：销毁清单所列予以销毁，移交清单所列记为已移交；print：最后一件完好的编号"
                        "，一件也没有的写 none"},
    [OPTION_COPIES] = {STR_INIT("--copies"), BOTH_INIT("N", "份数"),
                       BOTH_INIT("a number from 1 to 999", "1 至 999 的数"), TAKES(take_copies),
                       "so many of each (else 1)", "每件印几份（默认 1）"},
    [OPTION_TRAY] = {STR_INIT("--tray"), BOTH_INIT("TRAY", "纸盒"),
                     BOTH_INIT("a tray of the printer, as manual", "打印机的纸盒，如 manual"), TAKES(take_tray),
                     "the tray that the paper lies in, in the printer's words (else the printer's choice)",
                     "从哪个纸盒取纸，按打印机的叫法（默认由打印机定）"},
    [OPTION_SKIP] = {STR_INIT("--skip"), BOTH_INIT("N", "个数"), BOTH_INIT("a number of places", "位置个数"),
                     TAKES(take_skip), "leave the first N places of the first sheet of cards empty: it is half used",
                     "卡片第一张纸的前 N 个位置留空（用过一半的纸）"},
    [OPTION_ONE_JOB] = {STR_INIT("--one-job"), FLAG(one_job),
                        "certificates as one job, whose last good number is confirmed afterwards with --confirm",
                        "证书作为一个任务一起发送，印完用 --confirm 确认最后一件完好的编号"},
    [OPTION_AGAIN] = {STR_INIT("--again"), FLAG(again), "also awards that are printed already; with --why",
                      "已打印过的也再印一次，须加 --why"},
    [OPTION_WAIT] = {STR_INIT("--wait"), BOTH_INIT("SECONDS", "秒数"),
                     BOTH_INIT("a number of seconds, 0 to 86400", "秒数，0 到 86400"), TAKES(take_wait),
                     "how long a printer that stands still is waited for, before its job is taken back (else 120)",
                     "打印机停着时最多等多少秒，过后撤回任务（默认 120）"},
    [OPTION_STRICT] = {STR_INIT("--strict"), FLAG(strict), "take nothing of a file of which anything would be left out",
                       "有任何一格不能录入的文件，整个不录入"},
    [OPTION_OVERWRITE] = {STR_INIT("--overwrite"), FLAG(overwrite),
                          "corrections in a filled workbook hold also where the database has become newer than it",
                          "--filled 采集表里改过的格，库里后来又改过的也照表覆盖"},
    [OPTION_QUIET] = {STR_INIT("--quiet"), FLAG(job.quiet), "no progress and no summary", "不显示进度和小结"},
    [OPTION_VERBOSE] = {STR_INIT("--verbose"), FLAG(job.verbose), "tell each finding about the data as it comes",
                        "逐条显示数据问题"},
    [OPTION_HELP] = {STR_INIT("--help"), FLAG(help), "this help", "显示帮助"},
};
