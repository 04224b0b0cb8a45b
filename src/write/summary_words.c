/* Sentences made of the numbers. FIXED and COUNTIF give the same words in every language of the spreadsheet. */
#include "summary_words.h"

#include <math.h>
#include <string.h>

static okb_span cycle_name(const okb_plan *plan)
{
    return plan->cycles[plan->cycle_ix].name;
}

static okb_span previous_name(const okb_plan *plan)
{
    uint32_t before = plan->cycles[plan->cycle_ix].previous_ix;
    return before < plan->n_cycles ? plan->cycles[before].name : (okb_span){NULL, 0};
}

/* A text inside a formula: quotes doubled. */
static const char *in_quotes(okb_arena *keep, okb_span text)
{
    okb_buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            okb_buf_byte(&out, '"');
        okb_buf_byte(&out, text.p[i]);
    }
    const char *kept = okb_arena_copy(keep, okb_buf_span(&out)).p;
    okb_buf_free(&out);
    return kept;
}

/* Excel refuses a text of more than 255 characters inside a formula. */
static bool fits_formula(okb_span text)
{
    enum { MOST_BYTES = 220 };
    return text.n <= MOST_BYTES;
}

typedef struct team_counts {
    uint32_t on, risk, off, early, none;
} team_counts;

static team_counts counts_of(const okb_summary_facts *f)
{
    return (team_counts){f->paces[OKB_PACE_ON_TRACK] + f->paces[OKB_PACE_DONE], f->paces[OKB_PACE_AT_RISK],
                         f->paces[OKB_PACE_OFF_TRACK] + f->paces[OKB_PACE_MISSED], f->paces[OKB_PACE_TOO_EARLY],
                         f->paces[OKB_PACE_NO_DATA]};
}

/* COUNTIF of one or two status words over the teams. */
static const char *count_formula(okb_arena *keep, const char *statuses, okb_status_look a, okb_status_look b)
{
    if (a == b)
        return okb_arena_printf(keep, "COUNTIF(%s,\"%s\")", statuses, okb_looks[a].words).p;
    return okb_arena_printf(keep, "(COUNTIF(%s,\"%s\")+COUNTIF(%s,\"%s\"))", statuses, okb_looks[a].words, statuses,
                            okb_looks[b].words)
        .p;
}

okb_sentence okb_on_track_make(const okb_summary_facts *facts, okb_live_cells cells, okb_arena *keep)
{
    if (facts->n_all_teams == 0)
        return (okb_sentence){OKB_S("–"), NULL};
    okb_sentence s = {okb_arena_printf(keep, "%u of %u", counts_of(facts).on, facts->n_all_teams), NULL};
    if (cells.statuses)
        s.formula =
            okb_arena_printf(keep, "=%s&\" of %u\"",
                             count_formula(keep, cells.statuses, OKB_LOOK_ON_TRACK, OKB_LOOK_DONE), facts->n_all_teams)
                .p;
    return s;
}

okb_sentence okb_not_on_track_make(const okb_summary_facts *facts, okb_live_cells cells, okb_arena *keep)
{
    team_counts n = counts_of(facts);
    if (facts->n_all_teams == 0)
        return (okb_sentence){OKB_S("no team has goals"), NULL};
    okb_sentence s = {okb_arena_printf(keep, "%u at risk, %u off track", n.risk, n.off), NULL};
    if (cells.statuses)
        s.formula = okb_arena_printf(keep, "=%s&\" at risk, \"&%s&\" off track\"",
                                     count_formula(keep, cells.statuses, OKB_LOOK_AT_RISK, OKB_LOOK_AT_RISK),
                                     count_formula(keep, cells.statuses, OKB_LOOK_OFF_TRACK, OKB_LOOK_MISSED))
                        .p;
    return s;
}

okb_sentence okb_count_make(uint32_t n, uint32_t of, const char *sum, okb_arena *keep)
{
    if (of == 0)
        return (okb_sentence){OKB_S("–"), NULL};
    return (okb_sentence){okb_arena_printf(keep, "%u of %u", n, of),
                          sum ? okb_arena_printf(keep, "=(%s)&\" of %u\"", sum, of).p : NULL};
}

okb_sentence okb_checked_in_make(const okb_summary_facts *facts, okb_live_cells cells, okb_arena *keep)
{
    uint32_t n = facts->checkin_n, of = facts->checkin_of;
    okb_sentence s = {of ? okb_arena_printf(keep, "%.0f%%", okb_round_half_up(100.0 * n / of, 0)) : OKB_S("–"), NULL};
    /* A filter by team leaves goals out of the teams' own count. */
    if (cells.checkins_due && facts->windows_n == n && facts->windows_of == of)
        s.formula = okb_arena_printf(keep, "=IF(SUM(%s)=0,\"–\",ROUND(100*SUM(%s)/SUM(%s),0)&\"%%\")",
                                     cells.checkins_due, cells.checkins_made, cells.checkins_due)
                        .p;
    return s;
}

