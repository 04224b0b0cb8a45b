/*
 * A deadline's words -> the day. Years that are not said come from the goal's cycle; what stays open (a numeric date of unknown
 * order, "by Easter", a deadline without a cycle) is no day, but still a deadline.
 */
#include <math.h>

#include "reading.h"

typedef struct dating {
    const scan *scan;
    const captures *groups;
    okb_day start, due;
} dating;

static okb_span group_of(const dating *d, group g)
{
    return (okb_span){d->scan->text.folded + d->groups->from[g], (size_t)(d->groups->to[g] - d->groups->from[g])};
}

static bool is_set(const dating *d, group g)
{
    return d->groups->to[g] != 0;
}

static int digits_of(okb_span s)
{
    int value = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9' && value < 100000)
            value = value * 10 + (s.p[i] - '0');
    return value;
}

static int year_of_day(okb_day day)
{
    int y = 0, m = 0, d = 0;
    okb_day_split(day, &y, &m, &d);
    return y;
}

/* The first and last day of a stretch, moved to what "end of", "early", "before" ask for. */
static okb_day edge_of(const dating *d, okb_day first, okb_day last)
{
    okb_span edge = group_of(d, GROUP_EDGE);
    if (is_set(d, GROUP_BEFORE) && !edge.n)
        return first - 1;
    if (okb_span_starts(edge, OKB_S("start")) || okb_span_starts(edge, OKB_S("begin")) ||
        okb_span_starts(edge, OKB_S("early")))
        return first;
    if (okb_span_starts(edge, OKB_S("mid")))
        return first + (last - first) / 2;
    return last;
}

static okb_day month_edge(const dating *d, int year, int month)
{
    okb_day first = okb_day_of(year, month, 1), last = okb_day_month_end(year, month);
    if (okb_span_starts(group_of(d, GROUP_EDGE), OKB_S("mid")))
        return okb_day_of(year, month, 15);
    return first == OKB_DAY_NONE ? OKB_DAY_NONE : edge_of(d, first, last);
}

static int full_year(okb_span text)
{
    int year = digits_of(text);
    if (text.n && year < 100)
        year += 2000;
    return year >= 1900 && year <= 2999 ? year : 0;
}

static okb_day in_cycle(const dating *d, int month, int mday, bool has_day)
{
    if (d->start == OKB_DAY_NONE)
        return OKB_DAY_NONE;
    for (int year = year_of_day(d->start); year <= year_of_day(d->start) + 1; year++) {
        okb_day day = has_day ? okb_day_of(year, month, mday) : okb_day_month_end(year, month);
        if (day != OKB_DAY_NONE && day >= d->start)
            return has_day ? day : month_edge(d, year, month);
    }
    return OKB_DAY_NONE;
}

static okb_day month_day(const dating *d)
{
    const rule *month = okb_lexicon_find(d->scan->judge, d->scan->grammar, SIG_MONTH, group_of(d, GROUP_MONTH));
    if (!month)
        return OKB_DAY_NONE;
    int m = (int)month->shown.weight, mday = digits_of(group_of(d, GROUP_DAY));
    okb_span year_text = group_of(d, GROUP_YEAR);
    int year = full_year(year_text);
    if (year_text.n && !year)
        return OKB_DAY_NONE;
    okb_day day;
    if (year)
        day = mday ? okb_day_of(year, m, mday) : month_edge(d, year, m);
    else
        day = in_cycle(d, m, mday, mday > 0);
    return day != OKB_DAY_NONE && mday && is_set(d, GROUP_BEFORE) ? day - 1 : day;
}

/* A quarter or half: with a year as a cycle's name says it, else the first one that ends in or after the goal's start. */
static okb_day part_of_year(const dating *d, char letter, int number, int months)
{
    int first_month = d->scan->judge->first_month;
    char name[48];
    okb_span year = group_of(d, GROUP_YEAR);
    okb_cycle cycle = {0};
    int from = 0, to = 0;
    okb_arena scratch;
    okb_arena_init(&scratch, 256);
    okb_day day = OKB_DAY_NONE;
    if (number < 1 || number > 12 / months)
        return day;
    if (year.n)
        from = to = 0;
    else if (d->start != OKB_DAY_NONE) {
        from = year_of_day(d->start) - 1;
        to = from + 3;
    } else {
        return day;
    }
    for (int y = from; y <= to && day == OKB_DAY_NONE; y++) {
        int n = 0;
        name[n++] = letter;
        name[n++] = (char)('0' + number);
        name[n++] = ' ';
        if (year.n) {
            for (size_t i = 0; i < year.n && n < (int)sizeof name - 1; i++)
                if (year.p[i] != '\'' && year.p[i] != ' ')
                    name[n++] = year.p[i];
        } else {
            for (int by = 1000; by; by /= 10)
                name[n++] = (char)('0' + y / by % 10);
        }
        if (okb_cycle_parse((okb_span){name, (size_t)n}, first_month, &scratch, &cycle) && cycle.due != OKB_DAY_NONE &&
            (year.n || cycle.due >= d->start))
            day = edge_of(d, cycle.start, cycle.due);
    }
    okb_arena_reset(&scratch);
    return day;
}

