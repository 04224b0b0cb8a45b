/* Which framework fits a team, from its size, its writing, its links and its kind of work: each reason a row with its article. */
#include "room.h"

typedef struct votes {
    bool okr, smart, both; /* what the reasons speak for */
    okb_buf reasons, sources;
    double size;
} votes;

/* ---- what the team's goals are about ---------------------------------------------------------------------------- */

/* Counts the goals of each team whose titles have a word of the kind; and those of single persons. */
static void count_work(review_run *run, work_facts *work)
{
    const definition *operations = &run->review->definitions[run->review->at[C_ADV01_OPERATIONS]];
    const definition *discovery = &run->review->definitions[run->review->at[C_ADV01_DISCOVERY]];
    for (uint32_t i = 0; i < run->plan->n_goals; i++) {
        const okb_goal *goal = goal_at(run, i);
        if (!okb_goal_is_reviewed(run, i) || goal->kind == OKB_INITIATIVE)
            continue;
        okb_span folded = okb_text_fold(&run->scratch, goal->title);
        okb_span word;
        work_facts *at = &work[goal->team_ix];
        at->n++;
        at->n_operations += okb_title_word_in(operations->words, folded, &word) ? 1 : 0;
        at->n_discovery += okb_title_word_in(discovery->words, folded, &word) ? 1 : 0;
        at->n_individual += goal->level == OKB_INDIVIDUAL ? 1 : 0;
    }
}

/* ---- reasons ------------------------------------------------------------------------------------------------------ */

/* Articles stand once, in the order in which the reasons name them. */
static void add_sources(okb_buf *buf, okb_span sources)
{
    while (sources.n) {
        size_t at = okb_span_find(sources, OKB_S("; "));
        okb_span source = okb_span_sub(sources, 0, at == SIZE_MAX ? sources.n : at);
        sources = at == SIZE_MAX ? (okb_span){NULL, 0} : okb_span_sub(sources, at + 2, sources.n);
        if (okb_span_find(okb_buf_span(buf), source) != SIZE_MAX)
            continue;
        okb_buf_add(buf, buf->n ? OKB_S("; ") : OKB_S(""));
        okb_buf_add(buf, source);
    }
}

static void add_reason(review_run *run, votes *v, finding_code code, const okb_span slots[SLOT_COUNT])
{
    const okb_finding_def *def = &run->review->definitions[run->review->at[code]].shown;
    if (def->is_off)
        return;
    okb_buf_add(&v->reasons, v->reasons.n ? OKB_S("\n") : OKB_S(""));
    okb_buf_add(&v->reasons, okb_template_fill(def->message, slots, &run->scratch));
    add_sources(&v->sources, def->why);
}

static void vote_size(review_run *run, votes *v, double size)
{
    const review_limits *limits = run->limits;
    okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    v->size = size;
    if (isnan(size))
        return;
    slots[SLOT_count] = okb_slot_number(run, size);
    slots[SLOT_limit] = okb_slot_number(run, size <= limits->smart_max ? limits->smart_max : limits->okr_min);
    if (size <= limits->smart_max) {
        v->smart = true;
        add_reason(run, v, C_ADV01_SMALL, slots);
    } else if (size < limits->okr_min) {
        v->smart = v->okr = true;
        add_reason(run, v, C_ADV01_BETWEEN, slots);
    } else if (size >= limits->scaling_min && size <= limits->scaling_max) {
        v->okr = v->both = true;
        add_reason(run, v, C_ADV01_SCALING, slots);
    } else {
        v->okr = true;
        add_reason(run, v, C_ADV01_LARGE, slots);
    }
}

/* Fewer goals than this say nothing about how a team writes. */
static bool is_enough(const review_run *run, uint32_t n)
{
    return n >= run->limits->todo_min;
}

