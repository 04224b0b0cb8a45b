/* Start, target, unit, direction and kind of change as statements write them: figures, words, from-to pairs, bounds, names. */
#include "judge_reader.h"

typedef struct read_row {
    const char *text;
    double baseline, target;
    const char *unit;
    okb_direction direction;
} read_row;

#define NONE NAN

static void check(const read_row *rows, size_t n, const char *language)
{
    judge_reader reader;
    judge_reader_open(&reader, "1");
    for (size_t i = 0; i < n; i++) {
        okb_verdict verdict =
            judge_reader_read(&reader, rows[i].text, language, okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30));
        assert_near(verdict.baseline, rows[i].baseline, rows[i].text);
        assert_near(verdict.target, rows[i].target, rows[i].text);
        assert_span(verdict.unit, rows[i].unit, rows[i].text);
        if (verdict.direction != rows[i].direction)
            fail_msg("'%s': %s, expected %s", rows[i].text, okb_direction_name(verdict.direction),
                     okb_direction_name(rows[i].direction));
    }
    judge_reader_close(&reader);
}

static void a_start_and_an_end_are_read_in_every_form(void **state)
{
    (void)state;
    static const read_row rows[] = {
        {"Raise canteen CSAT from 61 to 78", 61, 78, "", OKB_INCREASE},
        {"Raise return rate from 21% to 29%", 21, 29, "%", OKB_INCREASE},
        {"Grow mid-market ARR from $2M to $3.2M", 2e6, 3.2e6, "$", OKB_INCREASE},
        {"Raise till takings from R$ 850.000 to R$ 1.200.000,50", 850000, 1200000.5, "R$", OKB_INCREASE},
        {"Lower cost per hire from CHF 4'800 to CHF 3'900", 4800, 3900, "CHF", OKB_DECREASE},
        {"Cut the wait from 3.5 days to 20 hours", 3.5, 20, "hours", OKB_DECREASE},
        {"Cut misrouted parcels from 260/week to 169/week", 260, 169, "", OKB_DECREASE},
        {"Cut the sign-in routine from seven steps to three", 7, 3, "", OKB_DECREASE},
        {"Reach 98.5% order accuracy (currently 96.2%)", 96.2, 98.5, "%", OKB_INCREASE},
        {"55% second-dose return rate (up from 42%)", 42, 55, "%", OKB_INCREASE},
        {"Reach 98% on time (96% today)", 96, 98, "%", OKB_INCREASE},
        {"Shorten the close to 5 working days (today: 9)", 9, 5, "working days", OKB_DECREASE},
        {"Invoice accuracy at 99.5%, currently at 97.2%", 97.2, 99.5, "%", OKB_INCREASE},
        {"Sign 55 reseller contracts vs. 40 last year", 40, 55, "", OKB_INCREASE},
        {"Shrinkage of 0.9% as opposed to 1.6%", 1.6, 0.9, "%", OKB_DECREASE},
        {"Evening enrolments 410 (last year 355)", 355, 410, "", OKB_INCREASE},
        {"Average class size 26 (prior year 31)", 31, 26, "", OKB_DECREASE},
        {"Sick days: 9.1 last year, 7.5 this year", 9.1, 7.5, "", OKB_DECREASE},
        {"Build time: 14 min today, 6 min is the aim", 14, 6, "min", OKB_DECREASE},
        {"Reach ten days instead of fourteen", 14, 10, "days", OKB_DECREASE},
        {"First-call resolution; baseline: 62%, target: 75%", 62, 75, "%", OKB_INCREASE},
        {"Burglaries per 1,000 homes: baseline 6.8, target 5.5", 6.8, 5.5, "", OKB_DECREASE},
        {"Monthly active sites 40 -> 60", 40, 60, "", OKB_INCREASE},
        {"Margin per plate: 58 % \xe2\x86\x92 66 % => on track", 58, 66, "%", OKB_INCREASE},
        {"Free-to-paid 2.1% \xe2\x9e\x9c 3.5%", 2.1, 3.5, "%", OKB_INCREASE},
        {"Onboarding days: 21 \xe2\x87\x92 14", 21, 14, "", OKB_DECREASE},
        {"Onboarding days: 21 => 14", 21, 14, "", OKB_DECREASE},
        {"Raise uptime to 99% => 98.2%", NONE, 99, "%", OKB_INCREASE},
        {"Theatre use 78 to 85 %", 78, 85, "%", OKB_INCREASE},
        {"Pick rate 88 lines/h to 110 lines/h", 88, 110, "", OKB_INCREASE},
        {"Raise loaves sold from 140 to 190 and cut waste to 4%", 140, NONE, "", OKB_INCREASE},
        {"First response from 9 h to 3 h, CSAT from 82 to 90", NONE, NONE, "", OKB_DIRECTION_NONE},
    };
    check(rows, COUNT_OF(rows), "en");
}

