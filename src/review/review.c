/* The review: a plan through all rules, then ranked. Which rules there are is told in room.h and docs/rules.md. */
#include "room.h"

#include <stdlib.h>
#include <string.h>

okb_code okb_review_new(const okb_table *findings, size_t n_findings, const okb_settings *settings, okb_arena *keep,
                        okb_diags *diags, okb_review **out, okb_err *err)
{
    *out = NULL;
    okb_review *review = OKB_NEW(keep, okb_review);
    review->settings = settings;
    review->keep = keep;
    okb_review_limits_read(settings, &review->limits);
    okb_span wrong = okb_template_mistake(okb_setting_text(settings, "findings.group_text"));
    if (wrong.n)
        return okb_fail(err, OKB_E_CONFIG,
                        "setting 'findings.group_text' has no slot '%.*s', use {words}, {count}, {list}",
                        OKB_FMT(wrong));
    okb_code code = okb_definitions_load(review, findings, n_findings, diags, err);
    if (code != OKB_OK) {
        okb_review_free(review);
        return code;
    }
    *out = review;
    return OKB_OK;
}

void okb_review_free(okb_review *review)
{
    if (!review)
        return;
    okb_map_free(review->by_code);
    review->by_code = NULL;
}

size_t okb_review_defs(const okb_review *review, const okb_finding_def **out)
{
    *out = review->shown;
    return review->n_definitions;
}

static void *kept(okb_arena *keep, okb_vec *vec, size_t size_bytes)
{
    void *items = okb_arena_alloc(keep, vec->n, size_bytes);
    if (vec->n)
        memcpy(items, vec->items, vec->n * size_bytes);
    okb_vec_free(vec);
    return items;
}

okb_code okb_review_plan(okb_review *review, okb_plan *plan, const okb_plan *previous, okb_arena *keep, okb_err *err)
{
    if (plan->n_goals && (!plan->verdicts || !plan->results))
        return okb_fail(err, OKB_E_BUG, "the review needs a plan that was judged and scored");
    review_run run = {.review = review, .limits = &review->limits, .plan = plan, .previous = previous, .keep = keep};
    okb_arena_init(&run.scratch, 0);
    run.silenced = okb_map_new();
    okb_count_teams(&run);
    okb_review_objectives(&run);
    okb_review_wording(&run);
    okb_review_owners(&run);
    okb_review_alignment(&run);
    okb_review_duplicates(&run);
    okb_review_ambition(&run);
    okb_review_scoring(&run);
    okb_review_cadence(&run);
    okb_review_teams(&run);
    okb_review_changes(&run);
    okb_review_data(&run);
    okb_review_silences(&run);
    okb_review_rank(&run);
    plan->n_findings = (uint32_t)run.findings.n;
    plan->findings = kept(keep, &run.findings, sizeof(okb_finding));
    plan->n_changes = (uint32_t)run.changes.n;
    plan->changes = kept(keep, &run.changes, sizeof(okb_change_row));
    okb_review_advice(&run);
    plan->n_advice = (uint32_t)run.advice.n;
    plan->advice = kept(keep, &run.advice, sizeof(okb_advice));
    okb_map_free(run.silenced);
    okb_arena_reset(&run.scratch);
    return OKB_OK;
}
