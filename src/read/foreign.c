/* Owns noticing that bytes taken for Windows-1252 are of another old encoding: its letters are signs in the middle of a word. */
#include "parts.h"

#include <string.h>

static const char LOOKS_MAC[] = "text looks like another encoding, --encoding macintosh may be it";
static const char LOOKS_DOS[] = "text looks like another encoding, --encoding cp850 may be it";

/* Capitals and signs of Windows-1252 that no word has behind a small letter, by what Mac OS Roman and code page 850 mean by them. */
static const char OF_MAC[] =
    "\x88\x8A\x8C\x8D\x8E\x8F\x9F";          /* a-grave, a-umlaut, a-ring, c-cedilla, e-acute, e-grave, u-umlaut */
static const char OF_DOS[] = "\x81\x82\x84"; /* u-umlaut, e-acute, a-umlaut */

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

void okb_note_foreign(okb_span bytes, okb_repairs *repairs)
{
    size_t n_mac = 0, n_dos = 0, first = 0;
    bool has_1252 = false;
    for (size_t i = 1; i < bytes.n && !has_1252; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c < 0x80 || !is_small(bytes.p[i - 1]))
            continue;
        bool is_inside = i + 1 < bytes.n && is_small(bytes.p[i + 1]);
        has_1252 = c >= 0xE0; /* a small letter there, and none in either of the others' European letters */
        bool is_mac = memchr(OF_MAC, c, sizeof OF_MAC - 1) != NULL;
        bool is_dos = memchr(OF_DOS, c, sizeof OF_DOS - 1) != NULL && is_inside;
        if (n_mac + n_dos == 0)
            first = i;
        n_mac += is_mac;
        n_dos += is_dos;
    }
    if (has_1252 || n_mac + n_dos == 0)
        return;
    okb_repairs_add(repairs, n_mac >= n_dos ? LOOKS_MAC : LOOKS_DOS, n_mac + n_dos, okb_line_at(bytes, first));
}