static void of_several_numbers_the_goal_s_own_is_the_target(void **state)
{
    (void)state;
    static const read_row rows[] = {
        {"95% of tickets answered within 4 hours", NONE, 95, "%", OKB_AT_LEAST},
        {"Return every phone message within 2 working hours", NONE, 2, "working hours", OKB_AT_MOST},
        {"Work out 3 times a week for 30 minutes", NONE, 3, "", OKB_INCREASE},
        {"Run 5 km twice a week for three months", NONE, 5, "km", OKB_INCREASE},
        {"Debtor days at 38", NONE, 38, "", OKB_INCREASE},
        {"At least 1 Gbit/s for 95% of households", NONE, 95, "%", OKB_INCREASE},
        {"Delivery promise kept within 2 days for 95 % of orders", NONE, 95, "%", OKB_AT_LEAST},
        {"Win 14 hospital contracts worth over \xc2\xa3"
         "250K each",
         NONE, 14, "", OKB_INCREASE},
        {"Cut claims older than 60 days from 210 to under 50", 210, 50, "", OKB_DECREASE},
        {"MTTR for Sev-1 incidents below 45 min (today: 110 min)", 110, 45, "min", OKB_DECREASE},
        {"Run 10 km in under 50 minutes", NONE, 50, "minutes", OKB_AT_MOST},
        {"Awareness among parents up 8 points to 29%", NONE, 29, "%", OKB_INCREASE},
        {"Increase ARR by \xe2\x82\xac"
         "1.2M to \xe2\x82\xac"
         "4.8M",
         NONE, 4.8e6, "\xe2\x82\xac", OKB_INCREASE},
        {"Today 22 of 90 sites have solar; make it 60", 22, 60, "", OKB_INCREASE},
        {"Move 3 of the 5 regional depots to rail", NONE, 3, "", OKB_INCREASE},
        {"We want to open 3 shops this year", NONE, 3, "", OKB_INCREASE},
        {"I will be able to hold a plank for 3 minutes", NONE, 3, "minutes", OKB_AT_LEAST},
        {"Improve results for the top 5 unhappy buyers", NONE, NONE, "", OKB_DIRECTION_NONE},
    };
    check(rows, COUNT_OF(rows), "en");
}

static void numbers_in_names_headings_and_notes_are_no_target(void **state)
{
    (void)state;
    static const read_row rows[] = {
        {"Output 1.2: 350 households connected", NONE, 350, "", OKB_INCREASE},
        {"Activity 3.1 Train 200 teachers", NONE, 200, "", OKB_INCREASE},
        {"KR-2) 20 usability tests written up", NONE, 20, "", OKB_INCREASE},
        {"KR3 / Jonas / 15 case studies signed off", NONE, 15, "", OKB_INCREASE},
        {"#2 Raise the share of reusable crates to 70%", NONE, 70, "%", OKB_INCREASE},
        {"1.1 Reach 12,000 readers", NONE, 12000, "", OKB_INCREASE},
        {"4.7 stars on review sites", NONE, 4.7, "", OKB_INCREASE},
        {"Migrate all 14 sites to version 5.2", NONE, 14, "", OKB_INCREASE},
        {"Obtain ISO 27001 certification", NONE, NONE, "", OKB_MILESTONE},
        {"Launch the Model 3 range", NONE, NONE, "", OKB_MILESTONE},
        {"Deploy Windows 11 to 400 laptops", NONE, 400, "", OKB_INCREASE},
        {"Search API p95 latency under 300 ms", NONE, 300, "ms", OKB_AT_MOST},
        {"Raise 30-day reorder rate to 29%", NONE, 29, "%", OKB_INCREASE},
        {"Win 6 logos from the G20 ministries", NONE, 6, "", OKB_INCREASE},
        {"Average handling time 12 minutes", NONE, 12, "minutes", OKB_INCREASE},
        {"Raise it to 82% (7/10)", NONE, 82, "%", OKB_INCREASE},
    };
    check(rows, COUNT_OF(rows), "en");
}

