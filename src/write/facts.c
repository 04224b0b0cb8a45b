/* Look-ups over a finished plan, made once a run so that no sheet searches. */
#include "facts.h"

#include <math.h>
#include <string.h>

static const okb_verdict no_verdict = {.baseline = NAN, .target = NAN, .deadline = OKB_DAY_NONE};
static const okb_result no_result = {.raw = NAN,
                                     .score = NAN,
                                     .score_missing_zero = NAN,
                                     .stated = NAN,
                                     .worst = NAN,
                                     .baseline = NAN,
                                     .target = NAN,
                                     .current = NAN,
                                     .expected = NAN,
                                     .gap = NAN,
                                     .forecast_value = NAN,
                                     .forecast = NAN,
                                     .weekly_rate = NAN,
                                     .rate_to_target = NAN,
                                     .rate_to_success = NAN,
                                     .movement = NAN,
                                     .confidence = NAN,
                                     .confidence_trend = NAN,
                                     .checkin_rate = NAN,
                                     .last_checkin = OKB_DAY_NONE,
                                     .as_of = OKB_DAY_NONE};

static void index_findings(okb_facts *facts)
{
    const okb_plan *plan = facts->plan;
    for (uint32_t i = 0; i < plan->n_findings; i++)
        if (plan->findings[i].goal_ix != OKB_NONE)
            facts->first[plan->findings[i].goal_ix + 1]++;
    for (uint32_t g = 0; g < plan->n_goals; g++) {
        facts->first[g + 1] += facts->first[g];
        facts->top[g] = OKB_NONE;
    }
    uint32_t *fill = OKB_NEW_N(&facts->scratch, uint32_t, (size_t)plan->n_goals + 1);
    for (uint32_t i = 0; i < plan->n_findings; i++) {
        const okb_finding *f = &plan->findings[i];
        if (f->goal_ix == OKB_NONE)
            continue;
        facts->by_goal[facts->first[f->goal_ix] + fill[f->goal_ix]++] = i;
        uint32_t *top = &facts->top[f->goal_ix];
        if (!f->is_silenced && (*top == OKB_NONE || f->goal_rank < plan->findings[*top].goal_rank))
            *top = i;
    }
    okb_arena_reset(&facts->scratch);
}

static void index_file_names(okb_facts *facts)
{
    const okb_plan *plan = facts->plan;
    okb_map *seen = okb_map_new();
    for (uint32_t i = 0; i < plan->n_files; i++) {
        bool is_new;
        uint32_t other = *okb_map_put(seen, plan->files[i].name, i, &is_new);
        if (!is_new)
            facts->is_name_shared[i] = facts->is_name_shared[other] = true;
    }
    okb_map_free(seen);
}

void okb_facts_init(okb_facts *facts, const okb_plan *plan)
{
    facts->plan = plan;
    okb_arena_init(&facts->keep, 0);
    okb_arena_init(&facts->scratch, 0);
    facts->first = OKB_NEW_N(&facts->keep, uint32_t, (size_t)plan->n_goals + 2);
    facts->top = OKB_NEW_N(&facts->keep, uint32_t, (size_t)plan->n_goals + 1);
    facts->by_goal = OKB_NEW_N(&facts->keep, uint32_t, (size_t)plan->n_findings + 1);
    facts->is_name_shared = OKB_NEW_N(&facts->keep, bool, (size_t)plan->n_files + 1);
    index_findings(facts);
    index_file_names(facts);
}

void okb_facts_free(okb_facts *facts)
{
    okb_arena_reset(&facts->keep);
    okb_arena_reset(&facts->scratch);
}

void okb_facts_rewind(okb_facts *facts)
{
    if (facts->scratch.used_bytes > 32768)
        okb_arena_reset(&facts->scratch);
}

okb_span okb_facts_file(const okb_facts *facts, uint32_t file_ix)
{
    if (file_ix >= facts->plan->n_files)
        return (okb_span){NULL, 0};
    const okb_file *file = &facts->plan->files[file_ix];
    return facts->is_name_shared[file_ix] || !file->name.n ? file->path : file->name;
}