okb_sentence okb_change_make(const okb_plan *plan, const okb_summary_facts *facts, okb_live_cells cells,
                             okb_arena *keep)
{
    if (!isfinite(plan->overall) || !isfinite(facts->previous))
        return (okb_sentence){{NULL, 0}, NULL};
    double change = plan->overall - facts->previous, shown = okb_round_half_up(fabs(change), 2);
    okb_sentence s = {okb_arena_printf(keep, "%s%.2f", shown == 0 ? "±" : change > 0 ? "+" : "−", shown), NULL};
    if (cells.overall)
        s.formula =
            okb_arena_printf(keep,
                             "=IF(COUNT(%s)=0,\"–\",IF(ROUND(ABS(%s-%.15g),2)=0,\"±\",IF(%s>%.15g,\"+\",\"−\"))&"
                             "FIXED(ABS(%s-%.15g),2))",
                             cells.overall, cells.overall, facts->previous, cells.overall, facts->previous,
                             cells.overall, facts->previous)
                .p;
    return s;
}

/* ", up 0.05 on 2026-Q2" */
static okb_sentence change_clause(const okb_plan *plan, const okb_summary_facts *f, const char *overall,
                                  okb_arena *keep)
{
    if (!isfinite(f->previous))
        return (okb_sentence){OKB_S(""), ""};
    okb_span before = previous_name(plan);
    double change = plan->overall - f->previous, shown = okb_round_half_up(fabs(change), 2);
    okb_sentence s;
    s.text = shown == 0
                 ? okb_arena_printf(keep, ", level with %.*s", OKB_FMT(before))
                 : okb_arena_printf(keep, ", %s %.2f on %.*s", change > 0 ? "up" : "down", shown, OKB_FMT(before));
    s.formula = overall ? okb_arena_printf(
                              keep,
                              "&IF(ROUND(ABS(%s-%.15g),2)=0,\", level with \",IF(%s>%.15g,\", up \",\", down \")&"
                              "FIXED(ABS(%s-%.15g),2)&\" on \")&\"%s\"",
                              overall, f->previous, overall, f->previous, overall, f->previous, in_quotes(keep, before))
                              .p
                        : NULL;
    return s;
}

static const char *one_team_word(const team_counts *n)
{
    return n->on      ? "on track"
           : n->risk  ? "at risk"
           : n->off   ? "off track"
           : n->early ? "too early to judge"
                      : "without a score";
}

/* The same with the word worked out from the team's status. */
static const char *one_team_formula(okb_arena *keep, okb_span text, const char *word, const char *status)
{
    static const struct {
        okb_status_look look;
        const char *words;
    } says[] = {{OKB_LOOK_ON_TRACK, "on track"}, {OKB_LOOK_DONE, "on track"},
                {OKB_LOOK_AT_RISK, "at risk"},   {OKB_LOOK_OFF_TRACK, "off track"},
                {OKB_LOOK_MISSED, "off track"},  {OKB_LOOK_TOO_EARLY, "too early to judge"}};
    if (!status)
        return okb_arena_printf(keep, "&\"%s\"", in_quotes(keep, text)).p;
    okb_buf formula = {0};
    okb_buf_printf(&formula, "&\"%s\"&", in_quotes(keep, okb_span_sub(text, 0, text.n - strlen(word))));
    enum { SAYS = sizeof says / sizeof says[0] };
    for (size_t i = 0; i < SAYS; i++)
        okb_buf_printf(&formula, "IF(COUNTIF(%s,\"%s\")>0,\"%s\",", status, okb_looks[says[i].look].words,
                       says[i].words);
    okb_buf_printf(&formula, "\"without a score\"))))))");
    const char *kept = okb_arena_copy(keep, okb_buf_span(&formula)).p;
    okb_buf_free(&formula);
    return kept;
}

