/*
 * Judges the goals of a plan: each distinct text once, then what each goal's columns and cycle add.
 */
#include <math.h>
#include <string.h>

#include "reading.h"

/* What besides the text decides how it is judged; goals that agree in all of it share a verdict. */
static okb_span key_of(const okb_plan *plan, const okb_goal *goal, okb_buf *buf)
{
    const okb_cycle *cycle = &plan->cycles[goal->cycle_ix];
    buf->n = 0;
    okb_buf_printf(buf, "%d %d %d %d ", (int)goal->kind, (int)goal->ambition,
                   (int)(goal->start != OKB_DAY_NONE ? goal->start : cycle->start),
                   (int)(goal->due != OKB_DAY_NONE ? goal->due : cycle->due));
    okb_buf_add(buf, goal->title);
    return okb_buf_span(buf);
}

static void add_reason(okb_verdict *v, okb_arena *keep, const char *signal, const char *rule_id, okb_span words)
{
    okb_evidence *kept = OKB_NEW_N(keep, okb_evidence, v->n_evidence + 1u);
    if (v->n_evidence)
        memcpy(kept, v->evidence, v->n_evidence * sizeof *kept);
    kept[v->n_evidence++] = (okb_evidence){okb_span_of(signal), okb_span_of(rule_id), words};
    v->evidence = kept;
}

static okb_span print_day(okb_arena *keep, okb_day day)
{
    char text[11];
    okb_day_print(day, text);
    return okb_arena_copy(keep, okb_span_of(text));
}

static void add_columns(const okb_plan *plan, const okb_goal *goal, okb_arena *keep, okb_verdict *v)
{
    const okb_cycle *cycle = &plan->cycles[goal->cycle_ix];
    if (isfinite(goal->target) && v->measurable != OKB_YES) {
        v->measurable = OKB_YES;
        if (v->vague == OKB_YES) {
            v->vague = OKB_NO;
            v->specific = OKB_YES;
        }
        add_reason(v, keep, "measurable", "column.target", okb_number_print(keep, goal->target));
    }
    if (v->timebound == OKB_YES)
        return;
    if (goal->due != OKB_DAY_NONE) {
        v->timebound = OKB_YES;
        add_reason(v, keep, "timebound", "column.due", print_day(keep, goal->due));
    } else if (cycle->due != OKB_DAY_NONE) {
        v->timebound = OKB_YES;
        add_reason(v, keep, "timebound", "column.cycle", print_day(keep, cycle->due));
    }
}

okb_code okb_judge_plan(okb_judge *judge, okb_plan *plan, okb_arena *keep, okb_err *err)
{
    okb_map *seen = okb_map_new();
    okb_buf key = {0};
    okb_code code = OKB_OK;
    plan->verdicts = OKB_NEW_N(keep, okb_verdict, plan->n_goals ? plan->n_goals : 1);
    /* Verdicts of texts alone, before columns add to them: those of the first goal with that text. */
    okb_verdict *of_text = OKB_NEW_N(keep, okb_verdict, plan->n_goals ? plan->n_goals : 1);
    for (uint32_t ix = 0; ix < plan->n_goals && code == OKB_OK; ix++) {
        const okb_goal *goal = &plan->goals[ix];
        const okb_cycle *cycle = &plan->cycles[goal->cycle_ix];
        bool is_new = false;
        uint32_t first = *okb_map_put(seen, key_of(plan, goal, &key), ix, &is_new);
        if (is_new) {
            okb_statement statement = {.text = goal->title,
                                       .kind = goal->kind,
                                       .ambition = goal->ambition,
                                       .start = goal->start != OKB_DAY_NONE ? goal->start : cycle->start,
                                       .due = goal->due != OKB_DAY_NONE ? goal->due : cycle->due};
            code = okb_judge_statement(judge, &statement, keep, &of_text[ix], err);
        }
        plan->verdicts[ix] = of_text[first];
        add_columns(plan, goal, keep, &plan->verdicts[ix]);
    }
    okb_buf_free(&key);
    okb_map_free(seen);
    return code;
}
