/* Puts what was read into a verdict: evidence, direction, the kind of change, and the texts that are kept. */
#include <math.h>
#include <stdlib.h>

#include "reading.h"

void okb_reading_reset(reading *r, okb_arena *keep)
{
    r->keep = keep;
    r->words.n = r->clauses.n = r->measures.n = r->evidence.n = 0;
    r->has_deadline = r->has_frequency = r->has_placeholder = r->has_baseline = r->has_target = r->has_several = false;
    r->deadline = OKB_DAY_NONE;
    r->baseline_unit = (okb_span){NULL, 0};
    r->target_ix = OKB_NONE;
}

void okb_reading_free(reading *r)
{
    okb_vec_free(&r->words);
    okb_vec_free(&r->clauses);
    okb_vec_free(&r->measures);
    okb_vec_free(&r->evidence);
    free(r->marks);
    r->marks = NULL;
    r->marks_cap = 0;
}

static void add_evidence(reading *r, const char *verdict, okb_span rule_id, okb_span words)
{
    okb_evidence *e = okb_vec_push(&r->evidence, okb_evidence);
    e->signal = okb_span_of(verdict);
    e->rule = rule_id;
    e->words = okb_arena_copy(r->keep, words);
}

void okb_answer_because_hit(reading *r, const char *verdict, uint32_t hit_ix)
{
    const hit *h = &okb_vec_at(&r->scan->hits, hit, hit_ix);
    add_evidence(r, verdict, r->scan->judge->rules[h->rule_ix].shown.id,
                 okb_prepared_words(&r->scan->text, h->start, h->end));
}

bool okb_answer_because(reading *r, const char *verdict, sig signal, size_t from_word, size_t to_word)
{
    if (from_word >= to_word || to_word > r->words.n)
        return false;
    size_t from = word_at(r, from_word)->start, to = word_at(r, to_word - 1)->end;
    for (size_t k = 0; k < r->scan->hits.n; k++) {
        const hit *h = &okb_vec_at(&r->scan->hits, hit, k);
        if (h->start >= to)
            return false;
        if (h->signal != signal || h->end <= from || h->end > to)
            continue;
        okb_answer_because_hit(r, verdict, (uint32_t)k);
        return true;
    }
    return false;
}

/* "95% of tickets answered within 4 hours": a promise that is kept or not. */
static bool is_promise(const reading *r, const measure *m)
{
    for (size_t i = 0; i < r->words.n && m->form == MEASURE_PERCENT; i++)
        if (word_at(r, i)->marks & MARK_SERVICE)
            return true;
    return false;
}

static okb_direction direction_of(const reading *r)
{
    if (!r->has_target)
        return r->measurable == OKB_BINARY ? OKB_MILESTONE : OKB_DIRECTION_NONE;
    const measure *m = &okb_vec_at(&r->measures, measure, r->target_ix);
    const clause *c = clause_at(r, m->clause_ix);
    /* "From 1.2 s to 300 ms": the verb knows better than the bare figures. */
    bool is_other_unit = r->baseline_unit.n && m->unit.n && !okb_span_eq(r->baseline_unit, m->unit);
    bool is_relative = (m->is_change && !m->is_end) || m->form == MEASURE_FACTOR;
    if (isfinite(r->baseline) && isfinite(r->target) && r->baseline != r->target && !is_relative && !is_other_unit)
        return r->target > r->baseline ? OKB_INCREASE : OKB_DECREASE;
    if (r->has_several && c->lead == SIG_NONE)
        return OKB_DIRECTION_NONE;
    stretch all = {c->first, c->end};
    if (m->is_change || m->form == MEASURE_FACTOR) {
        bool is_down =
            m->is_down || c->lead == SIG_VERB_LOWER || (c->lead == SIG_NONE && okb_signal_has_in(r, all, SIG_LESS));
        return is_down ? OKB_DECREASE : OKB_INCREASE;
    }
    if (c->lead == SIG_VERB_LOWER)
        return OKB_DECREASE;
    if (m->bound < 0 || m->is_zero_word)
        return OKB_AT_MOST;
    if (c->lead == SIG_VERB_RAISE)
        return OKB_INCREASE;
    /* "At least 99% uptime" is a line to hold; "sell at least 500 tickets" counts up to it. */
    bool is_counted = m->form == MEASURE_COUNT && m->unit.n == 0 && m->value == floor(m->value) &&
                      c->lead_word != OKB_NONE && !c->is_subject_led;
    if (c->lead == SIG_VERB_KEEP || c->lead == SIG_VERB_SERVE || (m->bound > 0 && !is_counted) || is_promise(r, m))
        return OKB_AT_LEAST;
    return OKB_INCREASE;
}

