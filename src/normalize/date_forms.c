/* One date in every written form, with its time and zone. What order day and month stand in is not decided here. */
#include "room.h"

#include <string.h>

enum { MINUTES_A_DAY = 1440 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

typedef struct cursor {
    words *w;
    okb_span rest;
} cursor;

static void advance(cursor *c, size_t n)
{
    c->rest = okb_span_sub(c->rest, n < c->rest.n ? n : c->rest.n, c->rest.n);
}

static void skip_blanks(cursor *c)
{
    for (;;) {
        if (c->rest.n && (c->rest.p[0] == ' ' || c->rest.p[0] == '\t' || c->rest.p[0] == ','))
            advance(c, 1);
        else if (okb_span_starts(c->rest, OKB_S("\xC2\xA0")))
            advance(c, 2);
        else if (okb_span_starts(c->rest, OKB_S("\xE2\x80\xAF")))
            advance(c, 3);
        else
            return;
    }
}

static size_t take_digits(cursor *c, int64_t *value)
{
    size_t n = 0;
    *value = 0;
    while (n < c->rest.n && n < 18 && is_digit(c->rest.p[n])) {
        *value = *value * 10 + (c->rest.p[n] - '0');
        n++;
    }
    advance(c, n);
    return n;
}

static okb_span peek_letters(const cursor *c)
{
    size_t n = 0;
    while (n < c->rest.n && is_letter(c->rest.p[n]) &&
           !okb_span_starts(okb_span_sub(c->rest, n, c->rest.n), OKB_S("\xC2\xA0")) &&
           (unsigned char)c->rest.p[n] != 0xE2)
        n++;
    return okb_span_sub(c->rest, 0, n);
}

static int take_month(cursor *c)
{
    okb_span letters = peek_letters(c);
    const word *month = letters.n ? okb_words_find(c->w, W_MONTH, letters) : NULL;
    if (!month)
        return 0;
    advance(c, letters.n);
    if (c->rest.n && c->rest.p[0] == '.')
        advance(c, 1);
    return (int)month->number;
}

static int four_digits(int64_t year, size_t n)
{
    if (n == 4)
        return (int)year;
    if (n == 2)
        return (int)(year < 70 ? 2000 + year : 1900 + year);
    return 0;
}

int okb_date_separator_index(char c)
{
    switch (c) {
    case '/':
        return 0;
    case '.':
        return 1;
    case '-':
        return 2;
    case ' ':
        return 3;
    default:
        return -1;
    }
}

static void set_day(date *out, okb_day day)
{
    out->first = out->last = day;
    out->has_year = true;
}

static bool set_month(date *out, int year, int month)
{
    out->first = okb_day_of(year, month, 1);
    if (out->first == OKB_DAY_NONE)
        return false;
    out->last = okb_day_month_end(year, month);
    out->has_year = true;
    return true;
}

/* ---- times -------------------------------------------------------------------------------------------------- */

/* `+02:00`, `-0500`, `+5`: minutes east. */
static bool take_offset(cursor *c, int *minutes)
{
    if (c->rest.n < 2 || (c->rest.p[0] != '+' && c->rest.p[0] != '-') || !is_digit(c->rest.p[1]))
        return false;
    bool is_west = c->rest.p[0] == '-';
    advance(c, 1);
    int64_t hours, rest = 0;
    size_t n = take_digits(c, &hours);
    if (n == 4) {
        rest = hours % 100;
        hours /= 100;
    } else if (n <= 2 && c->rest.n > 2 && c->rest.p[0] == ':') {
        advance(c, 1);
        take_digits(c, &rest);
    }
    if (hours > 14 || rest > 59)
        return false;
    *minutes = (int)(hours * 60 + rest) * (is_west ? -1 : 1);
    return true;
}

/* `Z`, `UTC`, `GMT+2`, `(CEST)`, `GMT+0000 (GMT)`. */
static void take_zone(cursor *c, int *minutes)
{
    skip_blanks(c);
    bool in_brackets = c->rest.n && c->rest.p[0] == '(';
    if (in_brackets)
        advance(c, 1);
    okb_span letters = peek_letters(c);
    const word *zone = letters.n ? okb_words_find(c->w, W_ZONE, letters) : NULL;
    if (zone) {
        *minutes = (int)zone->number;
        advance(c, letters.n);
    }
    int more;
    if (take_offset(c, &more))
        *minutes = more;
    if (in_brackets && c->rest.n && c->rest.p[0] == ')')
        advance(c, 1);
    skip_blanks(c);
    if (c->rest.n && c->rest.p[0] == '(') { /* the zone's name once more */
        size_t end = okb_span_find(c->rest, OKB_S(")"));
        if (end != SIZE_MAX)
            advance(c, end + 1);
    }
}

/* The time behind a date, if any: sets how many days UTC is away. False where what stands there is no time. */
static bool take_time(cursor *c, int *shift)
{
    *shift = 0;
    skip_blanks(c);
    if (c->rest.n > 1 && c->rest.p[0] == 'T' && is_digit(c->rest.p[1]))
        advance(c, 1);
    if (okb_span_starts(c->rest, OKB_S("at ")))
        advance(c, 3);
    if (c->rest.n == 0)
        return true;
    cursor look = *c;
    okb_span zone = peek_letters(&look); /* a day of a zone, without a time, stays that day */
    if (zone.n == c->rest.n && okb_words_find(c->w, W_ZONE, zone)) {
        advance(c, zone.n);
        return true;
    }
    int64_t hour, minute = 0, second = 0;
    size_t n = take_digits(&look, &hour);
    if (n == 0 || n > 2)
        return false;
    if (look.rest.n > 1 && look.rest.p[0] == ':' && is_digit(look.rest.p[1])) {
        advance(&look, 1);
        take_digits(&look, &minute);
    } else {
        return false;
    }
    if (look.rest.n > 1 && look.rest.p[0] == ':' && is_digit(look.rest.p[1])) {
        advance(&look, 1);
        take_digits(&look, &second);
        if (look.rest.n > 1 && (look.rest.p[0] == '.' || look.rest.p[0] == ',') && is_digit(look.rest.p[1])) {
            int64_t rest_of_second;
            advance(&look, 1);
            take_digits(&look, &rest_of_second);
        }
    }
    if (hour > 24 || minute > 59 || second > 60)
        return false;
    skip_blanks(&look);
    okb_span letters = peek_letters(&look);
    if (letters.n == 2 && (letters.p[1] == 'M' || letters.p[1] == 'm') && strchr("AaPp", letters.p[0])) {
        bool is_evening = letters.p[0] == 'P' || letters.p[0] == 'p';
        hour = hour % 12 + (is_evening ? 12 : 0);
        advance(&look, 2);
    }
    int east = 0;
    take_zone(&look, &east);
    int64_t minutes = hour * 60 + minute - east;
    *shift = minutes < 0 ? -1 : minutes >= MINUTES_A_DAY && hour < 24 ? 1 : 0;
    *c = look;
    return true;
}

/* ---- the day itself ----------------------------------------------------------------------------------------- */

/* The seven days of a week of the year. */
static bool set_week(int year, int64_t week, date *out)
{
    okb_day monday = okb_day_iso_week(year, (int)week);
    if (monday == OKB_DAY_NONE)
        return false;
    out->first = monday;
    out->last = monday + 6;
    out->has_year = true;
    return true;
}

static bool from_year(cursor *c, int year, date *out)
{
    if (c->rest.n == 0 || c->rest.p[0] == ' ') {
        out->first = okb_day_of(year, 1, 1);
        out->last = okb_day_of(year, 12, 31);
        out->has_year = true;
        return c->rest.n == 0 && year >= 1990 && year <= 2100;
    }
    char mark = c->rest.p[0];
    cursor look = *c;
    if (mark == '-' || mark == ' ')
        advance(&look, 1);
    if (look.rest.n > 1 && (look.rest.p[0] == 'W' || look.rest.p[0] == 'w') && is_digit(look.rest.p[1])) {
        int64_t week;
        advance(&look, 1);
        take_digits(&look, &week);
        if (!set_week(year, week, out))
            return false;
        *c = look;
        return true;
    }
    if (mark != '-' && mark != '/' && mark != '.')
        return false;
    int64_t month, mday;
    advance(c, 1);
    if (!take_digits(c, &month))
        return false;
    if (c->rest.n == 0 || c->rest.p[0] != mark)
        return c->rest.n == 0 && set_month(out, year, (int)month);
    advance(c, 1);
    size_t n = take_digits(c, &mday);
    if (n == 0 || n > 2 || month > 12)
        return false;
    set_day(out, okb_day_of(year, (int)month, (int)mday));
    return out->first != OKB_DAY_NONE;
}

/* Behind a day's number: a month's name and perhaps a year. */
static bool from_day_and_name(cursor *c, int64_t mday, date *out)
{
    while (c->rest.n && strchr(" -/.", c->rest.p[0]))
        advance(c, 1);
    okb_span letters = peek_letters(c);
    const word *filler = letters.n ? okb_words_find(c->w, W_DATE, letters) : NULL;
    if (filler) { /* 12 de junio, 3rd of May */
        advance(c, letters.n);
        skip_blanks(c);
    }
    int month = take_month(c);
    if (!month || mday < 1 || mday > 31)
        return false;
    while (c->rest.n && strchr(" -/.,'", c->rest.p[0]))
        advance(c, 1);
    letters = peek_letters(c);
    if (letters.n && okb_words_find(c->w, W_DATE, letters)) {
        advance(c, letters.n);
        skip_blanks(c);
    }
    cursor look = *c;
    int64_t year;
    size_t n = take_digits(&look, &year);
    if ((n == 2 || n == 4) && !(look.rest.n && look.rest.p[0] == ':')) {
        *c = look;
        set_day(out, okb_day_of(four_digits(year, n), month, (int)mday));
        return out->first != OKB_DAY_NONE;
    }
    out->month = month;
    out->mday = (int)mday;
    return okb_day_of(2024, month, (int)mday) != OKB_DAY_NONE;
}

static bool from_plain_number(const cursor *whole, int64_t value, size_t n, date *out)
{
    okb_day day;
    if (n == 13)
        day = (okb_day)(value / 86400000);
    else if (n == 10)
        day = (okb_day)(value / 86400);
    else if (n == 8 && okb_day_of((int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100)) != OKB_DAY_NONE)
        day = okb_day_of((int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100));
    else if (n == 5 && value >= 20000 && value <= 80000) /* days since 1899-12-30 */
        day = okb_day_of(1970, 1, 1) + (okb_day)(value - 25569);
    else
        return false;
    size_t at = n;
    if (at < whole->rest.n && whole->rest.p[at] == '.')
        for (at++; at < whole->rest.n && is_digit(whole->rest.p[at]);)
            at++;
    if (at != whole->rest.n)
        return false;
    set_day(out, day);
    out->is_plain_number = true;
    return true;
}

static bool from_two_digits(cursor *c, int64_t a, date *out)
{
    if (c->rest.n == 0)
        return false;
    char mark = c->rest.p[0];
    cursor look = *c;
    if (okb_date_separator_index(mark) >= 0)
        advance(&look, 1);
    while (mark != ' ' && look.rest.n && look.rest.p[0] == ' ') /* 12. 6. 2026 */
        advance(&look, 1);
    int64_t b, y;
    size_t n_b = okb_date_separator_index(mark) >= 0 ? take_digits(&look, &b) : 0;
    if (n_b == 0)
        return from_day_and_name(c, a, out);
    if (n_b == 4 && mark != ' ' && look.rest.n == 0) { /* 04/2026 */
        *c = look;
        return a <= 12 && set_month(out, (int)b, (int)a);
    }
    if (n_b > 2 || mark == ' ')
        return false;
    if (look.rest.n == 0) { /* 11/25: month and year, as no day can stand second */
        *c = look;
        return mark == '/' && a <= 12 && b > 12 && set_month(out, four_digits(b, 2), (int)a);
    }
    if (look.rest.p[0] != mark)
        return false;
    advance(&look, 1);
    while (look.rest.n && look.rest.p[0] == ' ')
        advance(&look, 1);
    if (mark == '.' && look.rest.n == 0 && a >= 1 && b >= 1 && b <= 12) { /* 15.8., the year is not written */
        *c = look;
        out->month = (int)b;
        out->mday = (int)a;
        return okb_day_of(2024, (int)b, (int)a) != OKB_DAY_NONE;
    }
    size_t n_y = take_digits(&look, &y);
    if (n_y != 2 && n_y != 4)
        return false;
    if (n_y == 2 && a > 31) { /* 26/06/12 */
        set_day(out, okb_day_of(four_digits(a, 2), (int)b, (int)y));
        *c = look;
        return out->first != OKB_DAY_NONE;
    }
    *c = look;
    if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12))
        return false;
    out->is_open = true;
    out->a = (uint8_t)a;
    out->b = (uint8_t)b;
    out->year = four_digits(y, n_y);
    out->separator = (uint8_t)okb_date_separator_index(mark);
    out->has_year = true;
    out->is_short_year = n_y == 2;
    return true;
}

