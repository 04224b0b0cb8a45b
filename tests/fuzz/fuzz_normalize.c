/*
 * libFuzzer target: any text as the files of a run. Besides not crashing, every row must be accounted for, every index of the plan
 * must lead somewhere, parents must make no circle, numbers must be finite, and texts valid.
 *
 * Form feeds divide the files. The last two bytes choose the options, so that the seeds are plain files.
 */
#include <math.h>
#include <string.h>

#include "okrbook/normalize.h"
#include "okrbook/read.h"
#include "okrbook/tables.h"

enum { MOST_FILES = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}

/* The tables in the box; they live as long as the process. */
typedef struct box {
    okb_arena keep;
    okb_diags diags;
    okb_settings *settings;
    okb_table columns, words;
} box;

static okb_table builtin_table(box *b, const char *name)
{
    okb_table table;
    okb_err err = {.code = OKB_OK};
    const okb_read_options options = {.encoding = OKB_S("UTF-8"), .delimiter = ','};
    must(okb_read_table(okb_builtin_bytes(name), okb_span_of(name), &options, &b->keep, &table, &err) == OKB_OK);
    return table;
}

/*
 * The first rows that agree in the two given columns: a few words stand for all of a list, so that reading the tables does not take
 * the time that inputs should have. Rows that tell a format are all kept.
 */
static void thin_out(okb_table *table, size_t a, size_t b, uint32_t most, okb_arena *keep)
{
    okb_row *rows = OKB_NEW_N(keep, okb_row, table->n_rows);
    okb_map *seen = okb_map_new();
    size_t n = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        okb_span key = okb_arena_printf(keep, "%.*s,%.*s", OKB_FMT(okb_table_cell(table, i, a)),
                                        OKB_FMT(okb_table_cell(table, i, b)));
        bool is_general = a == 0 || okb_span_eq(okb_table_cell(table, i, 0), OKB_S("*"));
        uint32_t *count = okb_map_put(seen, key, 0, NULL);
        if (i > 0 && is_general && (*count)++ >= most)
            continue;
        rows[n++] = table->rows[i];
    }
    okb_map_free(seen);
    table->rows = rows;
    table->n_rows = n;
}

/* Formats whose shapes are their own. */
static void keep_some_formats(okb_table *table, okb_arena *keep)
{
    static const char *const kept[] = {"profile",   "*",       "sheet",    "canonical",   "viva-goals",  "asana",
                                       "monday",    "clickup", "jira",     "appfire-okr", "culture-amp", "peoplebox",
                                       "goalscape", "notion",  "oslo-kpi", "smart-sheet", "betterworks"};
    okb_row *rows = OKB_NEW_N(keep, okb_row, table->n_rows);
    size_t n = 0;
    for (size_t i = 0; i < table->n_rows; i++)
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
            if (okb_span_eq(okb_table_cell(table, i, 0), okb_span_of(kept[k]))) {
                rows[n++] = table->rows[i];
                break;
            }
    table->rows = rows;
    table->n_rows = n;
}

static box *the_box(void)
{
    static box b;
    if (b.settings)
        return &b;
    okb_err err = {.code = OKB_OK};
    okb_arena_init(&b.keep, 0);
    b.diags.keep = &b.keep;
    b.columns = builtin_table(&b, "columns.csv");
    b.words = builtin_table(&b, "words.csv");
    keep_some_formats(&b.columns, &b.keep);
    thin_out(&b.columns, 1, 3, 1, &b.keep);
    thin_out(&b.words, 0, 2, 2, &b.keep);
    okb_table settings = builtin_table(&b, "settings.csv");
    must(okb_settings_load(&settings, &b.keep, &b.diags, &b.settings, &err) == OKB_OK);
    return &b;
}

static void check_text(okb_span text)
{
    must(okb_utf8_valid(text));
    must(text.n == 0 || !memchr(text.p, '\0', text.n));
}

static void check_figure(double value)
{
    must(isnan(value) || isfinite(value));
}

