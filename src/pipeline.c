/* The stages in order, one clean-up. See pipeline.h. */
#include "okrbook/pipeline.h"

#include <stdlib.h>

#include "config.h"
#include "okrbook/os.h"
#include "okrbook/score.h"

struct okb_run {
    okb_run_options options;
    okb_arena keep;  /* the run: tables in force, the plan */
    okb_arena stage; /* one file's bytes and table */
    okb_vec waiting; /* okb_arena: the stages of check-in files that wait for their goals */
    okb_diags diags;
    okb_config config;
    okb_normalizer *normalizer;
    okb_judge *judge;
    okb_review *review;
    okb_plan plan;
};

okb_run *okb_run_new(const okb_run_options *options)
{
    okb_run *run = calloc(1, sizeof *run);
    if (!run)
        __builtin_trap();
    run->options = *options;
    run->options.normalize.may_wait = true;
    okb_arena_init(&run->keep, 0);
    okb_arena_init(&run->stage, 0);
    run->diags.keep = &run->keep;
    return run;
}

static void release_waiting(okb_run *run)
{
    for (size_t i = 0; i < run->waiting.n; i++)
        okb_arena_reset(&okb_vec_at(&run->waiting, okb_arena, i));
    okb_vec_free(&run->waiting);
}

void okb_run_free(okb_run *run)
{
    if (!run)
        return;
    okb_review_free(run->review);
    okb_judge_free(run->judge);
    okb_normalizer_free(run->normalizer);
    release_waiting(run);
    okb_vec_free(&run->diags.items);
    okb_arena_reset(&run->stage);
    okb_arena_reset(&run->keep);
    free(run);
}

okb_diags *okb_run_diags(okb_run *run)
{
    return &run->diags;
}

okb_arena *okb_run_arena(okb_run *run)
{
    return &run->keep;
}

const okb_plan *okb_run_get_plan(const okb_run *run)
{
    return &run->plan;
}

okb_span okb_run_rule_packs(okb_run *run)
{
    enum { HASH_DIGITS = 12 };
    okb_buf text = {0};
    for (size_t i = 0; i < run->config.n_packs; i++) {
        const okb_table *table = run->config.packs[i].table;
        okb_span name = table->path;
        while (okb_span_find(name, OKB_S("/")) != SIZE_MAX)
            okb_span_cut(&name, '/');
        okb_buf_printf(&text, "%s%.*s: %zu rules, %.*s", i ? "; " : "", OKB_FMT(name),
                       table->n_rows ? table->n_rows - 1 : 0, (int)HASH_DIGITS, table->sha256);
    }
    okb_span kept = okb_arena_copy(&run->keep, okb_buf_span(&text));
    okb_buf_free(&text);
    return kept;
}

const okb_settings *okb_run_settings(const okb_run *run)
{
    return run->config.settings;
}

okb_judge *okb_run_judge(const okb_run *run)
{
    return run->judge;
}

const okb_review *okb_run_review(const okb_run *run)
{
    return run->review;
}

okb_normalizer *okb_run_normalizer(const okb_run *run)
{
    return run->normalizer;
}

static void progress(const okb_run *run, const char *stage, double share)
{
    if (run->options.progress)
        run->options.progress(run->options.progress_context, stage, share);
}

static okb_code normalizer_new(okb_run *run, const okb_normalize_options *options, okb_normalizer **out, okb_err *err)
{
    const okb_config *config = &run->config;
    return okb_normalizer_new(config->columns, config->n_columns, config->words, config->n_words, config->settings,
                              options, &run->keep, &run->diags, out, err);
}

/* Each table is compiled even where an earlier one has mistakes, so that one run reports them all. */
static void keep_going(okb_code *code, okb_code next)
{
    if (*code == OKB_OK)
        *code = next;
}