const okb_verdict *okb_facts_verdict(const okb_facts *facts, uint32_t goal_ix)
{
    return facts->plan->verdicts ? &facts->plan->verdicts[goal_ix] : &no_verdict;
}

const okb_result *okb_facts_result(const okb_facts *facts, uint32_t goal_ix)
{
    return facts->plan->results ? &facts->plan->results[goal_ix] : &no_result;
}

bool okb_facts_is_listed(const okb_facts *facts, const okb_team_result *result)
{
    const okb_plan *plan = facts->plan;
    return !plan->teams[result->team_ix].is_company || (!plan->overall_is_company && isfinite(result->score));
}

okb_span okb_facts_about(const okb_facts *facts, const okb_finding *finding, okb_span message)
{
    if (finding->goal_ix == OKB_NONE)
        return message;
    okb_span title = facts->plan->goals[finding->goal_ix].title;
    size_t quoted = title.n + 2; /* the title in quotes, then a blank */
    bool is_first = message.n > quoted + 1 && message.p[0] == '"' && message.p[quoted - 1] == '"' &&
                    message.p[quoted] == ' ' && okb_span_eq(okb_span_sub(message, 1, quoted - 1), title);
    return is_first ? okb_span_sub(message, quoted + 1, message.n) : message;
}

okb_span okb_facts_asked(const okb_finding *finding)
{
    /* The pattern follows the question; its first words, before any slot, tell where. */
    okb_span pattern = finding->def->pattern, question = finding->question;
    size_t n = 0;
    while (n < pattern.n && !memchr("<{[", pattern.p[n], 3))
        n++;
    size_t at = n ? okb_span_find(question, okb_span_sub(pattern, 0, n)) : SIZE_MAX;
    return at == SIZE_MAX || at == 0 ? question : okb_span_trim(okb_span_sub(question, 0, at));
}

static double clipped(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

double okb_facts_checkin_score(const okb_facts *facts, const okb_checkin *checkin)
{
    const okb_goal *goal = &facts->plan->goals[checkin->goal_ix];
    const okb_result *result = okb_facts_result(facts, checkin->goal_ix);
    if (isfinite(checkin->value) && isfinite(result->target) && !result->is_stated) {
        double value = checkin->value, target = result->target, baseline = result->baseline;
        if (goal->direction == OKB_AT_LEAST)
            return value >= target;
        if (goal->direction == OKB_AT_MOST)
            return value <= target;
        if (isfinite(baseline) && baseline == target)
            return goal->direction == OKB_DECREASE ? value <= target : value >= target;
        if (isfinite(baseline))
            return clipped((value - baseline) / (target - baseline));
    }
    if (isfinite(checkin->score))
        return clipped(checkin->score);
    if (isfinite(checkin->progress))
        return clipped(checkin->progress);
    return checkin->status == OKB_DONE ? 1 : NAN;
}

const void *okb_goal_row(const okb_facts *facts, uint32_t goal_ix)
{
    return &facts->plan->goals[goal_ix];
}

const void *okb_goal_result_row(const okb_facts *facts, uint32_t goal_ix)
{
    return okb_facts_result(facts, goal_ix);
}

const void *okb_goal_team_row(const okb_facts *facts, uint32_t goal_ix)
{
    return &facts->plan->teams[facts->plan->goals[goal_ix].team_ix];
}

okb_value okb_field_value(const okb_field *field, okb_facts *facts, uint32_t ix)
{
    okb_value value = {.kind = OKB_VALUE_NONE, .number = NAN, .day = OKB_DAY_NONE};
    if (field->get) {
        field->get(facts, ix, &value);
        return value;
    }
    const void *member = (const char *)field->row(facts, ix) + field->offset;
    switch (field->member) {
    case OKB_MEMBER_SPAN:
        okb_value_text(&value, *(const okb_span *)member);
        break;
    case OKB_MEMBER_DOUBLE:
        okb_value_number(&value, *(const double *)member);
        break;
    case OKB_MEMBER_UINT32:
        okb_value_number(&value, *(const uint32_t *)member);
        break;
    case OKB_MEMBER_DAY:
        okb_value_day(&value, *(const okb_day *)member);
        break;
    }
    return value;
}
