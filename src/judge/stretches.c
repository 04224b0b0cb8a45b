/* What a stretch of words holds: families of words, heads of their groups, and numbers of a kind. */
#include "reading.h"

stretch okb_object_of(const reading *r, const clause *c)
{
    stretch s = {c->lead_word == OKB_NONE ? c->first : c->lead_word + 1, c->end};
    if (c->is_verb_last)
        s = (stretch){c->first, c->lead_word};
    /* A phrasal verb ("set up") flags its second word too. */
    while (c->lead_word != OKB_NONE && s.from < s.to && has_flag(word_at(r, s.from), c->lead) &&
           !(word_at(r, s.from)->flags & (FLAG(SIG_METRIC) | FLAG(SIG_ARTEFACT) | FLAG(SIG_EVENT))))
        s.from++;
    for (uint32_t ix = s.from; ix < s.to; ix++)
        if (has_flag(word_at(r, ix), SIG_MEANS) || has_flag(word_at(r, ix), SIG_PURPOSE) ||
            has_flag(word_at(r, ix), SIG_CONTRAST)) {
            s.to = ix;
            break;
        }
    return s;
}

uint32_t okb_signal_first_in(const reading *r, stretch s, sig signal)
{
    for (uint32_t ix = s.from; ix < s.to && ix < r->words.n; ix++)
        if (has_flag(word_at(r, ix), signal))
            return ix;
    return OKB_NONE;
}

bool okb_signal_has_in(const reading *r, stretch s, sig signal)
{
    return okb_signal_first_in(r, s, signal) != OKB_NONE;
}

static bool is_plain_noun(const okb_word *w)
{
    return !(w->flags & (FLAG(SIG_SCOPE) | FLAG(SIG_JOINER) | FLAG(SIG_DETERMINER) | FLAG(SIG_MEANS) |
                         FLAG(SIG_PURPOSE) | FLAG(SIG_CONTRAST) | FLAG(SIG_VERB_STATE)));
}

/* The last word of its group: "culture" in "a safety culture", not in "a culture survey". */
static bool is_group_end(const reading *r, uint32_t ix, uint32_t end)
{
    if (ix + 1 >= end)
        return true;
    const okb_word *next = word_at(r, ix + 1);
    for (size_t i = word_at(r, ix)->end; i < next->start; i++)
        if (r->scan->text.text[i] != ' ')
            return true;
    return !is_plain_noun(next);
}

uint32_t okb_signal_first_head_in(const reading *r, stretch s, sig signal)
{
    for (uint32_t ix = s.from; ix < s.to && ix < r->words.n; ix++)
        if (has_flag(word_at(r, ix), signal) && is_group_end(r, ix, s.to))
            return ix;
    return OKB_NONE;
}

stretch okb_rule_without_scope(const reading *r, stretch s)
{
    for (uint32_t ix = s.from; ix < s.to; ix++)
        if (has_flag(word_at(r, ix), SIG_SCOPE) && ix > s.from) {
            s.to = ix;
            break;
        }
    return s;
}

/* A number that says how much changed or what effect there is, rather than how many pieces are made. */
static bool is_effect(const measure *m)
{
    return m->form == MEASURE_PERCENT || m->form == MEASURE_POINTS || m->form == MEASURE_MONEY ||
           m->form == MEASURE_FACTOR || m->form == MEASURE_RANK;
}

bool okb_stretch_has_effect(const reading *r, stretch s)
{
    if (s.from >= s.to)
        return false;
    size_t from = word_at(r, s.from)->start, to = word_at(r, s.to - 1)->end;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= from && m->end <= to && (is_effect(m) || m->is_end) && !(r->marks[m->start] & MARK_SERVICE))
            return true;
    }
    return false;
}

/* A share, a price or points: not a count of pieces. */
bool okb_stretch_has_rate(const reading *r, stretch s)
{
    for (size_t i = 0; i < r->measures.n && s.from < s.to; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        bool is_rate = m->form == MEASURE_PERCENT || m->form == MEASURE_POINTS || m->form == MEASURE_MONEY;
        if (is_rate && !m->is_change && m->start >= word_at(r, s.from)->start && m->end <= word_at(r, s.to - 1)->end)
            return true;
    }
    return false;
}

/* "within 72 hours": how fast something is done each time is a quality of the work. */
bool okb_stretch_has_case_limit(const reading *r, stretch s)
{
    for (uint32_t ix = s.from; ix < s.to; ix++)
        if (word_at(r, ix)->marks & MARK_SERVICE)
            return true;
    return false;
}

/* "100% of appraisals written up": all of them is done or not, and no rate. */
bool okb_stretch_is_all(const reading *r, stretch s)
{
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->form == MEASURE_PERCENT && m->value == 100 && m->start >= word_at(r, s.from)->start &&
            m->end <= word_at(r, s.to - 1)->end)
            return !okb_stretch_has_case_limit(r, (stretch){s.from, (uint32_t)r->words.n}) &&
                   !okb_signal_has_in(r, (stretch){s.from, (uint32_t)r->words.n}, SIG_CHECKABLE);
    }
    return false;
}

/* "to 100% of the staff" says how far a thing goes, not what it does. */
static bool is_share_of(const reading *r, const measure *m)
{
    bool is_reach = m->start >= 3 && okb_span_eq((okb_span){r->scan->text.folded + m->start - 3, 3}, OKB_S("to "));
    return (is_reach || m->value == 100) &&
           okb_span_starts((okb_span){r->scan->text.folded + m->end, r->scan->text.n - m->end}, OKB_S(" of "));
}

/* "with 3K+ visits a month", "at 4.2 rating": a number and a metric behind what is made. */
bool okb_stretch_has_result(const reading *r, stretch s)
{
    if (okb_stretch_has_case_limit(r, s))
        return true;
    if (s.from >= s.to)
        return false;
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= word_at(r, s.from)->start && m->end <= word_at(r, s.to - 1)->end && is_effect(m) &&
            m->form != MEASURE_RANK && !is_share_of(r, m) && !(r->marks[m->start] & MARK_SERVICE))
            return true;
    }
    for (size_t i = 0; i < r->measures.n; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start < word_at(r, s.from)->end || m->start > word_at(r, s.to - 1)->end || m->is_weak)
            continue;
        for (uint32_t ix = s.from; ix < s.to; ix++) {
            const okb_word *w = word_at(r, ix);
            if (w->start >= m->end && w->start < m->end + 25 && has_flag(w, SIG_METRIC))
                return true;
        }
    }
    return false;
}

bool okb_stretch_has_money(const reading *r, stretch s)
{
    for (size_t i = 0; i < r->measures.n && s.from < s.to; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= word_at(r, s.from)->start && m->end <= word_at(r, s.to - 1)->end && m->form == MEASURE_MONEY)
            return true;
    }
    return false;
}

bool okb_stretch_has_size(const reading *r, stretch s)
{
    for (size_t i = 0; i < r->measures.n && s.from < s.to; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= word_at(r, s.from)->start && m->end <= word_at(r, s.to - 1)->end && m->unit.n &&
            m->form == MEASURE_COUNT)
            return true;
    }
    return false;
}

bool okb_stretch_counts_pieces(const reading *r, stretch s)
{
    for (size_t i = 0; i < r->measures.n && s.from < s.to; i++) {
        const measure *m = &okb_vec_at(&r->measures, measure, i);
        if (m->start >= word_at(r, s.from)->start && (m->form != MEASURE_COUNT || m->unit.n || m->is_change))
            return false;
    }
    return true;
}
