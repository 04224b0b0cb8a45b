/*
 * Cuts a prepared text into words, gives each the families of the hits on it, and marks the stretches whose numbers are not the
 * goal's own: names, deadlines, service levels, look-back windows, brackets.
 */
#include <stdlib.h>
#include <string.h>

#include "reading.h"

static bool is_inside(const prepared *p, size_t i)
{
    char byte = p->text[i];
    if (is_word_byte(byte, true))
        return true;
    if (byte == '%')
        return i > 0 && p->text[i - 1] >= '0' && p->text[i - 1] <= '9';
    if (byte != '-' && byte != '\'' && byte != '.' && byte != ',' && byte != '/')
        return false;
    if (i == 0 || i + 1 >= p->n || !is_word_byte(p->text[i - 1], true) || !is_word_byte(p->text[i + 1], true))
        return false;
    bool is_digits = p->text[i - 1] >= '0' && p->text[i - 1] <= '9' && p->text[i + 1] >= '0' && p->text[i + 1] <= '9';
    return byte == '-' || byte == '\'' || byte == '.' || is_digits;
}

static void cut_words(reading *r)
{
    const prepared *p = &r->scan->text;
    for (size_t i = 0; i < p->n;) {
        if (!is_word_byte(p->text[i], true)) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < p->n && is_inside(p, end))
            end++;
        okb_word *w = okb_vec_push(&r->words, okb_word);
        w->start = (uint16_t)i;
        w->end = (uint16_t)end;
        w->is_upper = p->text[i] >= 'A' && p->text[i] <= 'Z';
        i = end;
    }
}

/* A verb must be whole words: not the "cut" of "clear-cut". A noun may be the tail of a compound: the "time" of "lead-time". */
static bool is_exact(sig signal)
{
    return signal <= SIG_DONE_DO;
}

static void flag_words(reading *r)
{
    const scan *s = r->scan;
    okb_word *words = r->words.items;
    size_t from = 0, verb_from = SIZE_MAX, verb_to = 0;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        if (h->signal < SIG_FIRST_WORD)
            continue;
        while (from < r->words.n && words[from].end <= h->start)
            from++;
        if (from >= r->words.n)
            break;
        size_t last = from;
        while (last < r->words.n && words[last].end < h->end)
            last++;
        bool is_whole = last < r->words.n && words[last].end == h->end;
        bool is_start = words[from].start == h->start;
        if (!is_whole && last < r->words.n && words[last].start < h->end && s->text.text[h->end] != '-' &&
            s->text.text[h->end] != '\'')
            is_whole = true;
        if (!is_whole || (is_exact((sig)h->signal) && !is_start))
            continue;
        /* Of two verbs that begin here the longer one is meant: "take on", not "take". Service is a second reading. */
        bool is_verb = h->signal < SIG_DONE_MAKE && h->signal != SIG_VERB_SERVE && h->signal != SIG_VERB_STATE;
        if (is_verb && h->start < verb_to && !(verb_from == h->start && verb_to == h->end))
            continue;
        if (is_verb) {
            verb_from = h->start;
            verb_to = h->end;
        }
        for (size_t i = from; i <= last; i++)
            words[i].flags |= FLAG(h->signal);
    }
}

/* What stands in quotes is a name: none of its words says how good or how many. */
static void forget_quoted(reading *r)
{
    const uint64_t kept = FLAG(SIG_METRIC) | FLAG(SIG_ARTEFACT) | FLAG(SIG_EVENT);
    const prepared *p = &r->scan->text;
    bool is_inside_quotes = false;
    size_t at = 0;
    for (size_t i = 0; i < r->words.n; i++) {
        okb_word *w = &okb_vec_at(&r->words, okb_word, i);
        for (; at < w->start; at++)
            is_inside_quotes = p->text[at] == '"' ? !is_inside_quotes : is_inside_quotes;
        if (is_inside_quotes)
            w->flags &= kept;
    }
}

void okb_words_read(reading *r)
{
    r->words.n = 0;
    cut_words(r);
    flag_words(r);
    forget_quoted(r);
}

static void mark(reading *r, size_t from, size_t to, uint16_t bit)
{
    for (size_t i = from; i < to && i < r->scan->text.n; i++)
        r->marks[i] = (uint16_t)(r->marks[i] | bit);
}

