/* A plan under construction and the words that its tests change it by: cells of a line to fields. See plan_builder.h. */
#ifndef OKRBOOK_PLAN_FIELDS_H
#define OKRBOOK_PLAN_FIELDS_H

#include "test.h"

#include "okrbook/plan.h"
#include "okrbook/read.h"
#include "okrbook/review.h"
#include "okrbook/tables.h"

#include <stdlib.h>

#define BUILD_MOST 1200

typedef struct plan_build {
    okb_arena arena;
    okb_plan plan;
    okb_goal goals[BUILD_MOST];
    okb_checkin checkins[BUILD_MOST];
    okb_team teams[64];
    okb_cycle cycles[16];
    okb_verdict verdicts[BUILD_MOST];
    okb_result results[BUILD_MOST];
    okb_note notes[16];
    okb_span parents[BUILD_MOST];
    okb_span circles[BUILD_MOST];
    struct {
        okb_span team;
        uint32_t linked_n, linked_of, checkin_n, checkin_of, smart_n, smart_of;
    } rates[16];
    uint32_t n_rates;
} plan_build;

/* ---- words --------------------------------------------------------------------------------------------------------- */

/* The next word; quotes keep blanks together and are dropped. */
static okb_span build_word(plan_build *b, okb_span *rest)
{
    *rest = okb_span_trim(*rest);
    okb_buf buf = {0};
    okb_buf_add(&buf, OKB_S(""));
    bool is_quoted = false;
    size_t at = 0;
    for (; at < rest->n && (is_quoted || rest->p[at] != ' '); at++) {
        if (rest->p[at] == '"')
            is_quoted = !is_quoted;
        else
            okb_buf_byte(&buf, rest->p[at]);
    }
    *rest = okb_span_sub(*rest, at, rest->n);
    okb_span word = okb_arena_copy(&b->arena, okb_buf_span(&buf));
    okb_buf_free(&buf);
    return word;
}

static double build_number(okb_span text)
{
    double value = NAN;
    if (text.n && okb_number_scan(text, '.', &value) != text.n)
        fail_msg("'%.*s' is no number", OKB_FMT(text));
    return value;
}

static okb_day build_day(okb_span text)
{
    return text.n < 10 ? OKB_DAY_NONE : okb_day_of(atoi(text.p), atoi(text.p + 5), atoi(text.p + 8));
}

static okb_answer build_answer(okb_span text)
{
    return okb_span_eq(text, OKB_S("yes"))      ? OKB_YES
           : okb_span_eq(text, OKB_S("no"))     ? OKB_NO
           : okb_span_eq(text, OKB_S("binary")) ? OKB_BINARY
                                                : OKB_UNKNOWN;
}

