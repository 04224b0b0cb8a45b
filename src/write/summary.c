/* Gathers what the Summary tells: who stands where, what is at risk, how it went week by week. */
#include "summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_scored_kind(const okb_goal *goal)
{
    return goal->kind == OKB_KEY_RESULT || goal->kind == OKB_GOAL;
}

static bool is_current(const okb_plan *plan, const okb_goal *goal)
{
    return goal->cycle_ix == plan->cycle_ix;
}

static bool is_cancelled(const okb_goal *goal, const okb_result *r)
{
    okb_status status = r->last_status ? r->last_status : goal->status;
    return status == OKB_CANCELLED || status == OKB_POSTPONED;
}

/* ---- teams ---- */

static int by_score(const void *a, const void *b)
{
    const okb_summary_team *x = a, *y = b;
    double sx = isfinite(x->result->score) ? x->result->score : -1,
           sy = isfinite(y->result->score) ? y->result->score : -1;
    if (sx != sy)
        return sx > sy ? -1 : 1;
    return x->team_ix < y->team_ix ? -1 : x->team_ix > y->team_ix;
}

/* By score, as the question is who is where: all teams where they fit, else the best and the worst with a pointer between. */
static void choose_teams(okb_book *book, okb_summary_facts *out)
{
    const okb_plan *plan = book->plan;
    okb_summary_team *all = OKB_NEW_N(&out->keep, okb_summary_team, (size_t)plan->n_teams + 2);
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->n_team_results; i++) {
        const okb_team_result *r = &plan->team_results[i];
        if (r->cycle_ix != plan->cycle_ix)
            continue;
        out->checkin_n += r->checkin_n;
        out->checkin_of += r->checkin_of;
        out->linked_n += r->linked_n;
        out->linked_of += r->linked_of;
        out->n_key_results += r->n_key_results;
        out->n_objectives_all += r->n_objectives;
        if (!okb_facts_is_listed(&book->facts, r))
            continue;
        all[n++] = (okb_summary_team){r->team_ix, r};
        out->paces[r->pace]++;
    }
    out->n_all_teams = n;
    uint32_t limit = book->set.scoreboard_rows < 4 ? 4 : book->set.scoreboard_rows;
    qsort(all, n, sizeof *all, by_score);
    if (n > limit) {
        uint32_t top = limit / 2, bottom = limit - top - 1;
        all[top] = (okb_summary_team){OKB_NONE, NULL};
        memmove(all + top + 1, all + n - bottom, bottom * sizeof *all);
        n = limit;
    }
    out->teams = all;
    out->n_teams = n;
}

/* ---- risks and asks ---- */

typedef struct ranked {
    uint32_t goal_ix;
    int severity;
    double gap, confidence;
    okb_day day;
} ranked;

static int by_risk(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    if (x->gap != y->gap)
        return x->gap > y->gap ? -1 : 1;
    if (x->confidence != y->confidence)
        return x->confidence < y->confidence ? -1 : 1;
    return x->goal_ix < y->goal_ix ? -1 : x->goal_ix > y->goal_ix;
}

static int by_news(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->day != y->day)
        return x->day > y->day ? -1 : 1;
    return x->goal_ix < y->goal_ix ? -1 : x->goal_ix > y->goal_ix;
}

static int severity_of(okb_pace pace)
{
    return pace == OKB_PACE_MISSED || pace == OKB_PACE_OFF_TRACK ? 2 : pace == OKB_PACE_AT_RISK ? 1 : 0;
}

static uint32_t *first_of(okb_vec *list, uint32_t limit, uint32_t *out_n, okb_arena *keep)
{
    uint32_t n = list->n < limit ? (uint32_t)list->n : limit;
    uint32_t *goals = OKB_NEW_N(keep, uint32_t, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++)
        goals[i] = okb_vec_at(list, ranked, i).goal_ix;
    *out_n = n;
    okb_vec_free(list);
    return goals;
}

static void choose_risks(okb_book *book, okb_summary_facts *out)
{
    const okb_plan *plan = book->plan;
    okb_vec risks = {0}, asks = {0};
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        const okb_goal *goal = &plan->goals[g];
        if (!is_current(plan, goal))
            continue;
        const okb_result *r = okb_facts_result(&book->facts, g);
        ranked item = {g, severity_of(r->pace), isfinite(r->gap) ? r->gap : 0,
                       isfinite(r->confidence) ? r->confidence : 2, r->last_checkin};
        if (item.severity && is_scored_kind(goal) && !r->is_left_out && !is_cancelled(goal, r))
            *okb_vec_push(&risks, ranked) = item;
        if (r->last_blocker.n || goal->blocker.n)
            *okb_vec_push(&asks, ranked) = item;
    }
    if (risks.n)
        qsort(risks.items, risks.n, sizeof(ranked), by_risk);
    if (asks.n)
        qsort(asks.items, asks.n, sizeof(ranked), by_news);
    out->n_all_risks = (uint32_t)risks.n;
    out->n_all_asks = (uint32_t)asks.n;
    out->risks = first_of(&risks, book->set.risks, &out->n_risks, &out->keep);
    out->asks = first_of(&asks, book->set.risks, &out->n_asks, &out->keep);
}

okb_span okb_summary_next_step(okb_span note)
{
    static const char *const marks[] = {
        "Next step:", "next step:", "Next steps:", "next steps:", "Next:", "next:", "NEXT:"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t at = okb_span_find(note, okb_span_of(marks[i]));
        if (at == SIZE_MAX)
            continue;
        okb_span step = okb_span_trim(okb_span_sub(note, at + strlen(marks[i]), note.n));
        if (step.n)
            return step;
    }
    return (okb_span){NULL, 0};
}

