/*
 * Hits -> measures: which numbers are the goal's targets, which its starting value, and which only describe something else.
 */
#include <math.h>

#include "reading.h"

enum {
    MARKS_NOT_A_MEASURE =
        MARK_NAME | MARK_PLACEHOLDER | MARK_DEADLINE | MARK_LOOK_BACK | MARK_NOT_DEADLINE | MARK_BASELINE
};

static okb_span text_of(const reading *r, size_t from, size_t to)
{
    return (okb_span){r->scan->text.text + from, to - from};
}

static const captures *captures_of(const reading *r, const hit *h)
{
    return h->captures == OKB_NONE ? NULL : &okb_vec_at(&r->scan->captures, captures, h->captures);
}

static void mark(reading *r, size_t from, size_t to, uint16_t bit)
{
    for (size_t i = from; i < to && i <= r->scan->text.n; i++)
        r->marks[i] = (uint16_t)(r->marks[i] | bit);
}

static bool has_byte(okb_span s, char byte)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == byte)
            return true;
    return false;
}

static bool has_digit(okb_span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

static uint32_t clause_of(const reading *r, size_t at)
{
    uint32_t ix = 0;
    for (uint32_t k = 1; k < r->clauses.n; k++) {
        const clause *c = &okb_vec_at(&r->clauses, clause, k);
        if (c->first < r->words.n && word_at(r, c->first)->start <= at)
            ix = k;
    }
    return ix;
}

static measure_form form_of(const reading *r, const hit *h, okb_span text, okb_span unit, double value)
{
    if (h->signal == SIG_RANK)
        return MEASURE_RANK;
    if (h->signal == SIG_MULTIPLE ||
        (text.n > 1 && (text.p[text.n - 1] | 32) == 'x' && (text.p[text.n - 2] <= '9' || text.p[text.n - 2] == ' ')))
        return MEASURE_FACTOR;
    if (isnan(value) || has_byte(text, ':'))
        return MEASURE_CLOCK;
    if (unit.n == 0)
        return MEASURE_COUNT;
    const rule *known = NULL;
    char folded[32];
    size_t n = 0;
    for (; n < unit.n && n < sizeof folded; n++)
        folded[n] = unit.p[n] >= 'A' && unit.p[n] <= 'Z' ? (char)(unit.p[n] + 32) : unit.p[n];
    known = okb_lexicon_find(r->scan->judge, r->scan->grammar, SIG_UNIT, (okb_span){folded, n});
    if (known && okb_span_eq(known->shown.message, OKB_S("percent")))
        return MEASURE_PERCENT;
    if (known && okb_span_eq(known->shown.message, OKB_S("points")))
        return MEASURE_POINTS;
    if (okb_lexicon_find(r->scan->judge, r->scan->grammar, SIG_CURRENCY, (okb_span){folded, n}))
        return MEASURE_MONEY;
    return has_digit(text) ? MEASURE_COUNT : MEASURE_WORD;
}

/* -1: at most, 1: at least, by the words or signs around a number. */
static int bound_of(const reading *r, size_t from, size_t to)
{
    const char *text = r->scan->text.text;
    size_t before = from;
    while (before && (text[before - 1] == ' ' || text[before - 1] == '=' || text[before - 1] == '~'))
        before--;
    char sign = before ? text[before - 1] : '\0';
    unsigned bits = r->marks[from] | (to + 1 < r->scan->text.n && text[to + 1] > '9' ? r->marks[to + 1] : 0u);
    if ((bits & MARK_AT_MOST) || sign == '<')
        return -1;
    bool is_arrow = sign == '>' && before > 1 && (text[before - 2] == '-' || text[before - 2] == '=');
    if ((bits & MARK_AT_LEAST) || (sign == '>' && !is_arrow) || (to && text[to - 1] == '+') || text[to] == '+')
        return 1;
    return 0;
}

static measure *add_measure(reading *r, const hit *h, size_t from, size_t to)
{
    measure *m = okb_vec_push(&r->measures, measure);
    m->start = (uint16_t)from;
    m->end = (uint16_t)to;
    m->rule_ix = h->rule_ix;
    m->clause_ix = clause_of(r, from);
    okb_span text = text_of(r, from, to);
    size_t used = to - from;
    m->value = okb_number_in_words(r->scan->judge, r->scan->grammar, text, &m->unit, &used);
    bool is_clock = has_byte(text, ':');
    bool is_range = h->signal == SIG_MULTIPLE && used < text.n && has_digit(okb_span_sub(text, used, text.n));
    bool is_factor = used < text.n && (text.p[used] | 32) == 'x' && (used + 1 == text.n || text.p[used + 1] == ' ');
    if (!isnan(m->value) && h->signal != SIG_MULTIPLE) {
        m->end = (uint16_t)(from + used);
        text = text_of(r, from, m->end);
    }
    m->form = is_clock    ? MEASURE_CLOCK
              : is_range  ? MEASURE_RANGE
              : is_factor ? MEASURE_FACTOR
                          : form_of(r, h, text, m->unit, m->value);
    bool has_value = m->form != MEASURE_CLOCK && m->form != MEASURE_FACTOR && m->form != MEASURE_RANGE;
    if (!has_value)
        m->value = NAN;
    if (!has_value || m->form == MEASURE_RANK)
        m->unit = (okb_span){NULL, 0};
    m->is_zero_word = m->value == 0 && !has_digit(text);
    m->is_change = (r->marks[from] & MARK_CHANGE) != 0;
    if (m->is_change && m->value < 0) {
        m->is_down = true;
        m->value = -m->value;
    }
    m->bound = bound_of(r, from, to);
    return m;
}

static void take_baseline(reading *r, const hit *h, uint32_t hit_ix, const captures *c)
{
    bool is_second = r->has_baseline && c && c->to[GROUP_FROM] && !(r->marks[c->from[GROUP_FROM]] & MARK_BASELINE);
    if (is_second) {
        /* Two results, each with a start of its own: there is no single one. */
        r->baseline = NAN;
    } else if (!r->has_baseline) {
        r->has_baseline = true;
        r->baseline_hit = hit_ix;
        r->baseline = NAN;
        if (c && c->to[GROUP_FROM]) {
            okb_span text = text_of(r, c->from[GROUP_FROM], c->to[GROUP_FROM]);
            r->baseline = has_byte(text, ':')
                              ? NAN
                              : okb_number_in_words(r->scan->judge, r->scan->grammar, text, &r->baseline_unit, NULL);
        }
    }
    mark(r, h->start, h->end, MARK_BASELINE);
}

/* The numbers of a from-to: not dates, ages or hours of the day. */
static bool is_real_from_to(const reading *r, const hit *h, const captures *c)
{
    if (!c || !c->to[GROUP_FROM])
        return !(r->marks[h->start] & MARKS_NOT_A_MEASURE);
    unsigned bits = MARK_NAME | MARK_PLACEHOLDER | MARK_DEADLINE | MARK_LOOK_BACK | MARK_NOT_DEADLINE;
    return !(r->marks[c->from[GROUP_FROM]] & bits) && !(c->to[GROUP_TO] && (r->marks[c->from[GROUP_TO]] & bits));
}

static bool has_change_verb(const reading *r, size_t at)
{
    const clause *c = &okb_vec_at(&r->clauses, clause, clause_of(r, at));
    return c->lead_word == OKB_NONE || c->lead <= SIG_VERB_IMPROVE;
}

/* "from 1.2 to 1.5 million": a start that is written without the magnitude of its end shares it. */
static void share_magnitude(reading *r, const measure *end, const captures *c)
{
    okb_span start = text_of(r, c->from[GROUP_FROM], c->to[GROUP_FROM]);
    okb_span last = text_of(r, end->start, end->end);
    size_t n = last.n;
    while (n && (unsigned char)((last.p[n - 1] | 32) - 'a') < 26)
        n--;
    double plain = okb_number_in_words(r->scan->judge, r->scan->grammar, okb_span_sub(last, 0, n), NULL, NULL);
    bool is_bare = start.n && start.p[start.n - 1] >= '0' && start.p[start.n - 1] <= '9';
    double by = end->value / plain, ratio = r->baseline / plain;
    if (is_bare && isfinite(by) && by >= 1000 && ratio > 0.1 && ratio < 10)
        r->baseline *= by;
}

static void read_from_to(reading *r)
{
    const scan *s = r->scan;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        const captures *c = captures_of(r, h);
        if (h->signal != SIG_FROM_TO || (r->marks[h->start] & MARK_BASELINE) || !is_real_from_to(r, h, c))
            continue;
        if (c && c->to[GROUP_TO])
            add_measure(r, h, c->from[GROUP_TO], c->to[GROUP_TO])->is_end = true;
        bool is_first = !r->has_baseline;
        take_baseline(r, h, (uint32_t)k, c);
        if (is_first && c && c->to[GROUP_TO] && c->to[GROUP_FROM])
            share_magnitude(r, &okb_vec_at(&r->measures, measure, r->measures.n - 1), c);
    }
}

