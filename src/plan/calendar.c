/* Cycles: their names in every known form, their first and last days. */
#include "okrbook/plan.h"

/* What a cycle's name says once its words are told apart. */
typedef struct parts {
    int year;       /* 0: none */
    int quarter;    /* 1..4 */
    int half;       /* 1..2 */
    int third;      /* 1..3: four-month cycles */
    int month;      /* 1..12 */
    bool is_fiscal; /* says `FY`: then two digits are a year */
    bool is_annual;
    bool is_span; /* the year lies in two: `2025/26` */
} parts;

static const char *const month_names[] = {"january", "february", "march",     "april",   "may",      "june",
                                          "july",    "august",   "september", "october", "november", "december"};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int to_int(okb_span s)
{
    int value = 0;
    for (size_t i = 0; i < s.n && i < 6; i++)
        value = value * 10 + (s.p[i] - '0');
    return value;
}

static int month_of(okb_span word)
{
    if (word.n < 3)
        return 0;
    for (int i = 0; i < 12; i++) {
        okb_span name = okb_span_of(month_names[i]);
        if (okb_span_starts(name, word) || (i == 8 && okb_span_eq(word, OKB_S("sept"))))
            return i + 1;
    }
    return 0;
}

static bool take_year(parts *out, okb_span digits)
{
    if (out->year || (digits.n != 4 && digits.n != 2))
        return false;
    int year = to_int(digits);
    out->year = digits.n == 2 ? 2000 + year : year;
    return out->year >= 1900 && out->year <= 2999;
}

/* `q3`, `h1`, `t2`, `fy26`, `y2025`: a letter or two and digits. */
static bool take_marked(parts *out, okb_span letters, okb_span digits)
{
    int value = to_int(digits);
    if (okb_span_eq(letters, OKB_S("fy"))) {
        out->is_fiscal = true;
        return take_year(out, digits);
    }
    if (okb_span_eq(letters, OKB_S("y")) || okb_span_eq(letters, OKB_S("cy")))
        return take_year(out, digits);
    if (letters.n != 1 || digits.n != 1)
        return false;
    if (letters.p[0] == 'q' && value >= 1 && value <= 4 && !out->quarter) {
        out->quarter = value;
        return true;
    }
    if ((letters.p[0] == 'h' || letters.p[0] == 's') && value >= 1 && value <= 2 && !out->half) {
        out->half = value;
        return true;
    }
    if (letters.p[0] == 't' && value >= 1 && value <= 3 && !out->third) {
        out->third = value;
        return true;
    }
    return false;
}

static bool take_word(parts *out, okb_span word)
{
    static const char *const annual[] = {"annual", "year", "fullyear", "yearly", "jahr"};
    static const char *const noise[] = {"quarter", "half", "okr", "okrs", "cycle", "of", "the", "calendar", "fiscal"};
    for (size_t i = 0; i < sizeof annual / sizeof *annual; i++)
        if (okb_span_eq(word, okb_span_of(annual[i])))
            return out->is_annual = true;
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
        if (okb_span_eq(word, okb_span_of(noise[i]))) {
            out->is_fiscal = out->is_fiscal || noise[i][0] == 'f';
            return true;
        }
    if (okb_span_eq(word, OKB_S("fy")))
        return out->is_fiscal = true;
    int month = month_of(word);
    if (!month || out->month)
        return false;
    out->month = month;
    return true;
}

/* The second half of `2025/26`, `2025-2026`, `FY25/26`: the year in which it ends. Twelve and below are months. */
static bool take_second_year(parts *out, okb_span digits)
{
    int value = to_int(digits);
    bool is_next = digits.n == 4 ? value == out->year + 1 : value > 12 && value == (out->year + 1) % 100;
    if (!is_next || (digits.n != 4 && digits.n != 2) || out->month || out->is_span)
        return false;
    out->year++;
    return out->is_span = true;
}

static bool take_number(parts *out, okb_span digits)
{
    if (out->year && take_second_year(out, digits))
        return true;
    if (digits.n == 4)
        return take_year(out, digits);
    int value = to_int(digits);
    if (digits.n <= 2 && out->year && !out->month && value >= 1 && value <= 12) { /* 2026-08 */
        out->month = value;
        return true;
    }
    return digits.n == 2 && (out->quarter || out->half || out->month || out->is_fiscal) && take_year(out, digits);
}

