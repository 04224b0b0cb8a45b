/*
 * Reads a pattern far enough to list the literals that each match must begin with: `\b(?:launch|ship)(?:es|ing)?\b` gives
 * launches, launching, launch, shipes, shiping, ship. What it does not follow (classes of many bytes, repeats, lookarounds)
 * only makes the list looser, never wrong: the pattern itself decides where it is run.
 */
#include <stdlib.h>
#include <string.h>

#include "room.h"

typedef struct item {
    okb_span text;
    bool is_cut;    /* the match goes on in a way that is not followed */
    bool is_loose;  /* there is a condition beside the text */
    bool has_start; /* begins at a word boundary */
    bool has_end;   /* ends at a word boundary so far */
} item;

typedef struct items {
    item *p;
    size_t n;
    bool needs_digit; /* none without a digit */
} items;

typedef struct reader {
    okb_span pattern;
    size_t at;
    okb_arena *scratch;
    bool is_failed;
    int depth;
} reader;

enum { DEPTH_MAX = 60, CLASS_MAX = 10, PREFIX_BYTES = 12 };

static items read_alternatives(reader *r);

static items items_of(reader *r, size_t n)
{
    return (items){OKB_NEW_N(r->scratch, item, n ? n : 1), n, false};
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

/* Everything in `before` followed by everything in `after`. */
static items followed(reader *r, items before, items after)
{
    size_t n = 0, n_open = 0;
    for (size_t i = 0; i < before.n; i++) {
        /* What is more than enough to find the place is not spelled out, unless it may be a plain word. */
        if (before.p[i].is_loose && before.p[i].text.n >= PREFIX_BYTES)
            before.p[i].is_cut = true;
        n_open += !before.p[i].is_cut;
    }
    if (n_open == 0)
        return before;
    /* Ten times as many literals for each further digit would say little more. */
    if (after.n == 10 && after.needs_digit)
        for (size_t i = 0; i < before.n; i++)
            before.p[i].is_cut = before.p[i].is_cut || before.p[i].text.n > 0;
    for (size_t i = 0; i < before.n; i++)
        n += before.p[i].is_cut ? 1 : after.n;
    if (n > LITERALS_MAX) {
        for (size_t i = 0; i < before.n; i++)
            before.p[i].is_cut = true;
        return before;
    }
    items set = items_of(r, n);
    size_t at = 0;
    for (size_t i = 0; i < before.n; i++) {
        const item *a = &before.p[i];
        if (a->is_cut) {
            set.p[at++] = *a;
            continue;
        }
        for (size_t k = 0; k < after.n; k++) {
            const item *b = &after.p[k];
            item *made = &set.p[at++];
            made->text = joined(r, a->text, b->text);
            made->is_cut = b->is_cut || made->text.n > LITERAL_MAX_BYTES;
            made->is_loose = a->is_loose || b->is_loose || (a->text.n && a->has_end && b->text.n) ||
                             (a->text.n && b->has_start && b->text.n);
            made->has_start = a->text.n ? a->has_start : a->has_start || a->has_end || b->has_start;
            made->has_end = b->text.n ? b->has_end : a->has_end || b->has_end;
        }
    }
    return set;
}

static items all_cut(items set)
{
    for (size_t i = 0; i < set.n; i++)
        set.p[i].is_cut = true;
    return set;
}

static items with_empty(reader *r, items set)
{
    items more = items_of(r, set.n + 1);
    memcpy(more.p, set.p, set.n * sizeof *set.p);
    more.p[set.n] = (item){0};
    return more; /* needs no digit */
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
    if (kind == 'd') {
        items digits = items_of(r, 10);
        for (size_t i = 0; i < 10; i++)
            digits.p[i].text = (okb_span){&"0123456789"[i], 1};
        digits.needs_digit = true;
        r->at += 2;
        return digits;
    }
    if (kind == '\0' || is_word((unsigned char)kind)) {
        r->at += kind ? 2 : 1;
        if ((kind == 'p' || kind == 'P') && peek(r, 0) == '{')
            while (has_more(r) && r->pattern.p[r->at++] != '}') {
            }
        return one_item(r, (item){.is_cut = true});
    }
    r->at += 1;
    return read_literal(r, char_bytes(r));
}

static items read_class(reader *r)
{
    items set = items_of(r, 0);
    r->at++;
    bool is_small = peek(r, 0) != '^';
    item members[CLASS_MAX];
    size_t n = 0;
    bool is_first = true;
    while (has_more(r) && (is_first || peek(r, 0) != ']')) {
        is_first = false;
        char byte = peek(r, 0);
        if (byte == '\\') {
            if (is_word((unsigned char)peek(r, 1)))
                is_small = false;
            r->at += is_small ? 1 : 2;
            if (!is_small)
                continue;
        } else if (byte == '[' && peek(r, 1) == ':') {
            is_small = false;
        }
        if (!is_small || n + 1 >= CLASS_MAX) {
            is_small = false;
            r->at += char_bytes(r);
            continue;
        }
        if (peek(r, 1) == '-' && peek(r, 2) != ']' && peek(r, 2) != '\0') {
            char low = peek(r, 0), high = peek(r, 2);
            if (high < low || (size_t)(high - low) + n >= CLASS_MAX || (unsigned char)high >= 0x80) {
                is_small = false;
                r->at += 3;
                continue;
            }
            for (char c = low; c <= high; c++) {
                char *p = okb_arena_alloc(r->scratch, 1, 1);
                *p = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
                members[n++] = (item){.text = {p, 1}};
            }
            r->at += 3;
            continue;
        }
        members[n++] = read_literal(r, char_bytes(r)).p[0];
    }
    if (has_more(r))
        r->at++;
    else
        r->is_failed = true;
    if (!is_small || n == 0)
        return one_item(r, (item){.is_cut = true});
    set = items_of(r, n);
    memcpy(set.p, members, n * sizeof *members);
    set.needs_digit = true;
    for (size_t i = 0; i < n; i++)
        set.needs_digit = set.needs_digit && members[i].text.p[0] >= '0' && members[i].text.p[0] <= '9';
    return set;
}

static void skip_group(reader *r)
{
    int depth = 1;
    while (has_more(r) && depth) {
        char byte = r->pattern.p[r->at++];
        if (byte == '\\') {
            r->at++;
        } else if (byte == '[') {
            r->at--;
            read_class(r);
        } else {
            depth += byte == '(' ? 1 : byte == ')' ? -1 : 0;
        }
    }
}

static items read_group(reader *r)
{
    okb_span rest = okb_span_sub(r->pattern, r->at, r->pattern.n);
    bool is_loose = false;
    if (okb_span_starts(rest, OKB_S("(?:"))) {
        r->at += 3;
    } else if (okb_span_starts(rest, OKB_S("(?-i:"))) {
        r->at += 5;
        is_loose = true;
    } else if (okb_span_starts(rest, OKB_S("(?=")) || okb_span_starts(rest, OKB_S("(?!"))) {
        r->at += 3;
        skip_group(r);
        return one_item(r, (item){.is_loose = true});
    } else if (okb_span_starts(rest, OKB_S("(?<=")) || okb_span_starts(rest, OKB_S("(?<!"))) {
        /* Not behind a word byte is as good as a word boundary for finding the place; behind a letter, figures are found. */
        bool has_start = okb_span_starts(rest, OKB_S("(?<![\\w")) || okb_span_starts(rest, OKB_S("(?<=[A-Za-z"));
        r->at += 4;
        skip_group(r);
        return one_item(r, (item){.is_loose = true, .has_start = has_start});
    } else if (okb_span_starts(rest, OKB_S("(?<"))) {
        size_t end = okb_span_find(rest, OKB_S(">"));
        if (end == SIZE_MAX) {
            r->is_failed = true;
            return items_of(r, 0);
        }
        r->at += end + 1;
    } else if (okb_span_starts(rest, OKB_S("(?")) || okb_span_starts(rest, OKB_S("(*"))) {
        r->is_failed = true;
        return items_of(r, 0);
    } else {
        r->at += 1;
    }
    items set = read_alternatives(r);
    if (peek(r, 0) != ')')
        r->is_failed = true;
    r->at++;
    for (size_t i = 0; is_loose && i < set.n; i++)
        set.p[i].is_loose = true;
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
        r->at++;
        return one_item(r, (item){.is_cut = true});
    case '^':
        r->at++;
        return one_item(r, (item){.is_loose = true, .has_start = true});
    case '$':
        r->at++;
        return one_item(r, (item){.is_loose = true});
    default:
        return read_literal(r, run_bytes(r));
    }
}

