/* The titles of the charts: each asks a question and answers it from the same cells that the chart draws. */
#include "summary_words.h"

#include <math.h>

enum { NAME_UNITS = 30 }; /* a longer name is cut in the title, which then stands as it is */

okb_sentence okb_who_is_where_make(const okb_plan *plan, const okb_summary_facts *facts, const char *names,
                                   const char *scores, okb_arena *keep)
{
    okb_span first = {NULL, 0}, last = {NULL, 0};
    double high = NAN, low = NAN;
    bool is_cut = false;
    for (uint32_t i = 0; i < facts->n_teams; i++) {
        const okb_summary_team *team = &facts->teams[i];
        if (team->team_ix == OKB_NONE || !isfinite(team->result->score))
            continue;
        okb_span name = plan->teams[team->team_ix].name, head = okb_utf16_head(name, NAME_UNITS);
        if (!isfinite(high) || team->result->score > high) {
            high = team->result->score;
            first = head;
        }
        if (!isfinite(low) || team->result->score < low) {
            low = team->result->score;
            last = head;
        }
        is_cut = is_cut || head.n < name.n;
    }
    okb_sentence s = {OKB_S("Who is where? No team has a score"), NULL};
    if (isfinite(high))
        s.text = high == low
                     ? okb_arena_printf(keep, "Who is where? All stand at %.2f", okb_round_half_up(high, 2))
                     : okb_arena_printf(keep, "Who is where? %.*s leads at %.2f, %.*s is last at %.2f", OKB_FMT(first),
                                        okb_round_half_up(high, 2), OKB_FMT(last), okb_round_half_up(low, 2));
    if (!is_cut)
        s.formula = okb_arena_printf(keep,
                                     "=\"Who is where? \"&IF(COUNT(%s)=0,\"No team has a score\",IF(MAX(%s)=MIN(%s),"
                                     "\"All stand at \"&FIXED(MAX(%s),2),INDEX(%s,MATCH(MAX(%s),%s,0))&\" leads at \"&"
                                     "FIXED(MAX(%s),2)&\", \"&INDEX(%s,MATCH(MIN(%s),%s,0))&\" is last at \"&"
                                     "FIXED(MIN(%s),2)))",
                                     scores, scores, scores, scores, names, scores, scores, scores, names, scores,
                                     scores, scores)
                        .p;
    return s;
}

okb_sentence okb_getting_better_make(const okb_summary_facts *facts, okb_arena *keep)
{
    const okb_summary_week *now = NULL, *before = NULL;
    for (uint32_t w = 0; w < facts->n_weeks; w++)
        if (isfinite(facts->weeks[w].score)) {
            before = now;
            now = &facts->weeks[w];
        }
    if (!before)
        return (okb_sentence){OKB_S("Is it getting better?"), NULL};
    char day[11];
    okb_day_print(before->end, day);
    double change = now->score - before->score, shown = okb_round_half_up(fabs(change), 2);
    okb_span text = shown == 0 ? okb_arena_printf(keep, "Is it getting better? Level since %s", day + 5)
                               : okb_arena_printf(keep, "Is it getting better? %s %.2f since %s",
                                                  change > 0 ? "Up" : "Down", shown, day + 5);
    double gap = now->expected - now->score, behind = okb_round_half_up(fabs(gap), 2);
    if (isfinite(gap))
        text = behind == 0 ? okb_arena_printf(keep, "%.*s, as expected", OKB_FMT(text))
                           : okb_arena_printf(keep, "%.*s, %.2f %s expected", OKB_FMT(text), behind,
                                              gap > 0 ? "below" : "above");
    return (okb_sentence){text, NULL};
}

okb_sentence okb_missed_make(const okb_summary_facts *facts, const char *missed_cell, okb_arena *keep)
{
    const char *asks = facts->is_over ? "What was missed? " : "What will be missed? ";
    const char *when = facts->is_over ? "" : " at this pace";
    if (facts->n_parts == 0)
        return (okb_sentence){okb_span_of(asks), NULL};
    return (okb_sentence){okb_arena_printf(keep, "%s%u of %u%s", asks, facts->n_missing, facts->n_parts, when),
                          missed_cell ? okb_arena_printf(keep, "=\"%s\"&%s&\"%s\"", asks, missed_cell, when).p : NULL};
}
