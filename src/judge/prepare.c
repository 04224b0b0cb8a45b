/*
 * Makes a statement ready for the rules: plain quotes, dashes and blanks, a lower-case copy, and without what stands around the
 * sentence: bullets, labels, status notes. Remembers where each byte came from, so that evidence shows the statement's own words.
 */
#include <stdlib.h>
#include <string.h>

#include "room.h"

static void reserve(prepared *p, size_t n)
{
    if (p->cap >= n + 1)
        return;
    p->cap = n + 256;
    p->text = realloc(p->text, p->cap);
    p->folded = realloc(p->folded, p->cap);
    p->origin = realloc(p->origin, p->cap * sizeof *p->origin);
    if (!p->text || !p->folded || !p->origin)
        __builtin_trap();
}

static char folded_byte(char before, char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte + 32);
    unsigned char b = (unsigned char)byte;
    if ((unsigned char)before == 0xC3 && b >= 0x80 && b <= 0x9E && b != 0x97)
        return (char)(b + 0x20);
    return byte;
}

static void put(prepared *p, const char *bytes, size_t n, size_t from)
{
    for (size_t i = 0; i < n; i++) {
        p->text[p->n] = bytes[i];
        p->folded[p->n] = folded_byte(p->n ? p->text[p->n - 1] : ' ', bytes[i]);
        p->origin[p->n++] = (uint16_t)(from + i);
    }
}

/* Arrows to the right: U+2192 and its neighbours, the dingbats, the long ones, and the double ones that sheets write as "=>". */
static const char *arrow_of(const unsigned char *at)
{
    bool is_plain = (at[1] == 0x86 && (at[2] == 0x92 || at[2] == 0x97 || at[2] == 0x98 || at[2] == 0xA6)) ||
                    (at[1] == 0x87 && at[2] == 0xA8) || (at[1] == 0x9F && (at[2] == 0xB6 || at[2] == 0xBC)) ||
                    (at[1] == 0x9E && (at[2] == 0x94 || (at[2] >= 0x98 && at[2] <= 0xBE)));
    bool is_double = (at[1] == 0x87 && at[2] == 0x92) || (at[1] == 0x9F && at[2] == 0xB9);
    return is_plain ? "->" : is_double ? "=>" : NULL;
}

/* What a character of three bytes that begins with E2 is read as; NULL: as it is. */
static const char *plain_of(const unsigned char *at)
{
    if (at[1] == 0x80) {
        if (at[2] == 0x98 || at[2] == 0x99 || at[2] == 0xB2)
            return "'";
        if (at[2] == 0x9C || at[2] == 0x9D || at[2] == 0x9E || at[2] == 0xB3)
            return "\"";
        if (at[2] >= 0x90 && at[2] <= 0x93)
            return "-";
        if (at[2] == 0x94 || at[2] == 0x95)
            return "-";
        if (at[2] == 0xAF || at[2] == 0x89 || at[2] == 0x82 || at[2] == 0x83)
            return " ";
        if (at[2] == 0xA2)
            return "*";
        if (at[2] == 0xA6)
            return "...";
        if (at[2] == 0x8B || at[2] == 0x8D)
            return "";
    }
    if (at[1] == 0x88 && at[2] == 0x92)
        return "-";
    if (at[1] == 0x89 && at[2] == 0x88)
        return "~";
    if (at[1] == 0x89 && at[2] == 0xA4)
        return "<=";
    if (at[1] == 0x89 && at[2] == 0xA5)
        return ">=";
    return arrow_of(at);
}

