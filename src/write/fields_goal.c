/* The columns of a goal, as `export goals` and the Data sheet write them: SPEC section 3, in that order. */
#include "facts.h"

#include <math.h>

#define GOAL const okb_goal *g = &f->plan->goals[ix]
#define RESULT const okb_result *r = okb_facts_result(f, ix)
#define VERDICT const okb_verdict *v = okb_facts_verdict(f, ix)
#define GETTER(name) static void get_##name(okb_facts *f, uint32_t ix, okb_value *out)

GETTER(cycle)
{
    okb_value_text(out, f->plan->cycles[f->plan->goals[ix].cycle_ix].name);
}

GETTER(team)
{
    okb_value_text(out, f->plan->teams[f->plan->goals[ix].team_ix].name);
}

GETTER(level)
{
    okb_value_word(out, okb_level_name(f->plan->goals[ix].level));
}

GETTER(kind)
{
    okb_value_word(out, okb_kind_name(f->plan->goals[ix].kind));
}

GETTER(id)
{
    okb_value_text(out, f->plan->goals[ix].id);
}

GETTER(parent_id)
{
    GOAL;
    if (g->n_links == 1) {
        okb_value_text(out, g->links[0].goal_ix != OKB_NONE ? f->plan->goals[g->links[0].goal_ix].id : g->links[0].ref);
        return;
    }
    okb_buf all = {0};
    for (uint32_t i = 0; i < g->n_links; i++) {
        const okb_link *link = &g->links[i];
        if (i)
            okb_buf_add(&all, OKB_S("; "));
        okb_buf_add(&all, link->goal_ix != OKB_NONE ? f->plan->goals[link->goal_ix].id : link->ref);
    }
    okb_value_text(out, okb_arena_copy(&f->scratch, okb_buf_span(&all)));
    okb_buf_free(&all);
}

GETTER(title)
{
    okb_value_text(out, f->plan->goals[ix].title);
}

GETTER(owner)
{
    okb_value_text(out, f->plan->goals[ix].owner);
}

GETTER(start)
{
    okb_value_day(out, f->plan->goals[ix].start);
}

GETTER(due)
{
    okb_value_day(out, f->plan->goals[ix].due);
}

GETTER(baseline)
{
    okb_value_number(out, f->plan->goals[ix].baseline);
}

GETTER(target)
{
    okb_value_number(out, f->plan->goals[ix].target);
}

GETTER(current)
{
    RESULT;
    okb_value_number(out, isnan(f->plan->goals[ix].current) ? r->current : f->plan->goals[ix].current);
}

GETTER(unit)
{
    okb_value_text(out, f->plan->goals[ix].unit);
}

GETTER(direction)
{
    okb_value_word(out, okb_direction_name(f->plan->goals[ix].direction));
}

GETTER(ambition)
{
    okb_value_word(out, okb_ambition_name(f->plan->goals[ix].ambition));
}

GETTER(weight)
{
    okb_value_number(out, f->plan->goals[ix].weight);
}

GETTER(progress)
{
    okb_value_number(out, f->plan->goals[ix].progress);
}

GETTER(score)
{
    okb_value_number(out, f->plan->goals[ix].score);
}

GETTER(status)
{
    okb_value_word(out, okb_status_name(f->plan->goals[ix].status));
}

GETTER(confidence)
{
    RESULT;
    okb_value_number(out, isnan(r->confidence) ? f->plan->goals[ix].confidence : r->confidence);
}

GETTER(priority)
{
    okb_value_text(out, f->plan->goals[ix].priority);
}

GETTER(description)
{
    okb_value_text(out, f->plan->goals[ix].description);
}

GETTER(comment)
{
    okb_value_text(out, f->plan->goals[ix].comment);
}

GETTER(blocker)
{
    okb_value_text(out, f->plan->goals[ix].blocker);
}

GETTER(updated)
{
    okb_value_day(out, f->plan->goals[ix].updated);
}

GETTER(class)
{
    VERDICT;
    okb_value_word(out, okb_class_name(v->class_));
}