static void figures_words_ratios_and_bounds_have_their_value(void **state)
{
    (void)state;
    static const read_row rows[] = {
        {"Sign 1,200 growers", NONE, 1200, "", OKB_INCREASE},
        {"Raise \xe2\x82\xac"
         "3.2k",
         NONE, 3200, "\xe2\x82\xac", OKB_INCREASE},
        {"Grow the list to 1.5 million readers", NONE, 1.5e6, "", OKB_INCREASE},
        {"Win a dozen contracts", NONE, 12, "", OKB_INCREASE},
        {"Save half a million euros", NONE, 500000, "euros", OKB_INCREASE},
        {"Plant two hundred and ten trees", NONE, 210, "", OKB_INCREASE},
        {"Plant twenty-five trees", NONE, 25, "", OKB_INCREASE},
        {"Send a letter twice a month", NONE, 2, "", OKB_INCREASE},
        {"Earn 4.6/5 stars", NONE, 4.6, "", OKB_INCREASE},
        {"Nine in ten tenants renew", NONE, 9, "", OKB_INCREASE},
        {"9 out of 10 parents would recommend us", NONE, 9, "", OKB_INCREASE},
        {"A staff ratio of 12:1", NONE, 12, "", OKB_INCREASE},
        {"Grade 6 or better in maths", NONE, 6, "", OKB_AT_LEAST},
        {"Reach the top 3 of the league", NONE, 3, "", OKB_INCREASE},
        {"NPS of 50+", NONE, 50, "", OKB_AT_LEAST},
        {"Keep voluntary turnover at or below 9%", NONE, 9, "%", OKB_AT_MOST},
        {"Refunds handled in 3 days or less", NONE, 3, "days", OKB_AT_MOST},
        {"Rated 4.5 or better by guests", NONE, 4.5, "", OKB_AT_LEAST},
        {"Reach at least 99% uptime", NONE, 99, "%", OKB_AT_LEAST},
        {"Sell at least 500 tickets", NONE, 500, "", OKB_INCREASE},
        {"Gross margin \xe2\x89\xa5 42%", NONE, 42, "%", OKB_AT_LEAST},
        {"No more than 2 outages", NONE, 2, "", OKB_AT_MOST},
        {"Zero lost-time injuries", NONE, 0, "", OKB_AT_MOST},
        {"Maintain a CSAT of 90%", NONE, 90, "%", OKB_AT_LEAST},
        {"Reduce churn to 3%", NONE, 3, "%", OKB_DECREASE},
        {"Run it in 3:15 minutes", NONE, NONE, "", OKB_INCREASE},
        {"Keep stock between 40 and 60", NONE, NONE, "", OKB_AT_LEAST},
        {"Swim 30-35 laps", NONE, NONE, "", OKB_INCREASE},
        {"1/3 of all bookings made in the app", NONE, NONE, "", OKB_INCREASE},
    };
    check(rows, COUNT_OF(rows), "en");
}

