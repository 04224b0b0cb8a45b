/*
 * Owns noticing text that was decoded twice: UTF-8 bytes that some program took for Windows-1252 and encoded again, so that
 * "é" stands as "Ã©". Such text is counted, never changed: only a person can say that "Ã©" was not meant.
 */
#include "parts.h"

#include <string.h>

static const char LOOKS_TWICE[] = "text looks decoded twice";

/* The Windows-1252 byte, 80 to FF, of the character at s.p[at], and its size in UTF-8; 0 where it has none. C1 controls count as
 * the bytes that the table leaves undefined: lenient programs pass them through. */
static unsigned byte_of(okb_span s, size_t at, size_t *size)
{
    static const struct {
        uint16_t point;
        unsigned char byte;
    } specials[] = {{0x20AC, 0x80}, {0x201A, 0x82}, {0x0192, 0x83}, {0x201E, 0x84}, {0x2026, 0x85}, {0x2020, 0x86},
                    {0x2021, 0x87}, {0x02C6, 0x88}, {0x2030, 0x89}, {0x0160, 0x8A}, {0x2039, 0x8B}, {0x0152, 0x8C},
                    {0x017D, 0x8E}, {0x2018, 0x91}, {0x2019, 0x92}, {0x201C, 0x93}, {0x201D, 0x94}, {0x2022, 0x95},
                    {0x2013, 0x96}, {0x2014, 0x97}, {0x02DC, 0x98}, {0x2122, 0x99}, {0x0161, 0x9A}, {0x203A, 0x9B},
                    {0x0153, 0x9C}, {0x017E, 0x9E}, {0x0178, 0x9F}};
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.n - at;
    unsigned point;
    if (left >= 2 && p[0] >= 0xC2 && p[0] <= 0xDF) {
        *size = 2;
        point = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    } else if (left >= 3 && (p[0] & 0xF0) == 0xE0) {
        *size = 3;
        point = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    } else {
        return 0;
    }
    if (point >= 0x80 && point <= 0xFF)
        return point;
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
        if (specials[i].point == point)
            return specials[i].byte;
    return 0;
}

static size_t wanted_bytes(unsigned lead)
{
    return lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* A capital with an accent before a closing quote, a dash or a no-break space is good typography in several languages. */
static bool is_closing(unsigned byte)
{
    return byte == 0x82 || byte == 0x84 || byte == 0x85 || byte == 0x8B || (byte >= 0x91 && byte <= 0x97) ||
           byte == 0x9B || byte == 0xA0 || byte == 0xAB || byte == 0xBB;
}

static bool is_letter_at(okb_span s, size_t at)
{
    unsigned char c = at < s.n ? (unsigned char)s.p[at] : 0;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0xC3;
}

/* Bytes of the twice-decoded character at `at`, or 0. */
static size_t twice_at(okb_span s, size_t at)
{
    size_t size;
    unsigned lead = byte_of(s, at, &size);
    size_t wanted = wanted_bytes(lead);
    if (wanted == 0)
        return 0;
    size_t used = size;
    unsigned last = 0;
    for (size_t i = 1; i < wanted; i++) {
        if (at + used >= s.n)
            return 0;
        last = byte_of(s, at + used, &size);
        if (last < 0x80 || last > 0xBF)
            return 0;
        used += size;
    }
    if (wanted > 2 || !is_closing(last))
        return used;
    bool is_common = lead == 0xC2 || lead == 0xC3;
    if (last == 0xA0)
        return is_common ? used : 0;
    return is_letter_at(s, at + used) ? used : 0;
}

void okb_note_decoded_twice(okb_span text, okb_repairs *repairs)
{
    size_t lines = 0, seen_to = 0;
    uint32_t line = 1;
    for (size_t at = 0; at < text.n;) {
        unsigned char c = (unsigned char)text.p[at];
        size_t used = 0;
        /* The lead byte as a character is one of U+00C2 to U+00F4, C3 82 to C3 B4 in UTF-8. */
        if (c == 0xC3)
            used = twice_at(text, at);
        if (used == 0) {
            const char *next = at + 1 < text.n ? memchr(text.p + at + 1, 0xC3, text.n - at - 1) : NULL;
            at = next ? (size_t)(next - text.p) : text.n;
            continue;
        }
        if (lines == 0)
            line = okb_line_at(text, at);
        lines++;
        /* One for each line: go on at its end. */
        seen_to = at + used;
        while (seen_to < text.n && text.p[seen_to] != '\n' && text.p[seen_to] != '\r')
            seen_to++;
        at = seen_to;
    }
    if (lines)
        okb_repairs_add(repairs, LOOKS_TWICE, lines, line);
}
