/* The value and unit of a quantity as a statement writes it: figures with grouping and magnitude, or words. */
#include <math.h>

#include "reading.h"

enum { NUMBER_BYTES_MAX = 96, GLUED_PARTS_MAX = 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static double magnitude_of(const okb_judge *judge, const grammar *g, okb_span text)
{
    const rule *r = okb_lexicon_find(judge, g, SIG_MAGNITUDE, text);
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

/* The "and" of "two hundred and ten" and of "fünfundzwanzig". */
static bool is_joining(const rule *number)
{
    return number && okb_span_eq(number->shown.message, OKB_S("joint"));
}

static bool is_number_word(const okb_judge *judge, const grammar *g, okb_span word)
{
    const rule *number = okb_lexicon_find(judge, g, SIG_NUMBER_WORD, word);
    return word.n && ((number && !is_joining(number)) || isfinite(magnitude_of(judge, g, word)));
}

/* A number of one word, NAN where it is none: known as it stands, or written together, as in "einundzwanzig" and "zweihundert". */
static double read_glued(const okb_judge *judge, const grammar *g, okb_span word, int depth)
{
    const rule *number = okb_lexicon_find(judge, g, SIG_NUMBER_WORD, word);
    number = is_joining(number) ? NULL : number;
    double by = number ? NAN : magnitude_of(judge, g, word);
    if (number || isfinite(by) || depth == GLUED_PARTS_MAX)
        return number ? number->shown.weight : by;
    for (size_t cut = 3; cut + 3 <= word.n; cut++) {
        okb_span tail = okb_span_sub(word, cut, word.n);
        const rule *first = okb_lexicon_find(judge, g, SIG_NUMBER_WORD, okb_span_sub(word, 0, cut));
        double head = first ? first->shown.weight : magnitude_of(judge, g, okb_span_sub(word, 0, cut));
        for (size_t n = 0; isfinite(head) && n <= tail.n; n++) {
            okb_span middle = okb_span_sub(tail, 0, n), last = okb_span_sub(tail, n, tail.n);
            double times = first && n ? magnitude_of(judge, g, middle) : NAN;
            const rule *joint = n ? okb_lexicon_find(judge, g, SIG_NUMBER_WORD, middle) : NULL;
            bool is_joined = first ? is_joining(joint) : n == 0;
            double rest = last.n && (is_joined || isfinite(times)) ? read_glued(judge, g, last, depth + 1) : NAN;
            if (isfinite(times) && (last.n == 0 || isfinite(rest)))
                return head * times + (last.n ? rest : 0);
            if (is_joined && isfinite(rest))
                return head + rest;
        }
    }
    return NAN;
}

/* The head of a number in words: "quatre-vingts" is a word of its own where the pack knows it, else what stands before a blank or dash. */
static okb_span next_number_word(const okb_judge *judge, const grammar *g, okb_span *rest)
{
    okb_span look = *rest, first = next_word(&look), second = next_word(&look);
    okb_span both = {first.p, second.n ? (size_t)(second.p + second.n - first.p) : first.n};
    if (second.n && okb_lexicon_find(judge, g, SIG_NUMBER_WORD, both)) {
        *rest = look;
        return both;
    }
    return next_word(rest);
}

/* "twenty-five", "two hundred and ten", "three million": each word adds, each magnitude multiplies, what joins them weighs nothing. */
static double read_words(const okb_judge *judge, const grammar *g, okb_span text, okb_span *rest)
{
    double total = 0, part = 0;
    bool is_found = false, is_joined = false;
    *rest = text;
    while (text.n) {
        okb_span before = text, one = next_number_word(judge, g, &text), peek = text;
        okb_span next = next_word(&peek);
        const rule *number = okb_lexicon_find(judge, g, SIG_NUMBER_WORD, one);
        bool is_joint = is_joining(number);
        if (is_joint && is_found && is_number_word(judge, g, next)) {
            is_joined = true;
            continue;
        }
        number = is_joint ? NULL : number;
        double by = number ? NAN : magnitude_of(judge, g, one);
        double glued = number || isfinite(by) ? NAN : read_glued(judge, g, one, 0);
        if (number || isfinite(glued)) {
            /* "a dozen" is one of them, "half a million" half of one. */
            bool is_article = number && number->shown.weight == 1 && part != 0 && one.n <= 2 && !is_joined;
            part += is_article ? 0 : number ? number->shown.weight : glued;
        } else if (!is_found && okb_lexicon_find(judge, g, SIG_NUMBER_ZERO, one)) {
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

/* How many bytes of `rest` are a unit: two words or one, with the blank or dash before them; 0: none that is known. */
static size_t unit_bytes(const okb_judge *judge, const grammar *g, okb_span rest, size_t *from)
{
    size_t start = rest.n && (rest.p[0] == ' ' || rest.p[0] == '-') ? 1 : 0, ends[2] = {0, 0}, words = 0;
    for (size_t i = start; i <= rest.n && words < 2; i++)
        if (i == rest.n || rest.p[i] == ' ' || rest.p[i] == ',' || rest.p[i] == ')' ||
            (i > start && rest.p[start] == '%'))
            ends[words++] = i;
    *from = start;
    while (words--) {
        okb_span name = okb_span_sub(rest, start, ends[words]);
        while (name.n && name.p[name.n - 1] == '.')
            name.n--;
        if (name.n && (okb_lexicon_find(judge, g, SIG_UNIT, name) || okb_lexicon_find(judge, g, SIG_CURRENCY, name)))
            return start + name.n;
    }
    return 0;
}

/* Bytes of groups of `size` digits behind `mark`, from `at` on. */
static size_t groups_at(okb_span s, size_t at, char mark, size_t size, size_t *n_groups)
{
    for (*n_groups = 0; at + size < s.n && s.p[at] == mark; (*n_groups)++) {
        size_t k = 1;
        while (k <= size && at + k < s.n && is_digit(s.p[at + k]))
            k++;
        if (k <= size)
            return at;
        at += size + 1;
    }
    return at;
}

/* "1.500.000": two points cannot both be decimal marks. "12,50,000": lakhs are grouped by two digits in front of the last three. */
static size_t scan_figures(okb_span figures, char decimal, double *out)
{
    size_t head = 0, n_groups = 0;
    while (head < figures.n && is_digit(figures.p[head]))
        head++;
    if (head == 0 || head > 3)
        return okb_number_scan(figures, decimal, out);
    size_t end = groups_at(figures, head, '.', 3, &n_groups);
    if (n_groups > 1 && !(end < figures.n && is_digit(figures.p[end])))
        return okb_number_scan(figures, ',', out);
    end = groups_at(figures, head, ',', 2, &n_groups);
    /* The pairs end one digit short of the last three. */
    if (head > 2 || n_groups < 2 || end >= figures.n || !is_digit(figures.p[end]) ||
        (end + 1 < figures.n && is_digit(figures.p[end + 1])))
        return okb_number_scan(figures, decimal, out);
    *out = 0;
    for (size_t i = 0; i <= end; i++)
        *out = is_digit(figures.p[i]) ? *out * 10 + (figures.p[i] - '0') : *out;
    return end + 1;
}

/* "850.000" behind a currency: no price is written with three decimals that are all nought. */
static bool is_round_thousands(okb_span figures)
{
    size_t head = 0;
    while (head < figures.n && is_digit(figures.p[head]))
        head++;
    okb_span tail = okb_span_sub(figures, head, figures.n);
    return head > 0 && head < 4 && okb_span_starts(tail, OKB_S(".000")) && (tail.n == 4 || !is_digit(tail.p[4]));
}

double okb_number_in_words(const okb_judge *judge, const grammar *g, okb_span text, okb_span *unit, size_t *used)
{
    char copy[NUMBER_BYTES_MAX];
    size_t n = 0, lead = 0;
    while (lead < text.n && text.p[lead] == ' ')
        lead++;
    text = okb_span_sub(text, lead, text.n);
    for (; n < text.n && n < sizeof copy; n++)
        copy[n] = text.p[n] >= 'A' && text.p[n] <= 'Z' ? (char)(text.p[n] + 32) : text.p[n];
    okb_span folded = {copy, n}, written = okb_span_sub(text, 0, n), rest = {NULL, 0};
    size_t at = 0, unit_from = 0;
    while (at < n && !is_digit(copy[at]) && !(copy[at] == '.' && at + 1 < n && is_digit(copy[at + 1])))
        at++;
    double value = NAN, sign = 1;
    bool is_money = false;
    if (at == n) {
        value = read_words(judge, g, folded, &rest);
    } else {
        sign = at && copy[at - 1] == '-' ? -1 : 1;
        size_t end = at, begin = 0;
        while (end && (copy[end - 1] == ' ' || copy[end - 1] == '-' || copy[end - 1] == '+' || copy[end - 1] == '~'))
            end--;
        while (begin < end && (copy[begin] == '<' || copy[begin] == '>' || copy[begin] == '=' || copy[begin] == '~' ||
                               copy[begin] == ' '))
            begin++;
        const rule *currency =
            begin < end ? okb_lexicon_find(judge, g, SIG_CURRENCY, okb_span_sub(folded, begin, end)) : NULL;
        is_money = currency != NULL;
        if (unit && is_money)
            *unit = okb_span_sub(written, begin, end);
        okb_span figures = okb_span_sub(folded, at, n);
        bool has_comma = !okb_text_same(g->language, OKB_S("en")) ||
                         (currency && okb_span_eq(currency->shown.message, OKB_S("comma"))) ||
                         (is_money && is_round_thousands(figures));
        char decimal = has_comma ? ',' : '.';
        size_t read = scan_figures(figures, decimal, &value);
        /* One or two figures behind a comma are a fraction in any language. */
        if (read && read + 1 < figures.n && (figures.p[read] == ',' || figures.p[read] == '.') &&
            is_digit(figures.p[read + 1]))
            read = okb_number_scan(figures, figures.p[read], &value);
        if (!read)
            return NAN;
        rest = okb_span_sub(figures, read, figures.n);
        value *= read_magnitude(judge, g, written, &rest, is_money);
        /* "4.6/5", "30+": what stands behind the number but is none of its own. */
        if (rest.n && rest.p[0] == '/')
            while (rest.n && rest.p[0] != ' ')
                rest = okb_span_sub(rest, 1, rest.n);
        if (rest.n && rest.p[0] == '+')
            rest = okb_span_sub(rest, 1, rest.n);
    }
    size_t behind = rest.p ? n - rest.n : n;
    size_t n_unit = is_money || !rest.p ? 0 : unit_bytes(judge, g, rest, &unit_from);
    if (unit && n_unit)
        *unit = okb_span_sub(written, behind + unit_from, behind + n_unit);
    if (used)
        *used = lead + behind + n_unit;
    return sign * value;
}
