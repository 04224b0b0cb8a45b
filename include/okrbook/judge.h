/*
 * judge: statements -> verdicts. The rule pack, the five letters, the class, and the numbers and dates in the words.
 * The only room that knows PCRE2.
 */
#ifndef OKRBOOK_JUDGE_H
#define OKRBOOK_JUDGE_H

#include "okrbook/base.h"
#include "okrbook/plan.h"
#include "okrbook/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A rule pack: a rules table and the language its rules are for ("en", "de" ...). Later packs of a language add to it, replace by id,
 * or switch off (weight 0). */
typedef struct okb_pack {
    const okb_table *table;
    okb_span language;
} okb_pack;

typedef struct okb_rule {
    okb_span id, signal, applies_to, pattern, message, question, source, language;
    double weight;
    okb_span file;
    uint32_t line;
} okb_rule;

typedef struct okb_judge okb_judge;

/* Compiles the packs. All mistakes (unknown column or signal, a pattern that does not compile, an example that fails, an id twice) go
 * to diags with file and line; then OKB_E_CONFIG. */
okb_code okb_judge_new(const okb_pack *packs, size_t n_packs, const okb_settings *settings, okb_arena *keep,
                       okb_diags *diags, okb_judge **out, okb_err *err) OKB_MUST_USE;
void okb_judge_free(okb_judge *judge);
size_t okb_judge_rules(const okb_judge *judge, const okb_rule **out);
/* Runs every rule's own examples (or those of one id); failures go to diags. Returns the number of examples run. */
size_t okb_judge_test(const okb_judge *judge, okb_span only_id, okb_diags *diags);

/* What is known beside the text. Zero-initialize, then fill what there is. */
typedef struct okb_statement {
    okb_span text;
    okb_kind kind; /* NONE: the program's own reading decides which rules apply */
    okb_ambition ambition;
    okb_day start, due; /* the goal's or its cycle's; OKB_DAY_NONE: deadlines without a year stay unresolved */
    bool text_only;     /* `okrbook judge`: columns and cycle do not count */
    okb_span language;  /* empty: told from the text */
} okb_statement;

/* Judges one statement. Evidence and texts are kept. Linear in the text's length and bounded by match limits. */
okb_code okb_judge_statement(okb_judge *judge, const okb_statement *statement, okb_arena *keep, okb_verdict *out,
                             okb_err *err) OKB_MUST_USE;

/*
 * Judges every goal of the plan into plan->verdicts: text first, then what the columns add (a due date or the cycle's end
 * makes it time-bound, a target column makes it measurable). Each distinct text is judged once.
 * achievable and relevant need scores and links: okb_judge_letters fills them after scoring.
 */
okb_code okb_judge_plan(okb_judge *judge, okb_plan *plan, okb_arena *keep, okb_err *err) OKB_MUST_USE;
/* The two letters that come from data: see SPEC section 4. Needs results. */
okb_code okb_judge_letters(okb_judge *judge, okb_plan *plan, okb_arena *keep, okb_err *err) OKB_MUST_USE;

/* Compares verdicts with a labelled table (columns of tests/corpus) and prints precision, recall and F1 of each signal. */
okb_code okb_judge_corpus(okb_judge *judge, const okb_table *labels, bool is_verbose, okb_sink sink,
                          okb_err *err) OKB_MUST_USE;

#ifdef __cplusplus
}
#endif

#endif
