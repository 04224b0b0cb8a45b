/* The findings, those that matter most first within each team, and what was silenced, with the reason. */
#include "grid.h"
#include "sheets.h"

#include <stdlib.h>

typedef struct order {
    uint32_t team_ix, is_silenced, rank, ix;
} order;

static int by_order(const void *a, const void *b)
{
    const order *x = a, *y = b;
    if (x->is_silenced != y->is_silenced)
        return x->is_silenced ? 1 : -1;
    if (x->team_ix != y->team_ix)
        return x->team_ix < y->team_ix ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->ix < y->ix ? -1 : x->ix > y->ix;
}

static bool is_shown(const okb_book *book, const okb_finding *finding)
{
    uint32_t only = book->options->only_team;
    bool is_here = only == OKB_NONE || finding->team_ix == only;
    return is_here && (finding->cycle_ix == OKB_NONE || finding->cycle_ix == book->plan->cycle_ix);
}

/* An index past the findings stands for "and so many more of the team before". */
static bool is_pointer(const okb_plan *plan, uint32_t ix)
{
    return ix >= plan->n_findings;
}

okb_rows okb_sheet_findings_rows(okb_book *book, okb_arena *keep)
{
    const okb_plan *plan = book->plan;
    okb_vec all = {0};
    for (uint32_t i = 0; i < plan->n_findings; i++)
        if (is_shown(book, &plan->findings[i]))
            *okb_vec_push(&all, order) =
                (order){plan->findings[i].team_ix, plan->findings[i].is_silenced, plan->findings[i].rank, i};
    order *items = all.items;
    if (all.n)
        qsort(items, all.n, sizeof *items, by_order);
    uint32_t *index = OKB_NEW_N(keep, uint32_t, all.n + 1), n = 0, of_team = 0;
    uint32_t limit = book->set.findings_per_team;
    for (size_t i = 0; i < all.n; i++) {
        bool is_new =
            i == 0 || items[i].team_ix != items[i - 1].team_ix || items[i].is_silenced != items[i - 1].is_silenced;
        of_team = is_new ? 1 : of_team + 1;
        if (of_team <= limit)
            index[n++] = items[i].ix;
        else if (of_team == limit + 1)
            index[n++] = plan->n_findings; /* counts up while more are left out */
        else
            index[n - 1]++;
    }
    okb_vec_free(&all);
    return (okb_rows){index, n};
}

static const okb_finding *finding_of(const okb_grid_at *at)
{
    return is_pointer(at->book->plan, at->ix) ? NULL : &at->book->plan->findings[at->ix];
}

static void put_severity(const okb_grid_at *at)
{
    static const char *const words[] = {"○ info", "● warning", "▼ error"};
    const okb_finding *f = finding_of(at);
    if (f)
        okb_at_word(at, words[f->severity]);
}

static void put_code(const okb_grid_at *at)
{
    if (finding_of(at))
        okb_at_text(at, finding_of(at)->def->code);
}

static void put_team(const okb_grid_at *at)
{
    const okb_finding *f = finding_of(at);
    if (f && f->team_ix < at->book->plan->n_teams)
        okb_at_text(at, at->book->plan->teams[f->team_ix].name);
}

static void put_title(const okb_grid_at *at)
{
    const okb_finding *f = finding_of(at);
    if (f && f->goal_ix != OKB_NONE)
        okb_at_text(at, at->book->plan->goals[f->goal_ix].title);
}

static okb_span message_of(const okb_grid_at *at, const okb_finding *f)
{
    return okb_as_sentence(at->book, okb_facts_about(&at->book->facts, f, f->grouped.n ? f->grouped : f->message));
}

static void put_message(const okb_grid_at *at)
{
    const okb_finding *f = finding_of(at);
    if (f && f->is_silenced)
        okb_at_text(at,
                    okb_arena_printf(&at->book->facts.scratch, "Silenced%s%.*s\n%.*s", f->silenced_reason.n ? ": " : "",
                                     OKB_FMT(f->silenced_reason), OKB_FMT(message_of(at, f))));
    else if (f)
        okb_at_text(at, message_of(at, f));
    else
        okb_at_text(at, okb_arena_printf(&at->book->facts.scratch,
                                         "… and %u more of this team. `okrbook export findings` lists them all.",
                                         at->ix - at->book->plan->n_findings + 1));
}

static void put_evidence(const okb_grid_at *at)
{
    if (finding_of(at))
        okb_at_text(at, finding_of(at)->evidence);
}

static void put_question(const okb_grid_at *at)
{
    const okb_finding *f = finding_of(at);
    if (f)
        okb_at_text(at, f->question);
}

static void put_place(const okb_grid_at *at)
{
    const okb_finding *f = finding_of(at);
    if (!f || f->source.file_ix == OKB_NONE)
        return;
    okb_span file = okb_facts_file(&at->book->facts, f->source.file_ix);
    okb_at_text(at, f->source.line
                        ? okb_arena_printf(&at->book->facts.scratch, "%.*s:%u", OKB_FMT(file), f->source.line)
                        : file);
}

static const okb_grid_column columns[] = {
    {"Severity", 11, OKB_STYLE_STATUS, .put = put_severity},
    {"Code", 10, OKB_STYLE_TEXT, .put = put_code},
    {"Team", 16, OKB_STYLE_TEXT_WRAP, .put = put_team},
    {"Goal", 40, OKB_STYLE_TEXT_WRAP, .put = put_title},
    {"What was found", 46, OKB_STYLE_TEXT_WRAP, .put = put_message},
    {"Evidence", 26, OKB_STYLE_TEXT_WRAP, .put = put_evidence},
    {"Question to ask", 44, OKB_STYLE_TEXT_WRAP, .put = put_question},
    {"Where", 22, OKB_STYLE_TEXT_WRAP, .put = put_place},
};

static okb_tone tone_of(const okb_grid_at *at)
{
    const okb_finding *f = finding_of(at);
    return !f || f->is_silenced ? OKB_TONE_MUTED : OKB_TONE_BODY;
}

void okb_sheet_findings_write(okb_book *book, okb_sheet *sheet, okb_rows rows)
{
    uint32_t counts[3] = {0}, silenced = 0;
    for (uint32_t i = 0; i < book->plan->n_findings; i++) {
        const okb_finding *f = &book->plan->findings[i];
        if (!is_shown(book, f))
            continue;
        if (f->is_silenced)
            silenced++;
        else
            counts[f->severity]++;
    }
    const okb_grid grid = {.columns = columns,
                           .n_columns = sizeof columns / sizeof columns[0],
                           .index = rows.index,
                           .n_rows = rows.n,
                           .tone = tone_of,
                           .is_ruled = true};
    uint32_t end = okb_grid_titled_sheet(
        book, sheet, &grid,
        okb_arena_printf(&book->keep, "%s  ·  %u errors, %u warnings, %u notes, %u silenced", sheet->answers,
                         counts[OKB_ERROR], counts[OKB_WARNING], counts[OKB_INFO], silenced),
        2, "Nothing was found.");
    if (rows.n)
        okb_sheet_status_tints(book, sheet, OKB_GRID_FIRST_ROW, end - 1, 0);
}
