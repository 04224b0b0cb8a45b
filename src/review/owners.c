/* Who answers for a goal. OWN001 to OWN006, PRV002. Persons are named where they have too much; nobody is ranked. */
#include "room.h"

static okb_span next_owner(okb_span *owners)
{
    size_t at = okb_span_find(*owners, OKB_S("; "));
    okb_span owner = okb_span_sub(*owners, 0, at == SIZE_MAX ? owners->n : at);
    *owners = at == SIZE_MAX ? (okb_span){NULL, 0} : okb_span_sub(*owners, at + 2, owners->n);
    return okb_span_trim(owner);
}

static okb_map *team_names(review_run *run)
{
    okb_map *names = okb_map_new();
    for (uint32_t i = 0; i < run->plan->n_teams; i++) {
        okb_span folded = okb_text_fold(&run->scratch, run->plan->teams[i].name);
        if (folded.n)
            okb_map_put(names, folded, i, NULL);
    }
    return names;
}

/* The first owner that is a team's name or says that it is several people. */
static okb_span team_among(review_run *run, const okb_map *names, okb_span owners)
{
    const definition *def = &run->review->definitions[run->review->at[C_OWN003]];
    while (owners.n) {
        okb_span owner = next_owner(&owners);
        okb_span folded = okb_text_fold(&run->scratch, owner);
        okb_span word;
        if (folded.n && (okb_map_get(names, folded) != OKB_NONE || okb_title_word_in(def->words, folded, &word)))
            return owner;
    }
    return (okb_span){NULL, 0};
}

static void check_owner(review_run *run, uint32_t goal_ix, const okb_map *names)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->n_owners == 0) {
        draft d = okb_draft_goal(run, goal->kind == OKB_OBJECTIVE ? C_OWN004 : C_OWN001, goal_ix);
        d.evidence = OKB_S("owner is empty");
        if (goal->kind == OKB_GOAL)
            okb_draft_lower(&d, OKB_WARNING);
        okb_draft_emit(run, &d);
        return;
    }
    if (goal->kind != OKB_OBJECTIVE && goal->n_owners > 1) {
        draft d = okb_draft_goal(run, C_OWN002, goal_ix);
        d.slots[SLOT_count] = okb_review_printf(run, "%u", goal->n_owners);
        d.evidence = goal->owner;
        okb_draft_emit(run, &d);
    }
    okb_span team = team_among(run, names, goal->owner);
    if (team.n) {
        draft d = okb_draft_goal(run, C_OWN003, goal_ix);
        d.slots[SLOT_owner] = team;
        d.evidence = team;
        if (goal->kind == OKB_OBJECTIVE)
            okb_draft_lower(&d, OKB_INFO);
        okb_draft_emit(run, &d);
    }
    if (goal->n_owners == 1 && goal->creator.n && okb_text_same(goal->owner, goal->creator))
        okb_emit_goal(run, C_OWN006, goal_ix, goal->creator);
}

/* OKRs are for teams; what one person has is a commitment, whatever it is called. */
static void check_individual(review_run *run, uint32_t goal_ix)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    if (goal->level == OKB_INDIVIDUAL && goal->kind != OKB_GOAL && !run->limits->has_individual_okr)
        okb_emit_goal(run, C_PRV002, goal_ix, OKB_S("level individual"));
}

typedef struct load {
    okb_span owner;
    uint32_t first_goal;
    uint32_t n;
} load;

static void count_load(review_run *run, uint32_t goal_ix, okb_map *by_name, okb_vec *loads)
{
    okb_span owners = goal_at(run, goal_ix)->owner;
    while (owners.n) {
        okb_span owner = next_owner(&owners);
        bool is_new;
        uint32_t ix = *okb_map_put(by_name, okb_text_fold(&run->scratch, owner), (uint32_t)loads->n, &is_new);
        if (is_new)
            *okb_vec_push(loads, load) = (load){.owner = owner, .first_goal = goal_ix};
        okb_vec_at(loads, load, ix).n++;
    }
}

/* Told once an owner, with the first of the goals for a place. */
static void emit_loads(review_run *run, const okb_vec *loads)
{
    for (size_t i = 0; i < loads->n; i++) {
        const load *at = &okb_vec_at(loads, load, i);
        if (at->n <= run->limits->owner_max)
            continue;
        draft d = okb_draft_team(run, C_OWN005, goal_at(run, at->first_goal)->team_ix);
        d.source = goal_at(run, at->first_goal)->source;
        d.slots[SLOT_owner] = at->owner;
        d.slots[SLOT_count] = okb_review_printf(run, "%u", at->n);
        d.slots[SLOT_limit] = okb_slot_number(run, run->limits->owner_max);
        d.evidence = okb_review_printf(run, "key results and goals %u", at->n);
        okb_draft_emit(run, &d);
    }
}

void okb_review_owners(review_run *run)
{
    okb_map *names = team_names(run);
    okb_map *by_name = okb_map_new();
    okb_vec loads = {0};
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        okb_kind kind = goal_at(run, i)->kind;
        if (!okb_goal_is_reviewed(run, i) || kind == OKB_INITIATIVE)
            continue;
        check_owner(run, i, names);
        check_individual(run, i);
        if (okb_goal_is_part(kind))
            count_load(run, i, by_name, &loads);
    }
    emit_loads(run, &loads);
    okb_vec_free(&loads);
    okb_map_free(by_name);
    okb_map_free(names);
}
