/* okrbook check: the findings, like a compiler. */
#include "cli.h"

/* Findings of one team that are shown at first sight; the ranks say which. */
static bool is_shown(const cli_options *options, const okb_finding *finding, uint32_t per_team)
{
    return !finding->is_silenced && (options->is_verbose || (finding->rank != 0 && finding->rank <= per_team));
}

static void print_place(const okb_plan *plan, const okb_finding *finding)
{
    if (finding->source.file_ix != OKB_NONE)
        okb_cli_print("%.*s:%u: ", OKB_FMT(plan->files[finding->source.file_ix].path), finding->source.line);
    else if (finding->team_ix != OKB_NONE)
        okb_cli_print("%.*s: ", OKB_FMT(plan->teams[finding->team_ix].name));
    else
        okb_cli_print("all teams: ");
}

static void print_finding(const cli_options *options, const okb_plan *plan, const okb_finding *finding)
{
    /* With all of a group in sight none has to speak for the others. */
    okb_span message = finding->grouped.n && !options->is_verbose ? finding->grouped : finding->message;
    print_place(plan, finding);
    okb_cli_print("%s: %.*s [%.*s]\n", okb_severity_name(finding->severity), OKB_FMT(message),
                  OKB_FMT(finding->def->code));
    if (finding->question.n)
        okb_cli_print("    ask: %.*s\n", OKB_FMT(finding->question));
    if (options->is_verbose && finding->evidence.n)
        okb_cli_print("    evidence: %.*s\n", OKB_FMT(finding->evidence));
}

static void print_team(const cli_options *options, const okb_plan *plan, const uint32_t *order, size_t n)
{
    uint32_t per_team = (uint32_t)options->findings_per_team;
    uint32_t hidden = 0;
    const okb_finding *first = &plan->findings[order[0]];
    okb_cli_print("%.*s\n", first->team_ix == OKB_NONE ? 9 : (int)plan->teams[first->team_ix].name.n,
                  first->team_ix == OKB_NONE ? "All teams" : plan->teams[first->team_ix].name.p);
    for (size_t i = 0; i < n; i++) {
        const okb_finding *finding = &plan->findings[order[i]];
        if (is_shown(options, finding, per_team))
            print_finding(options, plan, finding);
        else if (!finding->is_silenced)
            hidden++;
    }
    if (hidden)
        okb_cli_print("    ... and %u more, see all with -v\n", hidden);
}

static int compare_rank(const okb_plan *plan, uint32_t a, uint32_t b)
{
    const okb_finding *x = &plan->findings[a], *y = &plan->findings[b];
    if (x->team_ix != y->team_ix) /* OKB_NONE, the company as a whole, first */
        return x->team_ix + 1U < y->team_ix + 1U ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank - 1U < y->rank - 1U ? -1 : 1; /* unranked ones last */
    return a < b ? -1 : a > b;
}

/* A merge sort: stable, no callback context needed, n log n. */
static void sort_by_rank(const okb_plan *plan, uint32_t *order, uint32_t *spare, size_t n)
{
    if (n < 2)
        return;
    size_t half = n / 2;
    sort_by_rank(plan, order, spare, half);
    sort_by_rank(plan, order + half, spare, n - half);
    size_t a = 0, b = half;
    for (size_t i = 0; i < n; i++)
        spare[i] = b == n || (a < half && compare_rank(plan, order[a], order[b]) <= 0) ? order[a++] : order[b++];
    for (size_t i = 0; i < n; i++)
        order[i] = spare[i];
}

static void print_text(const cli_options *options, okb_run *run)
{
    const okb_plan *plan = okb_run_get_plan(run);
    size_t n = plan->n_findings;
    uint32_t *order = OKB_NEW_N(okb_run_arena(run), uint32_t, n);
    uint32_t *spare = OKB_NEW_N(okb_run_arena(run), uint32_t, n);
    uint32_t counts[3] = {0};
    for (size_t i = 0; i < n; i++) {
        order[i] = (uint32_t)i;
        if (!plan->findings[i].is_silenced)
            counts[plan->findings[i].severity]++;
    }
    sort_by_rank(plan, order, spare, n);
    for (size_t from = 0, to; from < n; from = to) {
        to = from + 1;
        while (to < n && plan->findings[order[to]].team_ix == plan->findings[order[from]].team_ix)
            to++;
        if (from)
            okb_cli_print("\n");
        print_team(options, plan, order + from, to - from);
    }
    okb_cli_print("%s%u error%s, %u warning%s, %u note%s\n", n ? "\n" : "", counts[OKB_ERROR],
                  counts[OKB_ERROR] == 1 ? "" : "s", counts[OKB_WARNING], counts[OKB_WARNING] == 1 ? "" : "s",
                  counts[OKB_INFO], counts[OKB_INFO] == 1 ? "" : "s");
}

int okb_cli_check(cli_options *options, okb_err *err)
{
    if (options->inputs.n == 0)
        return (int)okb_fail(err, OKB_E_USAGE, "check needs at least one input, a CSV file or a folder of them");
    if (options->fail_on == FAIL_ON_FILES)
        options->fail_on = FAIL_ON_ERROR;
    okb_run *run = okb_run_new(&options->run);
    okb_code code = okb_run_configure(run, err);
    if (code == OKB_OK)
        code = okb_run_plan(run, err);
    okb_cli_message_diags(okb_run_diags(run));
    if (code == OKB_OK) {
        options->findings_per_team = okb_setting_number(okb_run_settings(run), "findings.per_team");
        if (options->format == FORMAT_CSV || options->format == FORMAT_JSONL)
            code = okb_write_export(okb_run_get_plan(run), OKB_EXPORT_FINDINGS,
                                    options->format == FORMAT_CSV ? OKB_EXPORT_CSV : OKB_EXPORT_JSONL, okb_cli_stdout,
                                    err);
        else
            print_text(options, run);
    }
    if (code == OKB_OK)
        code = okb_cli_check_strict(options, run, err);
    int status = code == OKB_OK ? okb_cli_verdict(options, run) : (int)code;
    okb_run_free(run);
    return status;
}
