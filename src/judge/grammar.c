/*
 * Rules -> what a scan needs: the trie of the plain words of a language, the sketches of its patterns, the rules that must be searched
 * for, the rules of head and tail, and the lexicon of number words, months and periods. Compiles patterns, at first use where they
 * come with the program.
 */
#include <string.h>

#include "room.h"

enum { KEY_BYTES = 64 };
_Static_assert(SIG_COUNT <= 256, "a signal is one byte of a key");

bool okb_signal_is_lexical(sig signal)
{
    return (signal >= SIG_NUMBER_WORD && signal <= SIG_SEASON) || signal == SIG_UNIT || signal == SIG_CURRENCY;
}

bool okb_signal_is_head(sig signal)
{
    return signal >= SIG_DECORATION && signal <= SIG_LEARNER;
}

/* Coach rules carry texts for signals; they are looked up by id and match nothing by themselves. */
bool okb_signal_is_scanned(sig signal)
{
    return signal > SIG_LEARNER && signal != SIG_COACH && signal != SIG_SCALE && !okb_signal_is_lexical(signal);
}

regex *okb_rule_regex(okb_judge *judge, rule *r, bool is_ascii, char *why, size_t why_size)
{
    bool is_anchored = r->is_located || (okb_signal_is_head(r->signal) && r->signal != SIG_STATUS_NOTE);
    regex_text text = judge->grammars[r->language].has_unicode ? TEXT_UNICODE : TEXT_UTF8;
    if (is_ascii && !r->ascii_re)
        r->ascii_re = okb_regex_new(judge->engine, r->expanded, is_anchored, TEXT_ASCII, why, why_size);
    if (is_ascii && r->ascii_re)
        return r->ascii_re;
    if (!r->re)
        r->re = okb_regex_new(judge->engine, r->expanded, is_anchored, text, why, why_size);
    if (is_ascii)
        r->ascii_re = r->re;
    return r->re;
}

static void add_literals(trie *t, const literal *items, size_t n, uint16_t rule_ix)
{
    for (size_t i = 0; i < n; i++)
        okb_trie_add(t, items[i].text, (trie_leaf){.rule_ix = rule_ix, .is_whole = items[i].is_whole});
}

/* Key of a word in the lexicon, in out[KEY_BYTES]; empty where the word is too long for one. */
static okb_span lexicon_key(char *out, sig signal, okb_span word)
{
    if (word.n > KEY_BYTES - 1)
        return (okb_span){NULL, 0};
    out[0] = (char)signal;
    if (word.n)
        memcpy(out + 1, word.p, word.n);
    return (okb_span){out, word.n + 1};
}

static bool add_rule(okb_judge *judge, grammar *g, uint16_t rule_ix, okb_diags *diags)
{
    rule *r = &judge->rules[rule_ix];
    char why[256] = "";
    literals found_in = {0};
    okb_arena scratch = {0};
    okb_arena_init(&scratch, 16 * 1024);
    bool is_lexical = okb_signal_is_lexical(r->signal), is_scanned = okb_signal_is_scanned(r->signal);
    bool is_filtered = !judge->is_prefilter_off;
    if (is_lexical || (is_filtered && is_scanned))
        okb_literals_of(r->expanded, &scratch, &found_in);
    bool is_plain = is_scanned && found_in.n > 0 && found_in.items[0].is_whole;
    okb_span sketched = is_filtered ? r->expanded : (okb_span){NULL, 0};

    if (is_lexical) {
        for (size_t i = 0; i < found_in.n; i++) {
            char key[KEY_BYTES];
            okb_map_put(g->lexicon, lexicon_key(key, r->signal, found_in.items[i].text), rule_ix, NULL);
        }
    } else if (r->signal == SIG_STATUS_NOTE) {
        if (!okb_sketches_add(g->notes, sketched, rule_ix, &scratch))
            okb_sketches_add(g->notes, (okb_span){NULL, 0}, rule_ix, &scratch);
    } else if (okb_signal_is_head(r->signal)) {
        okb_sketches_add(g->heads, sketched, rule_ix, &scratch);
    } else if (is_plain) {
        r->is_located = true;
        add_literals(g->words, found_in.items, found_in.n, rule_ix);
    } else if (is_scanned) {
        r->is_located = is_filtered && okb_sketches_add(g->located, sketched, rule_ix, &scratch);
        if (!r->is_located)
            okb_sketches_add(g->searched, sketched, rule_ix, &scratch);
    }
    okb_arena_reset(&scratch);
    /* What comes with the program is held by its tests; what a user wrote is compiled now, so that mistakes show. */
    if (r->signal == SIG_SCALE)
        judge->scales[judge->n_scales++] = rule_ix;
    bool must_compile = r->is_from_user || r->signal == SIG_SCALE;
    if (must_compile && !okb_rule_regex(judge, r, false, why, sizeof why)) {
        okb_diags_add(diags, OKB_ERROR, r->shown.file, r->shown.line, OKB_S("pattern"),
                      "rule '%.*s' does not compile: %s", OKB_FMT(r->shown.id), why);
        return false;
    }
    if (r->signal == SIG_COACH) {
        char key[KEY_BYTES];
        okb_map_put(g->lexicon, lexicon_key(key, SIG_COACH, r->shown.id), rule_ix, NULL);
    }
    judge->states[rule_ix].kinds = (uint8_t)r->kinds;
    g->has_kinds = g->has_kinds || r->kinds != KINDS_ALL;
    return true;
}