/* ": 4 of 7 teams on track, 2 at risk, 1 off track" */
static okb_sentence teams_clause(const okb_plan *plan, const okb_summary_facts *f, const char *statuses,
                                 okb_arena *keep)
{
    team_counts n = counts_of(f);
    if (f->n_all_teams == 0)
        return (okb_sentence){OKB_S(""), ""};
    if (f->n_all_teams == 1) {
        okb_span text = okb_arena_printf(keep, "; its one team, %.*s, is %s",
                                         OKB_FMT(plan->teams[f->teams[0].team_ix].name), one_team_word(&n));
        if (!fits_formula(text))
            return (okb_sentence){text, NULL};
        return (okb_sentence){text, one_team_formula(keep, text, one_team_word(&n), statuses)};
    }
    const struct {
        uint32_t n;
        const char *words;
        okb_status_look a, b;
    } groups[] = {{n.risk, "at risk", OKB_LOOK_AT_RISK, OKB_LOOK_AT_RISK},
                  {n.off, "off track", OKB_LOOK_OFF_TRACK, OKB_LOOK_MISSED},
                  {n.early, "too early to judge", OKB_LOOK_TOO_EARLY, OKB_LOOK_TOO_EARLY},
                  {n.none, "without a score", OKB_LOOK_NO_DATA, OKB_LOOK_NO_DATA}};
    okb_buf text = {0}, formula = {0};
    okb_buf_printf(&text, ": %u of %u teams on track", n.on, f->n_all_teams);
    if (statuses)
        okb_buf_printf(&formula, "&\": \"&%s&\" of %u teams on track\"",
                       count_formula(keep, statuses, OKB_LOOK_ON_TRACK, OKB_LOOK_DONE), f->n_all_teams);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        if (groups[i].n)
            okb_buf_printf(&text, ", %u %s", groups[i].n, groups[i].words);
        if (statuses) {
            const char *count = count_formula(keep, statuses, groups[i].a, groups[i].b);
            okb_buf_printf(&formula, "&IF(%s=0,\"\",\", \"&%s&\" %s\")", count, count, groups[i].words);
        }
    }
    okb_sentence s = {okb_arena_copy(keep, okb_buf_span(&text)), NULL};
    s.formula = statuses ? okb_arena_copy(keep, okb_buf_span(&formula)).p
                         : okb_arena_printf(keep, "&\"%s\"", in_quotes(keep, s.text)).p;
    okb_buf_free(&text);
    okb_buf_free(&formula);
    return s;
}

okb_sentence okb_state_make(const okb_summary_facts *f, const char *day, const char *won_cell, const char *missed_cell,
                            okb_arena *keep)
{
    if (f->n_parts == 0)
        return (okb_sentence){okb_arena_printf(keep, "As of %s. There is no key result or goal to report on.", day),
                              NULL};
    if (f->n_scored == 0)
        return (okb_sentence){
            okb_arena_printf(keep, "As of %s. None of the %u key results and goals has a score yet.", day, f->n_parts),
            NULL};
    const char *silent = f->n_stalled ? okb_arena_printf(keep, "; %u went silent", f->n_stalled).p : "";
    const char *cancelled =
        f->n_cancelled ? okb_arena_printf(keep, "; %u cancelled or postponed", f->n_cancelled).p : "";
    const char *one = f->n_parts == 1 ? "key result or goal is" : "key results and goals are";
    const char *missed = f->is_over ? "missed" : "will miss at the pace so far";
    okb_sentence s;
    s.text = okb_arena_printf(keep, "As of %s. %u of %u %s won, %u of %u %s%s%s.", day, f->n_met, f->n_parts, one,
                              f->n_missing, f->n_parts, missed, silent, cancelled);
    s.formula = okb_arena_printf(keep, "=\"As of %s. \"&%s&\" %s won, \"&%s&\" %s%s%s.\"", day, won_cell, one,
                                 missed_cell, missed, silent, cancelled)
                    .p;
    return s;
}

okb_sentence okb_headline_make(const okb_plan *plan, const okb_summary_facts *facts, okb_live_cells cells,
                               okb_arena *keep)
{
    okb_span cycle = cycle_name(plan);
    if (!isfinite(plan->overall))
        return (okb_sentence){okb_arena_printf(keep, "%.*s has no score yet: %s.", OKB_FMT(cycle),
                                               facts->n_parts == 0 ? "it has no key results or goals"
                                               : facts->n_scored == 0
                                                   ? "no key result has a baseline, a target and a current value"
                                                   : "no objective can be scored from its parts"),
                              NULL};
    okb_sentence change = change_clause(plan, facts, cells.overall, keep);
    okb_sentence teams = teams_clause(plan, facts, cells.statuses, keep);
    okb_sentence s = {okb_arena_printf(keep, "%.*s stands at %.2f%.*s%.*s.", OKB_FMT(cycle),
                                       okb_round_half_up(plan->overall, 2), OKB_FMT(change.text), OKB_FMT(teams.text)),
                      NULL};
    if (cells.overall && fits_formula(cycle) && fits_formula(previous_name(plan)) && teams.formula)
        s.formula =
            okb_arena_printf(keep, "=\"%s stands at \"&IF(COUNT(%s)=0,\"no score\",FIXED(%s,2))%s%s&\".\"",
                             in_quotes(keep, cycle), cells.overall, cells.overall, change.formula, teams.formula)
                .p;
    return s;
}
