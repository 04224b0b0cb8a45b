/*
 * The ignore cell: `KR010 OBJ011 agreed with the sponsor until 2026-12-31`. Codes first, then the reason, then, where it is
 * not for good, the last day.
 */
#include "room.h"

#include <string.h>

static bool is_separator(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '/' || c == '+' || c == '&' || c == '|' || c == '\n' || c == '\t';
}

static bool is_code_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Three letters or two and a digit: what looks like a code, known or not. */
static bool looks_like_code(okb_span word)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < word.n; i++) {
        bool is_digit = word.p[i] >= '0' && word.p[i] <= '9';
        letters += !is_digit;
        digits += is_digit;
    }
    return word.n >= 4 && word.n <= 8 && letters >= 2 && digits >= 1 && word.p[0] >= 'A';
}

static okb_span upper(okb_arena *scratch, okb_span word)
{
    char *copy = okb_arena_alloc(scratch, word.n + 1, 1);
    for (size_t i = 0; i < word.n; i++)
        copy[i] = word.p[i] >= 'a' && word.p[i] <= 'z' ? (char)(word.p[i] - 32) : word.p[i];
    return (okb_span){copy, word.n};
}

/* The bytes of the list of codes at the head of the cell. */
static size_t codes_end(okb_span cell)
{
    size_t end = 0;
    for (size_t at = 0; at < cell.n;) {
        while (at < cell.n && is_separator(cell.p[at]))
            at++;
        size_t from = at;
        while (at < cell.n && is_code_byte(cell.p[at]))
            at++;
        if (!looks_like_code(okb_span_sub(cell, from, at)))
            break;
        end = at;
    }
    return end;
}

static okb_day read_date(okb_span text, okb_arena *scratch)
{
    double part[3];
    okb_span rest = text;
    for (int i = 0; i < 3; i++) {
        okb_span digits = i < 2 ? okb_span_cut(&rest, '-') : okb_span_sub(rest, 0, rest.n < 2 ? rest.n : 2);
        if (digits.n == 0 || digits.n > 4 || okb_number_scan(digits, '.', &part[i]) != digits.n)
            break;
        if (i == 2)
            return okb_day_of((int)part[0], (int)part[1], (int)part[2]);
    }
    /* `until 2026-Q4`, `until September 2026`: its last day. */
    okb_cycle cycle;
    size_t end = 0;
    while (end < text.n && !strchr(".;,)", text.p[end]))
        end++;
    if (okb_cycle_parse(okb_span_sub(text, 0, end), 1, scratch, &cycle))
        return cycle.due;
    return OKB_DAY_NONE;
}

silence okb_silence_read(okb_span cell, okb_arena *scratch)
{
    cell = okb_span_trim(cell);
    size_t end = codes_end(cell);
    okb_span reason = okb_span_sub(cell, end, cell.n);
    silence s = {.codes = upper(scratch, okb_span_sub(cell, 0, end)), .until = OKB_DAY_NONE};
    while (reason.n && (is_separator(reason.p[0]) || strchr(":=-(", reason.p[0])))
        reason = okb_span_sub(reason, 1, reason.n);
    for (size_t i = 0; i + 6 <= reason.n; i++) {
        okb_span tail = okb_span_sub(reason, i, reason.n);
        bool is_word = i == 0 || is_separator(reason.p[i - 1]) || reason.p[i - 1] == '(';
        if (!is_word || !is_separator(tail.p[5]) || !okb_text_same(okb_span_sub(tail, 0, 5), OKB_S("until")))
            continue;
        s.until = read_date(okb_span_trim(okb_span_sub(tail, 5, tail.n)), scratch);
        s.has_until = s.until != OKB_DAY_NONE;
    }
    s.reason = okb_span_trim(reason);
    return s;
}

okb_span okb_silence_next(okb_span *codes)
{
    size_t from = 0;
    while (from < codes->n && !is_code_byte(codes->p[from]))
        from++;
    size_t end = from;
    while (end < codes->n && is_code_byte(codes->p[end]))
        end++;
    okb_span code = okb_span_sub(*codes, from, end);
    *codes = okb_span_sub(*codes, end, codes->n);
    return code;
}

bool okb_silence_is_over(const review_run *run, const silence *s)
{
    return s->has_until && s->until < run->plan->as_of;
}

bool okb_silence_names(const silence *s, okb_span code)
{
    okb_span codes = s->codes;
    for (okb_span next = okb_silence_next(&codes); next.n; next = okb_silence_next(&codes))
        if (okb_span_eq(next, code))
            return true;
    return false;
}

static bool has_reason(const silence *s)
{
    return s->reason.n && !(s->has_until && okb_text_same(okb_span_sub(s->reason, 0, 5), OKB_S("until")));
}

static void report(review_run *run, finding_code code, uint32_t goal_ix, okb_span words, okb_day date)
{
    draft d = okb_draft_goal(run, code, goal_ix);
    d.slots[SLOT_words] = words;
    d.slots[SLOT_date] = okb_slot_day(run, date);
    d.evidence = goal_at(run, goal_ix)->ignore;
    okb_draft_emit(run, &d);
}

static void check_cell(review_run *run, uint32_t goal_ix)
{
    const okb_span none = {NULL, 0};
    silence s = okb_silence_read(goal_at(run, goal_ix)->ignore, &run->scratch);
    if (s.codes.n == 0) {
        report(run, C_DAT051, goal_ix, none, OKB_DAY_NONE);
        return;
    }
    if (okb_silence_is_over(run, &s)) {
        report(run, C_DAT052, goal_ix, none, s.until + 1);
        return;
    }
    if (!has_reason(&s))
        report(run, C_DAT053, goal_ix, none, OKB_DAY_NONE);
    okb_span codes = s.codes;
    for (okb_span code = okb_silence_next(&codes); code.n; code = okb_silence_next(&codes))
        if (okb_map_get(run->silenced, okb_review_printf(run, "%u %.*s", goal_ix, OKB_FMT(code))) == OKB_NONE)
            report(run, C_DAT054, goal_ix, code, OKB_DAY_NONE);
}

void okb_review_silences(review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_goals; i++)
        if (is_reported(run, i) && okb_span_trim(goal_at(run, i)->ignore).n)
            check_cell(run, i);
}
