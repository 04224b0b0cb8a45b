/*
 * Rules -> what a scan needs: the trie of all literals of a language, the rules that must be searched for, the rules of head and
 * tail, and the lexicon of number words, months and periods. Compiles patterns, at first use where they come with the program.
 */
#include <stdio.h>
#include <string.h>

#include "room.h"

bool signal_is_lexical(sig signal)
{
    return (signal >= SIG_NUMBER_WORD && signal <= SIG_SEASON) || signal == SIG_UNIT || signal == SIG_CURRENCY;
}

bool signal_is_head(sig signal)
{
    return signal >= SIG_DECORATION && signal <= SIG_LEARNER;
}

/* Coach rules carry texts for signals; they are looked up by id and match nothing by themselves. */
bool signal_is_scanned(sig signal)
{
    return signal > SIG_LEARNER && signal != SIG_COACH && !signal_is_lexical(signal);
}

regex *rule_regex(okb_judge *judge, rule *r, char *why, size_t why_size)
{
    bool is_anchored = (r->is_located || signal_is_head(r->signal)) && r->signal != SIG_STATUS_NOTE;
    if (!r->re)
        r->re = regex_new(judge->engine, r->expanded, is_anchored, judge->grammars[r->language].has_unicode, why, why_size);
    return r->re;
}

static bool add_rule(okb_judge *judge, grammar *g, uint16_t rule_ix, okb_diags *diags)
{
    rule *r = &judge->rules[rule_ix];
    char why[256] = "";
    const literal *literals = NULL;
    size_t n = 0;
    okb_arena scratch = {0};
    okb_arena_init(&scratch, 64 * 1024);
    if (!judge->is_prefilter_off || signal_is_lexical(r->signal) || r->signal == SIG_LANGUAGE)
        n = literals_of(r->expanded, &scratch, &literals);
    r->is_located = n > 0;
    r->is_plain = n > 0;
    for (size_t i = 0; i < n; i++)
        r->is_plain = r->is_plain && literals[i].is_whole;

    if (signal_is_lexical(r->signal)) {
        for (size_t i = 0; i < n; i++) {
            okb_span key = okb_arena_printf(&scratch, "%d:%.*s", (int)r->signal, OKB_FMT(literals[i].text));
            okb_map_put(g->lexicon, key, rule_ix, NULL);
        }
        r->is_located = false;
    } else if (signal_is_head(r->signal)) {
        g->heads[g->n_heads++] = rule_ix;
        r->is_located = false;
    } else if (r->signal == SIG_LANGUAGE) {
        for (size_t i = 0; i < n; i++)
            trie_add(judge->language_words, literals[i].text,
                     (trie_leaf){.rule_ix = rule_ix, .order = (uint16_t)i, .is_whole = literals[i].is_whole});
    } else if (signal_is_scanned(r->signal)) {
        for (size_t i = 0; i < n; i++)
            trie_add(g->words, literals[i].text,
                     (trie_leaf){.rule_ix = rule_ix, .order = (uint16_t)i, .is_whole = literals[i].is_whole});
        if (!n)
            g->searched[g->n_searched++] = rule_ix;
    }
    okb_arena_reset(&scratch);
    /* What comes with the program is held by its tests; what a user wrote is compiled now, so that mistakes show. */
    bool must_compile = r->is_from_user || signal_is_head(r->signal) || (signal_is_scanned(r->signal) && !r->is_located);
    if (must_compile && !rule_regex(judge, r, why, sizeof why)) {
        okb_diags_add(diags, OKB_ERROR, r->shown.file, r->shown.line, OKB_S("pattern"), "rule '%.*s' does not compile: %s",
                      OKB_FMT(r->shown.id), why);
        return false;
    }
    if (r->re)
        regex_first_bytes(r->re, r->first_bytes);
    g->has_kinds = g->has_kinds || r->kinds != KINDS_ALL;
    return true;
}

bool grammar_build(okb_judge *judge, okb_diags *diags)
{
    bool is_ok = true;
    judge->language_words = trie_new();
    judge->states = OKB_NEW_N(judge->keep, rule_state, judge->n_rules + 1);
    for (uint32_t ix = 0; ix < judge->n_grammars; ix++) {
        grammar *g = &judge->grammars[ix];
        g->words = trie_new();
        g->lexicon = okb_map_new();
        g->searched = OKB_NEW_N(judge->keep, uint16_t, judge->n_rules + 1);
        g->heads = OKB_NEW_N(judge->keep, uint16_t, judge->n_rules + 1);
    }
    for (uint32_t ix = 0; ix < judge->n_rules; ix++)
        is_ok = add_rule(judge, &judge->grammars[judge->rules[ix].language], (uint16_t)ix, diags) && is_ok;
    for (uint32_t ix = 0; ix < judge->n_grammars; ix++)
        trie_seal(judge->grammars[ix].words);
    trie_seal(judge->language_words);
    return is_ok;
}

const rule *lexicon_find(const okb_judge *judge, const grammar *g, sig signal, okb_span word)
{
    char key[64];
    int n = snprintf(key, sizeof key, "%d:%.*s", (int)signal, OKB_FMT(word));
    if (n < 0 || (size_t)n >= sizeof key)
        return NULL;
    uint32_t ix = okb_map_get(g->lexicon, (okb_span){key, (size_t)n});
    return ix == OKB_NONE ? NULL : &judge->rules[ix];
}
