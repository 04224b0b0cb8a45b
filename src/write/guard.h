/* guard: what a text must be before it may stand in a workbook. Knows nothing of the library. */
#ifndef OKRBOOK_WRITE_GUARD_H
#define OKRBOOK_WRITE_GUARD_H

#include "okrbook/base.h"

/*
 * The stored form of a cell's text: CR and CRLF are LF, control bytes and U+FFFE/U+FFFF are dropped, bad UTF-8 becomes U+FFFD,
 * _xHHHH_ is escaped so that it reads back as it is, and a text of more than `units` UTF-16 units ends in a cut
 * mark within them. Returns s itself where nothing had to be done and s.p[s.n] is NUL. *is_cut may be NULL.
 */
okb_span okb_guard_text(okb_buf *buf, okb_span s, size_t units, bool *is_cut);

/*
 * Sheet names: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at an end, not "History", unique when folded.
 * A name that is taken gets " (2)", " (3)" ... Kept in `keep`; taken: names so far, folded.
 */
okb_span okb_guard_sheet_name(okb_arena *keep, okb_map *taken, okb_span wish);

/* The days that a spreadsheet has a number for: 1900-01-01 to 9999-12-31. Returns the serial number, 0 where there is none. */
int32_t okb_guard_serial(okb_day day);

/* Whether the bytes are a whole PNG, and its size in pixels: chunk after chunk to the end, a picture among them. */
bool okb_guard_png(okb_span png, double *width, double *height);

#endif
