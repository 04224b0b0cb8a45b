/* Owns physical lines and the count of repairs. */
#include "parts.h"

#include <string.h>

size_t okb_count_byte(okb_span s, char byte)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    const uint64_t wanted = ones * (unsigned char)byte;
    size_t count = 0, i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t eight;
        memcpy(&eight, s.p + i, 8);
        eight ^= wanted; /* zero where the byte stands; then the top bit of each zero byte, exactly */
        uint64_t zeros = ~(((eight & low) + low) | eight | low);
        count += ((zeros >> 7) * ones) >> 56;
    }
    for (; i < s.n; i++)
        count += s.p[i] == byte;
    return count;
}

size_t okb_line_ends(okb_span text)
{
    size_t ends = 0;
    for (size_t i = 0; i < text.n; i++)
        ends += text.p[i] == '\n' || (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return ends;
}

uint32_t okb_line_at(okb_span text, size_t offset)
{
    okb_span before = okb_span_sub(text, 0, offset);
    size_t ends = okb_line_ends(before);
    /* Between CR and LF the line has not ended. */
    if (before.n && before.n < text.n && before.p[before.n - 1] == '\r' && text.p[before.n] == '\n')
        ends--;
    return (uint32_t)(ends < UINT32_MAX ? ends + 1 : UINT32_MAX);
}

void okb_repairs_add(okb_repairs *repairs, const char *what, size_t count, uint32_t line)
{
    okb_span name = okb_span_of(what);
    size_t i = 0;
    while (i < repairs->n && !okb_span_eq(repairs->items[i].what, name))
        i++;
    if (i == MAX_REPAIRS)
        return;
    okb_repair *repair = &repairs->items[i];
    if (i == repairs->n) {
        repairs->n++;
        *repair = (okb_repair){name, 0, line};
    }
    size_t sum = repair->count + count;
    repair->count = sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}
