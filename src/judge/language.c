/*
 * Tells a statement's language: the packs' own rules of the family `language` vote by their weights, the word "mit" for German, say.
 * The highest sum wins; a draw, or no vote, is the first pack's language.
 */
#include "room.h"

typedef struct votes {
    const okb_judge *judge;
    okb_span folded;
    double sum[LANGUAGES_MAX];
} votes;

static void vote(void *context, const trie_leaf *leaves, size_t n, size_t at, size_t end)
{
    votes *v = context;
    (void)at;
    /* A whole word must end here; a part of a word ("ä") counts anywhere. */
    bool is_word_end = end >= v->folded.n || !is_word_byte(v->folded.p[end], true);
    for (size_t i = 0; i < n; i++) {
        const rule *r = &v->judge->rules[leaves[i].rule_ix];
        if (is_word_end || !leaves[i].is_whole)
            v->sum[r->language] += r->shown.weight;
    }
}

static uint32_t told(const okb_judge *judge, okb_span wanted, okb_span folded)
{
    for (uint32_t ix = 0; wanted.n && ix < judge->n_grammars; ix++)
        if (okb_text_same(judge->grammars[ix].language, wanted))
            return ix;
    if (judge->n_grammars == 1)
        return 0;
    votes v = {.judge = judge, .folded = folded};
    bool was_word = false;
    for (size_t i = 0; i < folded.n; i++) {
        bool is_word = is_word_byte(folded.p[i], true);
        if (!was_word || ((unsigned char)folded.p[i] & 0xC0) == 0xC0)
            okb_trie_walk(judge->language_words, folded, i, vote, &v);
        was_word = is_word;
    }
    uint32_t best = 0;
    for (uint32_t ix = 1; ix < judge->n_grammars; ix++)
        if (v.sum[ix] > v.sum[best])
            best = ix;
    return best;
}

const grammar *okb_language_of(okb_judge *judge, okb_span wanted, okb_span folded)
{
    uint32_t ix = told(judge, wanted, folded);
    okb_grammar_ready(judge, (uint16_t)ix, judge->diags);
    return &judge->grammars[ix];
}