okb_code okb_run_configure(okb_run *run, okb_err *err)
{
    okb_code code = okb_config_load(run->options.config_folder, run->options.sets, run->options.n_sets, &run->keep,
                                    &run->diags, &run->config, err);
    if (code != OKB_OK && (code != OKB_E_CONFIG || run->config.n_packs == 0))
        return code;
    const okb_config *config = &run->config;
    keep_going(&code, normalizer_new(run, &run->options.normalize, &run->normalizer, err));
    keep_going(&code, okb_judge_new(config->packs, config->n_packs, config->settings, &run->keep, &run->diags,
                                    &run->judge, err));
    keep_going(&code, okb_review_new(config->findings, config->n_findings, config->settings, &run->keep, &run->diags,
                                     &run->review, err));
    const okb_read_limits limits = {
        .file_bytes = (size_t)okb_setting_number(config->settings, "limit.file_bytes"),
        .field_bytes = (size_t)okb_setting_number(config->settings, "limit.field_bytes"),
        .rows = (uint32_t)okb_setting_number(config->settings, "limit.rows"),
        .columns = (uint32_t)okb_setting_number(config->settings, "limit.columns"),
    };
    run->options.read.limits = limits;
    return code;
}

static void add_refusal(okb_run *run, const okb_err *why, okb_span path)
{
    okb_diags_add(&run->diags, OKB_ERROR, why->file[0] ? okb_span_of(why->file) : path, why->line,
                  okb_span_of(why->column), "%s", why->text);
}

static okb_code check_age(const okb_run *run, okb_span path, okb_err *err)
{
    double max_hours = okb_setting_number(run->config.settings, "input.max_age");
    int64_t age_seconds;
    if (!(max_hours > 0) || okb_span_eq(path, OKB_S("-")))
        return OKB_OK;
    okb_code code = okb_os_file_age(path, okb_os_now_seconds(), &age_seconds, err);
    if (code == OKB_OK && (double)age_seconds > max_hours * 3600)
        code = okb_fail_at(err, OKB_E_INPUT, path, 0, (okb_span){NULL, 0},
                           "the file is %lld hours old, older than input.max_age=%g allows; export it again",
                           (long long)(age_seconds / 3600), max_hours);
    return code;
}

/* One file through read and normalize. A file whose content cannot be used is recorded as refused and the run goes on; one that cannot be
 * read at all ends it. */
static okb_code import_file(okb_run *run, okb_normalizer *normalizer, okb_span path, okb_file_kind forced, okb_err *err)
{
    okb_span bytes;
    okb_code code = check_age(run, path, err);
    if (code == OKB_OK)
        code = okb_os_read_file(path, run->options.read.limits.file_bytes, &run->stage, &bytes, err);
    if (code != OKB_OK)
        return code;
    okb_table *table = OKB_NEW(&run->stage, okb_table);
    okb_err why = {0};
    okb_read_options options = run->options.read;
    options.may_overwrite = true;
    code = okb_read_table(bytes, path, &options, &run->stage, table, &why);
    if (code == OKB_OK)
        code = okb_normalizer_add(normalizer, table, forced, &why);
    else if (code == OKB_E_DATA)
        okb_normalizer_refuse(normalizer, path, table->sha256, &why);
    if (code == OKB_E_DATA) {
        add_refusal(run, &why, path);
        code = OKB_OK;
    } else if (code != OKB_OK)
        *err = why;
    if (code == OKB_OK && okb_normalizer_is_waiting(normalizer)) {
        *okb_vec_push(&run->waiting, okb_arena) = run->stage;
        okb_arena_init(&run->stage, 0);
    }
    okb_arena_reset(&run->stage);
    return code;
}

static okb_code import_path(okb_run *run, okb_normalizer *normalizer, const okb_input_path *input, okb_err *err)
{
    if (okb_span_eq(input->path, OKB_S("-")) || okb_os_path_kind(input->path) != OKB_PATH_FOLDER)
        return import_file(run, normalizer, input->path, input->forced, err);
    const okb_span suffixes[] = {OKB_S(".csv"), OKB_S(".tsv")};
    okb_span *paths;
    size_t n;
    okb_code code = okb_os_list_folder(input->path, suffixes, 2, &run->keep, &paths, &n, err);
    if (code == OKB_OK && n == 0)
        code = okb_fail(err, OKB_E_DATA, "'%.*s' holds no .csv or .tsv file, give a folder with exports or the files",
                        OKB_FMT(input->path));
    for (size_t i = 0; code == OKB_OK && i < n; i++)
        code = import_file(run, normalizer, paths[i], input->forced, err);
    return code;
}