static bool is_marked(const reading *r, size_t from, size_t to, unsigned bits)
{
    for (size_t i = from; i < to; i++)
        if (r->marks[i] & bits)
            return true;
    return false;
}

static void mark_brackets(reading *r)
{
    const prepared *p = &r->scan->text;
    size_t open = SIZE_MAX;
    for (size_t i = 0; i < p->n; i++) {
        if (p->text[i] == '(' && open == SIZE_MAX)
            open = i;
        else if (p->text[i] == ')' && open != SIZE_MAX) {
            mark(r, open, i + 1, MARK_PAREN);
            open = SIZE_MAX;
        }
    }
}

/* "Planning applications decided within 8 weeks": things in general and what happens to each of them. */
static bool is_done_to_each(const reading *r, size_t at)
{
    const char *text = r->scan->text.folded;
    uint32_t done = OKB_NONE;
    for (uint32_t ix = 0; ix < r->words.n && word_at(r, ix)->end < at; ix++)
        done = ix;
    if (done == OKB_NONE || done == 0 || word_at(r, done)->end + 1u != at)
        return false;
    const okb_word *w = word_at(r, done);
    bool is_participle = (w->flags & (FLAG(SIG_DONE_MAKE) | FLAG(SIG_DONE_DO))) ||
                         (w->end - w->start > 4 && okb_span_eq((okb_span){text + w->end - 2, 2}, OKB_S("ed")));
    if (!is_participle)
        return false;
    bool is_plural = false;
    for (uint32_t ix = 0; ix < done; ix++) {
        const okb_word *part = word_at(r, ix);
        if (part->start < r->scan->text.head)
            continue;
        if (is_figure(r, ix) || (part->flags & (FLAG(SIG_DETERMINER) | FLAG(SIG_JOINER))))
            return false;
        is_plural = is_plural || (text[part->end - 1] == 's' && text[part->end - 2] != 's');
    }
    return is_plural;
}

/* "within 20 days" of a share of things, or of a verb of service, is a promise for each case, not a date for the goal. */
static bool is_case_limit(const reading *r, const hit *h)
{
    const scan *s = r->scan;
    if (h->captures == OKB_NONE)
        return false;
    const captures *c = &okb_vec_at(&s->captures, captures, h->captures);
    if (!c->to[GROUP_COUNT] || c->to[GROUP_NEXT])
        return false;
    okb_span period = {s->text.folded + c->from[GROUP_PERIOD], (size_t)(c->to[GROUP_PERIOD] - c->from[GROUP_PERIOD])};
    const rule *unit = okb_lexicon_find(s->judge, s->grammar, SIG_PERIOD, period);
    if (!unit || unit->shown.weight > 8)
        return false;
    if (is_done_to_each(r, h->start))
        return true;
    for (size_t i = 0; i < r->words.n; i++) {
        const okb_word *w = word_at(r, i);
        if (w->start >= h->start)
            break;
        if (has_flag(w, SIG_VERB_SERVE))
            return true;
        /* "to 80% of the old level" is where a metric should go, and no share of cases. */
        bool is_level = w->start >= 3 && okb_span_eq((okb_span){s->text.folded + w->start - 3, 3}, OKB_S("to "));
        if (!is_level && s->text.text[w->end - 1] == '%' && i + 1 < r->words.n &&
            !(w->start && s->text.text[w->start - 1] == '('))
            return okb_span_eq((okb_span){s->text.folded + w->end, 4}, OKB_S(" of "));
    }
    return false;
}

/* "Stage 3 previews", "Plant 22 rows": a verb in front and its count, not a name with a number. */
static bool is_verb_with_count(const reading *r, const hit *h)
{
    const scan *s = r->scan;
    size_t before = h->start;
    while (before && s->text.text[before - 1] == ' ')
        before--;
    char byte = before ? s->text.text[before - 1] : '.';
    char last = s->text.text[h->end - 1];
    if ((last >= 'A' && last <= 'Z') || (h->start != s->text.head && byte != '.' && byte != ',' && byte != ';'))
        return false;
    for (size_t i = 0; i < r->words.n && word_at(r, i)->start <= h->start; i++)
        if (word_at(r, i)->start == h->start)
            return (word_at(r, i)->flags & (FLAG(SIG_DONE_MAKE) - 1)) != 0;
    return false;
}

