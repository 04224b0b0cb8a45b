/* The value and unit of a quantity as a statement writes it: figures with grouping and magnitude, or words. */
#include <math.h>

#include "reading.h"

enum { NUMBER_BYTES_MAX = 96 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static double magnitude_of(const okb_judge *judge, const grammar *g, okb_span text)
{
    const rule *r = lexicon_find(judge, g, SIG_MAGNITUDE, text);
    return r ? r->shown.weight : NAN;
}

static okb_span next_word(okb_span *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '-')
        n++;
    okb_span first = okb_span_sub(*rest, 0, n);
    *rest = okb_span_sub(*rest, n < rest->n ? n + 1 : n, rest->n);
    return first;
}

/* "twenty-five", "two hundred and ten", "three million": each word adds, each magnitude multiplies. */
static double read_words(const okb_judge *judge, const grammar *g, okb_span text, okb_span *rest)
{
    double total = 0, part = 0;
    bool is_found = false;
    *rest = text;
    while (text.n) {
        okb_span before = text, one = next_word(&text);
        const rule *number = lexicon_find(judge, g, SIG_NUMBER_WORD, one);
        double by = number ? NAN : magnitude_of(judge, g, one);
        if (number) {
            part += number->shown.weight;
        } else if (!is_found && lexicon_find(judge, g, SIG_NUMBER_ZERO, one)) {
            *rest = text;
            return 0;
        } else if (isfinite(by)) {
            part = (part == 0 ? 1 : part) * by;
            if (by >= 1000) {
                total += part;
                part = 0;
            }
        } else {
            if (!is_found && one.n)
                return NAN;
            *rest = before;
            break;
        }
        is_found = true;
        *rest = text;
    }
    return is_found ? total + part : NAN;
}

/* A magnitude behind figures: a word or a letter. A lone small m is metres or minutes unless money stands before it. */
static double read_magnitude(const okb_judge *judge, const grammar *g, okb_span written, okb_span *rest, bool is_money)
{
    size_t n = 0, from = 0;
    while (from < rest->n && rest->p[from] == ' ')
        from++;
    while (from + n < rest->n && (unsigned char)(rest->p[from + n] - 'a') < 26)
        n++;
    bool has_point = from + n < rest->n && rest->p[from + n] == '.';
    okb_span name = okb_span_sub(*rest, from, from + n);
    size_t at = (size_t)(name.p - rest->p) + (written.n - rest->n);
    bool is_small = n == 1 && written.p[at] == name.p[0] && name.p[0] != 'k';
    double by = n && !(is_small && !is_money) ? magnitude_of(judge, g, name) : NAN;
    if (isnan(by))
        return 1;
    *rest = okb_span_sub(*rest, from + n + (has_point ? 1 : 0), rest->n);
    return by;
}

double number_read(const okb_judge *judge, const grammar *g, okb_span text, okb_span *unit)
{
    char copy[NUMBER_BYTES_MAX];
    size_t n = 0;
    text = okb_span_trim(text);
    for (; n < text.n && n < sizeof copy; n++)
        copy[n] = text.p[n] >= 'A' && text.p[n] <= 'Z' ? (char)(text.p[n] + 32) : text.p[n];
    okb_span folded = {copy, n}, written = okb_span_sub(text, 0, n), rest = {NULL, 0};
    size_t at = 0;
    while (at < n && !is_digit(copy[at]) && !(copy[at] == '.' && at + 1 < n && is_digit(copy[at + 1])))
        at++;
    double value = NAN, sign = 1;
    bool is_money = false;
    if (at == n) {
        value = read_words(judge, g, folded, &rest);
    } else {
        sign = at && copy[at - 1] == '-' ? -1 : 1;
        size_t currency = at;
        while (currency && (copy[currency - 1] == ' ' || copy[currency - 1] == '-' || copy[currency - 1] == '+' ||
                            copy[currency - 1] == '~'))
            currency--;
        is_money = currency > 0;
        if (unit && is_money)
            *unit = okb_span_trim(okb_span_sub(written, 0, currency));
        char decimal = okb_text_same(g->language, OKB_S("en")) ? '.' : ',';
        okb_span figures = okb_span_sub(folded, at, n);
        size_t used = okb_number_scan(figures, decimal, &value);
        /* One or two figures behind a comma are a fraction in any language. */
        if (used && used + 1 < figures.n && (figures.p[used] == ',' || figures.p[used] == '.') &&
            is_digit(figures.p[used + 1]))
            used = okb_number_scan(figures, figures.p[used], &value);
        if (!used)
            return NAN;
        rest = okb_span_sub(figures, used, figures.n);
        if (rest.n && rest.p[0] == '+')
            rest = okb_span_sub(rest, 1, rest.n);
        value *= read_magnitude(judge, g, written, &rest, is_money);
    }
    if (unit && !is_money && rest.p) {
        size_t behind = n - rest.n;
        *unit = okb_span_trim(okb_span_sub(written, behind, n));
        while (unit->n && (unit->p[0] == '+' || unit->p[0] == '/' || unit->p[0] == ' '))
            *unit = okb_span_sub(*unit, unit->p[0] == '/' ? unit->n : 1, unit->n);
    }
    return sign * value;
}
