/* Several key results in one cell: lines with bullets or numbers, or `KR1: ... KR2: ...` running on. */
#include "draft.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of `KR1:`, `KR 2.`, `Key Result 3 -`, `KR1.2)` at the start; 0 where there is none. */
static size_t result_mark(reading *r, okb_span s)
{
    size_t at = 0;
    while (at < s.n && is_letter(s.p[at]))
        at++;
    okb_span head = okb_span_sub(s, 0, at);
    if (at + 7 <= s.n && s.p[at] == ' ' && is_letter(s.p[at + 1])) { /* two words */
        size_t more = at + 1;
        while (more < s.n && is_letter(s.p[more]))
            more++;
        if (okb_words_find(r->n->words, W_TITLE_KIND, okb_span_sub(s, 0, more))) {
            at = more;
            head = okb_span_sub(s, 0, more);
        }
    }
    const word *kind = head.n && head.n < 16 ? okb_words_find(r->n->words, W_TITLE_KIND, head) : NULL;
    if (!kind || kind->code != (int)OKB_KEY_RESULT)
        return 0;
    if (at < s.n && (s.p[at] == ' ' || s.p[at] == '-' || s.p[at] == '#'))
        at++;
    size_t digits = at;
    while (at < s.n && (is_digit(s.p[at]) || (s.p[at] == '.' && at > digits && at + 1 < s.n && is_digit(s.p[at + 1]))))
        at++;
    if (at == digits || at >= s.n)
        return 0;
    size_t marks = at;
    while (at < s.n && (s.p[at] == ':' || s.p[at] == '.' || s.p[at] == ')' || s.p[at] == '-' || s.p[at] == ' '))
        at++;
    return at > marks ? at : 0;
}

/* Bytes of a bullet or a number at a line's start. */
static size_t bullet(okb_span s)
{
    static const char *const bullets[] = {"- ",           "* ",           "\xE2\x80\xA2", "\xE2\x80\x93 ",
                                          "\xE2\x97\x8F", "\xE2\x97\xA6", "\xC2\xB7"};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (okb_span_starts(s, okb_span_of(bullets[i])))
            return okb_span_of(bullets[i]).n;
    size_t at = 0;
    while (at < s.n && at < 3 && is_digit(s.p[at]))
        at++;
    if (at && at + 1 < s.n && (s.p[at] == '.' || s.p[at] == ')') && s.p[at + 1] == ' ')
        return at + 2;
    return 0;
}

/* Cuts at each mark inside running text. The text before the first mark comes first, where there is any. */
static size_t split_running(reading *r, okb_span text, okb_span *out, size_t most, bool *has_head)
{
    size_t n = 0, from = 0, n_marks = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (i > 0 && (is_letter(text.p[i - 1]) || is_digit(text.p[i - 1])))
            continue;
        size_t mark = is_letter(text.p[i]) ? result_mark(r, okb_span_sub(text, i, text.n)) : 0;
        if (!mark)
            continue;
        okb_span before = okb_span_trim(okb_span_sub(text, from, i));
        while (before.n &&
               (before.p[before.n - 1] == ';' || before.p[before.n - 1] == ',' || before.p[before.n - 1] == '-'))
            before = okb_span_trim(okb_span_sub(before, 0, before.n - 1));
        if (n_marks == 0)
            *has_head = before.n > 0;
        if (before.n && n < most)
            out[n++] = before;
        n_marks++;
        from = i + mark;
        i = from - 1;
    }
    okb_span rest = okb_span_trim(okb_span_sub(text, from, text.n));
    if (rest.n && n < most)
        out[n++] = rest;
    return n_marks >= 2 ? n : 0;
}

size_t okb_split_results(reading *r, const column *col, okb_span text, okb_span *out, size_t most)
{
    size_t n = 0, n_marked = 0, n_lines = 0;
    okb_span rest = text;
    while (rest.n) {
        okb_span line = okb_span_trim(okb_span_cut(&rest, '\n'));
        if (line.n == 0)
            continue;
        n_lines++;
        size_t mark = bullet(line);
        if (!mark)
            mark = result_mark(r, line);
        n_marked += mark > 0;
        if (n < most)
            out[n++] = okb_span_trim(okb_span_sub(line, mark, line.n));
    }
    bool is_plural = col && okb_span_eq(col->as, OKB_S("several"));
    if (n_lines >= 2 && (n_marked == n_lines || (is_plural && n_marked == 0)))
        return n;
    if (n_lines >= 2 && n_marked >= 2 && result_mark(r, out[0]) == 0)
        return 1;
    bool has_head = false;
    n = split_running(r, text, out, most, &has_head);
    return n && !has_head ? n : 1;
}

size_t okb_split_statement(reading *r, okb_span text, okb_span *out, size_t most)
{
    if (text.n < 12)
        return 1;
    bool has_head = false;
    size_t n = split_running(r, text, out, most, &has_head);
    if (n < 2 || !has_head)
        return 1;
    /* `Objective: ...` */
    okb_span tail = out[0], head = okb_span_cut(&tail, ':');
    const word *kind = tail.n ? okb_words_find(r->n->words, W_TITLE_KIND, okb_span_trim(head)) : NULL;
    if (kind && kind->code == (int)OKB_OBJECTIVE)
        out[0] = okb_span_trim(tail);
    return n;
}