/* Says of each file that was read why it gave no goal; nothing where there were goals, but not of the cycle or team asked for. */
static void tell_empty_files(okb_run *run)
{
    for (uint32_t i = 0; i < run->plan.n_files; i++)
        if (run->plan.files[i].kind == OKB_FILE_GOALS && run->plan.files[i].used)
            return;
    for (uint32_t i = 0; i < run->plan.n_files; i++) {
        const okb_file *file = &run->plan.files[i];
        if (file->is_refused)
            continue;
        if (file->rows == 0)
            okb_diags_add(&run->diags, OKB_ERROR, file->path, file->header_line, (okb_span){NULL, 0},
                          "the file has a header and no row below it, export it again with its rows");
        else if (file->kind == OKB_FILE_CHECKINS)
            okb_diags_add(&run->diags, OKB_ERROR, file->path, 0, (okb_span){NULL, 0},
                          "these are check-ins, give the goals that they belong to as well");
        else if (file->kind == OKB_FILE_TEAMS)
            okb_diags_add(&run->diags, OKB_ERROR, file->path, 0, (okb_span){NULL, 0},
                          "this is a list of teams, give their goals as well");
    }
}

okb_code okb_run_import(okb_run *run, okb_err *err)
{
    okb_code code = OKB_OK;
    for (size_t i = 0; code == OKB_OK && i < run->options.n_inputs; i++) {
        progress(run, "reading", (double)i / (double)run->options.n_inputs);
        code = import_path(run, run->normalizer, &run->options.inputs[i], err);
    }
    if (code == OKB_OK)
        okb_normalizer_settle(run->normalizer);
    release_waiting(run);
    if (code == OKB_OK)
        code = okb_normalizer_finish(run->normalizer, &run->plan, err);
    return code;
}

static okb_code judge_and_score(okb_run *run, okb_plan *plan, okb_err *err)
{
    okb_code code = okb_judge_plan(run->judge, plan, &run->keep, err);
    progress(run, "scoring", 0.5);
    if (code == OKB_OK)
        code = okb_score_resolve(plan, run->config.settings, &run->keep, err);
    if (code == OKB_OK)
        code = okb_score_plan(plan, run->config.settings, &run->keep, err);
    if (code == OKB_OK)
        code = okb_judge_letters(run->judge, plan, &run->keep, err);
    if (code == OKB_OK)
        code = okb_score_rates(plan, run->config.settings, err);
    return code;
}

/* The goals of an earlier run, scored by today's rules. */
static okb_code load_previous(okb_run *run, okb_plan *previous, okb_err *err)
{
    okb_normalizer *normalizer = NULL;
    okb_normalize_options options = run->options.normalize;
    options.may_wait = false;
    options.format = (okb_span){NULL, 0}; /* what is said of the inputs' format is not said of this file */
    okb_code code = normalizer_new(run, &options, &normalizer, err);
    if (code == OKB_OK)
        code = import_file(run, normalizer, run->options.previous, OKB_FILE_GOALS, err);
    if (code == OKB_OK)
        code = okb_normalizer_finish(normalizer, previous, err);
    if (code == OKB_OK)
        code = judge_and_score(run, previous, err);
    okb_normalizer_free(normalizer);
    return code;
}

okb_code okb_run_plan(okb_run *run, okb_err *err)
{
    okb_plan previous = {0};
    okb_code code = okb_run_import(run, err);
    if (code == OKB_E_DATA)
        tell_empty_files(run);
    progress(run, "judging", 0);
    if (code == OKB_OK)
        code = judge_and_score(run, &run->plan, err);
    if (code == OKB_OK && run->options.previous.n)
        code = load_previous(run, &previous, err);
    progress(run, "reviewing", 0);
    if (code == OKB_OK)
        code = okb_review_plan(run->review, &run->plan, run->options.previous.n ? &previous : NULL, &run->keep, err);
    return code;
}
