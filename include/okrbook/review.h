/*
 * review: verdicts + scores -> findings, advice, changes.
 */
#ifndef OKRBOOK_REVIEW_H
#define OKRBOOK_REVIEW_H

#include "okrbook/base.h"
#include "okrbook/plan.h"
#include "okrbook/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct okb_review okb_review;

/* Reads the findings tables (code,family,severity,weight,title,message,why,question,pattern,words,covered_by,rules); a later one may
 * have fewer columns and changes by code what its filled cells say (severity `off` switches a code off).
 * Mistakes go to diags, all of them, then OKB_E_CONFIG. */
okb_code okb_review_new(const okb_table *findings, size_t n_findings, const okb_settings *settings, okb_arena *keep,
                        okb_diags *diags, okb_review **out, okb_err *err) OKB_MUST_USE;
void okb_review_free(okb_review *review);
size_t okb_review_defs(const okb_review *review, const okb_finding_def **out);

/* Fills findings, advice and changes, and the error and warning counts and advice of team_results. previous: the goals of an
 * earlier run (may be NULL). */
okb_code okb_review_plan(okb_review *review, okb_plan *plan, const okb_plan *previous, okb_arena *keep,
                         okb_err *err) OKB_MUST_USE;

#ifdef __cplusplus
}
#endif

#endif