static bool is_blank_date(const scan *s, const hit *h)
{
    return h->captures != OKB_NONE && okb_vec_at(&s->captures, captures, h->captures).to[GROUP_DATE] > 0;
}

void okb_marks_read(reading *r, const okb_statement *statement)
{
    const scan *s = r->scan;
    if (r->marks_cap < s->text.n + 1) {
        r->marks_cap = s->text.n + 256;
        free(r->marks);
        r->marks = malloc(r->marks_cap * sizeof *r->marks);
        if (!r->marks)
            __builtin_trap();
    }
    memset(r->marks, 0, (s->text.n + 1) * sizeof *r->marks);
    mark_brackets(r);
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        switch ((int)h->signal) {
        case SIG_NAME:
            if (!is_verb_with_count(r, h))
                mark(r, h->start, h->end, MARK_NAME);
            break;
        case SIG_PLACEHOLDER:
            mark(r, h->start, h->end, MARK_PLACEHOLDER);
            if (is_blank_date(s, h))
                break;
            if (!r->has_placeholder)
                r->placeholder_hit = (uint32_t)k;
            r->has_placeholder = true;
            break;
        case SIG_SERVICE_LEVEL:
            mark(r, h->start, h->end, MARK_SERVICE);
            break;
        case SIG_LOOK_BACK:
            mark(r, h->start, h->end, MARK_LOOK_BACK);
            break;
        case SIG_NOT_DEADLINE:
            mark(r, h->start, h->end, MARK_NOT_DEADLINE);
            break;
        case SIG_DESCRIPTIVE:
            /* A weight below one: a description beside another number, the measure itself where there is none. */
            mark(r, h->start, h->end, s->judge->rules[h->rule_ix].shown.weight < 1 ? MARK_BESIDE : MARK_DESCRIPTIVE);
            break;
        default:
            break;
        }
    }
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        if (h->signal == SIG_FREQUENCY) {
            mark(r, h->start, h->end, MARK_FREQUENCY);
            if (!r->has_frequency && !is_marked(r, h->start, h->end, MARK_PLACEHOLDER))
                r->frequency_hit = (uint32_t)k;
            r->has_frequency = true;
        }
        if (h->signal != SIG_DEADLINE)
            continue;
        if (is_marked(r, h->start, h->end, MARK_NOT_DEADLINE | MARK_LOOK_BACK | MARK_PLACEHOLDER)) {
            mark(r, h->start, h->end, MARK_NAME);
            continue;
        }
        if (is_marked(r, h->start, h->end, MARK_SERVICE))
            continue;
        if (is_case_limit(r, h)) {
            mark(r, h->start, h->end, MARK_SERVICE);
            continue;
        }
        mark(r, h->start, h->end, MARK_DEADLINE);
        okb_day day = okb_date_resolve(s, h, statement->start, statement->due);
        if (!r->has_deadline || (r->deadline == OKB_DAY_NONE && day != OKB_DAY_NONE)) {
            r->deadline_hit = (uint32_t)k;
            r->deadline = day;
        }
        r->has_deadline = true;
        if (h->start <= s->text.head && s->text.head <= h->end)
            okb_prepare_move_head(r->scan, h->end);
    }
    /* The words of a deadline ("before the first home match") say when, not what. */
    const uint64_t kept = FLAG(SIG_SCOPE) | FLAG(SIG_DETERMINER) | FLAG(SIG_JOINER) | FLAG(SIG_ALTERNATIVE);
    for (size_t i = 0; i < r->words.n; i++) {
        okb_word *w = &okb_vec_at(&r->words, okb_word, i);
        w->marks = r->marks[w->start];
        if (w->marks & MARK_DEADLINE)
            w->flags &= kept;
    }
    /* The "et" of "vingt et un" joins no two results. */
    size_t ix = 0;
    for (size_t k = 0; k < s->hits.n; k++) {
        const hit *h = &okb_vec_at(&s->hits, hit, k);
        if (h->signal != SIG_QUANTITY)
            continue;
        while (ix < r->words.n && okb_vec_at(&r->words, okb_word, ix).start <= h->start)
            ix++;
        for (; ix < r->words.n && okb_vec_at(&r->words, okb_word, ix).end < h->end; ix++)
            okb_vec_at(&r->words, okb_word, ix).flags &= ~FLAG(SIG_JOINER);
    }
}
