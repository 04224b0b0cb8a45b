/* okrbook export: one of the tables as CSV or JSON Lines. */
#include "cli.h"

static okb_code find_table(okb_span word, okb_export_table *out, okb_err *err)
{
    static const char *const names[] = {"goals", "checkins", "teams", "findings", "inputs", "rejects"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (okb_span_eq(word, okb_span_of(names[i]))) {
            *out = (okb_export_table)i;
            return OKB_OK;
        }
    return okb_fail(err, OKB_E_USAGE,
                    "export has no table '%.*s', it is goals, checkins, teams, findings, inputs or rejects",
                    OKB_FMT(word));
}

int okb_cli_export(cli_options *options, okb_err *err)
{
    okb_export_table table = OKB_EXPORT_GOALS;
    size_t first = 0; /* the table's name is the first plain word; forced files may stand before it */
    while (first < options->inputs.n && options->run.inputs[first].forced != OKB_FILE_UNKNOWN)
        first++;
    if (first == options->inputs.n)
        return (int)okb_fail(err, OKB_E_USAGE,
                             "export needs a table: goals, checkins, teams, findings, inputs or rejects");
    okb_code code = find_table(options->run.inputs[first].path, &table, err);
    if (code != OKB_OK)
        return (int)code;
    okb_input_path *inputs = options->inputs.items;
    for (size_t i = first; i + 1 < options->inputs.n; i++)
        inputs[i] = inputs[i + 1];
    options->run.n_inputs = --options->inputs.n;
    if (options->inputs.n == 0)
        return (int)okb_fail(err, OKB_E_USAGE, "export needs at least one input, a CSV file or a folder of them");
    bool needs_import_only = table == OKB_EXPORT_INPUTS || table == OKB_EXPORT_REJECTS;
    okb_run *run = okb_run_new(&options->run);
    code = okb_run_configure(run, err);
    if (code == OKB_OK)
        code = needs_import_only ? okb_run_import(run, err) : okb_run_plan(run, err);
    /* How inputs were read is asked for most when none of them could be used. */
    bool can_tell = code == OKB_OK || (code == OKB_E_DATA && needs_import_only);
    okb_cli_message_diags(okb_run_diags(run));
    if (can_tell) {
        okb_err write_err = {0};
        okb_code written = okb_write_export(okb_run_get_plan(run), table,
                                            options->format == FORMAT_JSONL ? OKB_EXPORT_JSONL : OKB_EXPORT_CSV,
                                            okb_cli_stdout, &write_err);
        if (code == OKB_OK && written != OKB_OK) {
            code = written;
            *err = write_err;
        }
    }
    if (code == OKB_OK)
        code = okb_cli_check_strict(options, run, err);
    int status = code == OKB_OK ? okb_cli_verdict(options, run) : (int)code;
    okb_run_free(run);
    return status;
}
