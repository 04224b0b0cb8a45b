/* Cycles as people write them: "3. Quartal 2026", "3Q26", "Jul-Sep 2026", "Q3" alone, and a cycle's name in running text. */
#include "finish.h"

#include <string.h>

enum { MOST_TOKENS = 24, LONGEST_NAME = 64 };

typedef struct token {
    okb_span text;
    bool is_figures;
} token;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t cut_tokens(okb_span text, token *out)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < MOST_TOKENS;) {
        size_t from = i;
        while (i < text.n && is_digit(text.p[i]))
            i++;
        if (i > from) {
            out[n++] = (token){okb_span_sub(text, from, i), true};
            continue;
        }
        while (i < text.n && is_letter(text.p[i]))
            i++;
        if (i > from)
            out[n++] = (token){okb_span_sub(text, from, i), false};
        else
            i++;
    }
    return n;
}

static int figure_of(okb_span digits)
{
    int value = 0;
    for (size_t i = 0; i < digits.n && i < 6; i++)
        value = value * 10 + (digits.p[i] - '0');
    return value;
}

/* What the tokens of a name say together. */
typedef struct reading_of_name {
    int months, which; /* of the part of the year; 0 while none is named */
    int year;          /* 0 while none is named */
    int first_month, last_month;
    bool is_contrary;
} reading_of_name;

static void name_part(reading_of_name *r, int months, int nth)
{
    if (r->months || nth < 1 || nth * months > 12)
        r->is_contrary = true;
    r->months = months;
    r->which = nth;
}

static void name_year(reading_of_name *r, okb_span digits)
{
    int year = figure_of(digits);
    year = digits.n == 2 ? year + 2000 : year;
    if (r->year || (digits.n != 4 && digits.n != 2) || year < 1970 || year > 2199)
        r->is_contrary = true;
    r->year = year;
}

/* The months of a letter or a word beside a number: Q3, 3Q, 3. Quartal, semestre 2. T is a third of a year, but there is no fourth. */
static int months_of(okb_normalizer *n, okb_span letters, int nth)
{
    if (letters.n == 1) {
        char c = letters.p[0];
        return c == 'Q' || c == 'q' ? 3 : c == 'H' || c == 'h' ? 6 : (c == 'T' || c == 't') && nth == 4 ? 3 : 0;
    }
    const word *length = okb_words_find(n->words, W_CYCLE, letters);
    return length && length->number >= 3 && length->number <= 6 ? (int)length->number : 0;
}

/* "3rd", "3er", "3.º": what stands behind an ordinal's figure. */
static bool is_ordinal_end(const token *t)
{
    return !t->is_figures && t->text.n <= 4;
}

/* One token or more from `at` on; returns how many. 0: nothing that belongs to a cycle's name. */
static size_t read_tokens(okb_normalizer *n, const token *t, size_t n_tokens, size_t at, reading_of_name *r)
{
    const token *now = &t[at], *next = at + 1 < n_tokens ? now + 1 : NULL, *third = at + 2 < n_tokens ? now + 2 : NULL;
    if (now->is_figures && now->text.n == 1 && next && !next->is_figures) {
        int nth = figure_of(now->text), months = months_of(n, next->text, nth);
        size_t used = 2;
        if (!months && third && is_ordinal_end(next) && !third->is_figures) {
            months = months_of(n, third->text, nth);
            used = 3;
        }
        if (months) {
            name_part(r, months, nth);
            return used;
        }
    }
    if (now->is_figures) {
        name_year(r, now->text);
        return 1;
    }
    if (next && next->is_figures && next->text.n == 1) {
        int nth = figure_of(next->text), months = months_of(n, now->text, nth);
        if (months) {
            name_part(r, months, nth);
            return 2;
        }
    }
    const word *month = okb_words_find(n->words, W_MONTH, now->text);
    if (month) {
        if (!r->first_month)
            r->first_month = (int)month->number;
        else if (!r->last_month)
            r->last_month = (int)month->number;
        else
            r->is_contrary = true;
        return 1;
    }
    const word *length = okb_words_find(n->words, W_CYCLE, now->text);
    bool is_year = length && length->number == 12;
    bool is_fiscal = okb_text_same(now->text, OKB_S("FY")) || okb_text_same(now->text, OKB_S("GJ"));
    return is_year || is_fiscal || okb_words_find(n->words, W_DATE, now->text) ? 1 : 0;
}

