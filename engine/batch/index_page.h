/* index_page.h: what of index.html is the same for every run: its look, its field, its search. Part of index.c.
 *
 * The page works from disk and asks nobody for anything (Content-Security-Policy: default-src 'none'). Without scripts all
 * rows stay. The search looks for every word that was typed, in what a row shows, in its folder's heading and in how its names
 * are read (data-p); 11,000 rows answer while one types, since they are gathered once, and only rows that fit are laid out:
 * the table stays as it is, hidden, and the first 200 that fit stand in a list of their own (all of them when it is printed). */
#ifndef BATCH_INDEX_PAGE_H
#define BATCH_INDEX_PAGE_H

#define INDEX_HEAD                                                                                                     \
    "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"                                       \
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "           \
    "script-src 'unsafe-inline'\">\n"                                                                                  \
    "<meta name=\"referrer\" content=\"no-referrer\">\n"                                                               \
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"

/* Narrow windows (and large ones at 200 %) have no room for columns: there a row is a paragraph. */
#define INDEX_STYLE                                                                                                    \
    "<style>\n"                                                                                                        \
    "body{font:16px/1.5 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"PingFang SC\",sans-serif;margin:2em auto;"          \
    "max-width:76em;padding:0 1em;color:#111;background:#fff}\n"                                                       \
    "h1{font-size:1.5em}h2{font-size:1.2em;margin:1.2em 0 .3em}\n"                                                     \
    "input,button{font:inherit}\n"                                                                                     \
    "input{width:100%;box-sizing:border-box;padding:.4em .6em;border:1px solid #555}\n"                                \
    "table{border-collapse:collapse;width:100%}\n"                                                                     \
    "th,td{text-align:left;padding:.2em .6em;border-bottom:1px solid #ccc;vertical-align:top;"                         \
    "overflow-wrap:anywhere}\n"                                                                                        \
    ".n{text-align:right;white-space:nowrap}\n"                                                                        \
    "small{font-weight:normal;color:#555}\n"                                                                           \
    "a:focus,input:focus,button:focus{outline:3px solid #06c;outline-offset:1px}\n"                                    \
    "section{content-visibility:auto;contain-intrinsic-size:auto 40em}\n"                                              \
    "[hidden]{display:none}\n"                                                                                         \
    "@media screen and (max-width:48em){\n"                                                                            \
    "thead{position:absolute;clip-path:inset(50%)}\n"                                                                  \
    "table,tbody,tr{display:block}tr{border-bottom:1px solid #ccc;padding:.3em 0}\n"                                   \
    "td{display:inline-block;border:0;padding:0 1em 0 0}\n"                                                            \
    "}\n"                                                                                                              \
    "@media print{\n"                                                                                                  \
    "body{margin:0;max-width:none;padding:0;font-size:10pt}\n"                                                         \
    "#find{display:none}a{color:inherit;text-decoration:none}\n"                                                       \
    "section{content-visibility:visible}h2{break-after:avoid}\n"                                                       \
    "}\n"                                                                                                              \
    "</style>\n"

#define INDEX_FIELD                                                                                                                       \
    "<p id=\"find\"><label for=\"search\">查找</label> <input id=\"search\" type=\"search\" autocomplete=\"off\" "                      \
    "spellcheck=\"false\" placeholder=\"姓名、拼音或首字母、编号、学校、班级；几个词用空格隔开\" autofocus>\n" \
    "<span id=\"count\" role=\"status\"></span> <button id=\"more\" type=\"button\" hidden>全部列出</button></p>\n"