static void read_baselines(reading *r)
{
    const scan *s = r->scan;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        const captures *c = captures_of(r, h);
        if (h->signal != SIG_BASELINE)
            continue;
        unsigned bits = MARKS_NOT_A_MEASURE & ~(unsigned)MARK_LOOK_BACK;
        if (!c || !c->to[GROUP_FROM]) {
            take_baseline(r, h, (uint32_t)k, c);
        } else if (!(r->marks[c->from[GROUP_FROM]] & bits)) {
            /* "3 pain points from 12 interviews": a source, not a start. */
            bool is_bare = c->to[GROUP_BEFORE] != 0;
            if (!is_bare || (!r->has_baseline && has_change_verb(r, h->start))) {
                if (c->to[GROUP_TO])
                    add_measure(r, h, c->from[GROUP_TO], c->to[GROUP_TO])->is_end = true;
                take_baseline(r, h, (uint32_t)k, c);
            } else if (is_bare)
                mark(r, h->start, h->end, MARK_DESCRIPTIVE);
        }
    }
}

static void mark_conditions(reading *r)
{
    const scan *s = r->scan;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        if (h->signal == SIG_CHANGE) {
            mark(r, h->start, h->end, MARK_CHANGE);
        } else if (h->signal == SIG_AT_MOST || h->signal == SIG_AT_LEAST) {
            /* "3 days or less" stands behind its number: bound_of looks there. */
            const captures *c = captures_of(r, h);
            size_t at = c && c->to[GROUP_BEFORE] ? h->start : h->end;
            while (at < s->text.n && s->text.text[at] == ' ')
                at++;
            mark(r, at, at + 1, h->signal == SIG_AT_MOST ? MARK_AT_MOST : MARK_AT_LEAST);
        }
    }
}