static void check_goal(const okb_plan *plan, uint32_t ix)
{
    const okb_goal *g = &plan->goals[ix];
    const okb_span texts[] = {g->id,      g->title,   g->description, g->owner,  g->creator,
                              g->comment, g->blocker, g->priority,    g->ignore, g->unit};
    const double figures[] = {g->baseline, g->target, g->current, g->weight, g->progress, g->score, g->confidence};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(texts[i]);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        check_figure(figures[i]);
    must(g->title.n > 0 && g->id.n > 0);
    must(g->team_ix < plan->n_teams && g->cycle_ix < plan->n_cycles && g->source.file_ix < plan->n_files);
    must(g->owner.n == 0 || g->n_owners > 0);
    must(g->n_checkins == 0 || (uint64_t)g->first_checkin + g->n_checkins <= plan->n_checkins);
    for (uint32_t i = 0; i < g->n_checkins; i++)
        must(plan->checkins[g->first_checkin + i].goal_ix == ix);
    for (uint32_t i = 0; i < g->n_links; i++)
        must(g->links[i].goal_ix == OKB_NONE || g->links[i].goal_ix < plan->n_goals);
    uint32_t steps = 0;
    for (uint32_t up = g->parent_ix; up != OKB_NONE; up = plan->goals[up].parent_ix)
        must(up < plan->n_goals && steps++ < plan->n_goals);
    must(steps == g->depth);
    for (uint32_t i = 0; i < g->n_children; i++)
        must(g->children[i] < plan->n_goals && plan->goals[g->children[i]].parent_ix == ix);
}

static void check_plan(const okb_plan *plan)
{
    uint32_t rejected = 0, refused = 0;
    for (uint32_t i = 0; i < plan->n_files; i++) {
        const okb_file *file = &plan->files[i];
        must(file->rows == file->used + file->merged + file->rejected);
        rejected += file->rejected;
        refused += file->is_refused;
    }
    must(plan->n_rejects >= rejected && plan->n_rejects <= rejected + refused);
    for (uint32_t i = 0; i < plan->n_rejects; i++) {
        must(plan->rejects[i].reason.n > 0);
        check_text(plan->rejects[i].row);
    }
    for (uint32_t i = 0; i < plan->n_goals; i++)
        check_goal(plan, i);
    for (uint32_t i = 0; i < plan->n_checkins; i++) {
        const okb_checkin *c = &plan->checkins[i];
        must(c->goal_ix < plan->n_goals && c->date != OKB_DAY_NONE);
        check_figure(c->value);
        check_figure(c->progress);
        check_figure(c->score);
        check_figure(c->confidence);
        check_text(c->comment);
        check_text(c->author);
    }
    for (uint32_t i = 0; i < plan->n_teams; i++)
        must(plan->teams[i].name.n > 0 &&
             (plan->teams[i].parent_ix == OKB_NONE || plan->teams[i].parent_ix < plan->n_teams));
    for (uint32_t i = 0; i < plan->n_cycles; i++)
        must(plan->cycles[i].start <= plan->cycles[i].due);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[MOST_FILES] = {"Sales.csv", "growth-team_okrs_2026-Q3.csv", "On-time rate.csv"};
    static const okb_date_order orders[] = {OKB_ORDER_PROVE, OKB_ORDER_DMY, OKB_ORDER_MDY, OKB_ORDER_YMD};
    static const char decimals[] = {0, 0, '.', ','};
    if (size < 2)
        return 0;
    uint8_t first = data[size - 2], second = data[size - 1];
    okb_span rest = {(const char *)data, size - 2};
    box *b = the_box();
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_diags diags = {.keep = &keep};
    okb_err err = {.code = OKB_OK};
    okb_normalizer *normalizer = NULL;
    const okb_normalize_options options = {.date_order = orders[first % 4],
                                           .decimal = decimals[first / 4 % 4],
                                           .as_of = okb_day_of(2026, 8, 28),
                                           .may_wait = first & 0x10};
    must(okb_normalizer_new(&b->columns, 1, &b->words, 1, b->settings, &options, &keep, &diags, &normalizer, &err) ==
         OKB_OK);
    okb_table tables[MOST_FILES];
    for (size_t i = 0; i < MOST_FILES && rest.n; i++) {
        okb_span text = i + 1 < MOST_FILES ? okb_span_cut(&rest, '\f') : rest;
        const okb_read_options reading = {.limits = {.columns = 200}};
        okb_file_kind forced = second % 8 == i + 1 ? (okb_file_kind)(second / 8 % 4) : OKB_FILE_UNKNOWN;
        err = (okb_err){.code = OKB_OK};
        okb_code code = okb_read_table(text, okb_span_of(names[i]), &reading, &keep, &tables[i], &err);
        if (code) {
            okb_normalizer_refuse(normalizer, okb_span_of(names[i]), NULL, &err);
            continue;
        }
        code = okb_normalizer_add(normalizer, &tables[i], forced, &err);
        must(code == OKB_OK || code == OKB_E_DATA);
    }
    okb_plan plan;
    err = (okb_err){.code = OKB_OK};
    okb_code code = okb_normalizer_finish(normalizer, &plan, &err);
    must(code == OKB_OK || code == OKB_E_DATA);
    check_plan(&plan);
    okb_normalizer_free(normalizer);
    okb_vec_free(&diags.items);
    okb_arena_reset(&keep);
    return 0;
}
