/* setting.h: a mapping is read by its schema: every key known, of its type, and none missing that is required.
 *
 * What was written becomes a setting; what wasn't, or was wrong and told, has `node` NULL, so that one mistake gives one
 * message. Names (of styles, queries …) are looked up by who knows them. */
#ifndef LAYOUT_SETTING_H
#define LAYOUT_SETTING_H

#include "layout/layout.h"
#include "layout/reader.h"
#include "layout/schema.h"

struct setting {
    struct node *node; /* NULL: not given, or told as wrong */
    struct place place;
    struct place key_place;
    struct str name;   /* of the key */
    bool tried;        /* given, right or wrong */
    bool is_short;     /* TYPE_SHORT: a value for the first key */
    struct str text;   /* as written, trimmed */
    int32_t number[4]; /* lengths in mp or 1/1000 em; numbers; yes/no as 1/0; index of a choice; colour */
    enum length_unit unit[4];
    size_t count;      /* of numbers */
    struct str *names; /* TYPE_NAMES, TYPE_NUMBERS, TYPE_CELLS: words */
    struct place *places;
    size_t name_count;
};

/* Reads `mapping` into settings[count of the kind]. Only keys that the schema allows; `where` (STR_NONE: the schema's name) is
 * what messages call it. False when it is no mapping (told). An empty node is taken as a mapping without keys. */
bool settings_read(struct reader *reader, struct node *mapping, enum mapping_kind kind, struct str where,
                   struct setting *settings);
/* The same of a mapping that is a part of several files' one: what is missing in it isn't told. When all parts are laid over each
 * other, settings_require tells what none of them gives, at `mapping`. */
bool settings_read_part(struct reader *reader, struct node *mapping, enum mapping_kind kind, struct str where,
                        struct setting *settings);
/* Each required key without a setting is told at `mapping` (L205), but for those that were tried. */
void settings_require(struct reader *reader, const struct node *mapping, enum mapping_kind kind,
                      const struct setting *settings);
/* TYPE_SHORT: a mapping of the kind, or a value for its first key. */
bool settings_read_short(struct reader *reader, const struct setting *short_setting, enum mapping_kind kind,
                         struct setting *settings);
/* Reads one value by its key's row. */
void setting_read(struct reader *reader, const struct key *key, struct node *node, struct setting *out);

/* Reads the row's default, as if somebody had written it; false when it has none. */
bool setting_read_initial(struct reader *reader, const struct key *key, struct setting *out);

/* The colours that have names, by index; STR_NONE behind the last. */
struct str setting_colour_name(size_t index);
/* Is it a name: letters, digits, Chinese characters, - and _, not beginning with a digit? */
bool name_is_valid(struct str name);
/* A name as near to this text as may be, in the arena: all pupils is all_pupils, 1年级 is n1年级. */
struct str name_mended(struct arena *arena, struct str text);
/* Bytes of the longest name that begins at `at`. */
size_t name_length(struct str text, size_t at);
/* Full-width ASCII (０ … ｍ) as ASCII, in the arena. */
struct str half_width(struct arena *arena, struct str text);
/* The next word, parted by blanks; *rest moves behind it. Empty at the end. */
struct str next_word(struct str *rest);

#endif
