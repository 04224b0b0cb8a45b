/* What one header cell means: by its profile, by alias, by its number, and by what its words leave when their frame is taken off. */
#include "shape.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* `kr 2 target` -> `kr # target`, and the first number. */
static okb_span number_pattern(okb_arena *scratch, okb_span folded, uint32_t *first_number, size_t *n_numbers)
{
    char *out = okb_arena_alloc(scratch, folded.n + 1, 1);
    size_t n = 0;
    *n_numbers = 0;
    for (size_t i = 0; i < folded.n;) {
        if (!is_digit(folded.p[i])) {
            out[n++] = folded.p[i++];
            continue;
        }
        uint32_t value = 0;
        size_t digits = 0;
        while (i < folded.n && is_digit(folded.p[i])) {
            if (digits++ < 6)
                value = value * 10 + (uint32_t)(folded.p[i] - '0');
            i++;
        }
        if ((*n_numbers)++ == 0)
            *first_number = value;
        out[n++] = '#';
    }
    return (okb_span){out, n};
}

/* `kr # current value`, `current value kr #`: the group's head and a field of its own. */
static const column_rule *group_rule(reading *r, okb_span profile, okb_file_kind kind, okb_span pattern)
{
    size_t mark = okb_span_find(pattern, OKB_S("#"));
    if (mark == SIZE_MAX)
        return NULL;
    okb_span head = okb_span_sub(pattern, 0, mark + 1),
             rest = okb_span_trim(okb_span_sub(pattern, mark + 1, pattern.n));
    const column_rule *group = okb_profiles_rule(r->n->profiles, profile, kind, head);
    if (group && group->parts[0] == PART_NUMBERED && rest.n)
        return okb_profiles_rule(r->n->profiles, profile, kind, rest);
    if (mark + 1 != pattern.n)
        return NULL;
    for (size_t at = 1; at < pattern.n; at++) { /* the head stands behind */
        if (pattern.p[at - 1] != ' ')
            continue;
        group = okb_profiles_rule(r->n->profiles, profile, kind, okb_span_sub(pattern, at, pattern.n));
        if (group && group->parts[0] == PART_NUMBERED)
            return okb_profiles_rule(r->n->profiles, profile, kind, okb_span_trim(okb_span_sub(pattern, 0, at)));
    }
    return NULL;
}

static const column_rule *wrapped_rule(reading *r, okb_span profile, okb_file_kind kind, okb_span folded)
{
    const okb_span *wrappers;
    size_t n = okb_profiles_wrappers(r->n->profiles, &wrappers);
    for (size_t i = 0; i < n; i++) {
        size_t star = okb_span_find(wrappers[i], OKB_S("*"));
        okb_span head = okb_span_sub(wrappers[i], 0, star), tail = okb_span_sub(wrappers[i], star + 1, wrappers[i].n);
        if (folded.n > head.n + tail.n && okb_span_starts(folded, head) && okb_span_ends(folded, tail)) {
            const column_rule *rule = okb_profiles_rule(r->n->profiles, profile, kind,
                                                        okb_span_trim(okb_span_sub(folded, head.n, folded.n - tail.n)));
            if (rule)
                return rule;
        }
    }
    return NULL;
}

static scale scale_hint(okb_span inner)
{
    int64_t numbers[2] = {-1, -1};
    int n = 0;
    for (size_t i = 0; i < inner.n;) {
        if (!is_digit(inner.p[i])) {
            if (inner.p[i] == '%')
                return SCALE_PERCENT;
            i++;
            continue;
        }
        int64_t value = 0;
        while (i < inner.n && is_digit(inner.p[i]) && value < 1000)
            value = value * 10 + (inner.p[i++] - '0');
        if (n < 2)
            numbers[n++] = value;
    }
    int64_t top = n == 2 ? numbers[1] : n == 1 ? numbers[0] : -1;
    bool has_low = n == 2 && numbers[0] <= 1;
    if (n == 1 && !okb_span_starts(okb_span_trim(inner), OKB_S("/")))
        return SCALE_PROVE;
    if (n == 2 && !has_low)
        return SCALE_PROVE;
    return top == 1     ? SCALE_FRACTION
           : top == 5   ? SCALE_FIVE
           : top == 10  ? SCALE_TEN
           : top == 100 ? SCALE_PERCENT
                        : SCALE_PROVE;
}

