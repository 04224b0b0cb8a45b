/*
 * Advice beside the findings, never counted among them: the step of a transition, the goal to rewrite first, the agenda of
 * the next check-in, and one vendor's benchmarks beside the own figures. The framework is in framework.c.
 */
#include "room.h"

#include <stdlib.h>

void okb_advice_add(review_run *run, finding_code code, uint32_t team_ix, const okb_span slots[SLOT_COUNT],
                    okb_span reasons, okb_span source)
{
    const okb_finding_def *def = &run->review->definitions[run->review->at[code]].shown;
    if (def->is_off)
        return;
    okb_span text = okb_template_fill(def->message, slots, run->keep);
    *okb_vec_push(&run->advice, okb_advice) = (okb_advice){
        .code = def->code,
        .team_ix = team_ix,
        .cycle_ix = run->plan->cycle_ix,
        .title = def->title,
        .text = text,
        .reasons = okb_arena_copy(run->keep, reasons),
        .source = source.n ? okb_arena_copy(run->keep, source) : def->why,
    };
}

/* ---- the transition in three quarters ------------------------------------------------------------------------------ */

static bool is_candidate(const review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    return okb_goal_is_reviewed(run, goal_ix) && goal->kind == OKB_GOAL && verdict->class_ == OKB_OUTCOME &&
           verdict->measurable == OKB_YES &&
           (goal->parent_ix == OKB_NONE || goal_at(run, goal->parent_ix)->kind != OKB_KEY_RESULT);
}

static void advise_transition(review_run *run)
{
    title_list *candidates = OKB_NEW_N(&run->scratch, title_list, run->plan->n_teams);
    for (uint32_t i = 0; i < run->plan->n_goals; i++)
        if (is_candidate(run, i))
            okb_title_list_add(run, &candidates[goal_at(run, i)->team_ix], goal_at(run, i)->title,
                               run->limits->agenda_items);
    for (uint32_t i = 0; i < run->plan->n_teams; i++) {
        const team_facts *team = &run->teams[i];
        const okb_team_result *result = okb_plan_team_result(run->plan, i, run->plan->cycle_ix);
        /* A team that is advised single goals has nothing to turn into key results. */
        if (team->n_goals == 0 || !result || okb_span_eq(result->advice, OKB_S("SMART")))
            continue;
        bool has_okrs = team->n_objectives > 0 && team->n_key_results > 0;
        finding_code step = C_ADV02_1;
        if (has_okrs && team->n_standalone_smart > 0)
            step = candidates[i].n ? C_ADV02_2 : C_ADV02_3;
        else if (has_okrs)
            step = C_ADV02_4;
        okb_span slots[SLOT_COUNT] = {{NULL, 0}};
        slots[SLOT_team] = run->plan->teams[i].name;
        slots[SLOT_list] = candidates[i].text;
        slots[SLOT_count] = okb_review_printf(
            run, "%u", has_okrs && team->n_standalone_smart ? team->n_standalone_smart : team->n_goals);
        slots[SLOT_limit] = okb_review_printf(run, "%u", team->n_goals);
        okb_span reasons =
            okb_review_printf(run, "objectives %u, key results %u, SMART goals %u, standing alone %u",
                              team->n_objectives, team->n_key_results, team->n_goals, team->n_standalone_smart);
        okb_advice_add(run, step, i, slots, reasons, (okb_span){NULL, 0});
    }
}

/* ---- the one goal to rewrite first ------------------------------------------------------------------------------------ */

static bool is_about_writing(const okb_finding *finding)
{
    okb_span family = finding->def->family;
    return okb_span_eq(family, OKB_S("KR")) || okb_span_eq(family, OKB_S("SM")) || okb_span_eq(family, OKB_S("OBJ"));
}

/* Findings stand by team and goal, so each goal's weight is summed in one pass. */
static void advise_rewriting(review_run *run)
{
    const okb_plan *plan = run->plan;
    double *heaviest = OKB_NEW_N(&run->scratch, double, plan->n_teams);
    const okb_finding **worst = OKB_NEW_N(&run->scratch, const okb_finding *, plan->n_teams);
    const okb_finding *top = NULL;
    double sum = 0;
    for (uint32_t i = 0; i < plan->n_findings; i++) {
        const okb_finding *finding = &plan->findings[i];
        if (i == 0 || finding->goal_ix != plan->findings[i - 1].goal_ix ||
            finding->team_ix != plan->findings[i - 1].team_ix) {
            sum = 0;
            top = NULL;
        }
        if (finding->goal_ix == OKB_NONE || finding->team_ix == OKB_NONE || finding->cycle_ix != plan->cycle_ix ||
            finding->is_silenced || finding->severity == OKB_INFO || !is_about_writing(finding))
            continue;
        sum += finding->def->weight;
        if (!top || finding->goal_rank < top->goal_rank)
            top = finding;
        if (sum > heaviest[finding->team_ix]) {
            heaviest[finding->team_ix] = sum;
            worst[finding->team_ix] = top;
        }
    }
    for (uint32_t i = 0; i < plan->n_teams; i++) {
        if (!worst[i])
            continue;
        okb_span slots[SLOT_COUNT] = {{NULL, 0}};
        okb_span title = okb_slot_title(&run->scratch, goal_at(run, worst[i]->goal_ix)->title);
        slots[SLOT_title] = title;
        slots[SLOT_words] = worst[i]->question;
        slots[SLOT_other] = worst[i]->def->title;
        okb_advice_add(run, C_ADV03, i, slots, worst[i]->def->why, (okb_span){NULL, 0});
    }
}

