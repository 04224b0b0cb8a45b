/* From findings, rejects and refused files to the exit status. */
#include "cli.h"

static bool has_refused_file(const okb_plan *plan)
{
    for (uint32_t i = 0; i < plan->n_files; i++)
        if (plan->files[i].is_refused)
            return true;
    return false;
}

static bool has_finding(const okb_plan *plan, okb_severity at_least)
{
    for (uint32_t i = 0; i < plan->n_findings; i++)
        if (!plan->findings[i].is_silenced && plan->findings[i].severity >= at_least)
            return true;
    return false;
}

/* The first rejected rows of the run; the rest is in the Import log and in `export rejects`. */
static void tell_rejects(const okb_plan *plan, okb_arena *keep, okb_severity severity)
{
    enum { MOST_TOLD = 20, MOST_SHOWN = 200 };
    okb_diags told = {.keep = keep};
    for (uint32_t i = 0; i < plan->n_rejects && i < MOST_TOLD; i++) {
        const okb_reject *reject = &plan->rejects[i];
        okb_span file = plan->files[reject->source.file_ix].path;
        if (reject->value.n)
            okb_diags_add(&told, severity, file, reject->source.line, reject->column, "'%.*s': %.*s",
                          OKB_FMT(okb_utf16_head(reject->value, MOST_SHOWN)), OKB_FMT(reject->reason));
        else
            okb_diags_add(&told, severity, file, reject->source.line, reject->column, "%.*s", OKB_FMT(reject->reason));
    }
    if (plan->n_rejects > MOST_TOLD)
        okb_diags_add(&told, severity, (okb_span){NULL, 0}, 0, (okb_span){NULL, 0},
                      "%u more rows were rejected, 'okrbook export rejects' lists them all",
                      plan->n_rejects - MOST_TOLD);
    okb_cli_message_diags(&told);
    okb_vec_free(&told.items);
}

okb_code okb_cli_check_strict(const cli_options *options, okb_run *run, okb_err *err)
{
    const okb_plan *plan = okb_run_get_plan(run);
    if (options->is_strict || options->is_verbose)
        tell_rejects(plan, okb_run_arena(run), options->is_strict ? OKB_ERROR : OKB_WARNING);
    if (!options->is_strict || !(plan->n_rejects > plan->n_long_texts || has_refused_file(plan)))
        return OKB_OK;
    return okb_fail(err, OKB_E_DATA, "rows or files were rejected and --strict was given");
}

int okb_cli_verdict(const cli_options *options, const okb_run *run)
{
    const okb_plan *plan = okb_run_get_plan(run);
    if (options->fail_on == FAIL_ON_NEVER)
        return 0;
    if (has_refused_file(plan))
        return 1;
    if (options->fail_on == FAIL_ON_FILES)
        return 0;
    /* A rejected row weighs as much as an error. */
    if (plan->n_rejects > plan->n_long_texts)
        return 1;
    return has_finding(plan, options->fail_on == FAIL_ON_ERROR ? OKB_ERROR : OKB_WARNING);
}