static void a_level_is_no_change_and_a_change_no_level(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        okb_change change;
        double by;
    } rows[] = {
        {"Reach an NPS of 55", OKB_CHANGE_NONE, NONE},
        {"Reach an NPS of 55 (currently 38)", OKB_CHANGE_NONE, NONE},
        {"Reduce churn to 3%", OKB_CHANGE_NONE, NONE},
        {"Uptime of 99.9%", OKB_CHANGE_NONE, NONE},
        {"Keep stock between 40 and 60", OKB_CHANGE_NONE, NONE},
        {"Half of all hires come through referrals", OKB_CHANGE_NONE, NONE},
        {"Serve two thirds of the town", OKB_CHANGE_NONE, NONE},
        {"Cut waste by 40%", OKB_CHANGE_PERCENT, -40},
        {"Raise turnover 300%", OKB_CHANGE_PERCENT, 300},
        {"Sales +12%", OKB_CHANGE_PERCENT, 12},
        {"-15% bounce rate on product pages", OKB_CHANGE_PERCENT, -15},
        {"30% fewer complaints", OKB_CHANGE_PERCENT, -30},
        {"Scope 1 emissions down 42%", OKB_CHANGE_PERCENT, -42},
        {"A rise of 12% in orders", OKB_CHANGE_PERCENT, 12},
        {"Raise turnover by a third", OKB_CHANGE_PERCENT, 100 / 3.0},
        {"Cut waste by 1/5", OKB_CHANGE_PERCENT, -20},
        {"Lift eNPS by 4 points", OKB_CHANGE_POINTS, 4},
        {"A drop of 12 points in eNPS", OKB_CHANGE_POINTS, -12},
        {"Halve the backlog", OKB_CHANGE_FACTOR, 0.5},
        {"Double our grants", OKB_CHANGE_FACTOR, 2},
        {"Grow bookings 3x", OKB_CHANGE_FACTOR, 3},
    };
    judge_reader reader;
    judge_reader_open(&reader, "1");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_verdict verdict = judge_reader_read(&reader, rows[i].text, "en", OKB_DAY_NONE, OKB_DAY_NONE);
        if (verdict.change != rows[i].change)
            fail_msg("'%s': change %d, expected %d", rows[i].text, (int)verdict.change, (int)rows[i].change);
        if (!isnan(rows[i].by) && !(fabs(verdict.change_by - rows[i].by) < 1e-6))
            fail_msg("'%s': by %g, expected %g", rows[i].text, verdict.change_by, rows[i].by);
    }
    judge_reader_close(&reader);
}

static void each_language_reads_its_own_numbers(void **state)
{
    (void)state;
    static const read_row german[] = {
        {"NPS von 38 auf 55 steigern", 38, 55, "", OKB_INCREASE},
        {"Fehlerquote von 4,2 % auf 2,5 % senken", 4.2, 2.5, "%", OKB_DECREASE},
        {"Umsatz auf 1.200.000 \xe2\x82\xac steigern", NONE, 1.2e6, "\xe2\x82\xac", OKB_INCREASE},
        {"Kosten um 20 % senken", NONE, 20, "%", OKB_DECREASE},
        {"F\xc3\xbcnf Workshops abhalten", NONE, 5, "", OKB_INCREASE},
        {"Zweimal pro Woche schwimmen gehen", NONE, 2, "", OKB_INCREASE},
        {"Wartezeit unter 30 Minuten halten", NONE, 30, "Minuten", OKB_AT_MOST},
        {"M\xc3\xbcll um ein Drittel verringern", NONE, NONE, "", OKB_DECREASE},
    };
    check(german, COUNT_OF(german), "de");
    static const read_row french[] = {
        {"Faire passer le NPS de 38 \xc3\xa0 55", 38, 55, "", OKB_INCREASE},
        {"R\xc3\xa9"
         "duire le taux d'erreur de 4,2 % \xc3\xa0 2,5 %",
         4.2, 2.5, "%", OKB_DECREASE},
        {"Atteindre un taux de satisfaction de 85 %", NONE, 85, "%", OKB_INCREASE},
        {"Augmenter les ventes de 12 %", NONE, 12, "%", OKB_INCREASE},
        {"Ouvrir trois boutiques", NONE, 3, "", OKB_INCREASE},
    };
    check(french, COUNT_OF(french), "fr");
    static const read_row spanish[] = {
        {"Subir el NPS de 38 a 55", 38, 55, "", OKB_INCREASE},
        {"Reducir la merma del 4,2 % al 2,5 %", 4.2, 2.5, "%", OKB_DECREASE},
        {"Alcanzar un 85 % de satisfacci\xc3\xb3n", NONE, 85, "%", OKB_INCREASE},
        {"Aumentar las ventas un 12 %", NONE, 12, "%", OKB_INCREASE},
        {"Abrir tres tiendas", NONE, 3, "", OKB_INCREASE},
    };
    check(spanish, COUNT_OF(spanish), "es");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_start_and_an_end_are_read_in_every_form),
        cmocka_unit_test(of_several_numbers_the_goal_s_own_is_the_target),
        cmocka_unit_test(numbers_in_names_headings_and_notes_are_no_target),
        cmocka_unit_test(figures_words_ratios_and_bounds_have_their_value),
        cmocka_unit_test(a_level_is_no_change_and_a_change_no_level),
        cmocka_unit_test(each_language_reads_its_own_numbers),
    };
    return cmocka_run_group_tests_name("numbers in the words", tests, NULL, NULL);
}
