/* completion.c: `dossier help completion`: the words that bash may complete, from the tables of commands and options. What a value may be
 * is taken from what its row says: a choice of single words is completed, FILE and DIR are paths. */
#include "command/command.h"

#include "base/buffer.h"

/* "school, inspector, family or public" as words; STR_NONE when one of them is no single word, or there is but one. */
static struct str choices_of(struct arena *arena, struct str allowed) {
    struct buffer words = {0};
    size_t count = 0;
    for (struct str rest = allowed; rest.n > 0; count++) {
        const size_t comma = str_find(rest, STR(", "));
        const size_t either = str_find(rest, STR(" or "));
        const struct str word = str_slice(rest, 0, comma < either ? comma : either);
        rest = word.n == rest.n ? STR_NONE : str_slice(rest, word.n + (comma < either ? 2 : 4), rest.n);
        if (str_find_byte(word, ' ') < word.n) {
            count = 0;
            break;
        }
        buffer_printf(&words, count == 0 ? "%.*s" : " %.*s", STR_ARG(word));
    }
    const struct str copy = count > 1 ? str_copy(arena, buffer_str(&words)) : STR_NONE;
    buffer_release(&words);
    return copy;
}

/* What completes the value of an option, as a line of the script; STR_NONE: nothing does. */
static struct str completes(struct arena *arena, const struct option_words *words) {
    const struct str choices = choices_of(arena, words->allowed);
    if (str_is(words->value, "DIR")) {
        return STR("mapfile -t COMPREPLY < <(compgen -d -- \"$word\")");
    }
    if (str_is(words->allowed, "a path") || str_starts(words->allowed, STR("a path that ends in")) ||
        str_starts(words->allowed, STR("a file"))) {
        return STR("mapfile -t COMPREPLY < <(compgen -f -- \"$word\")");
    }
    return choices.n == 0
               ? STR_NONE
               : str_printf(arena, "mapfile -t COMPREPLY < <(compgen -W '%.*s' -- \"$word\")", STR_ARG(choices));
}

/* The options that take a value: what completes it. */
static void add_values(struct buffer *out, struct arena *arena) {
    struct option_words words;
    buffer_add(out, STR("    case ${COMP_WORDS[COMP_CWORD-1]} in\n"));
    for (int id = 0; option_words((enum option_id)id, &words); id++) {
        const struct str line = words.value.n > 0 ? completes(arena, &words) : STR_NONE;
        if (words.value.n > 0) {
            buffer_printf(out, "        %.*s) %.*s%sreturn ;;\n", STR_ARG(words.name), STR_ARG(line),
                          line.n > 0 ? "; " : "");
        }
    }
    buffer_add(out, STR("    esac\n"));
}

static void add_options(struct buffer *out) {
    struct option_words words;
    buffer_add(out, STR("    case ${COMP_WORDS[1]} in\n"));
    for (size_t i = 0; commands[i] != NULL; i++) {
        buffer_printf(out, "        %s) options='", commands[i]->name);
        for (int id = 0; option_words((enum option_id)id, &words); id++) {
            if (command_takes(commands[i], (enum option_id)id)) {
                buffer_printf(out, "%.*s ", STR_ARG(words.name));
            }
        }
        buffer_add(out, STR("' ;;\n"));
    }
    buffer_add(out, STR("    esac\n"));
}

/* Layouts are the files of the folder that the command would read. */
static const char words_of_commands[] =
    "    case ${COMP_WORDS[1]} in\n"
    "        make|list) compgen_words=$(_dossier_layouts) ;;\n"
    "        check) compgen_words=\"layouts data $(_dossier_layouts)\" ;;\n"
    "        award) [ \"$COMP_CWORD\" -gt 2 ] ||\n"
    "            compgen_words='list propose publish approve printed received void reissue' ;;\n"
    "        help) compgen_words=\"$commands schema completion man\" ;;\n"
    "        *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;\n"
    "    esac\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$compgen_words\" -- \"$word\")\n";

static const char layouts_of_folder[] = "# Completion of dossier(1) for bash, written by `dossier help completion`.\n"
                                        "_dossier_layouts() {\n"
                                        "    local folder=/etc/dossier/layouts i file\n"
                                        "    [ -d layouts ] && folder=layouts\n"
                                        "    for ((i = 2; i < COMP_CWORD; i++)); do\n"
                                        "        [ \"${COMP_WORDS[i]}\" = --layouts ] && folder=${COMP_WORDS[i + 1]}\n"
                                        "    done\n"
                                        "    for file in \"$folder\"/*.yaml; do\n"
                                        "        grep -qs '^document:' \"$file\" && basename \"$file\" .yaml\n"
                                        "    done\n"
                                        "}\n";

void completion_write(struct buffer *out, struct arena *arena) {
    buffer_add(out, str_from(layouts_of_folder));
    buffer_add(out,
               STR("_dossier() {\n    local word=${COMP_WORDS[COMP_CWORD]} options='' compgen_words='' commands='"));
    for (size_t i = 0; commands[i] != NULL; i++) {
        buffer_printf(out, i == 0 ? "%s" : " %s", commands[i]->name);
    }
    buffer_add(out, STR("'\n    COMPREPLY=()\n"
                        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                        "        mapfile -t COMPREPLY < <(compgen -W \"$commands\" -- \"$word\")\n"
                        "        return\n"
                        "    fi\n"));
    add_values(out, arena);
    add_options(out);
    buffer_add(out, STR("    if [[ $word == -* ]]; then\n"
                        "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
                        "        return\n"
                        "    fi\n"));
    buffer_add(out, str_from(words_of_commands));
    buffer_add(out, STR("}\ncomplete -o filenames -F _dossier dossier\n"));
}