/* A count in what something is for says nothing about how much of it is wanted. */
static bool is_in_purpose(const reading *r, size_t at)
{
    const clause *c = clause_at(r, clause_of(r, at));
    bool is_purpose = false;
    /* The verb itself is none: "we want to open 3 shops". */
    uint32_t first = c->lead_word == OKB_NONE ? c->first : c->lead_word + 1;
    for (uint32_t ix = first; ix < c->end && word_at(r, ix)->start <= at; ix++)
        is_purpose = (is_purpose || has_flag(word_at(r, ix), SIG_PURPOSE)) && !has_flag(word_at(r, ix), SIG_MEANS);
    return is_purpose;
}

/* "Save 5,000 by setting aside 420 a month": a number of the means. */
static bool is_in_means(const reading *r, size_t at)
{
    const clause *c = clause_at(r, clause_of(r, at));
    bool is_means = false;
    uint32_t first = c->lead_word == OKB_NONE ? c->first : c->lead_word + 1;
    for (uint32_t ix = first; ix + 1 < c->end && word_at(r, ix)->start < at; ix++) {
        const okb_word *next = word_at(r, ix + 1);
        bool is_ing = okb_span_ends(text_of(r, next->start, next->end), OKB_S("ing"));
        is_means =
            (is_means || (has_flag(word_at(r, ix), SIG_MEANS) && is_ing)) && !has_flag(word_at(r, ix), SIG_CONTRAST);
    }
    return is_means;
}

