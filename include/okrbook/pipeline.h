/*
 * pipeline: the stages in order, with one clean-up. The command line fills okb_run_options, runs, reads the plan, and ends.
 */
#ifndef OKRBOOK_PIPELINE_H
#define OKRBOOK_PIPELINE_H

#include "okrbook/base.h"
#include "okrbook/judge.h"
#include "okrbook/normalize.h"
#include "okrbook/plan.h"
#include "okrbook/read.h"
#include "okrbook/review.h"
#include "okrbook/write.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct okb_input_path {
    okb_span path; /* a file, a folder or "-" */
    okb_file_kind forced;
} okb_input_path;

typedef struct okb_run_options {
    const okb_input_path *inputs;
    size_t n_inputs;
    okb_span config_folder; /* empty: the tables in the box */
    const okb_span *sets;   /* NAME=VALUE */
    size_t n_sets;
    okb_span previous; /* path, or empty */
    okb_read_options read;
    okb_normalize_options normalize;
    void (*progress)(void *context, const char *stage, double share); /* NULL for none */
    void *progress_context;
} okb_run_options;

/* Everything one run holds; owned by the caller, released in one place. */
typedef struct okb_run okb_run;
okb_run *okb_run_new(const okb_run_options *options);
void okb_run_free(okb_run *run);
okb_diags *okb_run_diags(okb_run *run);
okb_arena *okb_run_arena(okb_run *run);

/* Settings, rules, columns, words and findings: the box, then the configuration folder, then --set. */
okb_code okb_run_configure(okb_run *run, okb_err *err) OKB_MUST_USE;
/* read + normalize only: for `formats`, `export inputs` and `export rejects`. */
okb_code okb_run_import(okb_run *run, okb_err *err) OKB_MUST_USE;
/* import, judge, resolve, score, review. */
okb_code okb_run_plan(okb_run *run, okb_err *err) OKB_MUST_USE;

const okb_plan *okb_run_get_plan(const okb_run *run);
const okb_settings *okb_run_settings(const okb_run *run);
/* The rule packs in force, each with its number of rules and the head of its SHA-256: "rules.csv: 412 rules, 1f0c22ab94e1; ...". Kept
 * in the run's arena. */
okb_span okb_run_rule_packs(okb_run *run);
okb_judge *okb_run_judge(const okb_run *run);
const okb_review *okb_run_review(const okb_run *run);
okb_normalizer *okb_run_normalizer(const okb_run *run);

#ifdef __cplusplus
}
#endif

#endif
