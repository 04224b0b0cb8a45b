/*
 * The coach's question and pattern for what is wanting in a statement, in its own words. The texts are rows of the family `coach`;
 * {object}, {verb} and {metric} in them stand for the statement's words. No number is ever invented.
 */
#include <string.h>

#include "reading.h"

static okb_span words_of(const reading *r, stretch s)
{
    if (s.from >= s.to || s.to > r->words.n)
        return (okb_span){NULL, 0};
    return okb_prepared_words(&r->scan->text, word_at(r, s.from)->start, word_at(r, s.to - 1)->end);
}

static stretch without_deadline(const reading *r, stretch s)
{
    while (s.to > s.from &&
           ((word_at(r, s.to - 1)->marks & (MARK_DEADLINE | MARK_PAREN)) || has_flag(word_at(r, s.to - 1), SIG_JOINER)))
        s.to--;
    for (uint32_t ix = s.from; ix < s.to; ix++)
        if (word_at(r, ix)->marks & MARK_DEADLINE) {
            s.to = ix;
            break;
        }
    return s;
}

static okb_span object_words(const reading *r)
{
    const clause *c = clause_at(r, 0);
    stretch s = without_deadline(r, okb_object_of(r, c));
    okb_span words = words_of(r, s);
    if (!words.n)
        words = words_of(r, without_deadline(r, (stretch){r->head_word, c->end}));
    return words;
}

static okb_span metric_words(const reading *r)
{
    for (uint32_t ix = r->head_word; ix < r->words.n; ix++)
        if (has_flag(word_at(r, ix), SIG_METRIC)) {
            uint32_t last = ix, first = ix;
            while (last + 1 < r->words.n && has_flag(word_at(r, last + 1), SIG_METRIC))
                last++;
            while (first > r->head_word &&
                   !(word_at(r, first - 1)->flags & (FLAG(SIG_SCOPE) | FLAG(SIG_DETERMINER) | FLAG(SIG_JOINER))) &&
                   word_at(r, first - 1)->flags == 0 && ix - first < 3)
                first--;
            return words_of(r, (stretch){first, last + 1});
        }
    return OKB_S("<metric>");
}

static void fill(const reading *r, okb_span text, okb_buf *out)
{
    while (text.n) {
        size_t open = okb_span_find(text, OKB_S("{"));
        size_t close = open == SIZE_MAX ? SIZE_MAX : okb_span_find(okb_span_sub(text, open, text.n), OKB_S("}"));
        if (close == SIZE_MAX) {
            okb_buf_add(out, text);
            return;
        }
        okb_span name = okb_span_sub(text, open + 1, open + close);
        okb_buf_add(out, okb_span_sub(text, 0, open));
        if (okb_span_eq(name, OKB_S("object")))
            okb_buf_add(out, object_words(r));
        else if (okb_span_eq(name, OKB_S("metric")))
            okb_buf_add(out, metric_words(r));
        else
            okb_buf_add(out, okb_span_sub(text, open, open + close + 1));
        text = okb_span_sub(text, open + close + 1, text.n);
    }
}

/* Which coach rule fits, the most important want first. */
/* An initiative may be a task; a statement that only reads like one is asked what comes of it. */
static const char *want_of(const reading *r, const okb_verdict *v, okb_kind given)
{
    bool is_objective = v->kind_read == OKB_OBJECTIVE;
    if (is_objective)
        return v->class_ != OKB_OUTCOME   ? "coach.objective_task"
               : v->measurable == OKB_YES ? "coach.objective_metric"
                                          : NULL;
    if (r->has_placeholder && v->measurable != OKB_YES)
        return "coach.placeholder";
    if (v->vague == OKB_YES)
        return "coach.vague";
    if (given != OKB_INITIATIVE && v->class_ == OKB_OUTPUT)
        return "coach.output";
    if (given != OKB_INITIATIVE && v->class_ == OKB_ACTIVITY)
        return "coach.activity";
    if (v->measurable == OKB_NO)
        return "coach.no_number";
    if (v->compound == OKB_YES)
        return "coach.compound";
    if (v->specific == OKB_NO)
        return "coach.unspecific";
    if (v->change != OKB_CHANGE_NONE && !r->has_baseline)
        return "coach.no_baseline";
    return NULL;
}

okb_span okb_suggestion_make(const reading *r, const okb_verdict *verdict, okb_kind given, okb_arena *keep)
{
    const char *want = want_of(r, verdict, given);
    const rule *coach = want ? okb_lexicon_find(r->scan->judge, r->scan->grammar, SIG_COACH, okb_span_of(want)) : NULL;
    if (!coach)
        return (okb_span){NULL, 0};
    okb_buf out = {0};
    fill(r, coach->shown.question, &out);
    if (coach->shown.message.n) {
        okb_buf_byte(&out, ' ');
        fill(r, coach->shown.message, &out);
    }
    okb_span kept = okb_arena_copy(keep, okb_buf_span(&out));
    okb_buf_free(&out);
    return kept;
}
