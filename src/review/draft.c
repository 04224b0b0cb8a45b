/* From a rule's hit to a finding: its place, its words, and whether the goal's own cell silences it. */
#include "room.h"

#include <stdarg.h>

enum { TITLE_UNITS = 90 }; /* of a title inside a message; the workbook has the whole one beside it */

static const okb_source no_source = {OKB_NONE, 0};

okb_span okb_slot_title(okb_arena *keep, okb_span title)
{
    if (okb_utf16_units(title) <= TITLE_UNITS)
        return title;
    okb_span head = okb_utf16_head(title, TITLE_UNITS - 1);
    size_t blank = head.n;
    while (blank > head.n / 2 && head.p[blank - 1] != ' ')
        blank--;
    if (blank > head.n / 2)
        head.n = blank - 1;
    return okb_arena_printf(keep, "%.*s…", OKB_FMT(head));
}

void okb_title_list_add(review_run *run, title_list *list, okb_span title, double most)
{
    uint32_t n = list->n++;
    if (n < most)
        list->text = okb_review_printf(run, "%.*s%s\"%.*s\"", OKB_FMT(list->text), n ? ", " : "",
                                       OKB_FMT(okb_slot_title(&run->scratch, title)));
    else if (list->text.n && n - 1 < most)
        list->text = okb_review_printf(run, "%.*s, …", OKB_FMT(list->text));
}

static draft draft_new(const review_run *run, finding_code code)
{
    const definition *d = &run->review->definitions[run->review->at[code]];
    return (draft){.code = code,
                   .definition = d,
                   .severity = d->shown.severity,
                   .team_ix = OKB_NONE,
                   .cycle_ix = run->plan->cycle_ix,
                   .goal_ix = OKB_NONE,
                   .source = no_source};
}

draft okb_draft_goal(const review_run *run, finding_code code, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    draft d = draft_new(run, code);
    d.team_ix = goal->team_ix;
    d.cycle_ix = goal->cycle_ix;
    d.goal_ix = goal_ix;
    d.source = goal->source;
    d.slots[SLOT_title] = goal->title;
    d.slots[SLOT_team] = run->plan->teams[goal->team_ix].name;
    d.slots[SLOT_owner] = goal->owner;
    d.slots[SLOT_cycle] = run->plan->cycles[goal->cycle_ix].name;
    return d;
}

draft okb_draft_team(const review_run *run, finding_code code, uint32_t team_ix)
{
    draft d = draft_new(run, code);
    d.team_ix = team_ix;
    if (team_ix == OKB_NONE)
        return d;
    d.slots[SLOT_team] = run->plan->teams[team_ix].name;
    d.slots[SLOT_cycle] = run->plan->cycles[run->plan->cycle_ix].name;
    return d;
}

void okb_draft_lower(draft *d, okb_severity severity)
{
    if (severity < d->severity)
        d->severity = severity;
}

/* A text without slots is shared by all its findings. */
static okb_span fill(review_run *run, okb_span template, const okb_span slots[SLOT_COUNT])
{
    return okb_template_has_slots(template) ? okb_template_fill(template, slots, run->keep) : template;
}

static okb_span ask(review_run *run, const draft *d)
{
    const okb_finding_def *def = &d->definition->shown;
    okb_span question = fill(run, def->question, d->slots);
    if (def->pattern.n == 0)
        return question;
    okb_span pattern = fill(run, def->pattern, d->slots);
    if (okb_template_has_slots(def->question) || okb_template_has_slots(def->pattern))
        return okb_arena_printf(run->keep, "%.*s %.*s", OKB_FMT(question), OKB_FMT(pattern));
    return d->definition->asked;
}

void okb_draft_emit(review_run *run, const draft *d)
{
    if (d->definition->shown.is_off)
        return;
    okb_finding *finding = okb_vec_push(&run->findings, okb_finding);
    draft filled = *d;
    filled.slots[SLOT_title] = okb_slot_title(&run->scratch, d->slots[SLOT_title]);
    filled.slots[SLOT_other] = okb_slot_title(&run->scratch, d->slots[SLOT_other]);
    *finding = (okb_finding){
        .def = &run->review->shown[d->definition - run->review->definitions],
        .severity = d->severity,
        .team_ix = d->team_ix,
        .cycle_ix = d->cycle_ix,
        .goal_ix = d->goal_ix,
        .source = d->source,
        .evidence = okb_arena_copy(run->keep, d->evidence),
        .message = fill(run, d->definition->shown.message, filled.slots),
        .question = ask(run, &filled),
        .grouped = d->definition->empty,
        .silenced_reason = d->definition->empty,
    };
    const okb_goal *goal = d->goal_ix == OKB_NONE ? NULL : goal_at(run, d->goal_ix);
    if (!goal || goal->ignore.n == 0)
        return;
    silence s = okb_silence_read(goal->ignore, &run->scratch);
    if (!okb_silence_names(&s, finding->def->code) || okb_silence_is_over(run, &s))
        return;
    finding->is_silenced = true;
    finding->silenced_reason = okb_arena_copy(run->keep, s.reason);
    okb_map_put(run->silenced, okb_review_printf(run, "%u %.*s", d->goal_ix, OKB_FMT(finding->def->code)), 1, NULL);
}

void okb_emit_goal(review_run *run, finding_code code, uint32_t goal_ix, okb_span evidence)
{
    draft d = okb_draft_goal(run, code, goal_ix);
    d.evidence = evidence;
    okb_draft_emit(run, &d);
}

okb_span okb_review_printf(review_run *run, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    okb_span s = okb_arena_vprintf(&run->scratch, fmt, ap);
    va_end(ap);
    return s;
}

okb_span okb_slot_number(review_run *run, double value)
{
    /* Ten digits are for machines: 0.30000000000000004 and 1/3 are read as 0.3 and 0.3333. */
    double scale = fabs(value) >= 1000 ? 1e2 : 1e4;
    return okb_number_print(&run->scratch, isnan(value) || fabs(value) > 1e12 ? value : round(value * scale) / scale);
}

okb_span okb_slot_share(review_run *run, double fraction)
{
    return okb_review_printf(run, "%.*s%%",
                             OKB_FMT(okb_number_print(&run->scratch, okb_round_half_up(fraction * 100, 0))));
}

okb_span okb_slot_day(review_run *run, okb_day day)
{
    char text[11];
    okb_day_print(day, text);
    return okb_arena_copy(&run->scratch, okb_span_of(text));
}
