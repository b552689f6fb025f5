# stages.awk: a callgrind profile becomes millions of instructions a document, by stage.
#
#     awk -v documents=13 -f tests/bench/stages.awk callgrind.out
#
# A function of ours belongs to the stage of its folder. What it calls of libraries, libc and base/ is its stage's too; where such
# a library calls back (SQLite our masks, libharu our writers), that is counted with our function, and not twice.
BEGIN {
    split("query,compose,shape and break,fonts,streams,write,rest", order, ",")
}
function stage_of(file, name) {
    if (file ~ /engine\/base\/file\.c$/ || file ~ /engine\/batch\/output\.c$/) return "write"
    if (file !~ /(^|\/)engine\// || file ~ /engine\/base\// || file ~ /engine\/font\/coverage\.c$/) return ""
    if (file ~ /engine\/data\//) return "query"
    if (file ~ /engine\/text\//) return "shape and break"
    if (name ~ /^font_(use|of|make)$/) return "streams"
    if (file ~ /engine\/font\// || file ~ /engine\/pdf\/(fonts|unicode|cid_set)\.c$/) return "fonts"
    if (file ~ /engine\/pdf\//) return "streams"
    if (file ~ /engine\/batch\/document\.c$/) return "rest"
    if (file ~ /engine\/(batch|command)\//) return "" # around the documents
    return "compose"
}
# "(12) name" names number 12, "(12)" means it again.
function expand(kind, text,   number, close_at) {
    close_at = index(text, ")")
    number = kind substr(text, 2, close_at - 2)
    if (close_at < length(text)) names[number] = substr(text, close_at + 2)
    return names[number]
}
/^fl=/ { file = expand("f", substr($0, 4)); next }
/^f[ie]=/ { expand("f", substr($0, 4)); next }
/^fn=/ {
    name = expand("n", substr($0, 4))
    stage = stage_of(file, name)
    next
}
/^cfi=|^cfl=/ { called_file = expand("f", substr($0, 5)); next }
/^cob=/ { next }
/^cfn=/ { called_name = expand("n", substr($0, 5)); next }
/^calls=/ {
    getline
    called_stage = stage_of(called_file == "" ? file : called_file, called_name)
    if (stage != "" && called_stage == "") cost[stage] += $2
    if (stage == "" && called_stage != "" && called_name != "document_make") cost[called_stage] -= $2
    called_file = ""
    next
}
/^[0-9+*-]/ && stage != "" { cost[stage] += $2 }
END {
    for (i = 1; i <= 7; i++) all += cost[order[i]]
    for (i = 1; i <= 7; i++)
        if (cost[order[i]] > 0)
            printf "    %-16s %8.3f M  %5.1f %%\n", order[i], cost[order[i]] / documents / 1e6, cost[order[i]] * 100 / all
    printf "    %-16s %8.3f M\n", "together", all / documents / 1e6
}