/* `target (k€)`: the brackets go, what they say stays. */
static okb_span without_brackets(reading *r, okb_span folded, okb_span raw, header_hit *hit)
{
    size_t open = okb_span_find(folded, OKB_S("("));
    char close = ')';
    if (open == SIZE_MAX) {
        open = okb_span_find(folded, OKB_S("["));
        close = ']';
    }
    if (open == SIZE_MAX || open == 0)
        return (okb_span){NULL, 0};
    size_t end = open;
    while (end < folded.n && folded.p[end] != close)
        end++;
    okb_span inner = okb_span_trim(okb_span_sub(folded, open + 1, end));
    hit->hint = scale_hint(inner);
    size_t raw_open = okb_span_find(raw, close == ')' ? OKB_S("(") : OKB_S("["));
    if (raw_open != SIZE_MAX) {
        okb_span rest = okb_span_sub(raw, raw_open + 1, raw.n);
        hit->unit = okb_span_trim(okb_span_cut(&rest, close));
        const word *metric = okb_words_find(r->n->words, W_METRIC, hit->unit);
        if (metric) /* "(number)", "(currency)": a product's word for the column's type */
            hit->unit = okb_span_eq(metric->text, OKB_S("milestone")) ? (okb_span){NULL, 0} : metric->text;
    }
    okb_span tail = end < folded.n ? okb_span_sub(folded, end + 1, folded.n) : (okb_span){NULL, 0};
    return okb_span_trim(okb_arena_printf(
        &r->scratch, "%.*s %.*s", OKB_FMT(okb_span_trim(okb_span_sub(folded, 0, open))), OKB_FMT(okb_span_trim(tail))));
}

static bool is_noise(reading *r, okb_span token)
{
    if (token.n == 0)
        return true;
    bool only_marks = true, only_figures = true;
    for (size_t i = 0; i < token.n; i++) {
        only_marks = only_marks && !is_letter(token.p[i]) && !is_digit(token.p[i]);
        only_figures = only_figures && (is_digit(token.p[i]) || token.p[i] == '%');
    }
    if (only_marks || (only_figures && token.n > 1))
        return true;
    okb_cycle cycle;
    if (okb_words_find(r->n->words, W_HEADER, token))
        return true;
    return token.n == 2 && strchr("qh", token.p[0]) && is_digit(token.p[1])
               ? true
               : token.n >= 4 && okb_cycle_parse(token, 1, &r->scratch, &cycle);
}

/* Takes noise words off both ends, one at a time, until an alias shows. */
static const column_rule *trimmed_rule(reading *r, okb_span profile, okb_file_kind kind, okb_span folded)
{
    for (int turn = 0; turn < 8 && folded.n; turn++) {
        okb_span rest = folded;
        okb_span first = okb_span_cut(&rest, ' ');
        size_t last_at = folded.n;
        while (last_at > 0 && folded.p[last_at - 1] != ' ')
            last_at--;
        okb_span last = okb_span_sub(folded, last_at, folded.n);
        if (last_at > 0 && is_noise(r, last))
            folded = okb_span_trim(okb_span_sub(folded, 0, last_at));
        else if (rest.n && is_noise(r, first))
            folded = okb_span_trim(rest);
        else
            return NULL;
        const column_rule *rule = okb_profiles_rule(r->n->profiles, profile, kind, folded);
        if (rule)
            return rule;
    }
    return NULL;
}

static const column_rule *split_rule(reading *r, okb_span profile, okb_file_kind kind, okb_span folded)
{
    static const char marks[] = {'/', '|', ',', '\0'};
    for (int i = 0; marks[i]; i++) {
        if (!memchr(folded.n ? folded.p : "", marks[i], folded.n))
            continue;
        okb_span rest = folded;
        while (rest.n) {
            okb_span piece = okb_span_trim(okb_span_cut(&rest, marks[i]));
            const column_rule *rule = piece.n ? okb_profiles_rule(r->n->profiles, profile, kind, piece) : NULL;
            if (rule)
                return rule;
        }
    }
    return NULL;
}

