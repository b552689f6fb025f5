/* printers.c: printers.yaml.
 *
 *     printers:
 *       文印室: {shift: 0.3mm -0.2mm, scale: 100.1%}
 */
#include "layout/printers.h"

#include "layout/builder.h"

static void read_printer(struct reader *reader, const struct pair *pair, struct printer_spec *printer) {
    struct setting keys[KEYS_OF_PRINTER];
    *printer = (struct printer_spec){.name = pair->key->text, .place = pair->key->place};
    if (!name_is_valid(printer->name)) {
        TELL(reader, L241, printer->place, printer->name, name_mended(reader->arena, printer->name));
    }
    struct builder builder = {.reader = reader, .arena = reader->arena};
    if (settings_read(reader, pair->value, MAPPING_PRINTER, printer->name, keys)) {
        settings_apply(&builder, MAPPING_PRINTER, keys, printer, printer->place);
    }
}

void printers_read(struct reader *reader, const struct source *source, struct printers_spec *spec) {
    struct setting keys[KEYS_OF_PRINTERS];
    const size_t errors = reader->errors;
    spec->present = true;
    if (source->root != NULL && settings_read(reader, source->root, MAPPING_PRINTERS, STR_NONE, keys)) {
        const struct node *printers = keys[KEY_PRINTERS_PRINTERS].node;
        const size_t count = printers != NULL ? printers->count : 0;
        spec->items = ARENA_ARRAY(reader->arena, struct printer_spec, count);
        for (; spec->count < count; spec->count++) {
            read_printer(reader, &printers->pairs[spec->count], &spec->items[spec->count]);
        }
    }
    spec->broken = source->lost || reader->errors > errors;
}
