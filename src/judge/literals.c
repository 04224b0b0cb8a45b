/*
 * Reads a pattern that is nothing but words, and lists them: `\b(?:launch|ship)(?:es|ing)?\b` gives launches, launching, launch,
 * shipes, shiping, ship. A pattern with anything that is not followed here gives none, at once: it is a sketch's matter.
 */
#include <stdlib.h>
#include <string.h>

#include "room.h"

typedef struct item {
    okb_span text;
    bool has_start; /* begins at a word boundary */
    bool has_end;   /* ends at a word boundary so far */
} item;

typedef struct items {
    item *p;
    size_t n;
} items;

typedef struct reader {
    okb_span pattern;
    size_t at;
    okb_arena *scratch;
    bool is_failed;
    int depth;
} reader;

enum { DEPTH_MAX = 60, CLASS_MAX = 10 };

static items read_alternatives(reader *r);

static items items_of(reader *r, size_t n)
{
    return (items){OKB_NEW_N(r->scratch, item, n ? n : 1), n};
}

static items one_item(reader *r, item it)
{
    items set = items_of(r, 1);
    set.p[0] = it;
    return set;
}

static bool is_word(unsigned char byte)
{
    unsigned char low = (unsigned char)(byte | 32);
    return (low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte >= 0x80;
}

static okb_span joined(reader *r, okb_span a, okb_span b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    char *p = okb_arena_alloc(r->scratch, a.n + b.n, 1);
    memcpy(p, a.p, a.n);
    memcpy(p + a.n, b.p, b.n);
    return (okb_span){p, a.n + b.n};
}

static items failed(reader *r)
{
    r->is_failed = true;
    return items_of(r, 0);
}

/* Everything in `before` followed by everything in `after`. */
static items followed(reader *r, items before, items after)
{
    size_t n = before.n * after.n, at = 0;
    if (r->is_failed || n > LITERALS_MAX)
        return failed(r);
    items set = items_of(r, n);
    for (size_t i = 0; i < before.n; i++)
        for (size_t k = 0; k < after.n; k++) {
            const item *a = &before.p[i], *b = &after.p[k];
            /* A boundary inside. */
            if (a->text.n && b->text.n && (a->has_end || b->has_start))
                return failed(r);
            set.p[at].text = joined(r, a->text, b->text);
            if (set.p[at].text.n > LITERAL_MAX_BYTES)
                return failed(r);
            set.p[at].has_start = a->text.n ? a->has_start : a->has_start || a->has_end || b->has_start;
            set.p[at++].has_end = b->text.n ? b->has_end : a->has_end || b->has_end;
        }
    return set;
}

static items with_empty(reader *r, items set)
{
    items more = items_of(r, set.n + 1);
    memcpy(more.p, set.p, set.n * sizeof *set.p);
    more.p[set.n] = (item){0};
    return more;
}

static bool has_more(const reader *r)
{
    return r->at < r->pattern.n;
}

static char peek(const reader *r, size_t ahead)
{
    return r->at + ahead < r->pattern.n ? r->pattern.p[r->at + ahead] : '\0';
}

static items read_literal(reader *r, size_t n_bytes)
{
    char *p = okb_arena_alloc(r->scratch, n_bytes, 1);
    for (size_t i = 0; i < n_bytes; i++) {
        char byte = r->pattern.p[r->at + i];
        p[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
    }
    if (n_bytes == 2 && (unsigned char)p[0] == 0xC3 && (unsigned char)p[1] >= 0x80 && (unsigned char)p[1] <= 0x9E)
        p[1] = (char)((unsigned char)p[1] + 0x20);
    r->at += n_bytes;
    return one_item(r, (item){.text = {p, n_bytes}});
}

static size_t char_bytes(const reader *r)
{
    unsigned char byte = (unsigned char)r->pattern.p[r->at];
    size_t n = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    return r->at + n <= r->pattern.n ? n : r->pattern.n - r->at;
}

static bool is_plain(char byte)
{
    return byte == ' ' || byte == '\'' || byte == '-' || byte == '%' || byte == '/' || byte == ',' || byte == ':' ||
           (is_word((unsigned char)byte) && (unsigned char)byte < 0x80);
}

/* Plain characters up to the next one that means something, or that a repeat behind it is about. */
static size_t run_bytes(const reader *r)
{
    size_t n = 0;
    while (r->at + n < r->pattern.n && is_plain(r->pattern.p[r->at + n]))
        n++;
    char after = peek(r, n);
    if (n > 1 && (after == '?' || after == '*' || after == '+' || after == '{'))
        n--;
    return n ? n : char_bytes(r);
}

static items read_escape(reader *r)
{
    char kind = peek(r, 1);
    if (kind == 'b') {
        r->at += 2;
        return one_item(r, (item){.has_start = true, .has_end = true});
    }
    if (kind == '\0' || is_word((unsigned char)kind))
        return failed(r);
    r->at += 1;
    return read_literal(r, char_bytes(r));
}

/* A set of few characters. */
static items read_class(reader *r)
{
    item members[CLASS_MAX];
    size_t n = 0;
    r->at++;
    if (peek(r, 0) == '^' || peek(r, 0) == ']')
        return failed(r);
    while (has_more(r) && peek(r, 0) != ']') {
        if (peek(r, 0) == '\\' && !is_word((unsigned char)peek(r, 1)))
            r->at++;
        char low = peek(r, 0), high = low;
        if (peek(r, 1) == '-' && peek(r, 2) != ']')
            high = peek(r, 2);
        if (low == '\\' || low == '[' || high < low || (size_t)(high - low) + n >= CLASS_MAX)
            return failed(r);
        if (low == high) {
            members[n++] = read_literal(r, char_bytes(r)).p[0];
            continue;
        }
        for (char c = low; c <= high; c++) {
            char *p = okb_arena_alloc(r->scratch, 1, 1);
            *p = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
            members[n++] = (item){.text = {p, 1}};
        }
        r->at += 3;
    }
    if (!has_more(r))
        return failed(r);
    r->at++;
    items set = items_of(r, n);
    memcpy(set.p, members, n * sizeof *members);
    return set;
}

static items read_group(reader *r)
{
    if (peek(r, 1) == '*' || (peek(r, 1) == '?' && peek(r, 2) != ':'))
        return failed(r);
    r->at += peek(r, 1) == '?' ? 3 : 1;
    items set = read_alternatives(r);
    if (peek(r, 0) != ')')
        return failed(r);
    r->at++;
    return set;
}

static items read_atom(reader *r)
{
    char byte = peek(r, 0);
    switch (byte) {
    case '(':
        return read_group(r);
    case '[':
        return read_class(r);
    case '\\':
        return read_escape(r);
    case '.':
    case '^':
    case '$':
        return failed(r);
    default:
        return read_literal(r, run_bytes(r));
    }
}

static items read_quantified(reader *r)
{
    items set = read_atom(r);
    char byte = peek(r, 0);
    if (byte == '*' || byte == '+' || byte == '{')
        return failed(r);
    if (byte != '?')
        return set;
    r->at++;
    if (peek(r, 0) == '?' || peek(r, 0) == '+')
        return failed(r);
    return with_empty(r, set);
}

static items read_sequence(reader *r)
{
    items set = one_item(r, (item){0});
    while (has_more(r) && peek(r, 0) != '|' && peek(r, 0) != ')' && !r->is_failed)
        set = followed(r, set, read_quantified(r));
    return set;
}

static items read_alternatives(reader *r)
{
    if (++r->depth > DEPTH_MAX)
        return failed(r);
    items set = read_sequence(r);
    size_t cap = set.n;
    while (!r->is_failed && peek(r, 0) == '|') {
        r->at++;
        items more = read_sequence(r);
        if (set.n + more.n > LITERALS_MAX)
            return failed(r);
        if (set.n + more.n > cap) {
            cap = 2 * (set.n + more.n);
            items both = items_of(r, cap);
            memcpy(both.p, set.p, set.n * sizeof *set.p);
            set.p = both.p;
        }
        memcpy(set.p + set.n, more.p, more.n * sizeof *more.p);
        set.n += more.n;
    }
    r->depth--;
    return set;
}

typedef struct ordered {
    okb_span text;
    size_t order;
} ordered;

static int by_text(const void *a, const void *b)
{
    const ordered *x = a, *y = b;
    int c = okb_span_cmp(x->text, y->text);
    return c ? c : x->order < y->order ? -1 : x->order > y->order;
}

/* Is `head` a head of text, at a word's end? */
static bool is_head(okb_span head, okb_span text)
{
    return okb_span_starts(text, head) && head.n < text.n &&
           is_word((unsigned char)text.p[head.n - 1]) != is_word((unsigned char)text.p[head.n]);
}

/* Each text once, and without those that the pattern can never come to because an earlier alternative is their head. */
static size_t copy_literals(items set, bool is_whole, okb_arena *scratch, const literal **out)
{
    literal *made = OKB_NEW_N(scratch, literal, set.n);
    ordered *sorted = OKB_NEW_N(scratch, ordered, set.n), *heads = OKB_NEW_N(scratch, ordered, set.n);
    size_t n = 0, n_heads = 0;
    for (size_t i = 0; i < set.n; i++)
        sorted[i] = (ordered){set.p[i].text, i};
    qsort(sorted, set.n, sizeof *sorted, by_text);
    for (size_t i = 0; i < set.n; i++) {
        if (i && okb_span_eq(sorted[i].text, sorted[i - 1].text))
            continue;
        while (n_heads && !okb_span_starts(sorted[i].text, heads[n_heads - 1].text))
            n_heads--;
        bool is_idle = false;
        for (size_t k = 0; k < n_heads && is_whole; k++)
            is_idle = is_idle || (heads[k].order < sorted[i].order && is_head(heads[k].text, sorted[i].text));
        heads[n_heads++] = sorted[i];
        if (!is_idle)
            made[n++] = (literal){sorted[i].text, is_whole};
    }
    *out = made;
    return n;
}

void okb_literals_of(okb_span pattern, okb_arena *scratch, literals *out)
{
    reader r = {.pattern = pattern, .scratch = scratch};
    *out = (literals){0};
    items set = read_alternatives(&r);
    if (r.is_failed || has_more(&r) || set.n == 0)
        return;
    bool is_whole = true;
    for (size_t i = 0; i < set.n; i++) {
        if (!set.p[i].text.n)
            return;
        is_whole = is_whole && set.p[i].has_start && set.p[i].has_end;
    }
    out->n = copy_literals(set, is_whole, scratch, &out->items);
}