static okb_origin build_origin(okb_span text)
{
    static const char *const names[] = {"nowhere", "column", "statement", "cycle", "checkin", "default"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (okb_span_eq(text, okb_span_of(names[i])))
            return (okb_origin)i;
    fail_msg("'%.*s' is no origin", OKB_FMT(text));
    return OKB_FROM_NOWHERE;
}

static okb_band build_band(okb_span text)
{
    for (int band = OKB_RED; band <= OKB_EXCEEDED; band++)
        if (okb_span_eq(text, okb_span_of(okb_band_name((okb_band)band))))
            return (okb_band)band;
    fail_msg("'%.*s' is no band", OKB_FMT(text));
    return OKB_BAND_NONE;
}

static okb_pace build_pace(okb_span text)
{
    for (int pace = OKB_PACE_NO_DATA; pace <= OKB_PACE_MISSED; pace++)
        if (okb_span_eq(text, okb_span_of(okb_pace_name((okb_pace)pace))))
            return (okb_pace)pace;
    fail_msg("'%.*s' is no pace", OKB_FMT(text));
    return OKB_PACE_NO_DATA;
}

static uint32_t build_find(const plan_build *b, okb_span id)
{
    for (uint32_t i = 0; i < b->plan.n_goals; i++)
        if (okb_span_eq(b->goals[i].id, id))
            return i;
    return OKB_NONE;
}

static uint32_t build_team(plan_build *b, okb_span name)
{
    for (uint32_t i = 0; i < b->plan.n_teams; i++)
        if (okb_span_eq(b->teams[i].name, name))
            return i;
    okb_span none = okb_arena_copy(&b->arena, OKB_S(""));
    b->teams[b->plan.n_teams] =
        (okb_team){.name = name, .parent_ix = OKB_NONE, .size = NAN, .framework = none, .lead = none};
    return b->plan.n_teams++;
}

static uint32_t build_cycle(const plan_build *b, okb_span name)
{
    for (uint32_t i = 0; i < b->plan.n_cycles; i++)
        if (okb_span_eq(b->cycles[i].name, name))
            return i;
    return OKB_NONE;
}

/* ---- fields -------------------------------------------------------------------------------------------------------- */

#define IS(name) okb_span_eq(key, OKB_S(name))
#define TEXT_FIELD(name, place)                                                                                        \
    if (IS(name)) {                                                                                                    \
        (place) = value;                                                                                               \
        return;                                                                                                        \
    }
#define NUMBER_FIELD(name, place)                                                                                      \
    if (IS(name)) {                                                                                                    \
        (place) = build_number(value);                                                                                 \
        return;                                                                                                        \
    }
#define COUNT_FIELD(name, place)                                                                                       \
    if (IS(name)) {                                                                                                    \
        (place) = (uint32_t)build_number(value);                                                                       \
        return;                                                                                                        \
    }
#define DAY_FIELD(name, place)                                                                                         \
    if (IS(name)) {                                                                                                    \
        (place) = build_day(value);                                                                                    \
        return;                                                                                                        \
    }
#define FLAG_FIELD(name, place)                                                                                        \
    if (IS(name)) {                                                                                                    \
        (place) = okb_span_eq(value, OKB_S("yes"));                                                                    \
        return;                                                                                                        \
    }
#define WORD_FIELD(name, place, parse)                                                                                 \
    if (IS(name)) {                                                                                                    \
        (place) = parse(value);                                                                                        \
        return;                                                                                                        \
    }

static void build_owner(okb_goal *goal, okb_span value)
{
    goal->owner = value;
    goal->n_owners = value.n ? 1 : 0;
    for (size_t i = 0; i < value.n; i++)
        goal->n_owners += value.p[i] == ';';
}

static void build_judged(okb_verdict *v, okb_span key, okb_span value)
{
    WORD_FIELD("class", v->class_, okb_class_parse)
    WORD_FIELD("S", v->specific, build_answer)
    WORD_FIELD("M", v->measurable, build_answer)
    WORD_FIELD("A", v->achievable, build_answer)
    WORD_FIELD("R", v->relevant, build_answer)
    WORD_FIELD("T", v->timebound, build_answer)
    WORD_FIELD("vague", v->vague, build_answer)
    WORD_FIELD("compound", v->compound, build_answer)
    NUMBER_FIELD("said_from", v->baseline)
    NUMBER_FIELD("said_to", v->target)
    WORD_FIELD("said_direction", v->direction, okb_direction_parse)
    DAY_FIELD("said_by", v->deadline)
    if (IS("said_percent")) {
        v->change = OKB_CHANGE_PERCENT;
        v->change_by = build_number(value);
        return;
    }
    fail_msg("no field '%.*s'", OKB_FMT(key));
}

static void build_scored(okb_result *r, okb_verdict *v, okb_span key, okb_span value)
{
    if (IS("scored")) {
        r->score = r->raw = build_number(value);
        return;
    }
    NUMBER_FIELD("raw", r->raw)
    NUMBER_FIELD("stated", r->stated)
    NUMBER_FIELD("expected", r->expected)
    NUMBER_FIELD("gap", r->gap)
    NUMBER_FIELD("from", r->baseline)
    NUMBER_FIELD("to", r->target)
    NUMBER_FIELD("value", r->current)
    WORD_FIELD("from_origin", r->baseline_origin, build_origin)
    WORD_FIELD("pace", r->pace, build_pace)
    WORD_FIELD("band", r->band, build_band)
    WORD_FIELD("last_status", r->last_status, okb_status_parse)
    TEXT_FIELD("last_blocker", r->last_blocker)
    COUNT_FIELD("checkins", r->n_checkins)
    COUNT_FIELD("silent", r->days_silent)
    FLAG_FIELD("overdue", r->is_overdue)
    FLAG_FIELD("stalled", r->is_stalled)
    FLAG_FIELD("flat", r->is_flat)
    FLAG_FIELD("linked", r->is_linked)
    FLAG_FIELD("left_out", r->is_left_out)
    FLAG_FIELD("is_stated", r->is_stated)
    FLAG_FIELD("postmortem", r->needs_postmortem)
    DAY_FIELD("scored_as_of", r->as_of)
    build_judged(v, key, value);
}

static void build_field(plan_build *b, uint32_t ix, okb_span key, okb_span value)
{
    okb_goal *g = &b->goals[ix];
    if (IS("owner")) {
        build_owner(g, value);
        return;
    }
    TEXT_FIELD("title", g->title)
    TEXT_FIELD("creator", g->creator)
    TEXT_FIELD("priority", g->priority)
    TEXT_FIELD("ignore", g->ignore)
    TEXT_FIELD("unit", g->unit)
    TEXT_FIELD("parent", b->parents[ix])
    TEXT_FIELD("circle", b->circles[ix])
    if (IS("phase")) {
        okb_phase *phase = OKB_NEW_N(&b->arena, okb_phase, 1);
        okb_span day = okb_span_cut(&value, ':');
        *phase = (okb_phase){build_day(day), build_number(value)};
        g->phases = phase;
        g->n_phases = 1;
        return;
    }
    if (IS("team")) {
        g->team_ix = build_team(b, value);
        return;
    }
    if (IS("cycle")) {
        g->cycle_ix = build_cycle(b, value);
        g->start = b->cycles[g->cycle_ix].start;
        g->due = b->cycles[g->cycle_ix].due;
        b->results[ix].as_of = g->due < b->plan.as_of ? g->due : b->plan.as_of;
        return;
    }
    WORD_FIELD("kind", g->kind, okb_kind_parse)
    WORD_FIELD("level", g->level, okb_level_parse)
    WORD_FIELD("ambition", g->ambition, okb_ambition_parse)
    WORD_FIELD("direction", g->direction, okb_direction_parse)
    WORD_FIELD("status", g->status, okb_status_parse)
    WORD_FIELD("metric", g->has_metric, build_answer)
    WORD_FIELD("direction_origin", g->direction_origin, build_origin)
    WORD_FIELD("target_origin", g->target_origin, build_origin)
    WORD_FIELD("baseline_origin", g->baseline_origin, build_origin)
    WORD_FIELD("due_origin", g->due_origin, build_origin)
    DAY_FIELD("start", g->start)
    DAY_FIELD("due", g->due)
    NUMBER_FIELD("baseline", g->baseline)
    NUMBER_FIELD("target", g->target)
    NUMBER_FIELD("current", g->current)
    NUMBER_FIELD("weight", g->weight)
    NUMBER_FIELD("score", g->score)
    NUMBER_FIELD("progress", g->progress)
    NUMBER_FIELD("confidence", g->confidence)
    build_scored(&b->results[ix], &b->verdicts[ix], key, value);
}

static void build_fields(plan_build *b, uint32_t ix, okb_span rest)
{
    while ((rest = okb_span_trim(rest)).n) {
        okb_span value = build_word(b, &rest);
        okb_span key = okb_span_cut(&value, '=');
        build_field(b, ix, key, value);
    }
}

#endif