/* ---- counts ---- */

/* Those that the Findings sheet counts: the ones about no team are among them. */
static void count_findings(const okb_plan *plan, okb_summary_facts *out)
{
    for (uint32_t i = 0; i < plan->n_findings; i++) {
        const okb_finding *f = &plan->findings[i];
        if (f->is_silenced || (f->cycle_ix != OKB_NONE && f->cycle_ix != plan->cycle_ix))
            continue;
        out->errors += f->severity == OKB_ERROR;
        out->warnings += f->severity == OKB_WARNING;
    }
}

static void count_goals(okb_book *book, okb_summary_facts *out)
{
    const okb_plan *plan = book->plan;
    out->objectives = OKB_NEW_N(&out->keep, uint32_t, (size_t)plan->n_goals + 1);
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        const okb_goal *goal = &plan->goals[g];
        if (!is_current(plan, goal))
            continue;
        const okb_result *r = okb_facts_result(&book->facts, g);
        if (goal->level == OKB_COMPANY && goal->kind == OKB_OBJECTIVE)
            out->objectives[out->n_objectives++] = g;
        if (!is_scored_kind(goal))
            continue;
        out->windows_n += r->windows_hit;
        out->windows_of += r->windows;
        out->n_cancelled += is_cancelled(goal, r);
        if (r->is_left_out)
            continue;
        out->n_parts++;
        out->n_scored += isfinite(r->score) ? 1 : 0;
        out->n_met += r->met == OKB_MET_YES;
        out->n_stalled += r->is_stalled;
        out->now[okb_grade_of(book, r->score)]++;
        double then = isfinite(r->forecast) ? r->forecast : r->score;
        out->then[okb_grade_of(book, then)]++;
        out->n_forecast += isfinite(r->forecast) ? 1 : 0;
        out->n_missing += okb_goal_outlook(book, g).missed > 0;
    }
    for (uint32_t i = 0; i < plan->n_files; i++) {
        out->rows += plan->files[i].rows;
        out->rejected += plan->files[i].rejected;
    }
}

/* ---- weeks ---- */

/* Mean score of the goals that had a check-in by the end of each week, and the mean that was expected of them. */
static void count_weeks(okb_book *book, okb_summary_facts *out)
{
    const okb_plan *plan = book->plan;
    const okb_cycle *cycle = &plan->cycles[plan->cycle_ix];
    if (cycle->start == OKB_DAY_NONE || cycle->due == OKB_DAY_NONE)
        return;
    okb_day until = okb_book_as_of(book) < cycle->due ? okb_book_as_of(book) : cycle->due;
    for (okb_day end = cycle->start + 6; out->n_weeks < SUMMARY_WEEKS && end - 6 <= until; end += 7)
        out->weeks[out->n_weeks++] = (okb_summary_week){.end = end < until ? end : until, .score = 0, .expected = 0};
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        const okb_goal *goal = &plan->goals[g];
        const okb_result *r = okb_facts_result(&book->facts, g);
        if (!is_current(plan, goal) || !is_scored_kind(goal) || r->is_left_out)
            continue;
        double last = NAN;
        uint32_t c = goal->first_checkin, stop = goal->first_checkin + goal->n_checkins;
        for (uint32_t w = 0; w < out->n_weeks; w++) {
            okb_summary_week *week = &out->weeks[w];
            for (; c < stop && plan->checkins[c].date <= week->end; c++) {
                double score = okb_facts_checkin_score(&book->facts, &plan->checkins[c]);
                last = isfinite(score) ? score : last;
            }
            double expected = okb_goal_expected(goal, r->baseline, week->end);
            if (!isfinite(last) || !isfinite(expected))
                continue;
            week->score += last;
            week->expected += expected;
            week->n++;
        }
    }
    for (uint32_t w = 0; w < out->n_weeks; w++) {
        okb_summary_week *week = &out->weeks[w];
        week->score = week->n ? week->score / week->n : NAN;
        week->expected = week->n ? week->expected / week->n : NAN;
    }
}

/* The overall score of the cycle before, made as this cycle's was. */
static double previous_overall(const okb_book *book)
{
    const okb_plan *plan = book->plan;
    uint32_t before = plan->cycles[plan->cycle_ix].previous_ix;
    if (before >= plan->n_cycles)
        return NAN;
    double sum = 0;
    uint32_t n = 0;
    for (uint32_t g = 0; plan->overall_is_company && g < plan->n_goals; g++) {
        const okb_goal *goal = &plan->goals[g];
        double score = okb_facts_result(&book->facts, g)->score;
        if (goal->cycle_ix == before && goal->level == OKB_COMPANY && goal->kind == OKB_OBJECTIVE && isfinite(score)) {
            sum += score;
            n++;
        }
    }
    for (uint32_t i = 0; !plan->overall_is_company && i < plan->n_team_results; i++)
        if (plan->team_results[i].cycle_ix == before && isfinite(plan->team_results[i].score)) {
            sum += plan->team_results[i].score;
            n++;
        }
    return n ? sum / n : NAN;
}

void okb_summary_gather(okb_book *book, okb_summary_facts *out)
{
    *out = (okb_summary_facts){0};
    okb_arena_init(&out->keep, 0);
    choose_teams(book, out);
    choose_risks(book, out);
    count_goals(book, out);
    count_findings(book->plan, out);
    count_weeks(book, out);
    okb_day last = book->plan->cycles[book->plan->cycle_ix].due;
    out->is_over = last != OKB_DAY_NONE && okb_book_as_of(book) >= last;
    out->previous = previous_overall(book);
}

void okb_summary_release(okb_summary_facts *facts)
{
    okb_arena_reset(&facts->keep);
}
