/* A cell's dates: one day, a range of two, what the order of day and month makes of them, and the year that is not written. */
#include "room.h"

#include <string.h>

enum { LONGEST_DATE = 96 };

/* Where two days are written, the place between them. */
static size_t range_mark(okb_span text, size_t *mark_size)
{
    static const char *const marks[] = {"\xE2\x86\x92", " -> ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ", " - ",
                                        " to ",         " bis ", " until ",        "\xE2\x80\x93"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = okb_span_find(text, okb_span_of(marks[i]));
        if (at != SIZE_MAX && at > 0) {
            *mark_size = strlen(marks[i]);
            return at;
        }
    }
    return SIZE_MAX;
}

bool okb_date_halves(okb_span text, okb_span *head, okb_span *tail)
{
    size_t mark_size = 0, at = text.n <= LONGEST_DATE ? range_mark(text, &mark_size) : SIZE_MAX;
    if (at == SIZE_MAX)
        return false;
    *head = okb_span_trim(okb_span_sub(text, 0, at));
    *tail = okb_span_trim(okb_span_sub(text, at + mark_size, text.n));
    return true;
}

static bool scan_range(words *w, okb_span text, date *out)
{
    okb_span head, tail;
    if (!okb_date_halves(text, &head, &tail))
        return false;
    date from = {.first = OKB_DAY_NONE, .last = OKB_DAY_NONE}, to = from;
    if (!okb_date_scan_one(w, head, &from) || !okb_date_scan_one(w, tail, &to) || from.is_open || to.is_open)
        return false;
    if (from.first == OKB_DAY_NONE && from.month && to.last != OKB_DAY_NONE) { /* Apr 3 – Jun 19, 2026 */
        int year, month, mday;
        okb_day_split(to.last, &year, &month, &mday);
        from.first = okb_day_of(year, from.month, from.mday ? from.mday : 1);
    }
    if (from.first == OKB_DAY_NONE || to.last == OKB_DAY_NONE)
        return false;
    *out = (date){.first = from.first + from.shift, .last = to.last + to.shift, .is_range = true, .has_year = true};
    return true;
}

bool okb_date_scan(words *w, okb_span text, date *out)
{
    *out = (date){.first = OKB_DAY_NONE, .last = OKB_DAY_NONE};
    if (text.n < 3 || text.n > LONGEST_DATE)
        return false;
    if (text.n == 10 && text.p[4] == '-' && text.p[7] == '-') {
        int figures[3] = {0, 0, 0};
        bool ok = true;
        for (size_t i = 0; i < 10 && ok; i++)
            if (i != 4 && i != 7) {
                ok = text.p[i] >= '0' && text.p[i] <= '9';
                int *p = &figures[i < 4 ? 0 : i < 7 ? 1 : 2];
                *p = *p * 10 + (text.p[i] - '0');
            }
        if (ok) {
            out->first = out->last = okb_day_of(figures[0], figures[1], figures[2]);
            out->has_year = true;
            return out->first != OKB_DAY_NONE;
        }
    }
    if (okb_date_scan_one(w, text, out)) {
        if (out->shift && out->first != OKB_DAY_NONE && !out->is_open) {
            out->first += out->shift;
            out->last += out->shift;
        }
        return true;
    }
    *out = (date){.first = OKB_DAY_NONE, .last = OKB_DAY_NONE};
    return scan_range(w, text, out);
}

okb_day okb_date_settle(const date *d, okb_date_order order)
{
    okb_day day = OKB_DAY_NONE;
    switch (order) {
    case OKB_ORDER_DMY:
        day = okb_day_of(d->year, d->b, d->a);
        break;
    case OKB_ORDER_MDY:
        day = okb_day_of(d->year, d->a, d->b);
        break;
    case OKB_ORDER_YMD: /* two digits of the year first */
        day = okb_day_of(2000 + d->a, d->b, d->year % 100);
        break;
    case OKB_ORDER_PROVE:
        if (d->a == d->b || d->b > 12)
            day = okb_day_of(d->year, d->a, d->b);
        else if (d->a > 12)
            day = okb_day_of(d->year, d->b, d->a);
        break;
    }
    return day == OKB_DAY_NONE ? day : day + d->shift;
}

okb_day okb_date_complete(const date *d, okb_day from, okb_day to, okb_day as_of)
{
    int year, month, mday;
    okb_day_split(to != OKB_DAY_NONE ? to : as_of, &year, &month, &mday);
    for (int back = 0; back < 2; back++) {
        okb_day day = d->mday ? okb_day_of(year - back, d->month, d->mday) : okb_day_month_end(year - back, d->month);
        if (from == OKB_DAY_NONE || to == OKB_DAY_NONE)
            return day;
        if (day != OKB_DAY_NONE && day >= from && day <= to)
            return day;
    }
    return d->mday ? okb_day_of(year, d->month, d->mday) : okb_day_month_end(year, d->month);
}
