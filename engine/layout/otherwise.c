/* otherwise.c: keys and filters that reports, spreadsheets and web pages have, and that are done in another way here.
 *
 * Names that mean a key of the same mapping are in aliases.def. Here are those that belong somewhere else: a condition into the query, a
 * title above the table. What holds for several mappings is written once, with all of them. */
#include "layout/otherwise.h"

#include "base/diag.h"

#define IN(kind)    (UINT64_C(1) << MAPPING_##kind)
#define TABLES      (IN(TABLE) | IN(BAND))
#define OF_DOCUMENT (IN(DOCUMENT) | IN(FILE))
#define OF_PAGES    (IN(DOCUMENT) | IN(FILE) | IN(PAGE))

static const struct {
    uint64_t kinds;
    const char *names; /* parted by | */
    struct str instead;
} keys[] = {
    /* what a query says */
    {TABLES | IN(DOCUMENT) | IN(CHART), "where|filter|筛选|条件",
     BOTH_INIT("rows are chosen in the query: WHERE …", "选哪些行写在查询里：WHERE …")},
    {TABLES | IN(DOCUMENT) | IN(CHART), "sort|order|order by|orderby|sort by|排序",
     BOTH_INIT("rows are sorted in the query: ORDER BY …", "排序写在查询里：ORDER BY …")},
    {TABLES | IN(DOCUMENT) | IN(CHART), "limit|top|max rows|行数|前几行",
     BOTH_INIT("the query takes so many rows: LIMIT 10", "只要前几行写在查询里：LIMIT 10")},
    {IN(DOCUMENT), "group|group by|groupby|分组",
     BOTH_INIT("rows with an equal `file:` share one PDF; groups in a list are group: of its table",
               "file: 相同的各行合为一个 PDF；名册中的分组写在表格里：group:")},
    {TABLES, "total|totals|sum|subtotal|summary|合计|小计|总计|汇总",
     BOTH_INIT("a row of sums is drawn in the foot: foot: |, and below it 合计 | {#sum amount all}",
               "合计行画在 foot: | 之下：合计 | {#sum amount all}")},
    {IN(FILE), "data|database|db|datasource|data source|connection|dsn|数据库|数据源|数据|连接",
     BOTH_INIT("the database is named on the command line, --db semester.db; what is asked of it stands under queries:",
               "数据库在命令行用 --db semester.db 指定；要查的内容写在 queries: 下")},
    {OF_DOCUMENT, "parameters|parameter|params|variables|vars|参数|变量",
     BOTH_INIT("values come from queries, which know :as_of, :semester, :month and the columns of the row around",
               "值来自查询；查询里可用 :as_of、:semester、:month 和外层行的列")},
    {OF_DOCUMENT, "script|scripts|functions|formula|formulas|expressions|公式|脚本|函数",
     BOTH_INIT("what is computed is a column of a query: SELECT … AS total", "计算写成查询的一列：SELECT … AS total")},
    {IN(FILE), "detail|details|明细|band|bands|summary",
     BOTH_INIT("rows of a query are printed by a table in the body: - table:, with each: and rows:",
               "逐行打印用 body 里的表格：- table:，其中写 each: 和 rows:")},
    /* what a run says */
    {IN(DOCUMENT), "copies|份数|打印份数",
     BOTH_INIT("so many are asked for when they are printed: dossier print --copies 2",
               "打印时再写份数：dossier print --copies 2")},
    {OF_DOCUMENT, "printer|打印机",
     BOTH_INIT("the printer is named when they are printed: dossier print --printer NAME",
               "打印时再指定打印机：dossier print --printer 名称")},
    {OF_DOCUMENT, "format|格式|output format|输出格式|as|导出|export",
     BOTH_INIT("papers are PDF; tables as a workbook: dossier make NAME --as xlsx",
               "材料都是 PDF；要电子表格：dossier make 版式名 --as xlsx")},
    {OF_DOCUMENT, "date|day|日期|打印日期|制表日期",
     BOTH_INIT("the day of the papers is printed by {as_of|date}, and chosen by dossier make --as-of 2026-11-25",
               "材料的日期写 {as_of|date}，打印时用 --as-of 2026-11-25 指定")},
    {OF_DOCUMENT, "stock|套打|预印",
     BOTH_INIT("the stock is named when they are made: dossier make NAME --stock preprinted",
               "套打在打印时指定：dossier make 版式名 --stock preprinted")},
    {OF_DOCUMENT, "encoding|charset|编码|version|版本|language|lang|语言",
     BOTH_INIT("nothing is to be said of it: delete the line", "不用写：请删去此行")},
    {OF_DOCUMENT, "description|comment|comments|remark|remarks|说明|备注|注释|author|作者",
     BOTH_INIT("write it as a remark: # words", "请写成注释：# 文字")},
    /* what stands elsewhere on the page */
    {OF_PAGES, "page number|page numbers|pagenumber|页码",
     BOTH_INIT("page numbers stand in the footer: footer: |, and below it | 第 {page} 页 |",
               "页码写在页脚里：footer: |，其下写 | 第 {page} 页 |")},
    {IN(DOCUMENT), "subtitle|sub title|副标题|小标题",
     BOTH_INIT("a second line below the title stands in the body: - text: .centre words",
               "标题下的第二行写在 body 里：- text: .centre 文字")},
    {IN(DOCUMENT), "department|制表人|制表单位|编制人|填表人|单位",
     BOTH_INIT("who made it stands in the footer: footer: |, and below it 制表：… | |",
               "制表人写在页脚里：footer: |，其下写 制表：… | |")},
    {OF_PAGES | IN(BLOCK), "watermark|水印|background|背景|background image|背景图",
     BOTH_INIT("words across the page are a block with its place: - at: 60mm 140mm, and below it text: .grey words",
               "页面上的水印字是带位置的块：- at: 60mm 140mm，其下写 text: .grey 文字")},
    {IN(DOCUMENT) | IN(PAGE), "landscape|横向|portrait|纵向",
     BOTH_INIT("it stands behind the paper: paper: A4 landscape", "写在纸张之后：paper: A4 landscape")},
    {IN(DOCUMENT) | IN(PAGE), "width|height|宽|高|宽度|高度|纸宽|纸高",
     BOTH_INIT("width and height are those of the paper: paper: 210mm 297mm", "宽和高写在纸张里：paper: 210mm 297mm")},
    {IN(DOCUMENT) | IN(PAGE), "border|边框|页面边框|frame",
     BOTH_INIT("a frame around the page is a block of the body: - frame: {inset: 10mm}",
               "页面边框是 body 里的块：- frame: {inset: 10mm}")},
    {IN(DOCUMENT) | IN(PAGE), "columns|分栏|栏数",
     BOTH_INIT("columns of text are a block of the body: - columns: 2, and below it body:",
               "分栏是 body 里的块：- columns: 2，其下写 body:")},
    /* blocks */
    {IN(BLOCK), "h2|h3|h4|h5|h6|heading2|heading 2|标题2|二级标题|三级标题",
     BOTH_INIT("write - heading: words, and below it level: 2", "请写 - heading: 文字，其下写 level: 2")},
    {IN(BLOCK), "else|otherwise|否则",
     BOTH_INIT("the contrary is a block of its own with unless:", "相反的情形另写一块，用 unless:")},
    {IN(BLOCK), "list|lists|ul|ol|li|items|bullets|列表|项目符号|编号",
     BOTH_INIT("items are lines of a text, each with its own sign: - text: |, and below it 一、words",
               "列表就是一行行的文字，自带序号：- text: |，其下写 一、文字")},
    {IN(BLOCK), "barcode|条形码|条码|code128",
     BOTH_INIT("codes are QR codes: - qr: {text: \"{no}\", size: 20mm}",
               "请用二维码：- qr: {text: \"{no}\", size: 20mm}")},
    {IN(BLOCK), "link|url|href|链接|网址",
     BOTH_INIT("write the address as text, or as a code: - qr: https://…",
               "请把网址写成文字，或写成二维码：- qr: https://…")},
    {IN(BLOCK), "checkbox|check|复选框|勾选框|方框",
     BOTH_INIT("a box is typed: □; a column's is printed by {column|box}", "方框直接输入 □；按列勾选写 {列|box}")},
    {IN(BLOCK), "field|input|textbox|label|字段|文本框|文本域|填空",
     BOTH_INIT("words stand in - text:, and {column} prints a value", "文字写在 - text: 里，值写 {列}")},
    {IN(BLOCK), "row|grid|div|group|panel|container|行|容器|并排",
     BOTH_INIT("blocks side by side stand in cells of a table, or in - columns: 2",
               "并排的内容画成表格的格，或用 - columns: 2")},
    {IN(BLOCK), "sign|签字|签名|签字栏",
     BOTH_INIT("a place to sign is a line of text: - text: .right 签字：　　　",
               "签字处写成一行文字：- text: .right 签字：　　　")},
    {IN(BLOCK), "date|日期",
     BOTH_INIT("write it as text: - text: \"{as_of|date}\"", "请写成文字：- text: \"{as_of|date}\"")},
    {IN(BLOCK), "comment|remark|remarks|备注|说明|注释",
     BOTH_INIT("a remark begins with #; words that print stand in - text:", "注释以 # 开头；要印的文字写 - text:")},
    {IN(BLOCK), "width|height|宽|高|宽度|高度|x|y|left|top",
     BOTH_INIT("place and size of a block are at: x y width height", "块的位置和大小写 at: x y 宽 高")},
    /* tables */
    {TABLES, "title|caption|标题|表名|表标题|name|名称",
     BOTH_INIT("a table's title stands above it: - text: .form-title words",
               "表的标题写在它上面：- text: .form-title 文字")},
    {TABLES, "style|styles|样式|class|align|对齐|居中|text-align|valign|vertical-align",
     BOTH_INIT("a cell is given its style before its words: .centre {name}", "样式写在格里的文字前：.centre {name}")},
    {TABLES, "font|font-size|size|colour|color|bold|字体|字号|颜色|加粗",
     BOTH_INIT("a cell is given its style before its words: .small {name}; new ones stand under styles:",
               "样式写在格里的文字前：.small {name}；新样式写在 styles 下")},
    {TABLES, "colspan|rowspan|merge cells|合并单元格|span",
     BOTH_INIT("in a cell < joins it to the left one, ^ to the one above", "格中写 < 并入左格，写 ^ 并入上格")},
    {TABLES, "border color|border colour|border-color|line colour|line color|边框颜色|线条颜色",
     BOTH_INIT("a table's lines are black; line: 0.5pt is their thickness", "表格线都是黑色；粗细写 line: 0.5pt")},
    {TABLES, "page break|pagebreak|分页|break|每页行数|rows per page|page size",
     BOTH_INIT("a table goes on over pages by itself; a new page before it is a block: - page: break",
               "表格自动转页；要在它前面换页，另写一块：- page: break")},
    {TABLES, "number|numbers|numbering|序号|行号|index",
     BOTH_INIT("the row's number stands in a cell: {#}", "序号写在格里：{#}")},
    /* styles */
    {IN(STYLE), "border|边框|frame|outline",
     BOTH_INIT("lines around words are those of a table (line: 0.5pt) or of a block frame:",
               "文字四周的线用表格（line: 0.5pt）或 frame: 块画出")},
    {IN(STYLE), "width|height|宽|高|宽度|高度",
     BOTH_INIT("a column's width stands in widths:, a block's in at: x y width height",
               "列宽写在 widths:，块的宽高写在 at: x y 宽 高")},
    {IN(STYLE), "page break|page-break-before|page break before|分页|段前分页",
     BOTH_INIT("a new page is a block: - page: break", "换页是一块：- page: break")},
    {IN(STYLE), "superscript|subscript|sup|sub|上标|下标",
     BOTH_INIT("raised figures are characters of their own: ², ³, ①", "上标请直接输入：²、³、①")},
    {IN(STYLE), "display|hidden|visible|visibility|隐藏|显示",
     BOTH_INIT("a block is left out by when: or unless:", "要不印某一块，请在块上写 when: 或 unless:")},
    /* other blocks */
    {IN(FRAME), "radius|圆角|round|rounded|border-radius",
     BOTH_INIT("the corners of a frame are square", "边框是直角的")},
    {IN(FRAME), "width|height|宽|高",
     BOTH_INIT("a frame around a place takes it from at: x y width height beside it",
               "局部边框的大小写在旁边的 at: x y 宽 高")},
    {IN(SIGNATURE), "position|align|位置|对齐",
     BOTH_INIT("a signature stands at the right by itself; elsewhere write at: x y beside signature",
               "落款自己居右；要放在别处，请在 signature 旁写 at: x y")},
    {IN(IMAGE) | IN(CHART), "caption|alt|图注|图名|图题",
     BOTH_INIT("words below it are a block of their own: - text: .centre words",
               "下面的说明另写一块：- text: .centre 文字")},
    {IN(IMAGE), "border|边框|frame",
     BOTH_INIT("a frame is a block of its own, with the same at:", "边框另写一块 frame:，用同样的 at:")},
    {IN(IMAGE), "fit|scale|stretch|缩放|拉伸|mode",
     BOTH_INIT("width and height are its size; whole: yes shows all of it, else it is cropped to fill",
               "大小写 width、height；whole: yes 显示整张，否则裁切填满")},
    {IN(IMAGE) | IN(QR) | IN(SEAL) | IN(CHART), "position|位置|x|y|left|top",
     BOTH_INIT("its place is at: x y, beside the block", "位置写 at: x y，与该块并列")},
    {IN(QR), "margin|border|quiet|边距|留白", BOTH_INIT("its quiet zone is in its size", "留白已包含在 size 里")},
    {IN(QR) | IN(SEAL), "colour|color|颜色",
     BOTH_INIT("it has no colour of its own: delete the line", "不设颜色：请删去此行")},
    {IN(CHART), "colour|colours|color|colors|颜色|配色",
     BOTH_INIT("charts have no colours: bars are told apart by their hatching, on every printer",
               "图表不设颜色：各组以斜线区分，任何打印机都看得清")},
    {IN(CHART), "width|宽度|宽",
     BOTH_INIT("it is as wide as its place: write at: x y width beside the block",
               "图宽即所在位置的宽度：请在块旁写 at: x y 宽")},
    {IN(CHART), "labels|values|show values|data labels|数值|标签|数据标签",
     BOTH_INIT("the values as printed are a column of the query: text: column",
               "印在图上的数值写成查询的一列：text: 列名")},
    {IN(CHART), "min|max|minimum|maximum|axis|ymin|ymax|最小值|最大值|刻度",
     BOTH_INIT("both ends of the axis are scale: 0 100", "坐标轴的两端写 scale: 0 100")},
    {IN(SEAL), "text|name|文字|名称|单位",
     BOTH_INIT("the seal is stamped by hand, or is a picture: image: school.svg",
               "印章由人加盖，或写图片：image: school.svg")},
    {IN(SHEET), "margins|margin|边距",
     BOTH_INIT("the cards stand in the middle of the sheet; gap: parts them, at: places what is on a card",
               "卡片居于纸张正中；卡片间距写 gap，卡上内容的位置写 at")},
    {IN(SHEET), "scale|zoom|缩放",
     BOTH_INIT("its size is that of the card: card: 90mm 54mm", "大小由卡片尺寸决定：card: 90mm 54mm")},
    {IN(SHEET), "rows|columns|cols|行|列|行数|列数|每行|每页张数|per page",
     BOTH_INIT("cards across and down are grid: 2 5", "横排几张、竖排几张写 grid: 2 5")},
};