static items read_quantified(reader *r)
{
    items set = read_atom(r);
    char byte = peek(r, 0);
    if (byte == '?') {
        r->at++;
        set = with_empty(r, set);
    } else if (byte == '*' || byte == '+') {
        r->at++;
        set = byte == '*' ? with_empty(r, all_cut(set)) : all_cut(set);
    } else if (byte == '{' && peek(r, 1) >= '0' && peek(r, 1) <= '9') {
        bool may_be_none = peek(r, 1) == '0';
        while (has_more(r) && r->pattern.p[r->at++] != '}') {
        }
        set = may_be_none ? with_empty(r, all_cut(set)) : all_cut(set);
    } else {
        return set;
    }
    if (peek(r, 0) == '?' || peek(r, 0) == '+')
        r->at++;
    return set;
}

static items read_sequence(reader *r)
{
    items set = one_item(r, (item){0});
    bool needs_digit = false;
    while (has_more(r) && peek(r, 0) != '|' && peek(r, 0) != ')' && !r->is_failed) {
        items next = read_quantified(r);
        needs_digit = needs_digit || next.needs_digit;
        set = followed(r, set, next);
    }
    set.needs_digit = needs_digit;
    return set;
}

static items read_alternatives(reader *r)
{
    if (++r->depth > DEPTH_MAX)
        r->is_failed = true;
    items set = read_sequence(r);
    while (!r->is_failed && peek(r, 0) == '|') {
        r->at++;
        items more = read_sequence(r), both = items_of(r, set.n + more.n);
        memcpy(both.p, set.p, set.n * sizeof *set.p);
        memcpy(both.p + set.n, more.p, more.n * sizeof *more.p);
        both.needs_digit = set.needs_digit && more.needs_digit;
        set = both;
        if (set.n > LITERALS_MAX)
            r->is_failed = true;
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

/* Is `head` a head of text, at a word's end if need be? */
static bool is_head(okb_span head, okb_span text, bool at_word_end)
{
    if (!okb_span_starts(text, head) || head.n == text.n)
        return false;
    return !at_word_end || is_word((unsigned char)text.p[head.n - 1]) != is_word((unsigned char)text.p[head.n]);
}

/*
 * Whole literals as they are, but without those that the pattern can never come to because an earlier alternative is their head. If
 * one literal is not whole, the pattern must decide: then only as much of each as finds the place.
 */
static size_t copy_literals(items set, okb_arena *scratch, const literal **out)
{
    literal *made = OKB_NEW_N(scratch, literal, set.n ? set.n : 1);
    ordered *sorted = OKB_NEW_N(scratch, ordered, set.n ? set.n : 1),
            *heads = OKB_NEW_N(scratch, ordered, set.n ? set.n : 1);
    bool is_whole = true;
    size_t n = 0, n_heads = 0;
    for (size_t i = 0; i < set.n; i++) {
        const item *it = &set.p[i];
        is_whole =
            is_whole && !it->is_cut && !it->is_loose && it->has_start && it->has_end && it->text.n <= LITERAL_MAX_BYTES;
    }
    for (size_t i = 0; i < set.n; i++)
        sorted[i] = (ordered){okb_span_sub(set.p[i].text, 0, is_whole ? LITERAL_MAX_BYTES : PREFIX_BYTES), i};
    if (set.n)
        qsort(sorted, set.n, sizeof *sorted, by_text);
    for (size_t i = 0; i < set.n; i++) {
        if (i && okb_span_eq(sorted[i].text, sorted[i - 1].text))
            continue;
        while (n_heads && !okb_span_starts(sorted[i].text, heads[n_heads - 1].text))
            n_heads--;
        bool is_idle = false;
        for (size_t k = 0; k < n_heads; k++)
            is_idle = is_idle || (is_head(heads[k].text, sorted[i].text, is_whole) &&
                                  (!is_whole || heads[k].order < sorted[i].order));
        heads[n_heads++] = sorted[i];
        if (!is_idle)
            made[n++] = (literal){sorted[i].text, is_whole};
    }
    *out = made;
    return n;
}

void okb_literals_of(okb_span pattern, bool is_anchored, okb_arena *scratch, literals *out)
{
    reader r = {.pattern = pattern, .scratch = scratch};
    *out = (literals){0};
    items set = read_alternatives(&r);
    if (r.is_failed || has_more(&r) || set.n == 0)
        return;
    for (size_t i = 0; i < set.n; i++) {
        const item *it = &set.p[i];
        if (!it->text.n)
            return;
        /* A match that may begin inside a word cannot be located by word starts. */
        if (is_word((unsigned char)it->text.p[0]) && (unsigned char)it->text.p[0] < 0x80 && !it->has_start &&
            !is_anchored)
            return;
    }
    out->n = copy_literals(set, scratch, &out->items);
}