#define INDEX_SCRIPT                                                                                                         \
    "<script>\n"                                                                                                             \
    "'use strict';\n"                                                                                                        \
    "const AT_ONCE = 200;\n"                                                                                                 \
    "const [field, count, more, all] = ['search', 'count', 'more', 'all'].map(id => document.getElementById(id));\n"         \
    "const found = document.createElement('main');\n"                                                                        \
    "found.id = 'found';\n"                                                                                                  \
    "found.hidden = true;\n"                                                                                                 \
    "all.after(found);\n"                                                                                                    \
    "const plain = text => text.normalize('NFKC').toLowerCase().replace(/([ln])[v\\u00fc]/g, '$1u');\n"                      \
    "let rows = null, hits = [];\n"                                                                                          \
    "function gather() {\n"                                                                                                  \
    "  rows = [];\n"                                                                                                         \
    "  for (const section of all.children) {\n"                                                                              \
    "    const heading = section.querySelector('h2').textContent;\n"                                                         \
    "    for (const row of section.querySelector('tbody').rows)\n"                                                           \
    "      rows.push({row, section, text: plain(heading + ' ' + row.textContent + ' ' + (row.dataset.p || ''))});\n"         \
    "  }\n"                                                                                                                  \
    "}\n"                                                                                                                    \
    "function list(some) {\n"                                                                                                \
    "  const parts = document.createDocumentFragment();\n"                                                                   \
    "  let section = null, body = null;\n"                                                                                   \
    "  for (const hit of some) {\n"                                                                                          \
    "    if (hit.section !== section) {\n"                                                                                   \
    "      section = hit.section;\n"                                                                                         \
    "      const part = section.cloneNode(false), table = document.createElement('table');\n"                                \
    "      part.append(section.querySelector('h2').cloneNode(true), table);\n"                                               \
    "      table.append(section.querySelector('thead').cloneNode(true));\n"                                                  \
    "      body = table.createTBody();\n"                                                                                    \
    "      parts.append(part);\n"                                                                                            \
    "    }\n"                                                                                                                \
    "    body.append(hit.row.cloneNode(true));\n"                                                                            \
    "  }\n"                                                                                                                  \
    "  found.replaceChildren(parts);\n"                                                                                      \
    "  more.hidden = some.length === hits.length;\n"                                                                         \
    "}\n"                                                                                                                    \
    "function search() {\n"                                                                                                  \
    "  const words = plain(field.value).split(/\\s+/).filter(Boolean);\n"                                                    \
    "  all.hidden = words.length > 0;\n"                                                                                     \
    "  found.hidden = !all.hidden;\n"                                                                                        \
    "  if (words.length > 0 && !rows) gather();\n"                                                                           \
    "  hits = words.length > 0 ? rows.filter(({text}) => words.every(word => text.includes(word))) : [];\n"                  \
    "  list(hits.slice(0, AT_ONCE));\n"                                                                                      \
    "  count.textContent = words.length === 0 ? '' : hits.length === 0 ? '没有找到' : '找到 ' + hits.length + ' 条' " \
    "+\n"                                                                                                                    \
    "    (hits.length > AT_ONCE ? '，先列出 ' + AT_ONCE + ' 条' : '');\n"                                               \
    "}\n"                                                                                                                    \
    "field.addEventListener('input', search);\n"                                                                             \
    "more.addEventListener('click', () => list(hits));\n"                                                                    \
    "addEventListener('beforeprint', () => list(hits));\n"                                                                   \
    "/* From the field down into the rows, up and down among them, Esc back to the field. */\n"                              \
    "addEventListener('keydown', event => {\n"                                                                               \
    "  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];\n"                                                               \
    "  const at = document.activeElement;\n"                                                                                 \
    "  if (event.key === 'Escape' && at !== field) { field.focus(); field.select(); }\n"                                     \
    "  if (!step || (at !== field && !at.closest('tbody'))) return;\n"                                                       \
    "  const links = [...(all.hidden ? found : all).querySelectorAll('tbody a')];\n"                                         \
    "  const next = links.indexOf(at) + step;\n"                                                                             \
    "  const to = next < 0 ? field : links[next];\n"                                                                         \
    "  if (to) { event.preventDefault(); to.focus(); }\n"                                                                    \
    "});\n"                                                                                                                  \
    "setTimeout(() => rows || gather());\n"                                                                                  \
    "if (field.value) search();\n"                                                                                           \
    "</script>\n"

#endif