static bool settle_name(reading_of_name *r)
{
    if (r->is_contrary || (r->first_month && !r->last_month))
        return false;
    if (r->first_month) { /* a quarter by its months, or a half year */
        int span = r->last_month - r->first_month + 1;
        if ((span != 3 && span != 6) || (r->first_month - 1) % span)
            return false;
        int nth = (r->first_month - 1) / span + 1;
        if (r->months && (r->months != span || r->which != nth))
            return false;
        r->months = span;
        r->which = nth;
    }
    return r->months != 0;
}

bool okb_cycle_named(okb_normalizer *n, okb_span text, okb_day around, okb_arena *keep, okb_cycle *out)
{
    int first_month = n->lim.cycle_first_month;
    text = okb_span_trim(text);
    if (text.n == 0 || text.n > LONGEST_NAME)
        return false;
    if (okb_cycle_parse(text, first_month, keep, out))
        return true;
    size_t bracket = okb_span_find(text, OKB_S("("));
    if (bracket != SIZE_MAX && bracket > 0)
        text = okb_span_sub(text, 0, bracket);
    token tokens[MOST_TOKENS];
    size_t n_tokens = cut_tokens(text, tokens);
    reading_of_name r = {0};
    for (size_t i = 0; i < n_tokens;) {
        size_t used = read_tokens(n, tokens, n_tokens, i, &r);
        if (used == 0)
            return false;
        i += used;
    }
    if (!settle_name(&r))
        return false;
    if (!r.year) {
        if (around == OKB_DAY_NONE)
            return false;
        okb_cycle year = okb_cycle_of(around, 12, first_month, keep);
        r.year = figure_of(year.name);
    }
    /* Months are the calendar's, whatever the fiscal year begins with. */
    okb_span name = okb_arena_printf(keep, "%d-%c%d", r.year, r.months == 3 ? 'Q' : r.months == 6 ? 'H' : 'T', r.which);
    return okb_cycle_parse(name, r.first_month ? 1 : first_month, keep, out);
}

/* The words of a text that may be a cycle's name, up to `width` of them from `at` on. */
static bool cycle_at(okb_normalizer *n, const token *tokens, size_t at, size_t width, okb_arena *keep, okb_cycle *out)
{
    const token *first = &tokens[at], *last = &tokens[at + width - 1];
    okb_span name = {first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
    /* "12 June 2026" is a day, not the month; "v2 2026" is none at all. */
    bool after_figure = at > 0 && tokens[at - 1].is_figures && tokens[at - 1].text.n <= 2 &&
                        tokens[at - 1].text.p + tokens[at - 1].text.n + 1 >= first->text.p;
    if (name.n < 4 || memchr(name.p, '\n', name.n) || (after_figure && !first->is_figures))
        return false;
    if (!okb_cycle_named(n, name, OKB_DAY_NONE, keep, out))
        return false;
    return width > 1 || (first->is_figures && first->text.n == 4);
}

bool okb_cycle_in_text(okb_normalizer *n, okb_span text, okb_day around, okb_arena *keep, okb_cycle *out)
{
    token tokens[MOST_TOKENS];
    size_t n_tokens = cut_tokens(text, tokens);
    for (size_t width = 5; width >= 1; width--)
        for (size_t i = 0; i + width <= n_tokens; i++)
            if (cycle_at(n, tokens, i, width, keep, out))
                return true;
    for (size_t i = 0; i + 2 <= n_tokens; i++) { /* "OKRs Q3": the year is the one we are in */
        bool is_quarter = !tokens[i].is_figures && tokens[i + 1].is_figures && tokens[i + 1].text.n == 1 &&
                          okb_text_same(tokens[i].text, OKB_S("q")) && tokens[i].text.p + 1 == tokens[i + 1].text.p;
        if (is_quarter && okb_cycle_named(n, (okb_span){tokens[i].text.p, 2}, around, keep, out))
            return true;
    }
    return false;
}