static okb_day whole_year(const dating *d)
{
    okb_span year = group_of(d, GROUP_YEAR);
    bool is_fiscal = year.n && (year.p[0] == 'f');
    /* "2026/27" and "2026-27": the year in which it ends; "2026/08": a month. */
    size_t cut = 0;
    while (cut < year.n && year.p[cut] != '/' && year.p[cut] != '-')
        cut++;
    if (cut < year.n) {
        int first_year = full_year(okb_span_sub(year, 0, cut)), last = digits_of(okb_span_sub(year, cut + 1, year.n));
        if (first_year && last >= 1 && last <= 12 && last != (first_year + 1) % 100)
            return okb_day_month_end(first_year, last);
        return last ? okb_day_of(last < 100 ? 2000 + last : last, 12, 31) : OKB_DAY_NONE;
    }
    int y = full_year((okb_span){year.p, year.n});
    if (!y)
        return OKB_DAY_NONE;
    int first_month = is_fiscal ? d->scan->judge->first_month : 1;
    okb_day last = first_month == 1 ? okb_day_of(y, 12, 31) : okb_day_of(y, first_month, 1) - 1;
    okb_day first = first_month == 1 ? okb_day_of(y, 1, 1) : okb_day_of(y - 1, first_month, 1);
    return first == OKB_DAY_NONE ? OKB_DAY_NONE : edge_of(d, first, last);
}

static okb_day add_periods(okb_day start, double count, double unit_days)
{
    if (!(count > 0) || count > 1000 || start == OKB_DAY_NONE)
        return OKB_DAY_NONE;
    if (unit_days >= 28 && count == floor(count))
        return okb_day_add_months(start, (int)lround(count * unit_days / 30.4375));
    return start + (okb_day)lround(count * unit_days);
}

/* "by the end of the quarter": the quarter, half or year that holds the start of the goal's own period. */
static okb_day running_period(const dating *d, double unit_days)
{
    if (d->start == OKB_DAY_NONE)
        return OKB_DAY_NONE;
    int months = (int)lround(unit_days / 30.4375);
    if (months != 12 && months != 6 && months != 3)
        return OKB_DAY_NONE;
    okb_arena scratch;
    okb_arena_init(&scratch, 256);
    okb_cycle cycle = okb_cycle_of(d->start, months, d->scan->judge->first_month, &scratch);
    okb_day first = cycle.start, last = cycle.due;
    okb_arena_reset(&scratch);
    if (is_set(d, GROUP_NEXT)) {
        first = last + 1;
        last = okb_day_add_months(first, months) - 1;
    }
    return edge_of(d, first, last);
}

/* "three to six", "3-6": the later one, when all of it must be done. "twenty-five" is one number. */
static okb_span last_of_range(okb_span count)
{
    for (size_t i = count.n; i > 1; i--) {
        char before = count.p[i - 1];
        bool is_dash = before == '-' && i < count.n && count.p[i] >= '0' && count.p[i] <= '9';
        bool is_word = before == ' ' && i > 3 &&
                       (okb_span_ends(okb_span_sub(count, 0, i - 1), OKB_S(" to")) ||
                        okb_span_ends(okb_span_sub(count, 0, i - 1), OKB_S(" or")));
        if (is_dash || is_word)
            return okb_span_sub(count, i, count.n);
    }
    return count;
}