/* Filters of other languages that are none here. */
static const struct {
    const char *names;
    struct str instead;
} filters[] = {
    {"default|ifnull|coalesce|nvl|empty|ifempty|默认|缺省|为空",
     BOTH_INIT("what stands in place of an unknown value is said by the query: ifnull(kind, '无') AS kind; or {kind!} "
               "prints 缺",
               "未知时印什么由查询给出：ifnull(kind, '无') AS kind；或写 {kind!} 印“缺”")},
    {"bold|italic|underline|red|color|colour|small|large|加粗|粗体|红色|斜体|下划线|style|样式",
     BOTH_INIT("looks are styles: [.bold {name}]", "外观用样式：[.bold {name}]")},
    {"left|right|center|centre|align|居中|左对齐|右对齐|靠右",
     BOTH_INIT("words are placed by a style: .right {name}", "对齐用样式：.right {name}")},
    {"lower|lowercase|capitalize|title|length|len|replace|substr|substring|slice|truncate|left|join|split|concat|pad|"
     "lpad|截取|长度|替换|拼接",
     BOTH_INIT("text is changed in the query: substr(name, 1, 2) AS short",
               "改动文字写在查询里：substr(name, 1, 2) AS short")},
    {"sum|count|avg|average|max|min|total|合计|求和|平均|计数|最大|最小",
     BOTH_INIT("sums are made by the query, or of printed rows by {#sum column all} and {#count all}",
               "汇总由查询给出；对印出的行写 {#sum 列 all}、{#count all}")},
    {"add|plus|minus|times|multiply|divide|abs|加|减|乘|除",
     BOTH_INIT("it is computed in the query: SELECT a + b AS total", "请在查询中计算：SELECT a + b AS total")},
    {"mask|hide|脱敏|隐藏|遮盖|打码", BOTH_INIT("what a reader may see is said in privacy.yaml; write {column} alone",
                                                "遮盖由 privacy.yaml 决定：这里只写 {列}")},
    {"raw|safe|escape|text|string|str|文本|文字|to_string",
     BOTH_INIT("a value prints as it is without a filter: {column}", "不带格式就原样印出：{列}")},
    {"age|年龄|周岁|岁",
     BOTH_INIT("an age is computed in the query, from birth and :as_of", "年龄请在查询中由 birth 和 :as_of 算出")},
    {"year|年|年份", BOTH_INIT("the year is a column of the query: substr(birth, 1, 4) AS year",
                               "年份写成查询的一列：substr(birth, 1, 4) AS year")},
    {"day|日", BOTH_INIT("write {birth|month-day} or {birth|date}", "请写 {birth|month-day} 或 {birth|date}")},
    {"weekday|week|星期|周",
     BOTH_INIT("the day of the week is computed in the query: substr('日一二三四五六', strftime('%w', on_date) + 1, 1) "
               "AS weekday",
               "星期请在查询中算出：substr('日一二三四五六', strftime('%w', on_date) + 1, 1) AS weekday")},
    {"qr|qrcode|barcode|二维码", BOTH_INIT("a code is a block: - qr: \"{no}\"", "二维码是单独的块：- qr: \"{no}\"")},
    {"sort|order|reverse|unique|first|last|排序",
     BOTH_INIT("rows are chosen and sorted in the query", "选行和排序都写在查询里")},
    {"0.00|0.0|0|#,##0|#,##0.00|0%|0.0%|0.00%|¥#,##0.00|.2f|%.2f|%d",
     BOTH_INIT("decimals are {column|fixed 2}, digits in threes {column|thousands}, a share {column|percent}",
               "小数写 {列|fixed 2}，千分位写 {列|thousands}，百分比写 {列|percent}")},
    {"pinyin|拼音", BOTH_INIT("a reading is written [^{pinyin} {name}]", "注音写作 [^{pinyin} {name}]")},
};

static bool is_one_of(struct str name, const char *names) {
    for (struct str rest = str_from(names); rest.n > 0;) {
        if (str_eq(str_split(rest, '|', &rest), name)) {
            return true;
        }
    }
    return false;
}

struct str otherwise_key(enum mapping_kind kind, struct str name) {
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if ((keys[i].kinds & UINT64_C(1) << kind) != 0 && is_one_of(name, keys[i].names)) {
            return keys[i].instead;
        }
    }
    return STR_NONE;
}

struct str otherwise_filter(struct str name) {
    const struct str bare = str_slice(name, 0, str_find_byte(name, '('));
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        if (is_one_of(bare, filters[i].names)) {
            return filters[i].instead;
        }
    }
    return STR_NONE;
}
