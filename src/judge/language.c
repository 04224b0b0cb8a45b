/*
 * Tells a statement's language: the packs' own rules of the family `language` vote by their weights, the word "mit" for German, say.
 * The highest sum wins; a draw, or no vote, is the first pack's language.
 */
#include "room.h"

/* What the words at `at` say for each language. */
static void vote(const okb_judge *judge, okb_span folded, size_t at, double sum[LANGUAGES_MAX])
{
    place found_here[PLACES_MAX];
    size_t n = okb_trie_walk(judge->language_words, folded, at, found_here);
    for (size_t k = 0; k < n; k++) {
        /* A whole word must end here; a part of a word ("ä") counts anywhere. */
        bool is_word_end = !is_word_byte(folded.p[found_here[k].end], true);
        for (size_t i = 0; i < found_here[k].n; i++) {
            const rule *r = &judge->rules[found_here[k].leaves[i].rule_ix];
            if (is_word_end || !found_here[k].leaves[i].is_whole)
                sum[r->language] += r->shown.weight;
        }
    }
}

static uint32_t told(const okb_judge *judge, okb_span wanted, okb_span folded)
{
    for (uint32_t ix = 0; wanted.n && ix < judge->n_grammars; ix++)
        if (okb_text_same(judge->grammars[ix].language, wanted))
            return ix;
    if (judge->n_grammars == 1)
        return 0;
    double sum[LANGUAGES_MAX] = {0};
    bool was_word = false;
    for (size_t i = 0; i < folded.n; i++) {
        bool is_word = is_word_byte(folded.p[i], true);
        if (!was_word || ((unsigned char)folded.p[i] & 0xC0) == 0xC0)
            vote(judge, folded, i, sum);
        was_word = is_word;
    }
    uint32_t best = 0;
    for (uint32_t ix = 1; ix < judge->n_grammars; ix++)
        if (sum[ix] > sum[best])
            best = ix;
    return best;
}

const grammar *okb_language_of(okb_judge *judge, okb_span wanted, okb_span folded)
{
    uint32_t ix = told(judge, wanted, folded);
    okb_grammar_ready(judge, (uint16_t)ix, judge->diags);
    return &judge->grammars[ix];
}