/* ---- the agenda --------------------------------------------------------------------------------------------------------- */

typedef struct concern {
    uint32_t goal_ix;
    double gap;
} concern;

static int compare_concern(const void *pa, const void *pb)
{
    const concern *a = pa, *b = pb;
    if (a->gap > b->gap || a->gap < b->gap)
        return a->gap > b->gap ? -1 : 1;
    return a->goal_ix < b->goal_ix ? -1 : a->goal_ix > b->goal_ix;
}

/* Per team, gathered in one pass over the goals. */
typedef struct agenda {
    concern *concerns; /* the widest gaps, up to agenda.items */
    uint32_t n_concerns;
    title_list silent;
    okb_span blockers;
    uint32_t n_blockers;
    uint32_t n_owners;
} agenda;

static okb_span line(review_run *run, finding_code code, const okb_span slots[SLOT_COUNT])
{
    const okb_finding_def *def = &run->review->definitions[run->review->at[code]].shown;
    return def->is_off ? (okb_span){NULL, 0} : okb_template_fill(def->message, slots, &run->scratch);
}

/* Keeps the widest gaps: the list is short, so the narrowest gives way. */
static void add_concern(agenda *a, uint32_t most, concern c)
{
    if (a->n_concerns == most && compare_concern(&a->concerns[most - 1], &c) < 0)
        return;
    uint32_t at = a->n_concerns < most ? a->n_concerns++ : most - 1;
    a->concerns[at] = c;
    for (; at > 0 && compare_concern(&a->concerns[at], &a->concerns[at - 1]) < 0; at--) {
        concern swap = a->concerns[at];
        a->concerns[at] = a->concerns[at - 1];
        a->concerns[at - 1] = swap;
    }
}

static void gather(review_run *run, agenda *agendas, okb_map *owners, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_result *result = &run->plan->results[goal_ix];
    agenda *a = &agendas[goal->team_ix];
    uint32_t most = (uint32_t)run->limits->agenda_items;
    bool is_new = false;
    if (goal->owner.n)
        okb_map_put(
            owners,
            okb_review_printf(run, "%u\n%.*s", goal->team_ix, OKB_FMT(okb_text_fold(&run->scratch, goal->owner))), 1,
            &is_new);
    a->n_owners += is_new;
    if (!a->concerns)
        a->concerns = OKB_NEW_N(&run->scratch, concern, most);
    if (result->pace == OKB_PACE_AT_RISK || result->pace == OKB_PACE_OFF_TRACK)
        add_concern(a, most, (concern){goal_ix, result->gap});
    if (result->is_overdue || result->is_stalled)
        okb_title_list_add(run, &a->silent, goal->title, run->limits->group_names + 1);
    if (result->last_blocker.n && a->n_blockers++ < most) {
        okb_span slots[SLOT_COUNT] = {{NULL, 0}};
        slots[SLOT_title] = okb_slot_title(&run->scratch, goal->title);
        slots[SLOT_words] = okb_slot_title(&run->scratch, result->last_blocker);
        okb_span text = line(run, C_ADV04_BLOCKER, slots);
        a->blockers =
            okb_review_printf(run, "%.*s%s%.*s", OKB_FMT(a->blockers), a->blockers.n ? "\n" : "", OKB_FMT(text));
    }
}

static void add_line(okb_buf *buf, okb_span text)
{
    if (text.n == 0)
        return;
    if (buf->n)
        okb_buf_byte(buf, '\n');
    okb_buf_add(buf, text);
}

