/* Questions that several rules ask about a goal, and the counts of its team. */
#include "room.h"

static bool is_dropped(okb_status status)
{
    return status == OKB_CANCELLED || status == OKB_POSTPONED;
}

bool okb_goal_is_alive(const okb_plan *plan, uint32_t goal_ix)
{
    okb_status last = plan->results[goal_ix].last_status;
    return !is_dropped(last != OKB_STATUS_NONE ? last : plan->goals[goal_ix].status);
}

bool okb_goal_is_reviewed(const review_run *run, uint32_t goal_ix)
{
    return is_reported(run, goal_ix) && okb_goal_is_alive(run->plan, goal_ix);
}

bool okb_goal_is_part(okb_kind kind)
{
    return kind == OKB_KEY_RESULT || kind == OKB_GOAL;
}

bool okb_goal_is_exempt(okb_ambition ambition)
{
    return ambition == OKB_LEARNING || ambition == OKB_DIRECTIONAL;
}

bool okb_cycle_is_closed(const okb_plan *plan, uint32_t cycle_ix)
{
    okb_day due = plan->cycles[cycle_ix].due;
    return due != OKB_DAY_NONE && due < plan->as_of;
}

double okb_elapsed_share(const okb_plan *plan, uint32_t goal_ix)
{
    const okb_goal *goal = &plan->goals[goal_ix];
    okb_day as_of = plan->results[goal_ix].as_of;
    if (goal->start == OKB_DAY_NONE || goal->due == OKB_DAY_NONE || as_of == OKB_DAY_NONE || goal->due <= goal->start)
        return NAN;
    double share = (double)(as_of - goal->start) / (double)(goal->due - goal->start);
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

static const okb_evidence *evidence_of(const okb_verdict *verdict, const char *signal)
{
    for (uint32_t i = 0; i < verdict->n_evidence; i++)
        if (okb_span_eq(verdict->evidence[i].signal, okb_span_of(signal)))
            return &verdict->evidence[i];
    return NULL;
}

okb_span okb_evidence_words(const okb_verdict *verdict, const char *signal)
{
    const okb_evidence *evidence = evidence_of(verdict, signal);
    return evidence ? evidence->words : (okb_span){NULL, 0};
}

okb_span okb_evidence_rule(const okb_verdict *verdict, const char *signal)
{
    const okb_evidence *evidence = evidence_of(verdict, signal);
    return evidence ? evidence->rule : (okb_span){NULL, 0};
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool stands_in(okb_span word, okb_span text)
{
    for (size_t from = 0; from + word.n <= text.n;) {
        size_t at = okb_span_find(okb_span_sub(text, from, text.n), word);
        if (at == SIZE_MAX)
            return false;
        at += from;
        bool is_start = at == 0 || !is_word_byte(text.p[at - 1]);
        bool is_end = at + word.n == text.n || !is_word_byte(text.p[at + word.n]);
        if (is_start && is_end)
            return true;
        from = at + 1;
    }
    return false;
}

bool okb_title_word_in(okb_span words, okb_span folded, okb_span *out)
{
    while (words.n) {
        okb_span word = okb_span_trim(okb_span_cut(&words, '|'));
        if (word.n && stands_in(word, folded)) {
            *out = word;
            return true;
        }
    }
    return false;
}

static bool is_number_byte(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '%';
}

okb_span okb_title_key(okb_arena *keep, okb_span title)
{
    okb_span folded = okb_text_fold(keep, title);
    char *key = okb_arena_alloc(keep, folded.n + 1, 1);
    size_t n = 0;
    bool has_blank = true;
    for (size_t i = 0; i < folded.n; i++) {
        char c = folded.p[i];
        if (!is_number_byte(c) && is_word_byte(c)) {
            key[n++] = c;
            has_blank = false;
        } else if (!has_blank) {
            key[n++] = ' ';
            has_blank = true;
        }
    }
    return okb_span_trim((okb_span){key, n});
}

static void count_goal(review_run *run, uint32_t goal_ix, const bool *is_below_key_result)
{
    const okb_goal *goal = goal_at(run, goal_ix);
    const okb_verdict *verdict = &run->plan->verdicts[goal_ix];
    team_facts *team = &run->teams[goal->team_ix];
    if (team->first_goal == OKB_NONE)
        team->first_goal = goal_ix;
    for (uint32_t i = 0; i < goal->n_checkins; i++) {
        const okb_checkin *checkin = &run->plan->checkins[goal->first_checkin + i];
        team->n_checkins++;
        team->n_confident += isnan(checkin->confidence) ? 0 : 1;
        team->n_blockers += checkin->blocker.n ? 1 : 0;
    }
    if (goal->kind == OKB_OBJECTIVE)
        team->n_objectives++;
    if (!okb_goal_is_part(goal->kind))
        return;
    team->n_judged++;
    team->n_vague += verdict->vague == OKB_YES;
    bool is_output = verdict->class_ == OKB_OUTPUT || verdict->class_ == OKB_ACTIVITY;
    if (goal->kind == OKB_KEY_RESULT) {
        team->n_key_results++;
        team->n_outputs += is_output;
        team->n_outcomes += verdict->class_ == OKB_OUTCOME;
    } else {
        team->n_goals++;
        team->n_smart_outputs += is_output;
        team->n_standalone_smart += !is_below_key_result[goal_ix];
    }
}

/* Marks the goals that stand somewhere under a key result: one pass, because each asks its parent only once. */
static const bool *below_key_results(review_run *run)
{
    const okb_plan *plan = run->plan;
    bool *is_below = OKB_NEW_N(&run->scratch, bool, plan->n_goals);
    bool *is_known = OKB_NEW_N(&run->scratch, bool, plan->n_goals);
    uint32_t *path = OKB_NEW_N(&run->scratch, uint32_t, plan->n_goals);
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        uint32_t n = 0;
        uint32_t at = i;
        while (at != OKB_NONE && !is_known[at]) {
            is_known[at] = true;
            path[n++] = at;
            at = plan->goals[at].parent_ix;
        }
        while (n > 0) {
            uint32_t child = path[--n];
            uint32_t parent = plan->goals[child].parent_ix;
            is_below[child] = parent != OKB_NONE && (plan->goals[parent].kind == OKB_KEY_RESULT || is_below[parent]);
        }
    }
    return is_below;
}

void okb_count_teams(review_run *run)
{
    const okb_plan *plan = run->plan;
    const bool *is_below = below_key_results(run);
    run->teams = OKB_NEW_N(&run->scratch, team_facts, plan->n_teams);
    for (uint32_t i = 0; i < plan->n_teams; i++)
        run->teams[i].first_goal = OKB_NONE;
    for (uint32_t i = 0; i < plan->n_goals; i++) {
        const okb_goal *goal = &plan->goals[i];
        if (goal->level == OKB_COMPANY && goal->kind == OKB_OBJECTIVE)
            run->has_company_goals = true;
        if (okb_goal_is_reviewed(run, i))
            count_goal(run, i, is_below);
    }
}