static okb_day counted(const dating *d)
{
    const rule *unit = okb_lexicon_find(d->scan->judge, d->scan->grammar, SIG_PERIOD, group_of(d, GROUP_PERIOD));
    if (!unit)
        return OKB_DAY_NONE;
    if (!is_set(d, GROUP_COUNT))
        return running_period(d, unit->shown.weight);
    double count =
        okb_number_in_words(d->scan->judge, d->scan->grammar, last_of_range(group_of(d, GROUP_COUNT)), NULL, NULL);
    return isnan(count) ? OKB_DAY_NONE : add_periods(d->start, count, unit->shown.weight);
}

static okb_day seasonal(const dating *d)
{
    const rule *season = okb_lexicon_find(d->scan->judge, d->scan->grammar, SIG_SEASON, group_of(d, GROUP_SEASON));
    int month = season ? (int)season->shown.weight : 0;
    int mday = season ? (int)lround((season->shown.weight - month) * 100) : 0;
    if (month < 1 || month > 12)
        return OKB_DAY_NONE;
    int year = full_year(group_of(d, GROUP_YEAR));
    okb_day day = year ? okb_day_of(year, month, mday) : in_cycle(d, month, mday, true);
    return day;
}

static okb_day numeric(const dating *d)
{
    okb_span text = group_of(d, GROUP_DATE);
    int part[3] = {0}, n = 0;
    size_t first_digits = 0;
    char mark = '\0';
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] >= '0' && text.p[i] <= '9') {
            if (part[n] < 100000)
                part[n] = part[n] * 10 + (text.p[i] - '0');
            first_digits += n == 0;
        } else if (n < 2) {
            mark = text.p[i];
            n++;
        } else {
            return OKB_DAY_NONE;
        }
    }
    if (first_digits == 4)
        return n == 2   ? okb_day_of(part[0], part[1], part[2])
               : n == 1 ? okb_day_month_end(part[0], part[1])
                        : OKB_DAY_NONE;
    if (n == 1 && part[1] > 1900)
        return okb_day_month_end(part[1], part[0]);
    int year = n == 2 ? (part[2] < 100 ? 2000 + part[2] : part[2]) : 0;
    bool is_day_first = part[0] > 12 || mark == '.', is_month_first = part[1] > 12;
    if (is_day_first == is_month_first)
        return OKB_DAY_NONE;
    int month = is_day_first ? part[1] : part[0], mday = is_day_first ? part[0] : part[1];
    return year ? okb_day_of(year, month, mday) : in_cycle(d, month, mday, true);
}

static okb_day week_number(const dating *d)
{
    int week = digits_of(group_of(d, GROUP_WEEK));
    if (d->start == OKB_DAY_NONE || week < 1 || week > 53)
        return OKB_DAY_NONE;
    okb_day day = d->start + 7 * week - 1;
    if (d->due == OKB_DAY_NONE || day <= d->due + 6)
        return day;
    /* More weeks than the period has: a week of the calendar. */
    for (int year = year_of_day(d->start); year <= year_of_day(d->start) + 1; year++) {
        okb_day monday = okb_day_iso_week(year, week);
        if (monday != OKB_DAY_NONE && monday + 6 >= d->start)
            return monday + 6;
    }
    return OKB_DAY_NONE;
}

static int quarter_number(const dating *d, okb_span text)
{
    int number = digits_of(text);
    if (number)
        return number;
    const rule *r = okb_lexicon_find(d->scan->judge, d->scan->grammar, SIG_NUMBER_WORD, text);
    if (r)
        return (int)r->shown.weight;
    return 0;
}

okb_day okb_date_resolve(const scan *s, const hit *h, okb_day start, okb_day due)
{
    if (h->captures == OKB_NONE)
        return OKB_DAY_NONE;
    dating d = {s, &okb_vec_at(&s->captures, captures, h->captures), start, due};
    if (is_set(&d, GROUP_DATE))
        return numeric(&d);
    if (is_set(&d, GROUP_MONTH))
        return month_day(&d);
    if (is_set(&d, GROUP_QUARTER))
        return part_of_year(&d, 'q', quarter_number(&d, group_of(&d, GROUP_QUARTER)), 3);
    if (is_set(&d, GROUP_HALF))
        return part_of_year(&d, 'h', quarter_number(&d, group_of(&d, GROUP_HALF)), 6);
    if (is_set(&d, GROUP_SEASON))
        return seasonal(&d);
    if (is_set(&d, GROUP_YEAR))
        return whole_year(&d);
    if (is_set(&d, GROUP_WEEK))
        return week_number(&d);
    if (is_set(&d, GROUP_PERIOD))
        return counted(&d);
    return OKB_DAY_NONE;
}
