/* catalogue.c: the entries of the catalogue: page labels, how a viewer shows and prints the document, what its colours
 * mean. */
#include "pdf/internal.h"

/* --- page labels */

/* A label that tells a page as uncounted; before the first that is counted such pages are i, ii, iii. */
static const struct str uncounted = STR_INIT("—");

static void put_prefix(struct buffer *out, size_t page, struct str label) {
    buffer_printf(out, "%zu<</P", page);
    put_unicode(out, label);
    buffer_add(out, STR(">>"));
}

static size_t count_before(const struct document *document) {
    size_t count = 0;
    while (count < document->count && str_eq(document->pages[count]->label, uncounted)) {
        count++;
    }
    return count;
}

/* Consecutive pages whose labels count up share one entry; the words of a label are its prefix. */
static void put_page_labels(struct buffer *out, const struct document *document) {
    int64_t expected = 0; /* the number that the last entry gives to this page; 0: none */
    const size_t before = count_before(document);
    buffer_add(out, before > 0 ? STR("/PageLabels<</Nums[0<</S/r>>") : STR("/PageLabels<</Nums["));
    for (size_t i = before; i < document->count; i++) {
        const struct str label = document->pages[i]->label;
        int64_t number = (int64_t)i + 1;
        bool is_number = label.n == 0 || (label.p[0] != '0' && str_to_int(label, &number) && number > 0);
        if (!is_number) {
            put_prefix(out, i, label);
            expected = 0;
        } else if (number != expected || expected == 0) {
            buffer_printf(out, "%zu<</S/D/St %lld>>", i, (long long)number);
            expected = number + 1;
        } else {
            expected++;
        }
    }
    buffer_add(out, STR("]>>"));
}

static bool any_label(const struct document *document) {
    for (size_t i = 0; i < document->count; i++) {
        if (document->pages[i]->label.n > 0) {
            return true;
        }
    }
    return false;
}

/* --- the other entries */

/* PrintScaling None: a form is printed at its own size, not shrunk to the printer's margins; PickTrayByPDFSize: on
 * paper of its size. */
static void put_preferences(struct buffer *out, const struct document *document) {
    buffer_add(out,
               STR("/Lang(zh-CN)/ViewerPreferences<</PrintScaling/None/PickTrayByPDFSize true/DisplayDocTitle true"));
    if (document->duplex) {
        buffer_add(out, document->turns_short ? STR("/Duplex/DuplexFlipShortEdge") : STR("/Duplex/DuplexFlipLongEdge"));
    }
    buffer_add(out, STR(">>"));
    if (document->opens_as_book) {
        buffer_add(out, STR("/PageLayout/TwoColumnRight"));
    }
}

/* DeviceGray and DeviceRGB of all pages are those of sRGB (ISO 19005-1, 6.2.2). */
static void put_intent(struct buffer *out, HPDF_Dict profile) {
    buffer_add(out, STR("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                        "/Info(sRGB IEC61966-2.1)/DestOutputProfile "));
    put_reference(out, profile);
    buffer_add(out, STR(">>]"));
}

static HPDF_Dict write_profile(struct file *file, struct str deflated) {
    HPDF_Dict object = object_create(file);
    object_set_stream(file, object, STR("/N 3/Alternate/DeviceRGB/Filter/FlateDecode"), deflated);
    return object;
}

void catalogue_finish(struct file *file, const struct document *document, const struct catalogue *catalogue) {
    HPDF_Dict profile = write_profile(file, catalogue->profile);
    struct buffer *text = file_text(file);
    put_preferences(text, document);
    put_intent(text, profile);
    if (catalogue->structure != NULL) {
        buffer_add(text, STR("/MarkInfo<</Marked true>>/StructTreeRoot "));
        put_reference(text, catalogue->structure);
    }
    buffer_add(text, STR("/Metadata "));
    put_reference(text, catalogue->metadata);
    if (catalogue->has_bookmarks && document->bookmarks_open) {
        buffer_add(text, STR("/PageMode/UseOutlines"));
    }
    if (any_label(document)) {
        put_page_labels(text, document);
    }
    object_set_entries(file, file->doc->catalog, buffer_str(text));
}
