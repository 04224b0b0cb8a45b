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

int cli_verdict(const cli_options *options, okb_run *run, okb_err *err)
{
    const okb_plan *plan = okb_run_get_plan(run);
    if (options->is_strict && (plan->n_rejects || has_refused_file(plan)))
        return (int)okb_fail(err, OKB_E_DATA, "%u row%s rejected and --strict was given, see 'okrbook export rejects'",
                             plan->n_rejects, plan->n_rejects == 1 ? " was" : "s were");
    if (options->fail_on == FAIL_ON_NEVER)
        return 0;
    if (has_refused_file(plan))
        return 1;
    if (options->fail_on == FAIL_ON_FILES)
        return 0;
    /* A rejected row weighs as much as an error. */
    if (plan->n_rejects)
        return 1;
    return has_finding(plan, options->fail_on == FAIL_ON_ERROR ? OKB_ERROR : OKB_WARNING);
}