/* Cuts the next run of letters, or of digits; other bytes separate. */
static bool next_token(okb_span *rest, okb_span *letters, okb_span *digits)
{
    while (rest->n && !is_digit(rest->p[0]) && !is_letter(rest->p[0])) {
        rest->p++;
        rest->n--;
    }
    size_t at = 0;
    while (at < rest->n && is_letter(rest->p[at]))
        at++;
    *letters = okb_span_sub(*rest, 0, at);
    size_t from = at;
    while (at < rest->n && is_digit(rest->p[at]))
        at++;
    *digits = okb_span_sub(*rest, from, at);
    *rest = okb_span_sub(*rest, at, rest->n);
    return letters->n || digits->n;
}

static bool read_parts(okb_span text, parts *out)
{
    char lower[64];
    if (text.n == 0 || text.n >= sizeof lower)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((unsigned char)c >= 0x80)
            c = ' '; /* dashes of every kind separate; a letter beyond ASCII makes no known form */
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    okb_span rest = {lower, text.n};
    /* `Q1 2023 - Jan-Mar`: what stands behind the spaced dash repeats the quarter. */
    size_t dash = okb_span_find(rest, OKB_S(" - "));
    if (dash != SIZE_MAX && okb_span_find(okb_span_sub(rest, 0, dash), OKB_S("q")) != SIZE_MAX)
        rest = okb_span_sub(rest, 0, dash);
    okb_span letters, digits;
    while (next_token(&rest, &letters, &digits)) {
        bool ok = letters.n && digits.n ? take_marked(out, letters, digits)
                  : letters.n           ? take_word(out, letters)
                                        : take_number(out, digits);
        if (!ok)
            return false;
    }
    return out->year != 0;
}

static okb_cycle cycle_from(okb_day start, int months, okb_span name)
{
    return (okb_cycle){.name = name,
                       .start = start,
                       .due = okb_day_add_months(start, months) - 1,
                       .months = (uint32_t)months,
                       .previous_ix = OKB_NONE};
}

/* The first day of the fiscal year that is named `year`: it ends in that calendar year. */
static okb_day year_start(int year, int first_month)
{
    return okb_day_of(first_month == 1 ? year : year - 1, first_month, 1);
}

static okb_span cycle_name(int year, int months, int number, okb_arena *keep)
{
    switch (months) {
    case 1:
        return okb_arena_printf(keep, "%d-%02d", year, number);
    case 3:
        return okb_arena_printf(keep, "%d-Q%d", year, number);
    case 4:
        return okb_arena_printf(keep, "%d-T%d", year, number);
    case 6:
        return okb_arena_printf(keep, "%d-H%d", year, number);
    default:
        return okb_arena_printf(keep, "%d", year);
    }
}

bool okb_cycle_parse(okb_span text, int first_month, okb_arena *keep, okb_cycle *out)
{
    parts p = {0};
    if (!read_parts(okb_span_trim(text), &p))
        return false;
    /* No year that begins in January lies in two. */
    if (p.is_span && (first_month == 1 || p.month))
        return false;
    int named = (p.quarter != 0) + (p.half != 0) + (p.third != 0) + (p.month != 0);
    if (named > 1 || (named == 1 && p.is_annual))
        return false;
    if (p.month) { /* a month is the calendar's, whatever the fiscal year */
        okb_day start = okb_day_of(p.year, p.month, 1);
        *out = cycle_from(start, 1, cycle_name(p.year, 1, p.month, keep));
        return start != OKB_DAY_NONE;
    }
    int months = p.quarter ? 3 : p.half ? 6 : p.third ? 4 : 12;
    int number = p.quarter ? p.quarter : p.half ? p.half : p.third ? p.third : 1;
    okb_day start = year_start(p.year, first_month);
    if (start == OKB_DAY_NONE)
        return false;
    *out =
        cycle_from(okb_day_add_months(start, (number - 1) * months), months, cycle_name(p.year, months, number, keep));
    return true;
}

okb_cycle okb_cycle_of(okb_day day, int months, int first_month, okb_arena *keep)
{
    int year, month, mday;
    okb_day_split(day, &year, &month, &mday);
    if (months == 1)
        return cycle_from(okb_day_of(year, month, 1), 1, cycle_name(year, 1, month, keep));
    int named = first_month > 1 && month >= first_month ? year + 1 : year;
    okb_day start = year_start(named, first_month);
    int start_year, start_month, start_day;
    okb_day_split(start, &start_year, &start_month, &start_day);
    int number = ((year - start_year) * 12 + month - start_month) / months + 1;
    return cycle_from(okb_day_add_months(start, (number - 1) * months), months,
                      cycle_name(named, months, number, keep));
}