static void advise_agenda(review_run *run, const agenda *a, uint32_t team_ix)
{
    const review_limits *limits = run->limits;
    const okb_span nothing[SLOT_COUNT] = {{NULL, 0}};
    okb_buf lines = {0};
    add_line(&lines, line(run, C_ADV04_CONFIDENCE, nothing));
    for (uint32_t i = 0; i < a->n_concerns; i++) {
        const okb_result *result = &run->plan->results[a->concerns[i].goal_ix];
        okb_span slots[SLOT_COUNT] = {{NULL, 0}};
        slots[SLOT_title] = okb_slot_title(&run->scratch, goal_at(run, a->concerns[i].goal_ix)->title);
        slots[SLOT_score] = okb_slot_number(run, okb_round_half_up(result->score, 2));
        slots[SLOT_expected] = okb_slot_number(run, okb_round_half_up(result->expected, 2));
        add_line(&lines, line(run, C_ADV04_GOAL, slots));
    }
    add_line(&lines, a->blockers);
    if (a->silent.n) {
        okb_span slots[SLOT_COUNT] = {{NULL, 0}};
        slots[SLOT_count] = okb_review_printf(run, "%u", a->silent.n);
        slots[SLOT_list] = a->silent.text;
        add_line(&lines, line(run, C_ADV04_SILENT, slots));
    }
    okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    slots[SLOT_list] = okb_buf_span(&lines);
    slots[SLOT_limit] = okb_slot_number(run, limits->agenda_minutes);
    slots[SLOT_count] = okb_review_printf(run, "%u", a->n_owners);
    slots[SLOT_days] = okb_slot_number(run, limits->agenda_member_minutes);
    slots[SLOT_to] = okb_slot_number(run, limits->agenda_member_minutes * a->n_owners);
    okb_advice_add(run, C_ADV04, team_ix, slots, line(run, C_ADV04_EFFORT, slots), (okb_span){NULL, 0});
    okb_buf_free(&lines);
}

static void advise_agendas(review_run *run)
{
    agenda *agendas = OKB_NEW_N(&run->scratch, agenda, run->plan->n_teams);
    okb_map *owners = okb_map_new();
    for (uint32_t i = 0; i < run->plan->n_goals; i++)
        if (okb_goal_is_reviewed(run, i) && okb_goal_is_part(goal_at(run, i)->kind))
            gather(run, agendas, owners, i);
    okb_map_free(owners);
    for (uint32_t i = 0; i < run->plan->n_teams; i++)
        if (run->teams[i].n_key_results + run->teams[i].n_goals > 0)
            advise_agenda(run, &agendas[i], i);
}

/* ---- benchmarks ----------------------------------------------------------------------------------------------------------- */

static void add_benchmark(review_run *run, finding_code code, okb_span own, okb_span evidence)
{
    okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    slots[SLOT_from] = own;
    slots[SLOT_to] = run->review->definitions[run->review->at[code]].words;
    okb_advice_add(run, code, OKB_NONE, slots, evidence, (okb_span){NULL, 0});
}

static void advise_benchmarks(review_run *run)
{
    const okb_plan *plan = run->plan;
    uint32_t n_objectives = 0, n_key_results = 0, n_linked = 0, n_linkable = 0, n_hit = 0, n_windows = 0;
    for (uint32_t i = 0; i < plan->n_teams; i++) {
        const okb_team_result *result = okb_plan_team_result(plan, i, plan->cycle_ix);
        n_objectives += run->teams[i].n_objectives;
        n_key_results += run->teams[i].n_key_results;
        n_linked += result ? result->linked_n : 0;
        n_linkable += result ? result->linked_of : 0;
        n_hit += result ? result->checkin_n : 0;
        n_windows += result ? result->checkin_of : 0;
    }
    if (n_objectives)
        add_benchmark(run, C_ADV05_SIZE, okb_slot_number(run, round(10.0 * n_key_results / n_objectives) / 10),
                      okb_review_printf(run, "key results %u, objectives %u", n_key_results, n_objectives));
    if (n_linkable && run->has_company_goals)
        add_benchmark(run, C_ADV05_LINK, okb_slot_share(run, 1 - (double)n_linked / n_linkable),
                      okb_review_printf(run, "linked %u of %u", n_linked, n_linkable));
    if (n_windows)
        add_benchmark(run, C_ADV05_RHYTHM, okb_slot_share(run, (double)n_hit / n_windows),
                      okb_review_printf(run, "check-ins in %u of %u windows", n_hit, n_windows));
}

/* ---- order ------------------------------------------------------------------------------------------------------------------ */

static int compare_advice(const void *pa, const void *pb)
{
    const okb_advice *a = pa, *b = pb;
    if (a->team_ix != b->team_ix) /* the company first */
        return a->team_ix + 1U < b->team_ix + 1U ? -1 : 1;
    int order = okb_span_cmp(a->code, b->code);
    return order ? order : okb_span_cmp(a->text, b->text);
}

void okb_review_advice(review_run *run)
{
    if (run->plan->n_goals == 0)
        return;
    okb_advise_frameworks(run);
    advise_transition(run);
    advise_rewriting(run);
    advise_agendas(run);
    if (run->limits->has_benchmarks)
        advise_benchmarks(run);
    if (run->advice.n)
        qsort(run->advice.items, run->advice.n, sizeof(okb_advice), compare_advice);
}
