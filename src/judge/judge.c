/*
 * The room's front: compiles packs, runs their examples, judges a statement.
 */
#include "okrbook/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"

/* The readings' buffers live as long as the judge, so that a statement costs no allocation but what it keeps. */
struct okb_bench {
    scan scan;
    reading reading;
};

static void read_settings(okb_judge *judge, const okb_settings *settings, regex_limits *limits)
{
    limits->match = (uint32_t)okb_setting_number(settings, "judge.match_limit");
    limits->depth = (uint32_t)okb_setting_number(settings, "judge.depth_limit");
    limits->heap_kib = (uint32_t)okb_setting_number(settings, "judge.heap_limit");
    limits->has_jit = okb_setting_is(settings, "judge.jit", "on");
    judge->is_prefilter_off = okb_setting_is(settings, "judge.prefilter", "off");
    judge->text_bytes = (size_t)okb_setting_number(settings, "judge.text_limit");
    judge->undecided_max = (uint32_t)okb_setting_number(settings, "judge.undecided_limit");
    judge->first_month = (int)okb_setting_number(settings, "cycle.first_month");
    okb_letters_read_settings(&judge->letters, settings);
}

okb_code okb_judge_new(const okb_pack *packs, size_t n_packs, const okb_settings *settings, okb_arena *keep,
                       okb_diags *diags, okb_judge **out, okb_err *err)
{
    *out = NULL;
    okb_judge *judge = OKB_NEW(keep, okb_judge);
    judge->keep = keep;
    judge->diags = diags;
    judge->bench = OKB_NEW(keep, okb_bench);
    judge->bench->scan.judge = judge;
    judge->bench->reading.scan = &judge->bench->scan;
    okb_arena_init(&judge->scratch, 0);
    regex_limits limits;
    read_settings(judge, settings, &limits);
    judge->engine = okb_regex_engine_new(&limits);
    bool is_ok = judge->engine != NULL;
    if (is_ok) {
        is_ok = okb_pack_read(judge, packs, n_packs, diags);
        is_ok = okb_grammar_build(judge, diags) && is_ok;
        size_t failed_before = diags->items.n;
        for (uint32_t ix = 0; ix < judge->n_rules; ix++)
            if (judge->rules[ix].is_from_user && judge->rules[ix].re)
                okb_rule_test(judge, &judge->rules[ix], diags);
        is_ok = is_ok && diags->items.n == failed_before;
    }
    okb_arena_reset(&judge->scratch);
    if (!is_ok || judge->n_grammars == 0) {
        okb_judge_free(judge);
        return okb_fail(err, OKB_E_CONFIG, "rules cannot be used; mend the rules tables as the messages say");
    }
    judge->shown = OKB_NEW_N(keep, okb_rule, judge->n_rules);
    for (uint32_t ix = 0; ix < judge->n_rules; ix++)
        judge->shown[ix] = judge->rules[ix].shown;
    *out = judge;
    return OKB_OK;
}

void okb_judge_free(okb_judge *judge)
{
    if (!judge)
        return;
    for (uint32_t ix = 0; ix < judge->n_rules; ix++) {
        const rule *r = &judge->rules[ix];
        if (r->ascii_re != r->re)
            okb_regex_free(r->ascii_re);
        okb_regex_free(r->re);
    }
    for (uint32_t ix = 0; ix < judge->n_grammars; ix++) {
        okb_trie_free(judge->grammars[ix].words);
        okb_sketches_free(judge->grammars[ix].located);
        okb_sketches_free(judge->grammars[ix].searched);
        okb_sketches_free(judge->grammars[ix].heads);
        okb_sketches_free(judge->grammars[ix].notes);
        okb_map_free(judge->grammars[ix].lexicon);
    }
    okb_trie_free(judge->language_words);
    okb_regex_engine_free(judge->engine);
    okb_scan_free(&judge->bench->scan);
    okb_reading_free(&judge->bench->reading);
    okb_arena_reset(&judge->scratch);
    judge->n_rules = judge->n_grammars = 0;
}

size_t okb_judge_rules(const okb_judge *judge, const okb_rule **out)
{
    *out = judge->shown;
    return judge->n_rules;
}

size_t okb_judge_test(const okb_judge *judge, okb_span only_id, okb_diags *diags)
{
    /* Testing compiles patterns that were not needed yet; what the judge says stays the same. */
    okb_judge *working = judge->bench->scan.judge;
    size_t n = 0;
    for (uint32_t ix = 0; ix < judge->n_grammars; ix++)
        okb_grammar_ready(working, (uint16_t)ix, diags);
    for (uint32_t ix = 0; ix < judge->n_rules; ix++)
        if (!only_id.n || okb_span_eq(judge->rules[ix].shown.id, only_id))
            n += okb_rule_test(working, &working->rules[ix], diags);
    return n;
}

/* ---- one statement ------------------------------------------------------------------------------------------- */

static void read_statement(okb_judge *judge, const okb_statement *statement, okb_kind kind, okb_arena *keep)
{
    scan *s = &judge->bench->scan;
    reading *r = &judge->bench->reading;
    okb_reading_reset(r, keep);
    s->kind = kind;
    okb_prepare_text(s, statement->text, statement->language);
    okb_scan_text(s);
    okb_words_read(r);
    okb_marks_read(r, statement);
    okb_clauses_read(r);
    okb_measures_read(r);
    okb_class_read(r);
    okb_answers_read(r);
    okb_kind_read(r);
}

okb_code okb_judge_statement(okb_judge *judge, const okb_statement *statement, okb_arena *keep, okb_verdict *out,
                             okb_err *err)
{
    (void)err;
    reading *r = &judge->bench->reading;
    read_statement(judge, statement, statement->kind, keep);
    /* Rules for some kinds only need the kind that the first reading found. */
    if (statement->kind == OKB_KIND_NONE && r->scan->grammar->has_kinds)
        read_statement(judge, statement, r->kind, keep);
    okb_verdict_make(r, statement, keep, out);
    return OKB_OK;
}