static void make_plain(prepared *p)
{
    const unsigned char *at = (const unsigned char *)p->raw.p;
    size_t n = p->raw.n;
    bool was_blank = true;
    for (size_t i = 0; i < n;) {
        unsigned char byte = at[i];
        if (byte > ' ' && byte < 0x7F) {
            p->text[p->n] = (char)byte;
            p->folded[p->n] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            p->origin[p->n++] = (uint16_t)i++;
            was_blank = false;
            continue;
        }
        size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        size = i + size > n ? n - i : size;
        const char *plain = NULL;
        if (byte <= ' ' || byte == 0x7F || (byte == 0xC2 && size == 2 && at[i + 1] == 0xA0))
            plain = " ";
        else if (byte == 0xC3 && size == 2 && at[i + 1] == 0x97)
            plain = "x";
        else if (byte == 0xC2 && size == 2 && (at[i + 1] == 0xAB || at[i + 1] == 0xBB))
            plain = "\"";
        else if (byte == 0xE2 && size == 3)
            plain = plain_of(at + i);
        if (plain && plain[0] == ' ') {
            if (!was_blank)
                put(p, " ", 1, i);
            was_blank = true;
        } else {
            if (plain)
                for (const char *c = plain; *c; c++)
                    put(p, c, 1, i);
            else
                put(p, p->raw.p + i, size, i);
            p->is_ascii = p->is_ascii && plain;
            was_blank = false;
        }
        i += size;
    }
    while (p->n && p->text[p->n - 1] == ' ')
        p->n--;
}

static void terminate(prepared *p)
{
    p->text[p->n] = p->folded[p->n] = '\0';
    p->origin[p->n] = (uint16_t)(p->n ? p->origin[p->n - 1] + 1 : 0);
}

static size_t drop_front(prepared *p, size_t n)
{
    while (n < p->n && p->text[n] == ' ')
        n++;
    memmove(p->text, p->text + n, p->n - n);
    memmove(p->folded, p->folded + n, p->n - n);
    memmove(p->origin, p->origin + n, (p->n - n) * sizeof *p->origin);
    p->n -= n;
    terminate(p);
    return n;
}

static void start(scan *s, okb_span statement)
{
    prepared *p = &s->text;
    size_t limit = s->judge->text_bytes;
    statement = okb_span_trim(statement);
    p->is_cut = statement.n > limit;
    if (p->is_cut) {
        statement.n = limit;
        while (statement.n && ((unsigned char)statement.p[statement.n] & 0xC0) == 0x80)
            statement.n--;
    }
    p->raw = statement;
    p->is_ascii = true;
    p->n = p->head = 0;
    p->label = OKB_KIND_NONE;
    p->label_rule = p->person_rule = OKB_NONE;
    p->person = SIG_NONE;
    /* Only "..." for one character of three bytes keeps its length; nothing grows. */
    reserve(p, statement.n);
    make_plain(p);
    terminate(p);
    s->undecided[0] = s->undecided[1] = 0;
}

static bool try_rule(scan *s, uint16_t rule_ix, size_t at, match *out)
{
    rule *r = &s->judge->rules[rule_ix];
    const prepared *p = &s->text;
    char why[8];
    regex *re = at < p->n ? okb_rule_regex(s->judge, r, p->is_ascii, why, sizeof why) : NULL;
    if (!re)
        return false;
    found result = okb_regex_find(s->judge->engine, re, (okb_span){p->text, p->n}, at, out);
    if (result == FOUND_UNDECIDED)
        s->undecided[r->signal >> 6] |= (uint64_t)1 << (r->signal & 63);
    return result == FOUND_HIT && out->end > out->start;
}

