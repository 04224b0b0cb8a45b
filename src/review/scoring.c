/* What the figures themselves say, and where a report says something else. SCO001 to SCO006. */
#include "room.h"

static bool emit_range(review_run *run, uint32_t goal_ix, const char *field, double value, double low, double high,
                       const okb_source *source)
{
    if (isnan(value) || (value >= low && value <= high))
        return false;
    draft d = okb_draft_goal(run, C_SCO001, goal_ix);
    d.source = *source;
    d.slots[SLOT_field] = okb_span_of(field);
    d.slots[SLOT_from] = okb_slot_number(run, value);
    d.slots[SLOT_limit] =
        okb_review_printf(run, "%.*s to %.*s", OKB_FMT(okb_slot_number(run, low)), OKB_FMT(okb_slot_number(run, high)));
    d.evidence = okb_review_printf(run, "%s %.*s", field, OKB_FMT(d.slots[SLOT_from]));
    okb_draft_emit(run, &d);
    return true;
}

/* One finding a goal: a column on the wrong scale is wrong on every row. */
static void check_range(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const double most = run->limits->progress_max;
    if (emit_range(run, goal_ix, "score", goal->score, 0, 1, &goal->source) ||
        emit_range(run, goal_ix, "progress", goal->progress, -most, most, &goal->source) ||
        emit_range(run, goal_ix, "confidence", goal->confidence, 0, 1, &goal->source))
        return;
    for (uint32_t i = 0; i < goal->n_checkins; i++) {
        const okb_checkin *checkin = &run->plan->checkins[goal->first_checkin + i];
        if (emit_range(run, goal_ix, "score", checkin->score, 0, 1, &checkin->source) ||
            emit_range(run, goal_ix, "progress", checkin->progress, -most, most, &checkin->source) ||
            emit_range(run, goal_ix, "confidence", checkin->confidence, 0, 1, &checkin->source))
            return;
    }
}

static void check_close(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (!okb_cycle_is_closed(run->plan, goal_at(run, goal_ix)->cycle_ix) || !isnan(result->score) ||
        result->is_left_out)
        return;
    okb_emit_goal(run, C_SCO002, goal_ix, OKB_S("no score"));
}

static void check_commitment(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (!result->needs_postmortem)
        return;
    draft d = okb_draft_goal(run, C_SCO003, goal_ix);
    d.slots[SLOT_score] = okb_slot_number(run, okb_round_half_up(result->score, 2));
    d.evidence = okb_review_printf(run, "score %.*s, committed", OKB_FMT(d.slots[SLOT_score]));
    okb_draft_emit(run, &d);
}

static void check_stated(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (result->is_stated || isnan(result->stated) || isnan(result->score))
        return;
    double gap = fmin(fabs(result->stated - result->score), fabs(result->stated - result->raw));
    if (!(gap > run->limits->score_differs + 1e-9))
        return;
    draft d = okb_draft_goal(run, C_SCO004, goal_ix);
    d.slots[SLOT_from] = okb_slot_share(run, result->stated);
    d.slots[SLOT_to] = okb_slot_share(run, result->raw);
    d.evidence = okb_review_printf(run, "stated %.*s, computed %.*s", OKB_FMT(okb_slot_number(run, result->stated)),
                                   OKB_FMT(okb_slot_number(run, result->score)));
    okb_draft_emit(run, &d);
}

static void check_watermelon(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (result->last_status != OKB_ON_TRACK || (result->pace != OKB_PACE_OFF_TRACK && result->pace != OKB_PACE_MISSED))
        return;
    draft d = okb_draft_goal(run, C_SCO005, goal_ix);
    d.slots[SLOT_words] = OKB_S("on track");
    d.slots[SLOT_score] = okb_slot_number(run, okb_round_half_up(result->score, 2));
    d.slots[SLOT_expected] = okb_slot_number(run, okb_round_half_up(result->expected, 2));
    d.evidence = okb_review_printf(run, "reported on_track, computed %s, gap %.*s", okb_pace_name(result->pace),
                                   OKB_FMT(okb_slot_number(run, okb_round_half_up(result->gap, 2))));
    okb_draft_emit(run, &d);
}

static bool is_ended(okb_status status)
{
    return status == OKB_DONE || status == OKB_MISSED || status == OKB_CANCELLED || status == OKB_POSTPONED;
}

static void check_open(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_result *result = &run->plan->results[goal_ix];
    if (goal->due == OKB_DAY_NONE || goal->due >= run->plan->as_of || is_ended(result->last_status) ||
        is_ended(goal->status) || result->met == OKB_MET_YES || okb_cycle_is_closed(run->plan, goal->cycle_ix))
        return;
    draft d = okb_draft_goal(run, C_SCO006, goal_ix);
    d.slots[SLOT_date] = okb_slot_day(run, goal->due);
    d.slots[SLOT_score] =
        isnan(result->score) ? (okb_span){NULL, 0} : okb_slot_number(run, okb_round_half_up(result->score, 2));
    d.evidence =
        okb_review_printf(run, "due %.*s, status %s", OKB_FMT(d.slots[SLOT_date]),
                          result->last_status == OKB_STATUS_NONE ? "none" : okb_status_name(result->last_status));
    okb_draft_emit(run, &d);
}

void okb_review_scoring(review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        okb_kind kind = goal_at(run, i)->kind;
        if (!okb_goal_is_alive(run->plan, i) || kind == OKB_INITIATIVE)
            continue;
        if (okb_goal_is_part(kind))
            check_close(run, i); /* of every cycle that is over */
        if (!is_reported(run, i))
            continue;
        check_range(run, i);
        check_watermelon(run, i);
        if (!okb_goal_is_part(kind))
            continue;
        check_commitment(run, i);
        check_stated(run, i);
        check_open(run, i);
    }
}
