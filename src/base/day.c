/* Days since 1970-01-01, proleptic Gregorian. The month arithmetic counts years from March, so that the leap day is a year's last. */
#include "okrbook/base.h"

#include <stdio.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static okb_day civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

okb_day okb_day_of(int year, int month, int day)
{
    if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return OKB_DAY_NONE;
    return civil(year, month, day);
}

void okb_day_split(okb_day day, int *year, int *month, int *mday)
{
    int shifted = day + 719468;
    int era = shifted / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    *mday = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

int okb_day_weekday(okb_day day)
{
    int from_thursday = day % 7; /* 1970-01-01 was a Thursday */
    if (from_thursday < 0)
        from_thursday += 7;
    return (from_thursday + 3) % 7 + 1;
}

okb_day okb_day_add_months(okb_day day, int months)
{
    int year, month, mday;
    okb_day_split(day, &year, &month, &mday);
    int total = year * 12 + (month - 1) + months;
    year = total / 12;
    month = total % 12 + 1;
    int last = month_days(year, month);
    return okb_day_of(year, month, mday < last ? mday : last);
}

okb_day okb_day_month_end(int year, int month)
{
    if (month < 1 || month > 12)
        return OKB_DAY_NONE;
    return okb_day_of(year, month, month_days(year, month));
}

okb_day okb_day_iso_week(int year, int week)
{
    okb_day fourth = okb_day_of(year, 1, 4);
    if (fourth == OKB_DAY_NONE || week < 1 || week > 53)
        return OKB_DAY_NONE;
    okb_day monday = fourth - (okb_day_weekday(fourth) - 1) + (week - 1) * 7;
    int y, m, d;
    okb_day_split(monday + 3, &y, &m, &d); /* a week belongs to the year of its Thursday */
    return y == year ? monday : OKB_DAY_NONE;
}

void okb_day_print(okb_day day, char out[11])
{
    out[0] = '\0';
    if (day == OKB_DAY_NONE)
        return;
    int year, month, mday;
    okb_day_split(day, &year, &month, &mday);
    if (year >= 0 && year <= 9999)
        snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000U, (unsigned)month % 100U, (unsigned)mday % 100U);
}
