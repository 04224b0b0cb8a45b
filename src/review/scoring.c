/* What the figures themselves say, and where a report says something else. SCO001 to SCO006. */
#include "room.h"

static bool emit_range(review_run *run, uint32_t goal_ix, const char *field, double value, double low, double high,
                       const okb_source *source)
{
    if (isnan(value) || (value >= low && value <= high))
        return false;
    draft d = draft_goal(run, C_SCO001, goal_ix);
    d.source = *source;
    d.slots[SLOT_field] = okb_span_of(field);
    d.slots[SLOT_from] = slot_number(run, value);
    d.slots[SLOT_limit] = printed(run, "%.*s to %.*s", OKB_FMT(slot_number(run, low)), OKB_FMT(slot_number(run, high)));
    d.evidence = printed(run, "%s %.*s", field, OKB_FMT(d.slots[SLOT_from]));
    draft_emit(run, &d);
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
    if (!cycle_is_closed(run->plan, goal_at(run, goal_ix)->cycle_ix) || !isnan(result->score) || result->is_left_out)
        return;
    emit_goal(run, C_SCO002, goal_ix, OKB_S("no score"));
}

static void check_commitment(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (!result->needs_postmortem)
        return;
    draft d = draft_goal(run, C_SCO003, goal_ix);
    d.slots[SLOT_score] = slot_number(run, okb_round_half_up(result->score, 2));
    d.evidence = printed(run, "score %.*s, committed", OKB_FMT(d.slots[SLOT_score]));
    draft_emit(run, &d);
}

static void check_stated(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (result->is_stated || isnan(result->stated) || isnan(result->score))
        return;
    double gap = fmin(fabs(result->stated - result->score), fabs(result->stated - result->raw));
    if (!(gap > run->limits->score_differs + 1e-9))
        return;
    draft d = draft_goal(run, C_SCO004, goal_ix);
    d.slots[SLOT_from] = slot_share(run, result->stated);
    d.slots[SLOT_to] = slot_share(run, result->raw);
    d.evidence = printed(run, "stated %.*s, computed %.*s", OKB_FMT(slot_number(run, result->stated)),
                         OKB_FMT(slot_number(run, result->score)));
    draft_emit(run, &d);
}

static void check_watermelon(review_run *run, uint32_t goal_ix)
{
    const okb_result *result = &run->plan->results[goal_ix];
    if (result->last_status != OKB_ON_TRACK || (result->pace != OKB_PACE_OFF_TRACK && result->pace != OKB_PACE_MISSED))
        return;
    draft d = draft_goal(run, C_SCO005, goal_ix);
    d.slots[SLOT_words] = OKB_S("on track");
    d.slots[SLOT_score] = slot_number(run, okb_round_half_up(result->score, 2));
    d.slots[SLOT_expected] = slot_number(run, okb_round_half_up(result->expected, 2));
    d.evidence = printed(run, "reported on_track, computed %s, gap %.*s", okb_pace_name(result->pace),
                         OKB_FMT(slot_number(run, okb_round_half_up(result->gap, 2))));
    draft_emit(run, &d);
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
        is_ended(goal->status) || result->met == OKB_MET_YES || cycle_is_closed(run->plan, goal->cycle_ix))
        return;
    draft d = draft_goal(run, C_SCO006, goal_ix);
    d.slots[SLOT_date] = slot_day(run, goal->due);
    d.slots[SLOT_score] =
        isnan(result->score) ? (okb_span){NULL, 0} : slot_number(run, okb_round_half_up(result->score, 2));
    d.evidence = printed(run, "due %.*s, status %s", OKB_FMT(d.slots[SLOT_date]),
                         result->last_status == OKB_STATUS_NONE ? "none" : okb_status_name(result->last_status));
    draft_emit(run, &d);
}

void review_scoring(review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        okb_kind kind = goal_at(run, i)->kind;
        if (!is_alive(run->plan, i) || kind == OKB_INITIATIVE)
            continue;
        if (is_part(kind))
            check_close(run, i); /* of every cycle that is over */
        if (!is_reported(run, i))
            continue;
        check_range(run, i);
        check_watermelon(run, i);
        if (!is_part(kind))
            continue;
        check_commitment(run, i);
        check_stated(run, i);
        check_open(run, i);
    }
}