static void read_quantities(reading *r)
{
    const scan *s = r->scan;
    size_t next = 0;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        if (h->signal != SIG_QUANTITY && h->signal != SIG_RANK && h->signal != SIG_MULTIPLE &&
            h->signal != SIG_STATED_TARGET)
            continue;
        const captures *c = captures_of(r, h);
        size_t from = h->start, to = h->end;
        if (c && c->to[GROUP_N]) {
            from = c->from[GROUP_N];
            to = c->to[GROUP_N];
        }
        if (h->start < next)
            continue;
        /* What begins as a start goes with it as a whole: the 90 of "today 22 of 90". */
        if (r->marks[from] & MARK_BASELINE)
            next = h->end;
        if (r->marks[from] & (MARKS_NOT_A_MEASURE | MARK_DESCRIPTIVE))
            continue;
        next = h->end;
        measure *m = add_measure(r, h, from, to);
        if (m->form == MEASURE_COUNT && m->unit.n == 0 && is_in_purpose(r, from)) {
            r->measures.n--;
            continue;
        }
        if (h->signal == SIG_STATED_TARGET)
            m->is_end = true;
        else
            m->is_weak = from < s->text.head || is_in_means(r, from) ||
                         (r->marks[from] & (MARK_PAREN | MARK_SERVICE | MARK_FREQUENCY | MARK_BESIDE)) != 0;
    }
}

/* "practise the harp for 60 days": where nothing else is counted, how long it is done. */
static void read_durations(reading *r)
{
    const scan *s = r->scan;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        const captures *c = captures_of(r, h);
        if (h->signal != SIG_DURATION || !c || !c->to[GROUP_N])
            continue;
        if (clause_at(r, clause_of(r, h->start))->lead == SIG_VERB_DO)
            add_measure(r, h, c->from[GROUP_N], c->to[GROUP_N]);
    }
}

/* "settled in 4 days instead of 11": where a starting value stands beside it, a time is what is measured and no date. */
static void read_time_taken(reading *r)
{
    const scan *s = r->scan;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        const captures *c = captures_of(r, h);
        if (h->signal != SIG_DEADLINE || !c || !c->to[GROUP_COUNT] || c->to[GROUP_NEXT])
            continue;
        add_measure(r, h, c->from[GROUP_COUNT], c->to[GROUP_PERIOD]);
        if (r->deadline_hit == k)
            r->has_deadline = false;
        return;
    }
}

static void sort_by_place(reading *r)
{
    measure *m = r->measures.items;
    for (size_t i = 1; i < r->measures.n; i++) {
        measure it = m[i];
        size_t k = i;
        for (; k && m[k - 1].start > it.start; k--)
            m[k] = m[k - 1];
        m[k] = it;
    }
}

static bool follows_joiner(const reading *r, size_t from, size_t to)
{
    for (size_t i = 0; i < r->words.n; i++) {
        const okb_word *w = word_at(r, i);
        if (w->start >= from && w->end <= to && (has_flag(w, SIG_JOINER) || has_flag(w, SIG_CONTRAST)))
            return true;
    }
    return false;
}

/* Do two targets of one clause stand for two results, rather than a result and its condition? */
static bool are_two(const reading *r, const measure *a, const measure *b)
{
    if (r->scan->text.person == SIG_LEARNER || a->form == MEASURE_CLOCK)
        return false;
    if (follows_joiner(r, a->end, b->start))
        return true;
    for (size_t i = a->end; i < b->start; i++)
        if (r->scan->text.text[i] == ';' || r->scan->text.text[i] == ',')
            return true;
    if (a->form == b->form)
        return a->form == MEASURE_COUNT;
    const clause *c = &okb_vec_at(&r->clauses, clause, a->clause_ix);
    return a->form <= MEASURE_COUNT && b->form == MEASURE_PERCENT && c->lead == SIG_VERB_MAKE && !c->is_subject_led;
}

