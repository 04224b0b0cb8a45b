/* The six rates of a team, each with its numerator and denominator. SPEC section 5, "Discipline". */
#include "internal.h"
#include "okrbook/score.h"

#include <math.h>

static double rate(uint32_t n, uint32_t of)
{
    return of ? (double)n / of : NAN;
}

static bool is_smart(const okb_verdict *verdict)
{
    return verdict->specific == OKB_YES && verdict->timebound == OKB_YES &&
           (verdict->measurable == OKB_YES || verdict->measurable == OKB_BINARY) && verdict->achievable != OKB_NO &&
           verdict->relevant != OKB_NO;
}

static bool is_baseline_known(const okb_result *result)
{
    return result->baseline_origin == OKB_FROM_COLUMN || result->baseline_origin == OKB_FROM_STATEMENT ||
           result->baseline_origin == OKB_FROM_CHECKIN;
}

static void count_goal(const okb_plan *plan, uint32_t goal_ix, okb_team_result *team)
{
    const okb_goal *goal = &plan->goals[goal_ix];
    const okb_result *result = &plan->results[goal_ix];
    if (goal->kind == OKB_INITIATIVE || goal->kind == OKB_KIND_NONE)
        return;
    if (goal->level == OKB_TEAM || goal->level == OKB_INDIVIDUAL) {
        team->linked_of++;
        team->linked_n += result->is_linked;
    }
    if (goal->kind == OKB_OBJECTIVE)
        return;
    if (goal->kind == OKB_KEY_RESULT && plan->verdicts) {
        team->outcome_of++;
        team->outcome_n += plan->verdicts[goal_ix].class_ == OKB_OUTCOME;
    }
    if (plan->verdicts) {
        team->smart_of++;
        team->smart_n += is_smart(&plan->verdicts[goal_ix]);
    }
    team->owner_of++;
    team->owner_n += goal->n_owners == 1;
    team->checkin_of += result->windows;
    team->checkin_n += result->windows_hit;
    if (!isnan(goal->target) && goal->direction != OKB_MILESTONE) {
        team->baseline_of++;
        team->baseline_n += is_baseline_known(result);
    }
}

okb_code okb_score_rates(okb_plan *plan, const okb_settings *settings, okb_err *err)
{
    (void)settings;
    for (uint32_t i = 0; i < plan->n_team_results; i++) {
        okb_team_result *team = &plan->team_results[i];
        team->outcome_n = team->outcome_of = team->smart_n = team->smart_of = 0;
        team->checkin_n = team->checkin_of = team->linked_n = team->linked_of = 0;
        team->owner_n = team->owner_of = team->baseline_n = team->baseline_of = 0;
    }
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        okb_team_result *team = okb_team_result_find(plan, plan->goals[i].team_ix, plan->goals[i].cycle_ix);
        if (!team)
            return okb_fail(err, OKB_E_BUG, "goal %u has no team result, score the plan before its rates", i);
        count_goal(plan, i, team);
    }
    for (uint32_t i = 0; i < plan->n_team_results; i++) {
        okb_team_result *team = &plan->team_results[i];
        team->outcome_rate = rate(team->outcome_n, team->outcome_of);
        team->smart_rate = rate(team->smart_n, team->smart_of);
        team->checkin_rate = rate(team->checkin_n, team->checkin_of);
        team->linked_rate = rate(team->linked_n, team->linked_of);
        team->owner_rate = rate(team->owner_n, team->owner_of);
        team->baseline_rate = rate(team->baseline_n, team->baseline_of);
    }
    return OKB_OK;
}