static bool from_name(cursor *c, date *out)
{
    int month = take_month(c);
    if (!month)
        return false;
    char mark = c->rest.n ? c->rest.p[0] : '\0';
    while (c->rest.n && strchr(" -/.,'", c->rest.p[0]))
        advance(c, 1);
    int64_t first, year;
    size_t n = take_digits(c, &first);
    if (n == 0) {
        out->month = month;
        return c->rest.n == 0; /* a bare month */
    }
    if (n == 4)
        return set_month(out, (int)first, month);
    okb_span letters = peek_letters(c); /* 3rd, 21st */
    if (letters.n == 2 && okb_words_find(c->w, W_DATE, letters))
        advance(c, 2);
    cursor look = *c;
    while (look.rest.n && strchr(" -/.,'", look.rest.p[0]))
        advance(&look, 1);
    size_t n_y = take_digits(&look, &year);
    if ((n_y == 4 || (n_y == 2 && look.rest.n == 0)) && first >= 1 && first <= 31) {
        *c = look;
        set_day(out, okb_day_of(four_digits(year, n_y), month, (int)first));
        return out->first != OKB_DAY_NONE;
    }
    if (n_y > 0 && n_y < 3 && look.rest.n &&
        look.rest.p[0] == ':') { /* Thu Aug 20 2026 has its own way; here a time follows */
        out->month = month;
        out->mday = (int)first;
        return true;
    }
    if (mark == '-' && n == 2) /* Apr-26 */
        return set_month(out, four_digits(first, 2), month);
    out->month = month;
    out->mday = (int)first;
    return first >= 1 && okb_day_of(2024, month, (int)first) != OKB_DAY_NONE;
}

