/* Deadlines in the words: which are there, which are none, and the day that each names in a cycle. */
#include "judge_reader.h"

typedef struct dated {
    const char *text, *day; /* "": a deadline without a day; "-": no deadline */
} dated;

static void check(const dated *rows, size_t n, const char *language, const char *first_month, okb_day start,
                  okb_day due)
{
    judge_reader reader;
    judge_reader_open(&reader, first_month);
    for (size_t i = 0; i < n; i++) {
        okb_verdict verdict = judge_reader_read(&reader, rows[i].text, language, start, due);
        char day[11];
        okb_day_print(verdict.deadline, day);
        const char *got = verdict.timebound == OKB_YES ? day : "-";
        if (strcmp(got, rows[i].day) != 0)
            fail_msg("'%s': deadline '%s', expected '%s'", rows[i].text, got, rows[i].day);
    }
    judge_reader_close(&reader);
}

static void a_deadline_names_a_day_of_the_cycle(void **state)
{
    (void)state;
    static const dated rows[] = {
        {"Open the depot by Sept 8", "2026-09-08"},
        {"Open the depot by the 8th of September", "2026-09-08"},
        {"Open the depot before 1 October 2026", "2026-09-30"},
        {"Open the depot on 15 August", "2026-08-15"},
        {"Open the depot no later than August 31st", "2026-08-31"},
        {"Open the depot by 31/08/2026", "2026-08-31"},
        {"Open the depot by 2026/08/31", "2026-08-31"},
        {"Open the depot by 31-08-2026", "2026-08-31"},
        {"Open the depot by 31 Aug. 2026", "2026-08-31"},
        {"Open the depot by Aug-31", "2026-08-31"},
        {"Open the depot in August", "2026-08-31"},
        {"Open the depot during August", "2026-08-31"},
        {"Open the depot by mid-August", "2026-08-15"},
        {"Open the depot by late August", "2026-08-31"},
        {"Open the depot by August", "2026-08-31"},
        {"Open the depot by Q3", "2026-09-30"},
        {"Open the depot by end of Q3", "2026-09-30"},
        {"Open the depot by the end of Q3 2026", "2026-09-30"},
        {"Open the depot in Q3/26", "2026-09-30"},
        {"Open the depot by 3Q26", "2026-09-30"},
        {"Open the depot by Q3-2026", "2026-09-30"},
        {"Open the depot by Q3 FY26", "2026-09-30"},
        {"Open the depot by FY26-Q3", "2026-09-30"},
        {"Open the depot by the end of the third quarter", "2026-09-30"},
        {"Open the depot in the second half of the year", "2026-12-31"},
        {"Open the depot in H2", "2026-12-31"},
        {"Open the depot by end of H2 FY27", "2027-12-31"},
        {"Open the depot by 2027", "2027-12-31"},
        {"Open the depot by the end of 2027", "2027-12-31"},
        {"Open the depot by end-2027", "2027-12-31"},
        {"Open the depot by year end", "2026-12-31"},
        {"Open the depot by year's end", "2026-12-31"},
        {"Open the depot by the end of this fiscal year", "2026-12-31"},
        {"Open the depot by EOD Friday", ""},
        {"Open the depot within six weeks", "2026-08-12"},
        {"Open the depot in 6 weeks", "2026-08-12"},
        {"Open the depot in the next six weeks", "2026-08-12"},
        {"Open the depot over the coming two quarters", "2027-01-01"},
        {"Open the depot this quarter", "2026-09-30"},
        {"Open the depot this spring", "2027-05-31"},
        {"Open the depot next month", ""},
        {"Open the depot by next Friday", ""},
        {"Open the depot by week 34", "2026-08-23"},
        {"Open the depot by CW34", "2026-08-23"},
        {"Open the depot by the end of week 34", "2026-08-23"},
        {"Open the depot before the summer holidays", "2026-08-31"},
        {"Open the depot before Christmas", "2026-12-24"},
        {"Open the depot by Easter 2027", ""},
        {"Open the depot by Thanksgiving", ""},
        {"Open the depot in time for the trade fair", ""},
        {"Open the depot before the audit", ""},
        {"Open the depot ahead of the annual conference", ""},
        {"Open the depot by the next board meeting", ""},
        {"Open the depot by sprint 12", ""},
        {"Open the depot by the end of the sprint", ""},
        {"Open the depot by launch", ""},
        {"Open the depot by graduation", ""},
        {"Open the depot by the time the season starts", ""},
        {"Open the depot (deadline: 30 September)", "2026-09-30"},
        {"Open the depot (due 30 Sep)", "2026-09-30"},
        {"Open the depot (by Q4)", "2026-12-31"},
        {"Open the depot, due date 30 September 2026", "2026-09-30"},
        {"Open the depot - by end of month", ""},
        {"Open the depot by month end", ""},
        {"Open the depot by close of the quarter", "2026-09-30"},
        {"Open the depot within the year", "2026-12-31"},
        {"Open the depot within this year", "2026-12-31"},
        {"Open the depot within the quarter", "2026-09-30"},
        {"Open the depot within the first half of 2027", "2027-06-30"},
        {"Open the depot between July and September", "2026-09-30"},
        {"Open the depot from July to September", "2026-09-30"},
        {"Open the depot between 1 July and 30 September", "2026-09-30"},
        {"Sell 500 tickets from 1 July to 30 September", "2026-09-30"},
        {"Sell 500 tickets through the end of September", "2026-09-30"},
        {"Sell 500 tickets through September", "2026-09-30"},
        {"Sell 500 tickets until the end of September", "2026-09-30"},
        {"Sell 500 tickets over the summer", "2026-08-31"},
        {"Sell 500 tickets during Q4", "2026-12-31"},
        {"Sell 500 tickets in 2026/27", "2027-12-31"},
        {"Sell 500 tickets in FY26/27", "2027-12-31"},
        {"Sell 500 tickets in the 2026-27 season", "2027-12-31"},
        {"Sell 500 tickets for the rest of the year", "2026-12-31"},
        {"Sell 500 tickets throughout the year", ""},
        {"Practise for 30 minutes a day for 12 weeks", "2026-09-23"},
        {"Practise daily for the next month", ""},
        {"Lose 4 kg in 3 months", "2026-10-01"},
        {"Cut scrap to 2% within 12 months", "2027-07-01"},
        {"Cut scrap to 2% by the end of year two", "2026-12-31"},
        {"Cut scrap to 2% by 12/2026", "2026-12-31"},
        {"Cut scrap to 2% by 09/26", "2026-09-26"},
        {"Cut scrap to 2% effective 1 January", "2027-01-01"},
        {"By 1 December, cut scrap to 2%", "2026-12-01"},
        {"By the end of the year, scrap is at 2%", "2026-12-31"},
        {"In Q3, cut scrap to 2%", "2026-09-30"},
        {"Within 90 days, cut scrap to 2%", "2026-09-29"},
        {"Cut scrap to 2% before the end of the term", ""},
        {"Cut scrap to 2% by the AGM", ""},
        {"Cut scrap to 2% by Ramadan", ""},
        {"Cut scrap to 2% by the close of FY27", "2027-12-31"},
        {"Cut scrap to 2% in the first quarter", "2027-03-31"},
        {"Cut scrap to 2% in the coming year", "2027-12-31"},
        {"Cut scrap to 2% by my 40th birthday", ""},
        {"Cut scrap to 2% by tomorrow", ""},
        {"Cut scrap to 2% by the end of next week", ""},
        {"Cut scrap to 2% by 30th June 2026", "2026-06-30"},
        {"Cut scrap to 2% by June 30th, 2026", "2026-06-30"},
        {"Cut scrap to 2% by Friday, 26 June", "2027-06-26"},
        {"Cut scrap to 2% by '27", "2027-12-31"},
        {"Cut scrap to 2% by 2H 2026", "2026-12-31"},
        {"Cut scrap to 2% by late 2026", "2026-12-31"},
        {"Cut scrap to 2% by early Q4", "2026-10-01"},
        {"Cut scrap to 2% by the middle of the year", "2026-07-02"},
        {"Cut scrap to 2% halfway through Q3", "2026-09-30"},
        {"Cut scrap to 2% within two sprints", "2026-07-29"},
        {"Cut scrap to 2% in two years' time", "2028-07-01"},
        {"Cut scrap to 2% a year from now", "2027-07-01"},
        {"Cut scrap to 2% six months from now", "2027-01-01"},
        {"Cut scrap to 2% by the first week of May", "2027-05-31"},
        {"Q4 revenue of €3M", "2026-12-31"},
        {"€3M revenue in Q4", "2026-12-31"},
        {"€3M revenue (Q4)", "2026-12-31"},
        {"€3M revenue, Q4 2026", "2026-12-31"},
        {"€3M revenue Dec 2026", "2026-12-31"},
        {"Graduate in June", "2027-06-30"},
    };
    check(rows, COUNT_OF(rows), "en", "1", okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30));
}