static void read_change(const reading *r, okb_verdict *out)
{
    if (!r->has_target || r->has_several)
        return;
    const measure *m = &okb_vec_at(&r->measures, measure, r->target_ix);
    double sign = out->direction == OKB_DECREASE ? -1 : 1;
    if (m->form == MEASURE_FACTOR) {
        bool is_share = okb_span_eq(r->scan->judge->rules[m->rule_ix].shown.message, OKB_S("share"));
        double factor = okb_factor_read(r, m);
        if (is_share && !m->is_change)
            return;
        /* "by a third" is that much more or less; "threefold" is what it comes to. */
        out->change = is_share ? OKB_CHANGE_PERCENT : OKB_CHANGE_FACTOR;
        out->change_by = is_share ? sign * factor * 100 : factor;
        return;
    }
    if (!m->is_change || m->is_end)
        return;
    if (m->form == MEASURE_PERCENT)
        out->change = OKB_CHANGE_PERCENT;
    else
        out->change = OKB_CHANGE_POINTS;
    out->change_by = sign * fabs(m->value);
}

static void give_up_undecided(const reading *r, okb_verdict *out)
{
    const scan *s = r->scan;
    if (!(s->undecided[0] | s->undecided[1]))
        return;
    out->is_undecided = true;
    bool is_number = false, is_word = false;
    for (int signal = SIG_NAME; signal < SIG_COUNT; signal++)
        if (okb_scan_is_undecided(s, (sig)signal)) {
            if (signal < SIG_FIRST_WORD)
                is_number = true;
            else
                is_word = true;
        }
    if (okb_scan_is_undecided(s, SIG_DEADLINE) || okb_scan_is_undecided(s, SIG_NOT_DEADLINE) ||
        okb_scan_is_undecided(s, SIG_LOOK_BACK))
        out->timebound = OKB_UNKNOWN;
    if (is_number || is_word)
        out->measurable = out->specific = out->vague = out->compound = OKB_UNKNOWN;
    if (is_word)
        out->class_ = OKB_CLASS_NONE;
}

void okb_verdict_make(reading *r, const okb_statement *statement, okb_arena *keep, okb_verdict *out)
{
    *out = (okb_verdict){.baseline = r->baseline, .target = r->target, .deadline = r->deadline, .change_by = NAN};
    out->class_ = r->class_;
    out->kind_read = r->kind;
    out->specific = r->specific;
    out->measurable = r->measurable;
    out->timebound = r->timebound;
    out->vague = r->vague;
    out->compound = r->compound;
    out->language = r->scan->grammar->language;
    out->direction = direction_of(r);
    if (r->has_target) {
        const measure *m = &okb_vec_at(&r->measures, measure, r->target_ix);
        okb_span unit = m->unit.n || !m->is_end ? m->unit : r->baseline_unit;
        if (m->form == MEASURE_PERCENT)
            unit = OKB_S("%");
        if (!r->has_several)
            out->unit = okb_arena_copy(keep, unit);
        okb_span rule_id = r->scan->judge->rules[m->rule_ix].shown.id;
        add_evidence(r, "measurable", rule_id, okb_prepared_words(&r->scan->text, m->start, m->end));
    }
    read_change(r, out);
    /* In a plan "by 20%" becomes the level that it leads to, and that is in the unit of the start. */
    if (!statement->text_only && (out->change == OKB_CHANGE_PERCENT || out->change == OKB_CHANGE_FACTOR))
        out->unit = okb_arena_copy(keep, r->baseline_unit);
    if (r->scan->text.is_cut)
        add_evidence(r, "text", OKB_S("judge.text_limit"), okb_span_sub(r->scan->text.raw, 0, 40));
    give_up_undecided(r, out);
    out->n_evidence = (uint32_t)r->evidence.n;
    okb_evidence *kept = OKB_NEW_N(keep, okb_evidence, r->evidence.n ? r->evidence.n : 1);
    for (size_t i = 0; i < r->evidence.n; i++)
        kept[i] = okb_vec_at(&r->evidence, okb_evidence, i);
    out->evidence = kept;
    out->suggestion = okb_suggestion_make(r, out, statement->kind, keep);
}