static int by_rule(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

/* The rules that may match at `at`, in the order of the table. */
static size_t candidates_at(scan *s, sketches *of, size_t at)
{
    uint16_t *found_in = s->grammar->candidates;
    size_t n = okb_sketches_walk(of, (okb_span){s->text.text, s->text.n}, at, found_in);
    if (n > 1)
        qsort(found_in, n, sizeof *found_in, by_rule);
    return n;
}

static okb_kind label_kind(sig signal)
{
    switch ((int)signal) {
    case SIG_LABEL_KEY_RESULT:
        return OKB_KEY_RESULT;
    case SIG_LABEL_OBJECTIVE:
        return OKB_OBJECTIVE;
    case SIG_LABEL_GOAL:
        return OKB_GOAL;
    default:
        return OKB_INITIATIVE;
    }
}

static void drop_notes(scan *s)
{
    prepared *p = &s->text;
    uint16_t *found_in = s->grammar->candidates;
    match m;
    size_t n =
        okb_sketches_walk_each(s->grammar->notes, (okb_span){p->text, p->n}, s->starts.items, s->starts.n, found_in);
    if (n > 1)
        qsort(found_in, n, sizeof *found_in, by_rule);
    for (size_t i = 0; i < n; i++)
        if (try_rule(s, found_in[i], 0, &m) && m.start > 0) {
            p->n = m.start;
            while (p->n && p->text[p->n - 1] == ' ')
                p->n--;
            terminate(p);
        }
}

/* Returns how many rules of the head may match what is left, in grammar->candidates. */
static size_t strip_ends(scan *s)
{
    prepared *p = &s->text;
    const grammar *g = s->grammar;
    match m;
    size_t n = 0;
    drop_notes(s);
    /* Each round drops at least a byte; the labels of real statements are two or three deep. */
    bool is_again = true;
    while (is_again) {
        is_again = false;
        n = candidates_at(s, g->heads, 0);
        for (size_t i = 0; i < n && !is_again; i++) {
            sig signal = s->judge->rules[g->candidates[i]].signal;
            if (signal > SIG_LABEL_TASK || !try_rule(s, g->candidates[i], 0, &m) || m.end >= p->n)
                continue;
            if (signal != SIG_DECORATION && p->label == OKB_KIND_NONE) {
                p->label = label_kind(signal);
                p->label_rule = g->candidates[i];
            }
            okb_scan_shift(s, drop_front(p, m.end));
            is_again = true;
        }
    }
    return n;
}

static void skip_to(prepared *p, size_t to)
{
    while (to < p->n && (p->text[to] == ' ' || p->text[to] == ',' || p->text[to] == ':'))
        to++;
    p->head = to;
}

/* n: rules in grammar->candidates that may match at the head. */
static void find_head(scan *s, size_t n)
{
    prepared *p = &s->text;
    const grammar *g = s->grammar;
    match m;
    for (bool is_again = true; is_again; n = is_again ? candidates_at(s, g->heads, p->head) : 0) {
        is_again = false;
        for (size_t i = 0; i < n && !is_again; i++) {
            sig signal = s->judge->rules[g->candidates[i]].signal;
            if (signal <= SIG_LABEL_TASK || !try_rule(s, g->candidates[i], p->head, &m) || m.end >= p->n)
                continue;
            if ((signal == SIG_FIRST_PERSON || signal == SIG_LEARNER) && p->person == SIG_NONE) {
                p->person = signal;
                p->person_rule = g->candidates[i];
            }
            skip_to(p, m.end);
            is_again = true;
        }
    }
}

void okb_prepare_move_head(scan *s, size_t to)
{
    skip_to(&s->text, to);
    find_head(s, candidates_at(s, s->grammar->heads, s->text.head));
}

void okb_prepare_text(scan *s, okb_span statement, okb_span language)
{
    start(s, statement);
    s->grammar = okb_language_of(s->judge, language, (okb_span){s->text.folded, s->text.n});
    okb_scan_locate(s);
    find_head(s, strip_ends(s));
}

void okb_prepare_plain(scan *s, okb_span statement, uint16_t language_ix)
{
    start(s, statement);
    s->grammar = &s->judge->grammars[language_ix];
    okb_scan_locate(s);
}

okb_span okb_prepared_words(const prepared *p, size_t start_, size_t end)
{
    if (start_ >= end || end > p->n)
        return (okb_span){NULL, 0};
    size_t from = p->origin[start_], to = (size_t)p->origin[end - 1] + 1;
    while (to < p->raw.n && ((unsigned char)p->raw.p[to] & 0xC0) == 0x80)
        to++;
    return okb_span_sub(p->raw, from, to);
}
