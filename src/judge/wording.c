/*
 * Whether a statement is vague, and whether it is specific: what is named exactly, and what only names a quality, a direction or an
 * open effort. docs/judging.md has the combinations in prose.
 */
#include "reading.h"

static stretch whole(const reading *r)
{
    return (stretch){r->head_word, (uint32_t)r->words.n};
}

static bool is_plain_modifier(const okb_word *w)
{
    return !(w->flags &
             (FLAG(SIG_GENERIC) | FLAG(SIG_QUALITY) | FLAG(SIG_DETERMINER) | FLAG(SIG_COMPARATIVE) | FLAG(SIG_HEDGE) |
              FLAG(SIG_SUPERLATIVE) | FLAG(SIG_JOINER) | FLAG(SIG_SCOPE) | FLAG(SIG_METRIC)));
}

/* A metric that says whose, where or which: "repeat visits", "turnout for the clean-ups", not "turnover". */
static bool has_named_metric(reading *r, const clause *c)
{
    stretch object = okb_object_of(r, c);
    bool is_about_things =
        (c->lead >= SIG_VERB_MAKE && c->lead <= SIG_VERB_LEARN && c->lead != SIG_VERB_DO) || c->lead == SIG_VERB_OTHER;
    bool is_less = c->lead == SIG_NONE && object.from < object.to && has_flag(word_at(r, object.from), SIG_LESS);
    bool is_comparison = c->lead == SIG_NONE && object.from < object.to && !is_less &&
                         has_flag(word_at(r, object.from), SIG_COMPARATIVE);
    bool is_habit = c->lead == SIG_VERB_DO && okb_signal_has_in(r, object, SIG_COMPARATIVE);
    if (is_about_things || is_comparison || is_habit)
        return false;
    for (uint32_t ix = object.from; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix);
        if (!has_flag(w, SIG_METRIC) || (w->marks & MARK_PAREN))
            continue;
        uint32_t first = ix, last = ix;
        while (last + 1 < object.to && has_flag(word_at(r, last + 1), SIG_METRIC))
            last++;
        uint32_t modifiers = 0;
        for (uint32_t k = first; k > object.from && modifiers < 3; k--) {
            const okb_word *before = word_at(r, k - 1);
            if (before->flags & (FLAG(SIG_SCOPE) | FLAG(SIG_JOINER)))
                break;
            modifiers += is_plain_modifier(before);
        }
        bool has_scope = last + 1 < c->end && has_flag(word_at(r, last + 1), SIG_SCOPE) && last + 2 < c->end &&
                         !has_flag(word_at(r, last + 1), SIG_MEANS) && !(word_at(r, last + 1)->marks & MARK_DEADLINE);
        bool is_generic = has_flag(w, SIG_GENERIC);
        if (is_less && !has_scope)
            return false;
        if (has_scope || modifiers >= (is_generic ? 2u : 1u) || (!is_generic && last > first)) {
            okb_answer_because(r, "specific", SIG_METRIC, ix, ix + 1);
            return true;
        }
        ix = last;
    }
    return false;
}

/* "Reduce single-use plastic in the canteen": more or less of a thing, and where. */
static bool has_scoped_amount(const reading *r, const clause *c)
{
    const uint64_t unclear = FLAG(SIG_SOFT) | FLAG(SIG_GENERIC) | FLAG(SIG_QUALITY) | FLAG(SIG_COMPARATIVE) |
                             FLAG(SIG_UNDEFINED) | FLAG(SIG_CAUSE) | FLAG(SIG_SUPERLATIVE) | FLAG(SIG_HEDGE) |
                             FLAG(SIG_DANGLING);
    /* "fewer stock-outs in the store" */
    bool is_less = c->lead == SIG_NONE && c->first < c->end && has_flag(word_at(r, c->first), SIG_LESS);
    if (c->lead != SIG_VERB_RAISE && c->lead != SIG_VERB_LOWER && !is_less)
        return false;
    stretch object = okb_object_of(r, c);
    for (uint32_t ix = object.from + is_less; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix);
        if (has_flag(w, SIG_SCOPE))
            return ix > object.from && ix + 1 < c->end && !(w->marks & MARK_DEADLINE);
        if (w->flags & unclear)
            return false;
    }
    return false;
}

/* "Own the weekend brunch scene" names a field, "outshine everyone" and "beat the competition" do not. */
static bool has_field(const reading *r, stretch object)
{
    for (uint32_t ix = object.from; ix < object.to; ix++)
        if (!(word_at(r, ix)->flags & (FLAG(SIG_GENERIC) | FLAG(SIG_DETERMINER) | FLAG(SIG_SCOPE) | FLAG(SIG_PRONOUN))))
            return true;
    return false;
}