/* An answer of a run that did not judge is not known; the column is then empty rather than a verdict. */
static void answer(const okb_facts *f, okb_answer value, okb_value *out)
{
    okb_value_word(out, f->plan->verdicts ? okb_answer_name(value) : "");
}

GETTER(specific)
{
    VERDICT;
    answer(f, v->specific, out);
}

GETTER(measurable)
{
    VERDICT;
    answer(f, v->measurable, out);
}

GETTER(achievable)
{
    VERDICT;
    answer(f, v->achievable, out);
}

GETTER(relevant)
{
    VERDICT;
    answer(f, v->relevant, out);
}

GETTER(timebound)
{
    VERDICT;
    answer(f, v->timebound, out);
}

GETTER(vague)
{
    VERDICT;
    answer(f, v->vague, out);
}

GETTER(compound)
{
    VERDICT;
    answer(f, v->compound, out);
}

GETTER(computed_score)
{
    RESULT;
    okb_value_number(out, r->score);
}

GETTER(raw)
{
    RESULT;
    okb_value_number(out, r->raw);
}

GETTER(expected)
{
    RESULT;
    okb_value_number(out, r->expected);
}

GETTER(pace)
{
    RESULT;
    okb_value_word(out, f->plan->results ? okb_pace_name(r->pace) : "");
}

GETTER(band)
{
    RESULT;
    okb_value_word(out, okb_band_name(r->band));
}

GETTER(met)
{
    RESULT;
    okb_value_word(out, okb_met_name(r->met));
}

GETTER(forecast)
{
    RESULT;
    okb_value_number(out, r->forecast);
}

GETTER(confidence_trend)
{
    RESULT;
    okb_value_number(out, r->confidence_trend);
}

GETTER(checkins)
{
    RESULT;
    okb_value_number(out, f->plan->results ? r->n_checkins : f->plan->goals[ix].n_checkins);
}

GETTER(last_checkin)
{
    RESULT;
    okb_value_day(out, r->last_checkin);
}

GETTER(checkin_rate)
{
    RESULT;
    okb_value_number(out, r->checkin_rate);
}

GETTER(linked)
{
    RESULT;
    okb_value_word(out, !f->plan->results ? "" : r->is_linked ? "yes" : "no");
}

GETTER(findings)
{
    okb_buf codes = {0};
    for (uint32_t i = f->first[ix]; i < f->first[ix + 1]; i++) {
        const okb_finding *finding = &f->plan->findings[f->by_goal[i]];
        if (finding->is_silenced)
            continue;
        if (codes.n)
            okb_buf_byte(&codes, ' ');
        okb_buf_add(&codes, finding->def->code);
    }
    okb_value_text(out, okb_arena_copy(&f->scratch, okb_buf_span(&codes)));
    okb_buf_free(&codes);
}

GETTER(source_file)
{
    okb_value_text(out, okb_facts_file(f, f->plan->goals[ix].source.file_ix));
}

GETTER(source_line)
{
    okb_value_number(out, f->plan->goals[ix].source.line);
}

GETTER(phased_targets)
{
    okb_value_text(out, okb_goal_phases_print(&f->plan->goals[ix], &f->scratch));
}

#define TEXT OKB_VALUE_TEXT
#define NUMBER OKB_VALUE_NUMBER
#define DAY OKB_VALUE_DAY