static bool has_comma(const reading *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (r->scan->text.text[i] == ';' || r->scan->text.text[i] == ',')
            return true;
    return false;
}

/* Does a second result begin between two numbers, rather than the means for the first? */
static bool begins_another(const reading *r, size_t from, size_t to)
{
    for (size_t i = 0; i < r->words.n; i++) {
        const okb_word *w = word_at(r, i);
        if (w->start >= from && w->end <= to && has_flag(w, SIG_MEANS))
            return false;
    }
    return follows_joiner(r, from, to) || has_comma(r, from, to);
}

/* "3 times a week for 30 minutes": how often stands first and is the target, how much each time describes it. */
static bool is_size_of_each(const reading *r, const measure *often, const measure *size)
{
    unsigned bits = MARK_PAREN | MARK_SERVICE | MARK_BESIDE;
    return (r->marks[often->start] & MARK_FREQUENCY) && !(r->marks[often->start] & bits) && !often->unit.n &&
           often->end <= size->start && often->clause_ix == size->clause_ix && size->unit.n &&
           size->form == MEASURE_COUNT && !size->is_weak && !size->is_change && !size->is_end &&
           !follows_joiner(r, often->end, size->start);
}

static void choose_targets(reading *r)
{
    measure *m = r->measures.items;
    size_t n = r->measures.n;
    bool has_strong = false;
    if (n == 2 && is_size_of_each(r, &m[0], &m[1])) {
        m[0].is_weak = false;
        m[1].is_weak = true;
    }
    for (size_t i = 0; i < n; i++)
        has_strong = has_strong || !m[i].is_weak;
    /* The end of a from-to stands for its clause, whatever else is counted there before the next "and". */
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n && m[i].is_end; k++)
            if (k != i && m[k].clause_ix == m[i].clause_ix && !m[k].is_end &&
                !(k > i && !m[k].is_change && begins_another(r, m[i].end, m[k].start)) &&
                !(k < i && m[k].is_change && follows_joiner(r, m[k].end, m[i].start)))
                m[k].is_weak = true;
    r->target_ix = OKB_NONE;
    for (size_t i = 0; i < n; i++) {
        if (m[i].is_weak && has_strong)
            continue;
        if (r->target_ix == OKB_NONE) {
            r->target_ix = (uint32_t)i;
            continue;
        }
        const measure *first = &m[r->target_ix];
        if (m[i].clause_ix != first->clause_ix || are_two(r, first, &m[i]))
            r->has_several = true;
        else if (r->scan->text.person == SIG_LEARNER && m[i].form == MEASURE_PERCENT && first->form != MEASURE_PERCENT)
            r->target_ix = (uint32_t)i;
    }
    r->has_target = r->target_ix != OKB_NONE;
    r->target = r->has_target && !r->has_several ? m[r->target_ix].value : NAN;
}

void okb_measures_read(reading *r)
{
    r->measures.n = 0;
    r->baseline = NAN;
    mark_conditions(r);
    read_from_to(r);
    read_baselines(r);
    read_quantities(r);
    if (r->measures.n == 0)
        read_durations(r);
    if (r->measures.n == 0 && r->has_baseline)
        read_time_taken(r);
    sort_by_place(r);
    choose_targets(r);
}

double okb_factor_read(const reading *r, const measure *m)
{
    const rule *known = &r->scan->judge->rules[m->rule_ix];
    okb_span text = text_of(r, m->start, m->end);
    size_t slash = okb_span_find(text, OKB_S("/"));
    if (slash != SIZE_MAX && slash > 0 && slash + 1 < text.n && text.p[slash - 1] <= '9')
        return (double)(text.p[slash - 1] - '0') /
               okb_number_in_words(r->scan->judge, r->scan->grammar, okb_span_sub(text, slash + 1, text.n), NULL, NULL);
    double value = has_digit(text) || isnan(known->shown.weight)
                       ? okb_number_in_words(r->scan->judge, r->scan->grammar, text, NULL, NULL)
                       : NAN;
    /* A rule of multiples gives its factor as its weight, unless the words bring their own number. */
    return isnan(value) ? known->shown.weight : value;
}
