/* The rhythm: silence, goals that were never looked at, and measures that do not move. CHK001 to CHK007. */
#include "room.h"

static void check_silence(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_result *result = &run->plan->results[goal_ix];
    bool is_goal = goal->kind == OKB_GOAL;
    if (!result->is_overdue && !result->is_stalled)
        return;
    finding_code code = result->is_stalled ? C_CHK002 : C_CHK001;
    if (result->n_checkins == 0)
        code = is_goal && okb_elapsed_share(run->plan, goal_ix) > run->limits->forgotten_share ? C_CHK004 : C_CHK003;
    draft d = okb_draft_goal(run, code, goal_ix);
    d.slots[SLOT_days] = okb_review_printf(run, "%u", result->days_silent);
    d.slots[SLOT_limit] = okb_slot_number(run, is_goal ? run->limits->cadence_smart : run->limits->cadence_okr);
    d.slots[SLOT_date] = okb_slot_day(run, result->last_checkin);
    d.slots[SLOT_count] = okb_slot_share(run, okb_elapsed_share(run->plan, goal_ix));
    d.evidence = result->n_checkins == 0
                     ? okb_review_printf(run, "check-ins 0, days %u", result->days_silent)
                     : okb_review_printf(run, "last %.*s, days %u", OKB_FMT(d.slots[SLOT_date]), result->days_silent);
    okb_draft_emit(run, &d);
}

static void check_flat(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (!result->is_flat || result->score >= 1)
        return;
    draft d = okb_draft_goal(run, C_CHK006, goal_ix);
    d.slots[SLOT_count] = okb_review_printf(run, "%u", result->n_checkins);
    d.slots[SLOT_from] = okb_slot_number(run, result->current);
    d.evidence = okb_review_printf(run, "check-ins %u, value %.*s", result->n_checkins, OKB_FMT(d.slots[SLOT_from]));
    okb_draft_emit(run, &d);
}

static void check_start(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_result *result = &run->plan->results[goal_ix];
    if (result->last_status != OKB_NOT_STARTED || goal->start == OKB_DAY_NONE || goal->due == OKB_DAY_NONE ||
        goal->due < run->plan->as_of || run->plan->as_of - goal->start <= (okb_day)run->limits->start_days)
        return;
    draft d = okb_draft_goal(run, C_CHK007, goal_ix);
    d.slots[SLOT_days] = okb_review_printf(run, "%d", (int)(run->plan->as_of - goal->start));
    d.evidence = okb_review_printf(run, "started %.*s", OKB_FMT(okb_slot_day(run, goal->start)));
    okb_draft_emit(run, &d);
}

/* Nobody of the team ever says how sure they are, or what stands in the way. */
static void check_content(review_run *run, uint32_t team_ix)
{
    const team_facts *team = &run->teams[team_ix];
    if (team->n_checkins == 0 || team->n_confident > 0)
        return;
    draft d = okb_draft_team(run, C_CHK005, team_ix);
    d.source = goal_at(run, team->first_goal)->source;
    d.slots[SLOT_words] = team->n_blockers == 0 ? OKB_S("confidence and no blockers") : OKB_S("confidence");
    d.evidence = okb_review_printf(run, "check-ins %u, with confidence %u, with blockers %u", team->n_checkins,
                                   team->n_confident, team->n_blockers);
    okb_draft_emit(run, &d);
}

void okb_review_cadence(review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        if (!okb_goal_is_reviewed(run, i) || !okb_goal_is_part(goal_at(run, i)->kind))
            continue;
        check_silence(run, i);
        check_flat(run, i);
        check_start(run, i);
    }
    for (uint32_t i = 0; i < run->plan->n_teams; i++)
        if (run->teams[i].first_goal != OKB_NONE)
            check_content(run, i);
}
