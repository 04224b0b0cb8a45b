/* The shape of an objective: its key results, and whether it reads as a direction. OBJ000 to OBJ012. */
#include "room.h"

typedef struct below {
    uint32_t n_key_results, n_goals, n_objectives;
} below;

static below count_below(const review_run *run, const okb_goal *goal)
{
    below n = {0};
    for (uint32_t i = 0; i < goal->n_children; i++) {
        uint32_t child_ix = goal->children[i];
        okb_kind kind = goal_at(run, child_ix)->kind;
        if (!okb_goal_is_alive(run->plan, child_ix))
            continue;
        n.n_key_results += kind == OKB_KEY_RESULT;
        n.n_goals += kind == OKB_GOAL;
        n.n_objectives += kind == OKB_OBJECTIVE;
    }
    return n;
}

/* Goals right below measure an objective too, so they help against too few; too many is about key results. */
static void check_counts(review_run *run, uint32_t goal_ix)
{
    const review_limits *limits = run->limits;
    const below n = count_below(run, goal_at(run, goal_ix));
    uint32_t n_parts = n.n_key_results + n.n_goals;
    double limit = limits->kr_min;
    finding_code code = C_OBJ000;
    uint32_t count = n_parts;
    if (n_parts > 0) {
        count = n.n_key_results;
        if (n_parts < limits->kr_min) {
            code = C_OBJ001;
            count = n_parts;
        } else if (count > limits->kr_max) {
            code = C_OBJ002;
            limit = limits->kr_max;
        } else if (count > limits->kr_ideal_max) {
            code = C_OBJ003;
            limit = limits->kr_ideal_max;
        } else
            return;
    }
    draft d = okb_draft_goal(run, code, goal_ix);
    d.slots[SLOT_count] = okb_review_printf(run, "%u", count);
    d.slots[SLOT_limit] = okb_slot_number(run, limit);
    d.evidence = okb_review_printf(run, "key results %u, goals %u, objectives below %u", n.n_key_results, n.n_goals,
                                   n.n_objectives);
    /* Objectives below it carry its score, so the numbers stand: it is only harder to read. */
    if (n_parts == 0 && n.n_objectives > 0)
        okb_draft_lower(&d, OKB_INFO);
    okb_draft_emit(run, &d);
}

static bool has_number(const okb_verdict *verdict)
{
    return !isnan(verdict->target) || !isnan(verdict->baseline) || verdict->change != OKB_CHANGE_NONE;
}

static void check_measure(review_run *run, uint32_t goal_ix)
{
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    if (!has_number(verdict))
        return;
    draft d = okb_draft_goal(run, C_OBJ011, goal_ix);
    d.slots[SLOT_words] = okb_evidence_words(verdict, "measurable");
    d.evidence = okb_review_printf(run, "from %.*s to %.*s", OKB_FMT(okb_slot_number(run, verdict->baseline)),
                                   OKB_FMT(okb_slot_number(run, verdict->target)));
    okb_draft_emit(run, &d);
}

static void check_task(review_run *run, uint32_t goal_ix)
{
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    const definition *def = &run->review->definitions[run->review->at[C_OBJ010]];
    okb_span state;
    if ((verdict->class_ != OKB_OUTPUT && verdict->class_ != OKB_ACTIVITY) || verdict->vague == OKB_YES ||
        okb_title_word_in(def->words, okb_text_fold(&run->scratch, goal_at(run, goal_ix)->title), &state))
        return;
    draft d = okb_draft_goal(run, C_OBJ010, goal_ix);
    d.slots[SLOT_words] = okb_evidence_words(verdict, "class");
    d.slots[SLOT_class] = okb_span_of(okb_class_name(verdict->class_));
    d.evidence = okb_review_printf(run, "%s by %.*s", okb_class_name(verdict->class_),
                                   OKB_FMT(okb_evidence_rule(verdict, "class")));
    okb_draft_emit(run, &d);
}

static uint32_t count_words(okb_span title)
{
    uint32_t n = 0;
    bool is_inside = false;
    for (size_t i = 0; i < title.n; i++) {
        bool is_blank = title.p[i] == ' ' || title.p[i] == '\n' || title.p[i] == '\t';
        n += !is_blank && !is_inside;
        is_inside = !is_blank;
    }
    return n;
}

static void check_length(review_run *run, uint32_t goal_ix)
{
    uint32_t n = count_words(goal_at(run, goal_ix)->title);
    if (n <= run->limits->objective_words)
        return;
    draft d = okb_draft_goal(run, C_OBJ012, goal_ix);
    d.slots[SLOT_count] = okb_review_printf(run, "%u", n);
    d.slots[SLOT_limit] = okb_slot_number(run, run->limits->objective_words);
    d.evidence = okb_review_printf(run, "%u words", n);
    okb_draft_emit(run, &d);
}

static void check_single_goal(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    uint32_t n = 0;
    for (uint32_t i = 0; i < goal->n_children; i++)
        n += goal_at(run, goal->children[i])->kind == OKB_KEY_RESULT;
    if (n == 0)
        return;
    draft d = okb_draft_goal(run, C_OBJ004, goal_ix);
    d.slots[SLOT_count] = okb_review_printf(run, "%u", n);
    d.evidence = okb_review_printf(run, "key results %u", n);
    okb_draft_emit(run, &d);
}

void okb_review_objectives(review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        const okb_goal *goal = goal_at(run, i);
        if (!okb_goal_is_reviewed(run, i))
            continue;
        if (goal->kind == OKB_GOAL)
            check_single_goal(run, i);
        if (goal->kind != OKB_OBJECTIVE)
            continue;
        check_counts(run, i);
        check_task(run, i);
        check_measure(run, i);
        check_length(run, i);
    }
}