/* A heading that is a week, a month or a day, perhaps with a field's name beside it: `W14`, `Jan 2026`, `Week 3 confidence`. */
static bool wide_heading(reading *r, okb_span profile, okb_file_kind kind, okb_span folded, okb_span raw,
                         header_hit *hit)
{
    words *w = r->n->words;
    okb_span rest = folded;
    size_t letters = 0;
    while (letters < folded.n && is_letter(folded.p[letters]))
        letters++;
    okb_span head = okb_span_sub(folded, 0, letters);
    okb_span trimmed_raw = okb_span_trim(raw);
    okb_cycle cycle;
    bool is_cycle = okb_cycle_parse(trimmed_raw, 1, &r->scratch, &cycle);
    if (is_cycle && cycle.months > 1)
        return false;
    if (okb_date_scan(w, trimmed_raw, &hit->when) && !hit->when.is_plain_number && !hit->when.is_range) {
        bool is_short = hit->when.is_open || hit->when.first == OKB_DAY_NONE || hit->when.last - hit->when.first <= 31;
        hit->is_wide = is_short;
        return is_short;
    }
    if (head.n && okb_words_find(w, W_PERIOD, head)) {
        rest = okb_span_trim(okb_span_sub(folded, letters, folded.n));
        uint32_t week = 0;
        size_t digits = 0;
        while (digits < rest.n && digits < 3 && is_digit(rest.p[digits]))
            week = week * 10 + (uint32_t)(rest.p[digits++] - '0');
        rest = okb_span_trim(okb_span_sub(rest, digits, rest.n));
        if (digits == 0 || digits > 2 || week == 0 || week > 53)
            return false;
        hit->week = week;
        hit->week_is_iso = okb_words_find(w, W_PERIOD, head)->number == 1;
    } else if (head.n && okb_words_find(w, W_MONTH, head)) {
        hit->when =
            (date){.first = OKB_DAY_NONE, .last = OKB_DAY_NONE, .month = (int)okb_words_find(w, W_MONTH, head)->number};
        rest = okb_span_trim(okb_span_sub(folded, letters, folded.n));
    } else {
        return false;
    }
    if (rest.n) {
        hit->rule = okb_profiles_rule(r->n->profiles, profile, kind, rest);
        if (!hit->rule)
            return false;
    }
    hit->is_wide = true;
    return true;
}

header_hit okb_header_read(reading *r, okb_span profile, okb_file_kind kind, okb_span cell)
{
    header_hit hit = {.number = OKB_NONE};
    okb_span folded = okb_text_fold(&r->scratch, cell);
    profiles *p = r->n->profiles;
    if (memchr(folded.n ? folded.p : "", '%', folded.n))
        hit.hint = SCALE_PERCENT;
    hit.rule = okb_profiles_rule(p, profile, kind, folded);
    if (hit.rule || folded.n == 0)
        return hit;
    okb_span bare_cell = okb_without_pictures(&r->scratch, cell);
    if (bare_cell.n && bare_cell.n < cell.n)
        return okb_header_read(r, profile, kind, bare_cell);
    size_t n_numbers;
    okb_span pattern = number_pattern(&r->scratch, folded, &hit.number, &n_numbers);
    if (n_numbers) {
        hit.rule = okb_profiles_rule(p, profile, kind, pattern);
        if (hit.rule && (hit.rule->parts[0] == PART_NUMBERED || hit.rule->parts[0] == PART_TREE))
            return hit;
        hit.rule = group_rule(r, profile, kind, pattern);
        if (hit.rule) {
            hit.is_numbered = true;
            return hit;
        }
        hit.number = OKB_NONE;
    }
    hit.rule = wrapped_rule(r, profile, kind, folded);
    if (hit.rule)
        return hit;
    if (wide_heading(r, profile, kind, folded, cell, &hit))
        return hit;
    okb_span bare = without_brackets(r, folded, cell, &hit);
    if (bare.n) {
        hit.rule = okb_profiles_rule(p, profile, kind, bare);
        if (hit.rule)
            return hit;
        folded = bare;
    }
    hit.rule = split_rule(r, profile, kind, folded);
    if (!hit.rule)
        hit.rule = trimmed_rule(r, profile, kind, folded);
    return hit;
}
