/* The canonical words of the closed lists, in the order of the enums in plan.h. */
#include "okrbook/plan.h"

static const char *const level_names[] = {"", "company", "team", "individual"};
static const char *const kind_names[] = {"", "objective", "key_result", "goal", "initiative"};
static const char *const ambition_names[] = {"", "stretch", "committed", "learning", "directional"};
static const char *const direction_names[] = {"", "increase", "decrease", "at_least", "at_most", "milestone"};
static const char *const status_names[] = {"",          "not_started", "in_progress", "on_track",  "at_risk",
                                           "off_track", "done",        "missed",      "cancelled", "postponed"};
static const char *const class_names[] = {"", "outcome", "output", "activity"};
static const char *const answer_names[] = {"unknown", "no", "yes", "binary"};
static const char *const band_names[] = {"", "red", "amber", "green", "exceeded"};
static const char *const pace_names[] = {"no_data", "too_early", "on_track", "at_risk", "off_track", "done", "missed"};
static const char *const met_names[] = {"", "yes", "pending", "no"};
static const char *const severity_names[] = {"info", "warning", "error"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *name_at(const char *const *names, size_t n, unsigned value)
{
    return value < n ? names[value] : "";
}

/* Index of the folded word among names, 0 where it is none. */
static unsigned parse(const char *const *names, size_t n, okb_span word)
{
    word = okb_span_trim(word);
    if (word.n == 0)
        return 0;
    for (unsigned i = 1; i < n; i++)
        if (okb_text_same(word, okb_span_of(names[i])))
            return i;
    return 0;
}

#define NAME_FUNCTION(type, list)                                                                                      \
    const char *okb_##type##_name(okb_##type value)                                                                    \
    {                                                                                                                  \
        return name_at(list, COUNT(list), (unsigned)value);                                                            \
    }
#define PARSE_FUNCTION(type, list)                                                                                     \
    okb_##type okb_##type##_parse(okb_span word)                                                                       \
    {                                                                                                                  \
        return (okb_##type)parse(list, COUNT(list), word);                                                             \
    }

NAME_FUNCTION(level, level_names)
NAME_FUNCTION(kind, kind_names)
NAME_FUNCTION(ambition, ambition_names)
NAME_FUNCTION(direction, direction_names)
NAME_FUNCTION(status, status_names)
NAME_FUNCTION(class, class_names)
NAME_FUNCTION(answer, answer_names)
NAME_FUNCTION(band, band_names)
NAME_FUNCTION(pace, pace_names)
NAME_FUNCTION(met, met_names)
NAME_FUNCTION(severity, severity_names)
PARSE_FUNCTION(level, level_names)
PARSE_FUNCTION(kind, kind_names)
PARSE_FUNCTION(ambition, ambition_names)
PARSE_FUNCTION(direction, direction_names)
PARSE_FUNCTION(status, status_names)
PARSE_FUNCTION(class, class_names)

const okb_team_result *okb_plan_team_result(const okb_plan *plan, uint32_t team_ix, uint32_t cycle_ix)
{
    size_t low = 0, high = plan->n_team_results;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const okb_team_result *at = &plan->team_results[mid];
        if (at->cycle_ix == cycle_ix && at->team_ix == team_ix)
            return at;
        if (at->cycle_ix < cycle_ix || (at->cycle_ix == cycle_ix && at->team_ix < team_ix))
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}
