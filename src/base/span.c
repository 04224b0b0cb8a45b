/* Spans: borrowed bytes with a length. */
#include "okrbook/base.h"

#include <string.h>

okb_span okb_span_of(const char *text)
{
    return (okb_span){text, text ? strlen(text) : 0};
}

bool okb_span_eq(okb_span a, okb_span b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int okb_span_cmp(okb_span a, okb_span b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order != 0)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

/* Bytes of the blank at the start of s: ASCII blanks, NBSP (C2 A0), U+202F and U+FEFF; 0 where there is none. */
static size_t blank_at_start(okb_span s)
{
    if (s.n == 0)
        return 0;
    unsigned char c = (unsigned char)s.p[0];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (s.n >= 2 && memcmp(s.p, "\xC2\xA0", 2) == 0)
        return 2;
    if (s.n >= 3 && (memcmp(s.p, "\xE2\x80\xAF", 3) == 0 || memcmp(s.p, "\xEF\xBB\xBF", 3) == 0))
        return 3;
    return 0;
}

static size_t blank_at_end(okb_span s)
{
    if (s.n == 0)
        return 0;
    unsigned char c = (unsigned char)s.p[s.n - 1];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (s.n >= 2 && memcmp(s.p + s.n - 2, "\xC2\xA0", 2) == 0)
        return 2;
    if (s.n >= 3 && (memcmp(s.p + s.n - 3, "\xE2\x80\xAF", 3) == 0 || memcmp(s.p + s.n - 3, "\xEF\xBB\xBF", 3) == 0))
        return 3;
    return 0;
}

okb_span okb_span_trim(okb_span s)
{
    size_t cut;
    while ((cut = blank_at_start(s)) != 0) {
        s.p += cut;
        s.n -= cut;
    }
    while ((cut = blank_at_end(s)) != 0)
        s.n -= cut;
    return s;
}

bool okb_span_starts(okb_span s, okb_span head)
{
    return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}

bool okb_span_ends(okb_span s, okb_span tail)
{
    return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}

size_t okb_span_find(okb_span s, okb_span part)
{
    if (part.n == 0)
        return 0;
    const char *at = s.p;
    size_t left = s.n;
    while (left >= part.n) {
        const char *hit = memchr(at, part.p[0], left - part.n + 1);
        if (!hit)
            break;
        if (memcmp(hit, part.p, part.n) == 0)
            return (size_t)(hit - s.p);
        left -= (size_t)(hit - at) + 1;
        at = hit + 1;
    }
    return SIZE_MAX;
}

okb_span okb_span_cut(okb_span *rest, char separator)
{
    const char *hit = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    okb_span head = *rest;
    if (!hit) {
        *rest = (okb_span){NULL, 0};
        return head;
    }
    head.n = (size_t)(hit - rest->p);
    rest->p = hit + 1;
    rest->n -= head.n + 1;
    return head;
}

okb_span okb_span_sub(okb_span s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (okb_span){s.p ? s.p + from : NULL, to - from};
}
