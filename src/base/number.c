/* Plain numbers without locale. */
#include "okrbook/base.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NUMBER = 64 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of a grouping mark at the start of s. The comma or point that is not the decimal mark groups; so do blank, NBSP,
 * thin blanks and apostrophes. */
static size_t grouping_at(okb_span s, char decimal)
{
    if (s.n == 0)
        return 0;
    char group = decimal == ',' ? '.' : ',';
    if (s.p[0] == group || s.p[0] == ' ' || s.p[0] == '\'')
        return 1;
    if (s.n >= 2 && memcmp(s.p, "\xC2\xA0", 2) == 0)
        return 2;
    if (s.n >= 3 && (memcmp(s.p, "\xE2\x80\xAF", 3) == 0 || memcmp(s.p, "\xE2\x80\x89", 3) == 0 ||
                     memcmp(s.p, "\xE2\x80\x99", 3) == 0))
        return 3;
    return 0;
}

static size_t sign_at(okb_span s, bool *is_negative)
{
    *is_negative = false;
    if (s.n && (s.p[0] == '+' || s.p[0] == '-')) {
        *is_negative = s.p[0] == '-';
        return 1;
    }
    if (s.n >= 3 && memcmp(s.p, "\xE2\x88\x92", 3) == 0) { /* U+2212 */
        *is_negative = true;
        return 3;
    }
    return 0;
}

/* Groups must be of three digits with one and the same mark after a head of one to three; else the number ends before the mark. */
static size_t whole_part(okb_span s, char decimal, char *out, size_t *out_n)
{
    size_t at = 0;
    while (at < s.n && is_digit(s.p[at])) {
        if (*out_n < LONGEST_NUMBER - 2)
            out[(*out_n)++] = s.p[at];
        at++;
    }
    if (at == 0 || at > 3)
        return at;
    okb_span mark = {NULL, 0};
    for (;;) {
        okb_span rest = okb_span_sub(s, at, s.n);
        size_t mark_size = grouping_at(rest, decimal);
        if (mark_size == 0 || (mark.n && !okb_span_eq(mark, okb_span_sub(rest, 0, mark_size))))
            return at;
        size_t from = at + mark_size;
        if (from + 3 > s.n || !is_digit(s.p[from]) || !is_digit(s.p[from + 1]) || !is_digit(s.p[from + 2]) ||
            (from + 3 < s.n && is_digit(s.p[from + 3])))
            return at;
        mark = okb_span_sub(rest, 0, mark_size);
        for (size_t i = 0; i < 3 && *out_n < LONGEST_NUMBER - 2; i++)
            out[(*out_n)++] = s.p[from + i];
        at = from + 3;
    }
}

/*
 * Most numbers: up to fifteen digits with at most one mark, and nothing else in the text. A whole number of that size and the power
 * of ten are exact, so their quotient is the nearest number, as strtod gives it.
 */
static bool scan_short(okb_span s, char decimal, double *out)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t at = s.n && s.p[0] == '-' ? 1 : 0, n_digits = 0, fraction = 0;
    bool is_negative = at > 0, has_mark = false;
    uint64_t value = 0;
    if (s.n > 17)
        return false;
    for (; at < s.n; at++) {
        if (is_digit(s.p[at])) {
            value = value * 10 + (uint64_t)(s.p[at] - '0');
            n_digits++;
            fraction += has_mark;
        } else if (s.p[at] == decimal && !has_mark && n_digits && at + 1 < s.n) {
            has_mark = true;
        } else {
            return false;
        }
    }
    if (n_digits == 0 || n_digits > 15)
        return false;
    double quotient = (double)value / powers[fraction];
    *out = value == 0 ? 0.0 : is_negative ? -quotient : quotient;
    return true;
}

size_t okb_number_scan(okb_span s, char decimal, double *out)
{
    if (scan_short(s, decimal, out))
        return s.n;
    char plain[LONGEST_NUMBER + 32];
    size_t n = 0;
    bool is_negative;
    size_t at = sign_at(s, &is_negative);
    if (is_negative)
        plain[n++] = '-';
    size_t digits_from = n;
    size_t whole = whole_part(okb_span_sub(s, at, s.n), decimal, plain, &n);
    at += whole;
    if (at < s.n && s.p[at] == decimal && at + 1 < s.n && is_digit(s.p[at + 1])) {
        if (n == digits_from)
            plain[n++] = '0';
        plain[n++] = '.';
        at++;
        while (at < s.n && is_digit(s.p[at])) {
            if (n < LONGEST_NUMBER)
                plain[n++] = s.p[at];
            at++;
        }
    }
    if (n == digits_from)
        return 0;
    if (at + 1 < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
        size_t from = at + 1;
        if (s.p[from] == '+' || s.p[from] == '-')
            from++;
        size_t to = from;
        while (to < s.n && is_digit(s.p[to]))
            to++;
        if (to > from && to - from <= 3) {
            plain[n++] = 'e';
            for (size_t i = at + 1; i < to; i++)
                plain[n++] = s.p[i];
            at = to;
        }
    }
    plain[n] = '\0';
    /* The program never sets a locale, so strtod reads a point. */
    errno = 0;
    double value = strtod(plain, NULL);
    if (errno == ERANGE && fabs(value) > 1)
        return 0;
    if (!isfinite(value))
        return 0;
    *out = value == 0 ? 0.0 : value;
    return at;
}

okb_span okb_number_print(okb_arena *keep, double value)
{
    if (!isfinite(value))
        return (okb_span){"", 0};
    return okb_arena_printf(keep, "%.10g", value == 0 ? 0.0 : value);
}

double okb_round_half_up(double value, int digits)
{
    double scale = 1;
    for (int i = 0; i < digits; i++)
        scale *= 10;
    /* Nine decimals hold any score that came from short decimals; what lies beyond is binary noise. */
    return floor(value * scale + 0.5 + 1e-9) / scale;
}