bool okb_grammar_ready(okb_judge *judge, uint16_t language_ix, okb_diags *diags)
{
    grammar *g = &judge->grammars[language_ix];
    if (g->words)
        return true;
    bool is_ok = okb_pack_expand(judge, language_ix, diags);
    g->words = okb_trie_new();
    g->lexicon = okb_map_new();
    g->located = okb_sketches_new(SKETCHES_PLACES);
    g->heads = okb_sketches_new(SKETCHES_HERE);
    g->searched = okb_sketches_new(SKETCHES_ANYWHERE);
    g->notes = okb_sketches_new(SKETCHES_PLACES);
    g->candidates = OKB_NEW_N(judge->keep, uint16_t, judge->n_rules + 1);
    for (uint32_t ix = 0; ix < judge->n_rules; ix++)
        if (judge->rules[ix].language == language_ix)
            is_ok = add_rule(judge, g, (uint16_t)ix, diags) && is_ok;
    okb_trie_seal(g->words);
    return is_ok;
}

/* What tells the languages apart is needed from the start; the grammar of a language of the box is built when it is met. */
bool okb_grammar_build(okb_judge *judge, okb_diags *diags)
{
    bool is_ok = true;
    judge->language_words = okb_trie_new();
    judge->scales = OKB_NEW_N(judge->keep, uint16_t, judge->n_rules + 1);
    judge->states = OKB_NEW_N(judge->keep, rule_state, judge->n_rules + 1);
    okb_arena scratch = {0};
    okb_arena_init(&scratch, 0);
    for (uint32_t ix = 0; ix < judge->n_rules; ix++) {
        const rule *r = &judge->rules[ix];
        literals found_in = {0};
        if (r->signal == SIG_LANGUAGE)
            okb_literals_of(r->shown.pattern, &scratch, &found_in);
        add_literals(judge->language_words, found_in.items, found_in.n, (uint16_t)ix);
    }
    okb_arena_reset(&scratch);
    okb_trie_seal(judge->language_words);
    for (uint32_t ix = 0; ix < judge->n_grammars; ix++) {
        bool must_be_ready = ix == 0;
        for (uint32_t k = 0; k < judge->n_rules && !must_be_ready; k++)
            must_be_ready = judge->rules[k].language == ix && judge->rules[k].is_from_user;
        if (must_be_ready)
            is_ok = okb_grammar_ready(judge, (uint16_t)ix, diags) && is_ok;
    }
    return is_ok;
}

const rule *okb_lexicon_find(const okb_judge *judge, const grammar *g, sig signal, okb_span word)
{
    char bytes[KEY_BYTES];
    okb_span key = lexicon_key(bytes, signal, word);
    uint32_t ix = key.n ? okb_map_get(g->lexicon, key) : OKB_NONE;
    return ix == OKB_NONE ? NULL : &judge->rules[ix];
}
