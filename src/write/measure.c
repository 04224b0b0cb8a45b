/* How many lines a text takes in a cell: readers do not make rows higher for a text that wraps, so the writer has to. */
#include "book.h"

/* Width of each character from the blank on, in hundredths of a column's character: the body's font at its size, in columns that
 * are measured in digits of the font's default size. */
static const uint8_t widths[] = {
    43,  62,  76,  95, 97, 136, 130, 42,  58,  58,  95,  95,  48,  58,  48, 74,  97,  97, 97,  97, 97,  97,  97,  97,
    97,  97,  51,  51, 95, 95,  95,  88,  170, 110, 104, 102, 117, 93,  88, 120, 119, 48, 61,  99, 80,  163, 123, 126,
    98,  128, 103, 88, 93, 122, 108, 169, 99,  93,  89,  58,  74,  58,  95, 95,  55,  91, 100, 81, 100, 95,  58,  90,
    100, 44,  46,  87, 44, 152, 100, 100, 100, 100, 66,  74,  64,  100, 86, 136, 82,  86, 75,  60, 88,  60,  95};

/* first: the first byte of a character in UTF-8 */
static uint32_t width_of(unsigned char first)
{
    enum { FIRST = ' ', LETTER = 105, WIDE = 200, WIDE_FROM = 0xE3 };
    if (first >= WIDE_FROM)
        return WIDE;
    return first >= FIRST && first - FIRST < (int)sizeof widths ? widths[first - FIRST] : LETTER;
}

uint32_t okb_text_lines(okb_span text, double characters)
{
    const double filled = 98; /* of a hundred: readers differ in how they round a letter's width */
    uint32_t room = characters > 2 ? (uint32_t)(characters * filled) : 200;
    uint32_t lines = 1, at = 0, word = 0; /* at: of the line; word: of that, what has come since the last blank */
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c & 0xC0) == 0x80)
            continue;
        if (c == '\n') {
            lines++;
            at = word = 0;
            continue;
        }
        uint32_t width = width_of(c);
        bool breaks_anywhere = c >= 0xE3;
        at += width;
        word = c == ' ' || breaks_anywhere ? 0 : word + width;
        if (at > room && c != ' ') {
            lines++;
            at = word && word < room ? word : width;
            word = breaks_anywhere ? 0 : at;
        }
    }
    return lines;
}