static void vote_writing(review_run *run, votes *v, uint32_t n_vague, uint32_t n, uint32_t n_linked,
                         uint32_t n_linkable)
{
    okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    if (!is_enough(run, n))
        return;
    double clear = 1 - (double)n_vague / n;
    double linked = n_linkable ? (double)n_linked / n_linkable : NAN;
    slots[SLOT_score] = okb_slot_share(run, clear);
    if (clear < run->limits->clear_min) {
        v->smart = true;
        add_reason(run, v, C_ADV01_UNCLEAR, slots);
        return;
    }
    if (isnan(linked) || !run->has_company_goals)
        return;
    slots[SLOT_expected] = okb_slot_share(run, linked);
    v->okr = true;
    add_reason(run, v, linked < run->limits->linked_min ? C_ADV01_UNALIGNED : C_ADV01_ALIGNED, slots);
}

static void vote_work(review_run *run, votes *v, const work_facts *work, uint32_t n_outputs, uint32_t n_judged)
{
    okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    double most = run->limits->work_share * work->n;
    if (is_enough(run, n_judged) && n_outputs > run->limits->todo_share * n_judged) {
        slots[SLOT_count] = okb_review_printf(run, "%u", n_outputs);
        slots[SLOT_limit] = okb_review_printf(run, "%u", n_judged);
        v->okr = true;
        add_reason(run, v, C_ADV01_OUTPUTS, slots);
    }
    if (work->n == 0)
        return;
    if (work->n_operations >= most) {
        slots[SLOT_score] = okb_slot_share(run, (double)work->n_operations / work->n);
        v->smart = true;
        add_reason(run, v, C_ADV01_OPERATIONS, slots);
    }
    if (work->n_discovery >= most) {
        slots[SLOT_score] = okb_slot_share(run, (double)work->n_discovery / work->n);
        v->okr = true;
        add_reason(run, v, C_ADV01_DISCOVERY, slots);
    }
    if (work->n_individual >= most) {
        slots[SLOT_score] = okb_slot_share(run, (double)work->n_individual / work->n);
        v->smart = true;
        add_reason(run, v, C_ADV01_PEOPLE, slots);
    }
}

static void vote_annual(review_run *run, votes *v)
{
    const okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    if (run->plan->cycles[run->plan->cycle_ix].months != 12)
        return;
    v->okr = true;
    add_reason(run, v, C_ADV01_ANNUAL, slots);
}

/* Size decides where the reasons differ: up to smart_max people SMART, from okr_min on both. */
static okb_span verdict_of(const review_run *run, const votes *v)
{
    if (v->okr && v->smart) {
        if (!isnan(v->size) && v->size <= run->limits->smart_max)
            return OKB_S("SMART");
        return !isnan(v->size) && v->size >= run->limits->okr_min ? OKB_S("OKR + SMART") : OKB_S("OKR or SMART");
    }
    if (v->okr)
        return v->both ? OKB_S("OKR + SMART") : OKB_S("OKR");
    return v->smart ? OKB_S("SMART") : OKB_S("OKR or SMART");
}

static okb_span tell(review_run *run, votes *v, uint32_t team_ix, okb_span team)
{
    okb_span slots[SLOT_COUNT] = {{NULL, 0}};
    okb_span framework = okb_arena_copy(run->keep, verdict_of(run, v));
    slots[SLOT_team] = team;
    slots[SLOT_words] = framework;
    okb_advice_add(run, C_ADV01, team_ix, slots, okb_buf_span(&v->reasons), okb_buf_span(&v->sources));
    okb_buf_free(&v->reasons);
    okb_buf_free(&v->sources);
    return framework;
}

static void set_advice(review_run *run, uint32_t team_ix, okb_span framework)
{
    const okb_team_result *result = okb_plan_team_result(run->plan, team_ix, run->plan->cycle_ix);
    if (result)
        run->plan->team_results[result - run->plan->team_results].advice = framework;
}