/* "Participate in industry events", "go to trade fairs": no one of them is named, and there is no end of them. */
static bool is_open_round(const reading *r, const clause *c)
{
    const uint64_t named = FLAG(SIG_DETERMINER) | FLAG(SIG_ARTEFACT) | FLAG(SIG_STAFF) | FLAG(SIG_CUSTOMER);
    stretch object = okb_object_of(r, c);
    if (c->lead != SIG_VERB_DO || object.from >= object.to || c->is_subject_led)
        return false;
    for (uint32_t ix = object.from; ix < object.to; ix++) {
        const okb_word *w = word_at(r, ix);
        if ((w->flags & named) || w->is_upper || is_figure(r, ix))
            return false;
    }
    const okb_word *last = word_at(r, object.to - 1);
    return has_flag(last, SIG_EVENT) && r->scan->text.folded[last->end - 1] == 's';
}

void okb_wording_read(reading *r)
{
    const clause *first = clause_at(r, 0);
    bool is_named = false;
    r->vague = OKB_NO;
    r->specific = OKB_YES;
    for (size_t i = 0; i < r->clauses.n && !is_named; i++)
        is_named = has_named_metric(r, clause_at(r, i)) || has_scoped_amount(r, clause_at(r, i));
    if (r->measurable != OKB_NO) {
        bool is_undefined = okb_answer_because(r, "specific", SIG_DANGLING, r->head_word, r->words.n) ||
                            (!is_named && okb_answer_because(r, "specific", SIG_UNDEFINED, r->head_word, r->words.n));
        r->specific = is_undefined ? OKB_NO : OKB_YES;
        bool is_change =
            first->lead == SIG_VERB_RAISE || first->lead == SIG_VERB_LOWER || first->lead == SIG_VERB_IMPROVE;
        if (is_undefined && is_change && okb_answer_because(r, "vague", SIG_UNDEFINED, r->head_word, r->words.n))
            r->vague = OKB_YES;
        return;
    }
    if (!first->is_wish && okb_answer_because(r, "specific", SIG_RHETORIC, r->head_word, r->words.n))
        return;
    bool is_best_for = first->lead == SIG_VERB_TURN && okb_signal_has_in(r, whole(r), SIG_SUPERLATIVE) &&
                       okb_signal_has_in(r, okb_object_of(r, first), SIG_SCOPE);
    bool is_role = (first->lead == SIG_VERB_WIN && has_field(r, okb_object_of(r, first))) ||
                   first->lead == SIG_VERB_BECOME || is_best_for;
    /* "Become the go-to planner for dentists" is a direction, "become a data-driven company" a wish. */
    stretch role = okb_object_of(r, first);
    if (first->lead == SIG_VERB_BECOME && okb_signal_has_in(r, role, SIG_QUALITY) &&
        !okb_signal_has_in(r, role, SIG_SCOPE) && !okb_signal_has_in(r, whole(r), SIG_SUPERLATIVE))
        is_role = false;
    if (is_role && !okb_signal_has_in(r, whole(r), SIG_COMPARATIVE) && r->scan->text.person == SIG_NONE &&
        (first->lead == SIG_VERB_WIN || okb_signal_has_in(r, whole(r), SIG_SUPERLATIVE) ||
         okb_signal_has_in(r, okb_object_of(r, first), SIG_DETERMINER))) {
        r->specific = OKB_NO;
        okb_answer_because(r, "specific", first->lead, first->lead_word, first->lead_word + 1);
        return;
    }
    bool is_learning_more =
        okb_signal_has_in(r, whole(r), SIG_COMPARATIVE) || okb_signal_has_in(r, whole(r), SIG_MANNER);
    if (first->lead == SIG_VERB_LEARN && !is_learning_more) {
        r->specific = OKB_NO;
        okb_answer_because(r, "specific", SIG_VERB_LEARN, first->lead_word, first->lead_word + 1);
        return;
    }
    if (is_named)
        return;
    if (r->class_ != OKB_OUTCOME && r->has_placeholder) {
        r->specific = OKB_NO;
        okb_answer_because_hit(r, "specific", r->placeholder_hit);
        return;
    }
    bool is_more = first->lead == SIG_VERB_RAISE || first->lead == SIG_VERB_LOWER;
    if (r->class_ == OKB_ACTIVITY && first->lead != SIG_VERB_EFFORT && !is_more &&
        !okb_signal_has_in(r, whole(r), SIG_COMPARATIVE) && !okb_signal_has_in(r, whole(r), SIG_UNDEFINED) &&
        !okb_signal_has_in(r, whole(r), SIG_QUALITY) && !okb_signal_has_in(r, okb_object_of(r, first), SIG_SOFT) &&
        !is_open_round(r, first))
        return;
    r->vague = OKB_YES;
    r->specific = OKB_NO;
    static const sig reasons[] = {SIG_QUALITY, SIG_SOFT, SIG_COMPARATIVE, SIG_SUPERLATIVE, SIG_UNDEFINED, SIG_GENERIC};
    bool is_told = first->lead_word != OKB_NONE &&
                   okb_answer_because(r, "vague", first->lead, first->lead_word, first->lead_word + 1);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        is_told = okb_answer_because(r, "vague", reasons[i], r->head_word, r->words.n) || is_told;
}