static void a_limit_a_rate_or_a_name_is_no_deadline(void **state)
{
    (void)state;
    static const dated rows[] = {
        {"Go to bed by 10 pm", "-"},
        {"Finish the ward round by 9 am every day", "-"},
        {"Answer calls within 30 seconds", "-"},
        {"Answer 90% of mails within 2 days", "-"},
        {"Resolve incidents in under 4 hours", "-"},
        {"Keep response time below 2 days", "-"},
        {"Publish two posts per month", "-"},
        {"Publish a post every week", "-"},
        {"Hold weekly stand-ups", "-"},
        {"Meet twice a quarter", "-"},
        {"Grow sales by 12% year over year", "-"},
        {"Grow sales by 12% YoY", "-"},
        {"Grow sales by 12% vs last year", "-"},
        {"Grow sales by 12% compared with Q2", "-"},
        {"Cut emissions by 30% against 2019 levels", "-"},
        {"Cut emissions by 30% from a 2019 baseline", "-"},
        {"Beat last year's revenue", "-"},
        {"Write the plan for 2027", "-"},
        {"Agree the Q4 budget", "-"},
        {"Print the 2027 catalogue", "-"},
        {"Call customers who joined in March", "-"},
        {"Fewer than 3 complaints in the last 30 days", "-"},
        {"Raise 30-day retention to 40%", "-"},
        {"Raise the 12-month renewal rate to 90%", "-"},
        {"New hires productive within 60 days of joining", "-"},
        {"Onboard new hires in 10 days or less", "-"},
        {"Ship orders the same day", "-"},
        {"Run a mile in under 8 minutes", "-"},
        {"Reduce the waiting list soon", "-"},
        {"Eventually serve every village", "-"},
        {"Offer 24/7 support", "-"},
        {"Migrate to Windows 11", "-"},
        {"Support Agenda 2030", "-"},
        {"Stay off the phone until 9 pm", "-"},
        {"Deliver next-day to all towns", "-"},
        {"Reduce onboarding from 30 days to 10 days", "-"},
        {"Cut lead time to 3 weeks", "-"},
        {"Lead time of 3 weeks", "-"},
        {"Average tenure of 5 years", "-"},
        {"A runway of 18 months", "-"},
        {"Sign a contract for 3 years", "-"},
        {"Close the books within 5 working days", "-"},
        {"Pay invoices in 14 days", "-"},
        {"Launch in May's markets", "-"},
        {"Reach March (the town) residents", "-"},
        {"Employees with over 5 years of service", "-"},
        {"Serve children under 5 years", "-"},
        {"Win the 2025 prize again", "-"},
        {"Complete May Day float", "-"},
        {"Reduce time to hire from 60 to 40 days", "-"},
        {"Cut mean time to repair to 2 days", "-"},
        {"Review the Q2 results", "-"},
        {"Extend the guarantee to 5 years", "-"},
        {"A 3-year plan for the harbour", "-"},
        {"Repair 95% of faults within a week", "-"},
    };
    check(rows, COUNT_OF(rows), "en", "1", okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30));
}

