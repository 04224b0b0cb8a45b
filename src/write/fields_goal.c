/* The columns of a goal, as `export goals` and the Data sheet write them. */
#include "fields.h"

#include <math.h>

#define GOAL(name) OKB_FIELD_OF(okb_goal_row, okb_goal, name)
#define RESULT(name) OKB_FIELD_OF(okb_goal_result_row, okb_result, name)

/* What the getters read. */
#define A_GOAL const okb_goal *g = &f->plan->goals[ix]
#define A_RESULT const okb_result *r = okb_facts_result(f, ix)
#define A_VERDICT const okb_verdict *v = okb_facts_verdict(f, ix)

GETTER(cycle, A_GOAL, okb_value_text(out, f->plan->cycles[g->cycle_ix].name))
GETTER(level, A_GOAL, okb_value_word(out, okb_level_name(g->level)))
GETTER(kind, A_GOAL, okb_value_word(out, okb_kind_name(g->kind)))

static void get_parent_id(okb_facts *f, uint32_t ix, okb_value *out)
{
    const okb_goal *g = &f->plan->goals[ix];
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

GETTER(current, A_RESULT,
       okb_value_number(out, isnan(f->plan->goals[ix].current) ? r->current : f->plan->goals[ix].current))

GETTER(direction, A_GOAL, okb_value_word(out, okb_direction_name(g->direction)))
GETTER(ambition, A_GOAL, okb_value_word(out, okb_ambition_name(g->ambition)))
GETTER(status, A_GOAL, okb_value_word(out, okb_status_name(g->status)))
GETTER(confidence, A_RESULT,
       okb_value_number(out, isnan(r->confidence) ? f->plan->goals[ix].confidence : r->confidence))

GETTER(class, A_VERDICT, okb_value_word(out, okb_class_name(v->class_)))

/* An answer of a run that did not judge is not known; the column is then empty rather than a verdict. */
static void answer(const okb_facts *f, okb_answer value, okb_value *out)
{
    okb_value_word(out, f->plan->verdicts ? okb_answer_name(value) : "");
}

GETTER(specific, A_VERDICT, answer(f, v->specific, out))
GETTER(measurable, A_VERDICT, answer(f, v->measurable, out))
GETTER(achievable, A_VERDICT, answer(f, v->achievable, out))
GETTER(relevant, A_VERDICT, answer(f, v->relevant, out))
GETTER(timebound, A_VERDICT, answer(f, v->timebound, out))
GETTER(vague, A_VERDICT, answer(f, v->vague, out))
GETTER(compound, A_VERDICT, answer(f, v->compound, out))
GETTER(pace, A_RESULT, okb_value_word(out, f->plan->results ? okb_pace_name(r->pace) : ""))

GETTER(band, A_RESULT, okb_value_word(out, okb_band_name(r->band)))
GETTER(met, A_RESULT, okb_value_word(out, okb_met_name(r->met)))
GETTER(checkins, A_RESULT, okb_value_number(out, f->plan->results ? r->n_checkins : f->plan->goals[ix].n_checkins))

GETTER(linked, A_RESULT, okb_value_word(out, !f->plan->results ? "" : r->is_linked ? "yes" : "no"))

static void get_findings(okb_facts *f, uint32_t ix, okb_value *out)
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

GETTER(source_file, A_GOAL, okb_value_text(out, okb_facts_file(f, g->source.file_ix)))
GETTER(phased_targets, A_GOAL, okb_value_text(out, okb_goal_phases_print(g, &f->scratch)))

static const okb_field fields[] = {
    {"cycle", 10, OKB_LOOK_TEXT, BY(TEXT, get_cycle)},
    {"team", 18, OKB_LOOK_TEXT, OKB_FIELD_OF(okb_goal_team_row, okb_team, name)},
    {"level", 11, OKB_LOOK_TEXT, BY(TEXT, get_level)},
    {"kind", 12, OKB_LOOK_TEXT, BY(TEXT, get_kind)},
    {"id", 18, OKB_LOOK_ID, GOAL(id)},
    {"parent_id", 18, OKB_LOOK_ID, BY(TEXT, get_parent_id)},
    {"title", 60, OKB_LOOK_TEXT, GOAL(title)},
    {"owner", 20, OKB_LOOK_TEXT, GOAL(owner)},
    {"start", 12, OKB_LOOK_DAY, GOAL(start)},
    {"due", 12, OKB_LOOK_DAY, GOAL(due)},
    {"baseline", 12, OKB_LOOK_NUMBER, GOAL(baseline)},
    {"target", 12, OKB_LOOK_NUMBER, GOAL(target)},
    {"current", 12, OKB_LOOK_NUMBER, BY(NUMBER, get_current)},
    {"unit", 10, OKB_LOOK_TEXT, GOAL(unit)},
    {"direction", 12, OKB_LOOK_TEXT, BY(TEXT, get_direction)},
    {"ambition", 12, OKB_LOOK_TEXT, BY(TEXT, get_ambition)},
    {"weight", 10, OKB_LOOK_NUMBER, GOAL(weight)},
    {"progress", 11, OKB_LOOK_RATE, GOAL(progress)},
    {"score", 10, OKB_LOOK_SCORE, GOAL(score)},
    {"status", 13, OKB_LOOK_TEXT, BY(TEXT, get_status)},
    {"confidence", 13, OKB_LOOK_SCORE, BY(NUMBER, get_confidence)},
    {"priority", 11, OKB_LOOK_TEXT, GOAL(priority)},
    {"description", 30, OKB_LOOK_TEXT, GOAL(description)},
    {"comment", 30, OKB_LOOK_TEXT, GOAL(comment)},
    {"blocker", 30, OKB_LOOK_TEXT, GOAL(blocker)},
    {"updated", 12, OKB_LOOK_DAY, GOAL(updated)},
    {"class", 11, OKB_LOOK_TEXT, BY(TEXT, get_class)},
    {"specific", 11, OKB_LOOK_TEXT, BY(TEXT, get_specific)},
    {"measurable", 13, OKB_LOOK_TEXT, BY(TEXT, get_measurable)},
    {"achievable", 13, OKB_LOOK_TEXT, BY(TEXT, get_achievable)},
    {"relevant", 11, OKB_LOOK_TEXT, BY(TEXT, get_relevant)},
    {"timebound", 12, OKB_LOOK_TEXT, BY(TEXT, get_timebound)},
    {"vague", 10, OKB_LOOK_TEXT, BY(TEXT, get_vague)},
    {"compound", 12, OKB_LOOK_TEXT, BY(TEXT, get_compound)},
    {"computed_score", 17, OKB_LOOK_SCORE, RESULT(score)},
    {"raw", 9, OKB_LOOK_SCORE, RESULT(raw)},
    {"expected", 11, OKB_LOOK_SCORE, RESULT(expected)},
    {"pace", 12, OKB_LOOK_TEXT, BY(TEXT, get_pace)},
    {"band", 11, OKB_LOOK_TEXT, BY(TEXT, get_band)},
    {"met", 10, OKB_LOOK_TEXT, BY(TEXT, get_met)},
    {"forecast", 11, OKB_LOOK_SCORE, RESULT(forecast)},
    {"confidence_trend", 18, OKB_LOOK_SCORE, RESULT(confidence_trend)},
    {"checkins", 11, OKB_LOOK_COUNT, BY(NUMBER, get_checkins)},
    {"last_checkin", 14, OKB_LOOK_DAY, RESULT(last_checkin)},
    {"checkin_rate", 14, OKB_LOOK_RATE, RESULT(checkin_rate)},
    {"linked", 10, OKB_LOOK_TEXT, BY(TEXT, get_linked)},
    {"findings", 26, OKB_LOOK_TEXT, BY(TEXT, get_findings)},
    {"source_file", 26, OKB_LOOK_TEXT, BY(TEXT, get_source_file)},
    {"source_line", 13, OKB_LOOK_COUNT, GOAL(source.line)},
    {"phased_targets", 26, OKB_LOOK_TEXT, BY(TEXT, get_phased_targets)},
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