static const okb_field fields[] = {
    {"cycle", 10, OKB_LOOK_TEXT, TEXT, get_cycle},
    {"team", 18, OKB_LOOK_TEXT, TEXT, get_team},
    {"level", 11, OKB_LOOK_TEXT, TEXT, get_level},
    {"kind", 12, OKB_LOOK_TEXT, TEXT, get_kind},
    {"id", 14, OKB_LOOK_ID, TEXT, get_id},
    {"parent_id", 14, OKB_LOOK_ID, TEXT, get_parent_id},
    {"title", 60, OKB_LOOK_TEXT, TEXT, get_title},
    {"owner", 20, OKB_LOOK_TEXT, TEXT, get_owner},
    {"start", 12, OKB_LOOK_DAY, DAY, get_start},
    {"due", 12, OKB_LOOK_DAY, DAY, get_due},
    {"baseline", 12, OKB_LOOK_NUMBER, NUMBER, get_baseline},
    {"target", 12, OKB_LOOK_NUMBER, NUMBER, get_target},
    {"current", 12, OKB_LOOK_NUMBER, NUMBER, get_current},
    {"unit", 10, OKB_LOOK_TEXT, TEXT, get_unit},
    {"direction", 12, OKB_LOOK_TEXT, TEXT, get_direction},
    {"ambition", 12, OKB_LOOK_TEXT, TEXT, get_ambition},
    {"weight", 10, OKB_LOOK_NUMBER, NUMBER, get_weight},
    {"progress", 11, OKB_LOOK_RATE, NUMBER, get_progress},
    {"score", 10, OKB_LOOK_SCORE, NUMBER, get_score},
    {"status", 13, OKB_LOOK_TEXT, TEXT, get_status},
    {"confidence", 13, OKB_LOOK_SCORE, NUMBER, get_confidence},
    {"priority", 11, OKB_LOOK_TEXT, TEXT, get_priority},
    {"description", 30, OKB_LOOK_TEXT, TEXT, get_description},
    {"comment", 30, OKB_LOOK_TEXT, TEXT, get_comment},
    {"blocker", 30, OKB_LOOK_TEXT, TEXT, get_blocker},
    {"updated", 12, OKB_LOOK_DAY, DAY, get_updated},
    {"class", 11, OKB_LOOK_TEXT, TEXT, get_class},
    {"specific", 11, OKB_LOOK_TEXT, TEXT, get_specific},
    {"measurable", 13, OKB_LOOK_TEXT, TEXT, get_measurable},
    {"achievable", 13, OKB_LOOK_TEXT, TEXT, get_achievable},
    {"relevant", 11, OKB_LOOK_TEXT, TEXT, get_relevant},
    {"timebound", 12, OKB_LOOK_TEXT, TEXT, get_timebound},
    {"vague", 10, OKB_LOOK_TEXT, TEXT, get_vague},
    {"compound", 12, OKB_LOOK_TEXT, TEXT, get_compound},
    {"computed_score", 17, OKB_LOOK_SCORE, NUMBER, get_computed_score},
    {"raw", 9, OKB_LOOK_SCORE, NUMBER, get_raw},
    {"expected", 11, OKB_LOOK_SCORE, NUMBER, get_expected},
    {"pace", 12, OKB_LOOK_TEXT, TEXT, get_pace},
    {"band", 11, OKB_LOOK_TEXT, TEXT, get_band},
    {"met", 10, OKB_LOOK_TEXT, TEXT, get_met},
    {"forecast", 11, OKB_LOOK_SCORE, NUMBER, get_forecast},
    {"confidence_trend", 18, OKB_LOOK_SCORE, NUMBER, get_confidence_trend},
    {"checkins", 11, OKB_LOOK_COUNT, NUMBER, get_checkins},
    {"last_checkin", 14, OKB_LOOK_DAY, DAY, get_last_checkin},
    {"checkin_rate", 14, OKB_LOOK_RATE, NUMBER, get_checkin_rate},
    {"linked", 10, OKB_LOOK_TEXT, TEXT, get_linked},
    {"findings", 26, OKB_LOOK_TEXT, TEXT, get_findings},
    {"source_file", 26, OKB_LOOK_TEXT, TEXT, get_source_file},
    {"source_line", 13, OKB_LOOK_COUNT, NUMBER, get_source_line},
    {"phased_targets", 26, OKB_LOOK_TEXT, TEXT, get_phased_targets},
};

/* The last column stands only where a goal has something in it. */
okb_field_list okb_goal_fields(const okb_plan *plan)
{
    size_t n = sizeof fields / sizeof fields[0];
    for (uint32_t i = 0; i < plan->n_goals; i++)
        if (plan->goals[i].n_phases)
            return (okb_field_list){fields, n};
    return (okb_field_list){fields, n - 1};
}