static void quarters_follow_the_first_month_of_the_year(void **state)
{
    (void)state;
    static const dated april[] = {
        {"Open the depot by Q1", "2026-06-30"},
        {"Open the depot by end of Q4", "2027-03-31"},
        {"Open the depot by the end of FY26", "2026-03-31"},
        {"Open the depot by Q2 FY27", "2026-09-30"},
        {"Open the depot in H1", "2026-09-30"},
        {"Open the depot by the end of the year", "2027-03-31"},
        {"Open the depot by EOQ2", "2026-09-30"},
        {"Open the depot by year-end", "2027-03-31"},
    };
    check(april, COUNT_OF(april), "en", "4", okb_day_of(2026, 4, 1), okb_day_of(2026, 6, 30));
    static const dated january[] = {
        {"Open the depot by Q1", "2026-03-31"},
        {"Open the depot by end of Q4", "2026-12-31"},
        {"Open the depot in H1", "2026-06-30"},
        {"Open the depot by EOQ2", "2026-06-30"},
    };
    check(january, COUNT_OF(january), "en", "1", okb_day_of(2026, 1, 1), okb_day_of(2026, 3, 31));
}

static void without_a_cycle_only_a_year_in_the_words_gives_a_day(void **state)
{
    (void)state;
    static const dated rows[] = {
        {"Open the depot by 30 September 2026", "2026-09-30"},
        {"Open the depot by 30 September", ""},
        {"Open the depot by Q3 2026", "2026-09-30"},
        {"Open the depot by Q3", ""},
        {"Open the depot within 90 days", ""},
        {"Open the depot by 2027", "2027-12-31"},
        {"Open the depot by week 12", ""},
        {"Open the depot by 5/6", ""},
    };
    check(rows, COUNT_OF(rows), "en", "1", OKB_DAY_NONE, OKB_DAY_NONE);
}