static void advise_team(review_run *run, uint32_t team_ix, const work_facts *work)
{
    const okb_team *team = &run->plan->teams[team_ix];
    const team_facts *facts = &run->teams[team_ix];
    const okb_team_result *result = okb_plan_team_result(run->plan, team_ix, run->plan->cycle_ix);
    votes v = {.size = NAN};
    vote_size(run, &v, team->size);
    vote_writing(run, &v, facts->n_vague, facts->n_judged, result ? result->linked_n : 0,
                 result ? result->linked_of : 0);
    vote_work(run, &v, work, facts->n_outputs + facts->n_smart_outputs, facts->n_judged);
    vote_annual(run, &v);
    if (team->framework.n) {
        okb_span slots[SLOT_COUNT] = {{NULL, 0}};
        slots[SLOT_words] = team->framework;
        add_reason(run, &v, C_ADV01_STATED, slots);
    }
    set_advice(run, team_ix, tell(run, &v, team_ix, team->name));
}

/* Returns how many teams there are beside the company's own. */
static uint32_t count_other_teams(const review_run *run)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < run->plan->n_teams; i++)
        n += !run->plan->teams[i].is_company && run->teams[i].first_goal != OKB_NONE;
    return n;
}

static void advise_company(review_run *run, const work_facts *work, uint32_t n_teams)
{
    const okb_plan *plan = run->plan;
    work_facts all = {0};
    team_facts sum = {0};
    uint32_t n_linked = 0, n_linkable = 0;
    double people = 0, company = NAN;
    for (uint32_t i = 0; i < plan->n_teams; i++) {
        const okb_team_result *result = okb_plan_team_result(plan, i, plan->cycle_ix);
        if (plan->teams[i].is_company)
            company = plan->teams[i].size;
        else if (!isnan(plan->teams[i].size) && plan->teams[i].parent_ix == OKB_NONE)
            people += plan->teams[i].size;
        n_linked += result ? result->linked_n : 0;
        n_linkable += result ? result->linked_of : 0;
        sum.n_vague += run->teams[i].n_vague;
        sum.n_judged += run->teams[i].n_judged;
        sum.n_outputs += run->teams[i].n_outputs + run->teams[i].n_smart_outputs;
        all.n += work[i].n;
        all.n_operations += work[i].n_operations;
        all.n_discovery += work[i].n_discovery;
        all.n_individual += work[i].n_individual;
    }
    votes v = {.size = NAN};
    vote_size(run, &v, !isnan(company) ? company : people > 0 ? people : NAN);
    if (n_teams >= run->limits->okr_teams) {
        okb_span slots[SLOT_COUNT] = {{NULL, 0}};
        slots[SLOT_count] = okb_review_printf(run, "%u", n_teams);
        v.okr = true;
        add_reason(run, &v, C_ADV01_TEAMS, slots);
    }
    vote_writing(run, &v, sum.n_vague, sum.n_judged, n_linked, n_linkable);
    vote_work(run, &v, &all, sum.n_outputs, sum.n_judged);
    vote_annual(run, &v);
    okb_span framework = tell(run, &v, OKB_NONE, plan->org.n ? plan->org : OKB_S("The company"));
    for (uint32_t i = 0; i < plan->n_teams; i++)
        if (plan->teams[i].is_company)
            set_advice(run, i, framework);
}

void okb_advise_frameworks(review_run *run)
{
    work_facts *work = OKB_NEW_N(&run->scratch, work_facts, run->plan->n_teams);
    count_work(run, work);
    uint32_t n_others = count_other_teams(run);
    bool has_company = n_others >= 2; /* then the company's advice stands for the team that holds its goals */
    for (uint32_t i = 0; i < run->plan->n_teams; i++)
        if (run->teams[i].first_goal != OKB_NONE && !(has_company && run->plan->teams[i].is_company))
            advise_team(run, i, work + i);
    if (has_company)
        advise_company(run, work, n_others);
}
