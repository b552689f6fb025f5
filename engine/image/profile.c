/* profile.c: what the numbers of a colour mean, as an ICC profile; all use of lcms2.
 *
 * The profile is sRGB (IEC 61966-2-1) in the form of ICC.1:1998-09, version 2, which is the newest that PDF/A-1 takes.
 * Its curve is a table of 256 places: between them it is off by less than one part in 100,000, and it makes the
 * profile a third of what colour programs ship. */
#include <string.h>

#include <lcms2.h>

#include "image/decode.h"

enum { CURVE_PLACES = 256, HEADER_DATE = 24, HEADER_DATE_BYTES = 12 };

/* From 0 to 65535 in a light's own measure. */
static cmsToneCurve *curve_create(void) {
    const cmsFloat64Number parameters[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *exact = cmsBuildParametricToneCurve(NULL, 4, parameters);
    cmsUInt16Number table[CURVE_PLACES];
    for (int i = 0; i < CURVE_PLACES; i++) {
        const float light = cmsEvalToneCurveFloat(exact, (float)i / (CURVE_PLACES - 1));
        table[i] = (cmsUInt16Number)(light * 65535.0f + 0.5f);
    }
    cmsFreeToneCurve(exact);
    return cmsBuildTabulatedToneCurve16(NULL, CURVE_PLACES, table);
}

static cmsHPROFILE srgb_create(void) {
    const cmsCIExyY white = {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *curve = curve_create();
    cmsToneCurve *const curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsMLU *name = cmsMLUalloc(NULL, 1);
    cmsSetProfileVersion(profile, 2.1);
    cmsMLUsetASCII(name, "en", "US", "sRGB IEC61966-2.1");
    cmsWriteTag(profile, cmsSigProfileDescriptionTag, name);
    cmsMLUfree(name);
    cmsFreeToneCurve(curve);
    return profile;
}

struct str image_srgb_profile_in(struct arena *arena) {
    cmsHPROFILE profile = srgb_create();
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, NULL, &size);
    char *bytes = arena_alloc(arena, size);
    cmsSaveProfileToMem(profile, bytes, &size);
    cmsCloseProfile(profile);
    /* Instead of the day on which this runs, the one on which the standard appeared: 1999-10-18. */
    static const uint8_t day[HEADER_DATE_BYTES] = {1999 >> 8, 1999 & 0xFF, 0, 10, 0, 18};
    memcpy(bytes + HEADER_DATE, day, sizeof day);
    return (struct str){bytes, size};
}

/* --- CMYK */

/* What ink leaves of light: without a profile nothing more is known. */
static void multiply(const struct pixels *pixels, size_t count) {
    uint8_t *from = (uint8_t *)pixels->rows.bytes, *to = from;
    const uint8_t flip = pixels->inverted ? 0 : 0xFF; /* from ink to light */
    for (size_t i = 0; i < count; i++, from += 4) {
        const int black = from[3] ^ flip;
        for (int k = 0; k < 3; k++) {
            *to++ = (uint8_t)(((from[k] ^ flip) * black + 127) / 255);
        }
    }
}

/* NULL: the bytes are no profile of CMYK. */
static cmsHTRANSFORM transform_create(struct str bytes, bool inverted) {
    cmsHPROFILE profile = bytes.n > 0 ? cmsOpenProfileFromMem(bytes.p, (cmsUInt32Number)bytes.n) : NULL;
    cmsHTRANSFORM transform = NULL;
    if (profile != NULL && cmsGetColorSpace(profile) == cmsSigCmykData) {
        cmsHPROFILE srgb = srgb_create();
        transform = cmsCreateTransform(profile, inverted ? TYPE_CMYK_8_REV : TYPE_CMYK_8, srgb, TYPE_RGB_8,
                                       INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);
        cmsCloseProfile(srgb);
    }
    if (profile != NULL) {
        cmsCloseProfile(profile);
    }
    return transform;
}

void pixels_to_rgb(struct pixels *pixels, struct str profile) {
    const size_t width = (size_t)pixels->width_px, count = width * (size_t)pixels->height_px;
    cmsHTRANSFORM transform = transform_create(profile, pixels->inverted);
    if (transform == NULL) {
        multiply(pixels, count);
    } else {
        for (size_t at = 0; at < count; at += width) { /* a row of RGB ends before the next of CMYK begins */
            cmsDoTransform(transform, pixels->rows.bytes + at * 4, pixels->rows.bytes + at * 3, (cmsUInt32Number)width);
        }
        cmsDeleteTransform(transform);
    }
    pixels->components = 3;
    pixels->rows.count = count * 3;
}