static void a_numeric_date_is_a_day_only_where_its_order_is_sure(void **state)
{
    (void)state;
    static const dated rows[] = {
        {"Open the depot by 30/9/2026", "2026-09-30"},
        {"Open the depot by 9/30/2026", "2026-09-30"},
        {"Open the depot by 30.09.2026", "2026-09-30"},
        {"Open the depot by 5/6/2026", ""},
        {"Open the depot by 5.6.2026", "2026-06-05"},
        {"Open the depot by 2026-08-31", "2026-08-31"},
        {"Open the depot by 31/9/2026", ""},
        {"Open the depot by 2026-02-30", ""},
    };
    check(rows, COUNT_OF(rows), "en", "1", okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30));
}

static void each_language_reads_its_own_deadlines(void **state)
{
    (void)state;
    static const dated german[] = {
        {"Ausschuss bis 31. August 2026 auf 2 % senken", "2026-08-31"},
        {"Ausschuss bis Ende Q3 auf 2 % senken", "2026-09-30"},
        {"Ausschuss bis Ende August auf 2 % senken", "2026-08-31"},
        {"Ausschuss bis 31.08.2026 auf 2 % senken", "2026-08-31"},
        {"Ausschuss innerhalb von 6 Wochen auf 2 % senken", "2026-08-12"},
        {"Ausschuss bis Ende 2027 auf 2 % senken", "2027-12-31"},
        {"Ausschuss bis KW 34 auf 2 % senken", "2026-08-23"},
        {"Ausschuss vor Weihnachten auf 2 % senken", "2026-12-24"},
        {"Anrufe innerhalb von 30 Sekunden annehmen", "-"},
        {"Zwei Beiträge pro Monat veröffentlichen", "-"},
    };
    check(german, COUNT_OF(german), "de", "1", okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30));
    static const dated french[] = {
        {"Réduire les rebuts à 2 % d'ici le 31 août 2026", "2026-08-31"},
        {"Réduire les rebuts à 2 % d'ici fin août", "2026-08-31"},
        {"Réduire les rebuts à 2 % d'ici fin 2027", "2027-12-31"},
        {"Réduire les rebuts à 2 % avant le 31/08/2026", "2026-08-31"},
        {"Répondre aux appels en moins de 30 secondes", "-"},
    };
    check(french, COUNT_OF(french), "fr", "1", okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30));
    static const dated spanish[] = {
        {"Reducir la merma al 2 % antes del 31 de agosto de 2026", "2026-08-30"},
        {"Reducir la merma al 2 % para finales de agosto", "2026-08-31"},
        {"Reducir la merma al 2 % para finales de 2027", "2027-12-31"},
        {"Responder a las llamadas en menos de 30 segundos", "-"},
    };
    check(spanish, COUNT_OF(spanish), "es", "1", okb_day_of(2026, 7, 1), okb_day_of(2026, 9, 30));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deadline_names_a_day_of_the_cycle),
        cmocka_unit_test(a_limit_a_rate_or_a_name_is_no_deadline),
        cmocka_unit_test(quarters_follow_the_first_month_of_the_year),
        cmocka_unit_test(without_a_cycle_only_a_year_in_the_words_gives_a_day),
        cmocka_unit_test(a_numeric_date_is_a_day_only_where_its_order_is_sure),
        cmocka_unit_test(each_language_reads_its_own_deadlines),
    };
    return cmocka_run_group_tests_name("dates in the words", tests, NULL, NULL);
}