/* Q3 2026, H1 FY26, W14 2026, Annual 2025. */
static bool from_period(cursor *c, date *out)
{
    okb_arena scratch;
    okb_cycle cycle;
    okb_arena_init(&scratch, 256);
    bool ok = okb_cycle_parse(c->rest, okb_words_first_month(c->w), &scratch, &cycle);
    okb_arena_reset(&scratch);
    if (ok) {
        out->first = cycle.start;
        out->last = cycle.due;
        out->has_year = true;
        advance(c, c->rest.n);
        return true;
    }
    cursor look = *c;
    okb_span letters = peek_letters(&look);
    if (!letters.n || !okb_words_find(c->w, W_PERIOD, letters))
        return false;
    advance(&look, letters.n);
    while (look.rest.n && strchr(" -", look.rest.p[0]))
        advance(&look, 1);
    int64_t week, year;
    size_t n = take_digits(&look, &week);
    while (look.rest.n && strchr(" -/,", look.rest.p[0]))
        advance(&look, 1);
    if (n == 0 || n > 2 || take_digits(&look, &year) != 4)
        return false;
    if (!set_week((int)year, week, out))
        return false;
    *c = look;
    return true;
}

bool okb_date_scan_one(words *w, okb_span text, date *out)
{
    cursor c = {w, text};
    skip_blanks(&c);
    for (int i = 0; i < 3; i++) { /* Thu, by, end of, due */
        okb_span letters = peek_letters(&c);
        if (!letters.n || (!okb_words_find(w, W_WEEKDAY, letters) && !okb_words_find(w, W_DATE, letters)))
            break;
        advance(&c, letters.n);
        if (c.rest.n && c.rest.p[0] == '.')
            advance(&c, 1);
        skip_blanks(&c);
    }
    if (c.rest.n == 0)
        return false;
    cursor whole = c;
    bool ok;
    if (is_digit(c.rest.p[0])) {
        int64_t a;
        size_t n = take_digits(&c, &a);
        if (n >= 5)
            return from_plain_number(&whole, a, n, out);
        ok = n == 4 ? from_year(&c, (int)a, out) : n <= 2 && from_two_digits(&c, a, out);
        if (!ok) {
            *out = (date){.first = OKB_DAY_NONE, .last = OKB_DAY_NONE};
            c = whole;
            ok = from_period(&c, out);
        }
    } else {
        ok = from_name(&c, out);
        if (!ok) {
            *out = (date){.first = OKB_DAY_NONE, .last = OKB_DAY_NONE};
            c = whole;
            ok = from_period(&c, out);
        }
    }
    return ok && take_time(&c, &out->shift) && c.rest.n == 0;
}
