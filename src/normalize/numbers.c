/* Numbers as people and products write them: marks, units, currency, k and M, bounds, ranges, counts with percents. */
#include "room.h"

#include <string.h>

enum { LONGEST_NUMBER_CELL = 160, LONGEST_UNIT = 40 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of a blank at the start: blank, tab, NBSP, thin blanks. */
static size_t blank_at(okb_span s)
{
    if (s.n == 0)
        return 0;
    if (s.p[0] == ' ' || s.p[0] == '\t')
        return 1;
    if (s.n >= 2 && memcmp(s.p, "\xC2\xA0", 2) == 0)
        return 2;
    if (s.n >= 3 && (memcmp(s.p, "\xE2\x80\xAF", 3) == 0 || memcmp(s.p, "\xE2\x80\x89", 3) == 0))
        return 3;
    return 0;
}

static okb_span skip(okb_span s, size_t n)
{
    return okb_span_sub(s, n < s.n ? n : s.n, s.n);
}

static okb_span skip_blanks(okb_span s)
{
    for (size_t n = blank_at(s); n; n = blank_at(s))
        s = skip(s, n);
    return s;
}

static size_t point_size(okb_span s)
{
    if (s.n == 0)
        return 0;
    unsigned char c = (unsigned char)s.p[0];
    size_t size = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    return size < s.n ? size : s.n;
}

static bool starts_number(okb_span s)
{
    if (s.n == 0)
        return false;
    if (is_digit(s.p[0]))
        return true;
    size_t sign = s.p[0] == '-' || s.p[0] == '+' ? 1 : okb_span_starts(s, OKB_S("\xE2\x88\x92")) ? 3 : 0;
    okb_span rest = skip(s, sign);
    if (sign && rest.n && is_digit(rest.p[0]))
        return true;
    return rest.n >= 2 && (rest.p[0] == '.' || rest.p[0] == ',') && is_digit(rest.p[1]);
}

/* ---- the decimal mark --------------------------------------------------------------------------------------- */

/* Digits that follow a mark, up to the next mark or the end of the run. */
static size_t digits_from(okb_span run, size_t at)
{
    size_t n = 0;
    while (at + n < run.n && is_digit(run.p[at + n]))
        n++;
    return n;
}

static okb_span number_run(okb_span text)
{
    size_t from = 0;
    while (from < text.n && !is_digit(text.p[from]))
        from++;
    /* ",5": nothing in front of the mark can be grouped. */
    bool has_bare_mark = from > 0 && from < text.n && (text.p[from - 1] == '.' || text.p[from - 1] == ',') &&
                         (from == 1 || text.p[from - 2] == '-' || text.p[from - 2] == '+');
    size_t to = from;
    from -= has_bare_mark;
    while (to < text.n) {
        char c = text.p[to];
        okb_span rest = skip(text, to);
        size_t gap = c == '\'' ? 1 : blank_at(rest);
        if (is_digit(c) || ((c == '.' || c == ',') && to + 1 < text.n && is_digit(text.p[to + 1])))
            to++;
        else if (gap && digits_from(rest, gap) == 3)
            to += gap;
        else
            break;
    }
    return okb_span_sub(text, from, to);
}

static mark_proof proof_of_one_mark(okb_span run, char mark, size_t count, size_t first)
{
    mark_proof is_decimal = mark == '.' ? MARK_POINT : MARK_COMMA;
    mark_proof is_grouping = mark == '.' ? MARK_COMMA : MARK_POINT;
    if (count == 1) {
        bool could_group =
            digits_from(run, first + 1) == 3 && first <= 3 && first > 0 && run.p[0] != '0' && first + 4 == run.n;
        if (!could_group)
            return is_decimal;
        return mark == '.' ? MARK_OPEN_POINT : MARK_OPEN_COMMA;
    }
    if (first == 0 || first > 3)
        return MARK_NONE;
    for (size_t at = first; at < run.n; at += 4)
        if (run.p[at] != mark || digits_from(run, at + 1) != 3)
            return MARK_NONE; /* a version or a date */
    return is_grouping;
}

mark_proof okb_number_proof(okb_span text)
{
    okb_span run = number_run(text);
    size_t points = 0, commas = 0, first = SIZE_MAX, last = 0;
    for (size_t i = 0; i < run.n; i++)
        if (run.p[i] == '.' || run.p[i] == ',') {
            if (run.p[i] == '.')
                points++;
            else
                commas++;
            if (first == SIZE_MAX)
                first = i;
            last = i;
        }
    if (points == 0 && commas == 0)
        return MARK_NONE;
    if (points && commas) {
        if ((run.p[last] == '.' ? points : commas) != 1)
            return MARK_NONE;
        return run.p[last] == '.' ? MARK_POINT : MARK_COMMA;
    }
    return proof_of_one_mark(run, points ? '.' : ',', points + commas, first);
}

static char mark_for(okb_span text, char decimal)
{
    switch (okb_number_proof(text)) {
    case MARK_POINT:
        return '.';
    case MARK_COMMA:
        return ',';
    case MARK_NONE:
    case MARK_OPEN_POINT:
    case MARK_OPEN_COMMA:
        break;
    }
    return decimal == ',' ? ',' : '.';
}

/* ---- one number with what stands around it ------------------------------------------------------------------ */

typedef struct cursor {
    words *w;
    okb_span rest;
    char decimal;
    bool has_currency;
} cursor;

/* Words are compared without trailing colons, dashes and underlines; here each is a mark of its own: the minus of "$-5", a time's colon. */
static bool is_folded_away(okb_span s, size_t n)
{
    char last = s.p[n - 1];
    return last == ':' || last == '_' || last == '*' || (last == '-' && n > 1 && s.p[n - 2] != '/');
}

/* The longest head of s, of up to `most` words or marks, that the family knows. */
static const word *take_word(cursor *c, word_family family)
{
    const word *best = NULL;
    size_t best_size = 0, at = 0;
    if (c->rest.n && is_letter(c->rest.p[0])) {
        for (int n_words = 0; n_words < 3 && at < c->rest.n; n_words++) {
            while (at < c->rest.n && is_letter(c->rest.p[at]))
                at++;
            const word *found = okb_words_find(c->w, family, okb_span_sub(c->rest, 0, at));
            if (found) {
                best = found;
                best_size = at;
            }
            if (at < c->rest.n && c->rest.p[at] == '$' && /* R$, US$ */
                (found = okb_words_find(c->w, family, okb_span_sub(c->rest, 0, at + 1))) != NULL) {
                best = found;
                best_size = ++at;
            }
            if (at >= c->rest.n || c->rest.p[at] != ' ')
                break;
            at++;
        }
    } else {
        for (int n_points = 0; n_points < 3 && at < c->rest.n; n_points++) {
            at += point_size(skip(c->rest, at));
            if (is_folded_away(c->rest, at))
                continue;
            const word *found = okb_words_find(c->w, family, okb_span_sub(c->rest, 0, at));
            if (found) {
                best = found;
                best_size = at;
            }
        }
    }
    c->rest = skip(c->rest, best_size);
    return best;
}

static void take_currency(cursor *c, number *out)
{
    const word *currency = take_word(c, W_CURRENCY);
    if (!currency)
        return;
    c->has_currency = true;
    if (out->unit.n == 0)
        out->unit = currency->text;
    c->rest = skip_blanks(c->rest);
}

/* `k`, `M`, `bn`; a small m is metres or minutes unless money is spoken of. */
static void take_scale(cursor *c, double *value)
{
    cursor look = *c;
    look.rest = skip_blanks(look.rest);
    size_t n = 0;
    while (n < look.rest.n && is_letter(look.rest.p[n]))
        n++;
    if (n == 0)
        return;
    okb_span letters = okb_span_sub(look.rest, 0, n);
    const word *found = okb_words_find(c->w, W_SCALE, letters);
    if (!found || (okb_span_eq(letters, OKB_S("m")) && !c->has_currency))
        return;
    *value *= found->number;
    c->rest = skip(look.rest, n);
    if (c->rest.n && c->rest.p[0] == '.' && n > 1)
        c->rest = skip(c->rest, 1);
}

/* "0x10", "0b101": a number in another notation than ours is text. */
static bool is_other_notation(okb_span s)
{
    return s.n > 2 && s.p[0] == '0' && strchr("xXbBoO", s.p[1]) && strchr("0123456789abcdefABCDEF", s.p[2]);
}

static bool starts_sign(okb_span s)
{
    return s.n && (s.p[0] == '-' || s.p[0] == '+' || okb_span_starts(s, OKB_S("\xE2\x88\x92")));
}

/* The quarters that have a character of their own, as in "1½"; NAN where none begins. */
static double fraction_at(okb_span s)
{
    bool is_one =
        s.n >= 2 && (unsigned char)s.p[0] == 0xC2 && (unsigned char)s.p[1] >= 0xBC && (unsigned char)s.p[1] <= 0xBE;
    return is_one ? ((unsigned char)s.p[1] - 0xBB) * 0.25 : NAN;
}

/* "5.": how a spreadsheet's format with optional decimals shows a whole number. */
static void take_bare_mark(cursor *c)
{
    if (c->rest.n && c->rest.p[0] == c->decimal && (c->rest.n == 1 || c->rest.p[1] == '%'))
        c->rest = skip(c->rest, 1);
}

/*
 * A trailing minus is a sign where nothing follows it: accounting programs write "5-" for -5. A second sign, or a number in another
 * notation, is none.
 */
static bool take_number(cursor *c, double *value, number *out)
{
    bool is_negative = false;
    c->rest = skip_blanks(c->rest);
    if (!starts_number(c->rest)) {
        if (c->rest.n && c->rest.p[0] == '-') {
            is_negative = true;
            c->rest = skip_blanks(skip(c->rest, 1));
        }
        take_currency(c, out);
    }
    if (is_other_notation(c->rest) || (is_negative && c->rest.n && !is_digit(c->rest.p[0]) && starts_sign(c->rest)))
        return false;
    bool has_sign = is_negative || starts_sign(c->rest);
    size_t used = okb_number_scan(c->rest, mark_for(c->rest, c->decimal), value);
    double quarters = fraction_at(skip(c->rest, used));
    if (used == 0 && isnan(quarters))
        return false;
    if (!isnan(quarters)) {
        *value = used == 0 ? quarters : *value < 0 ? *value - quarters : *value + quarters;
        used += 2;
    }
    if (is_negative)
        *value = -*value;
    c->rest = skip(c->rest, used);
    take_bare_mark(c);
    take_scale(c, value);
    okb_span after = skip_blanks(c->rest);
    if (after.n && after.p[0] == '%') {
        out->is_percent = true;
        c->rest = skip(after, 1);
    } else {
        c->rest = after;
        take_currency(c, out);
    }
    if (!has_sign && c->rest.n == 1 && c->rest.p[0] == '-') {
        *value = -*value;
        c->rest = skip(c->rest, 1);
    }
    return true;
}

static void take_parenthesis(cursor *c, number *out)
{
    size_t end = okb_span_find(c->rest, OKB_S(")"));
    okb_span inner = okb_span_sub(c->rest, 1, end == SIZE_MAX ? c->rest.n : end);
    c->rest = end == SIZE_MAX ? skip(c->rest, c->rest.n) : skip(c->rest, end + 1);
    cursor look = {c->w, inner, c->decimal, false};
    number beside = {.share = NAN, .second = NAN};
    double value;
    if (take_number(&look, &value, &beside) && beside.is_percent)
        out->share = value / 100;
}

/* A run of letters, or one mark. */
static size_t token_size(okb_span s)
{
    size_t n = 0;
    while (n < s.n && is_letter(s.p[n]))
        n++;
    return n ? n : point_size(s);
}

/* `→ 98`, `to 98`, `– 5`, `of 16`, `/ 10`: a word of the mark family with a number behind it. */
static bool take_second(cursor *c, number *out)
{
    cursor look = *c;
    const word *mark = take_word(&look, W_MARK);
    if (!mark)
        return false;
    look.rest = skip_blanks(look.rest);
    double second;
    number beside = {.share = NAN, .second = NAN};
    if (!take_number(&look, &second, &beside))
        return false;
    out->form = okb_span_eq(mark->text, OKB_S("of"))      ? NUMBER_OF
                : okb_span_eq(mark->text, OKB_S("range")) ? NUMBER_RANGE
                                                          : NUMBER_FROM_TO;
    out->second = second;
    out->is_percent = out->is_percent || beside.is_percent;
    if (out->unit.n == 0)
        out->unit = beside.unit;
    c->rest = look.rest;
    return true;
}

static bool read_tail(cursor *c, number *out)
{
    const char *unit_from = NULL, *unit_to = NULL;
    for (;;) {
        c->rest = skip_blanks(c->rest);
        if (c->rest.n == 0)
            break;
        if (c->rest.p[0] == '(') {
            take_parenthesis(c, out);
            continue;
        }
        if (okb_span_eq(c->rest, OKB_S(":1"))) { /* a ratio to one */
            c->rest = skip(c->rest, 2);
            break;
        }
        if (out->form == NUMBER_PLAIN && take_second(c, out)) {
            unit_from = NULL;
            continue;
        }
        /* "5²" is no 5. */
        if (!unit_from && c->rest.n > 1 && (unsigned char)c->rest.p[0] == 0xC2 && strchr("\xB2\xB3\xB9", c->rest.p[1]))
            return false;
        /* A unit begins with a letter or a sign of its own (/month, °C); figures stand in it only behind a letter (m2, CO2). */
        char first = c->rest.p[0];
        if (!unit_from && strchr(".,:;!?-+=*&'\"0123456789", first))
            return false;
        if (unit_from && is_digit(first) && !(unit_to == c->rest.p && is_letter(unit_to[-1])))
            return false;
        size_t n = is_digit(first) ? digits_from(c->rest, 0) : token_size(c->rest);
        if (!unit_from)
            unit_from = c->rest.p;
        c->rest = skip(c->rest, n);
        unit_to = c->rest.p;
    }
    if (!unit_from || unit_to == unit_from)
        return true;
    okb_span unit = {unit_from, (size_t)(unit_to - unit_from)};
    if (okb_span_eq(unit, OKB_S("\xE2\x80\x93")) || okb_span_eq(unit, OKB_S("\xE2\x80\x94")))
        return false; /* the dash of a range without its end */
    size_t n_words = 1;
    for (size_t i = 0; i < unit.n; i++)
        n_words += unit.p[i] == ' ';
    if (unit.n > LONGEST_UNIT || n_words > 3)
        return false;
    const word *metric = okb_words_find(c->w, W_METRIC, unit);
    if (metric)
        unit = metric->text;
    if (okb_span_eq(unit, OKB_S("%")))
        out->is_percent = true;
    else if (out->unit.n == 0)
        out->unit = unit;
    return true;
}

static bool read_milestone(words *w, okb_span text, number *out)
{
    const word *done = okb_words_find(w, W_MILESTONE, text);
    if (!done) { /* done / not done */
        okb_span rest = text, head = okb_span_trim(okb_span_cut(&rest, '/'));
        const word *other = okb_words_find(w, W_MILESTONE, okb_span_trim(rest));
        done = okb_words_find(w, W_MILESTONE, head);
        if (!done || !other || other->number == done->number)
            return false;
        out->second = 0;
        out->value = 1;
    } else {
        out->value = done->number;
    }
    out->form = NUMBER_WORD;
    return true;
}

bool okb_number_read(words *w, okb_span text, char decimal, number *out)
{
    *out = (number){.value = NAN, .second = NAN, .share = NAN};
    if (text.n == 0 || text.n > LONGEST_NUMBER_CELL)
        return false;
    size_t used = okb_number_scan(text, mark_for(text, decimal), &out->value);
    if (used == text.n)
        return true;
    if (!is_digit(text.p[text.n - 1]) && read_milestone(w, text, out))
        return true;
    if (text.p[0] == '(' && text.p[text.n - 1] == ')') {
        number inner;
        if (!okb_number_read(w, okb_span_trim(okb_span_sub(text, 1, text.n - 1)), decimal, &inner) ||
            inner.form != NUMBER_PLAIN || inner.value < 0)
            return false; /* "(-5)": negative once or twice */
        *out = inner;
        out->value = -inner.value;
        return true;
    }
    cursor c = {w, skip_blanks(text), decimal, false};
    if (!starts_number(c.rest)) {
        const word *bound = take_word(&c, W_BOUND);
        if (bound) {
            out->bound = (okb_direction)bound->code;
            c.rest = skip_blanks(c.rest);
            if (c.rest.n && c.rest.p[0] == '.') /* ca. */
                c.rest = skip(c.rest, 1);
        }
    }
    if (!take_number(&c, &out->value, out))
        return false;
    if (!read_tail(&c, out))
        return false;
    if (out->is_percent)
        out->unit = OKB_S("%");
    return true;
}

/* "to", "auf", "→": what stands between two numbers, and is no unit. */
static bool starts_mark(const cursor *c)
{
    cursor look = *c;
    return take_word(&look, W_MARK) != NULL;
}

/* One number at the cursor, with the unit that is written to it: `6h`, `240`, `2,5 days`. */
static bool take_measure(cursor *c, number *out)
{
    double value;
    if (!take_number(c, &value, out))
        return false;
    out->value = value;
    size_t n = 0;
    while (n < c->rest.n && (is_letter(c->rest.p[n]) || (unsigned char)c->rest.p[n] >= 0x80))
        n++;
    if (n && n <= LONGEST_UNIT && out->unit.n == 0 && !out->is_percent && !starts_mark(c))
        out->unit = okb_span_sub(c->rest, 0, n);
    return true;
}

bool okb_number_find(words *w, okb_span text, char decimal, number *out)
{
    uint32_t n_found = 0;
    for (size_t at = 0; at < text.n;) {
        bool is_start = at == 0 || !(is_letter(text.p[at - 1]) || is_digit(text.p[at - 1]) || text.p[at - 1] == '.' ||
                                     text.p[at - 1] == '-' || (unsigned char)text.p[at - 1] >= 0x80);
        okb_span rest = skip(text, at);
        if (!is_start || !starts_number(rest)) {
            at++;
            continue;
        }
        cursor c = {w, rest, decimal, false};
        number first = {.value = NAN, .second = NAN, .share = NAN};
        if (!take_measure(&c, &first)) {
            at++;
            continue;
        }
        okb_span unit = first.unit;
        if (unit.n && c.rest.p == unit.p) /* the unit written to the first number stands before the mark */
            c.rest = skip_blanks(skip(c.rest, unit.n));
        number both = first;
        if (take_second(&c, &both) && both.form == NUMBER_FROM_TO) {
            *out = both;
            if (out->is_percent)
                out->unit = OKB_S("%");
            return true;
        }
        n_found++;
        *out = first;
        at = (size_t)(c.rest.p - text.p);
    }
    if (n_found != 1 || (out->unit.n == 0 && !out->is_percent && out->value >= 1900 && out->value <= 2100))
        return false; /* several figures say nothing certain; a year is no figure */
    if (out->is_percent)
        out->unit = OKB_S("%");
    return true;
}
