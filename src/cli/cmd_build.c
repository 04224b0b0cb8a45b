/* okrbook build: the workbook, whole or not at all. */
#include <string.h>

#include "cli.h"
#include "okrbook/os.h"

/* The folder part of a path, "." where there is none. */
static okb_span folder_of(okb_span path, okb_arena *keep)
{
    for (size_t n = path.n; n > 0; n--)
        if (path.p[n - 1] == '/')
            return okb_arena_copy(keep, okb_span_sub(path, 0, n > 1 ? n - 1 : 1));
    return OKB_S(".");
}

/* Files that a workbook needs beside one for each sheet. */
enum { SPARE_FILES = 96 };

typedef struct build_job {
    const cli_options *options;
    okb_run *run;
    okb_span folder; /* of a split */
    okb_span logo;
    okb_span sha256;
} build_job;

static okb_workbook_options workbook_options(const build_job *job, uint32_t only_team, const char *path,
                                             okb_span folder)
{
    const cli_options *options = job->options;
    return (okb_workbook_options){
        .path = path,
        .scratch_folder = folder.p,
        .settings = okb_run_settings(job->run),
        .template_name = options->template_name.n ? options->template_name : OKB_S("board"),
        .profile = options->profile.n ? options->profile : OKB_S("board"),
        .only_team = only_team,
        .is_split = options->split.n != 0 && only_team == OKB_NONE,
        .logo = job->logo,
        .open_files = okb_os_raise_open_files((size_t)okb_run_get_plan(job->run)->n_teams + SPARE_FILES),
    };
}

/* Writes, reads back and puts in place one workbook. The file is open and locked; it is committed or abandoned here. */
static okb_code write_one(const build_job *job, uint32_t only_team, okb_outfile *file, okb_span folder, okb_err *err)
{
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    okb_workbook_options options = workbook_options(job, only_team, okb_outfile_temp_path(file), folder);
    okb_workbook_counts counts;
    okb_scratch_begin(folder.p);
    okb_code code = okb_write_workbook(okb_run_get_plan(job->run), &options, &scratch, &counts, err);
    /* A full disk shows in the scratch files first; the library does not look. */
    okb_err scratch_err = {0};
    okb_code scratch_code = okb_scratch_check(&scratch_err);
    if (scratch_code != OKB_OK) {
        code = scratch_code;
        *err = scratch_err;
    }
    if (code == OKB_OK)
        code = okb_write_verify(options.path, &counts, err);
    if (code == OKB_OK)
        code = okb_outfile_commit(file, err);
    else
        okb_outfile_abandon(file);
    okb_arena_reset(&scratch);
    return code;
}

static okb_code write_split_part(void *context, size_t ix, okb_err *err)
{
    const build_job *job = context;
    const okb_plan *plan = okb_run_get_plan(job->run);
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    uint32_t team_ix = ix < plan->n_teams ? (uint32_t)ix : OKB_NONE;
    okb_span name = okb_write_split_name(plan, team_ix, &scratch);
    okb_span path = okb_arena_printf(&scratch, "%.*s/%.*s", OKB_FMT(job->folder), OKB_FMT(name));
    okb_outfile *file;
    okb_code code = okb_outfile_open(path, &scratch, &file, err);
    if (code == OKB_OK)
        code = write_one(job, team_ix, file, job->folder, err);
    okb_arena_reset(&scratch);
    return code;
}

static okb_code write_split(build_job *job, okb_err *err)
{
    job->folder = job->options->output;
    okb_code code = okb_os_make_folder(job->folder, err);
    int jobs = job->options->jobs ? job->options->jobs : okb_os_cpu_count();
    /* The teams' workbooks first, the summary that links to them last. */
    if (code == OKB_OK)
        code = okb_os_fork_each(okb_run_get_plan(job->run)->n_teams, jobs, write_split_part, job, err);
    if (code == OKB_OK)
        code = write_split_part(job, okb_run_get_plan(job->run)->n_teams, err);
    return code;
}

static okb_code write_to_outfile(void *context, okb_span bytes)
{
    okb_err ignored = {0};
    return okb_outfile_write(context, bytes, &ignored);
}

static okb_code write_snapshot(const cli_options *options, okb_run *run, okb_err *err)
{
    okb_outfile *file;
    okb_code code = okb_outfile_open(options->snapshot, okb_run_arena(run), &file, err);
    if (code != OKB_OK)
        return code;
    okb_sink sink = {write_to_outfile, file};
    code = okb_write_export(okb_run_get_plan(run), OKB_EXPORT_GOALS, OKB_EXPORT_CSV, sink, err);
    if (code == OKB_OK)
        return okb_outfile_commit(file, err);
    okb_outfile_abandon(file);
    return okb_fail(err, code, "'%.*s' could not be written", OKB_FMT(options->snapshot));
}

static okb_code read_logo(build_job *job, okb_err *err)
{
    okb_span path = okb_setting_text(okb_run_settings(job->run), "workbook.logo");
    return path.n ? okb_os_read_file(path, (size_t)1 << 24, okb_run_arena(job->run), &job->logo, err) : OKB_OK;
}

static void hash_output(build_job *job)
{
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    okb_err ignored = {0};
    okb_span bytes;
    if (job->options->split.n == 0 &&
        okb_os_read_file(job->options->output, SIZE_MAX, &scratch, &bytes, &ignored) == OKB_OK) {
        char hex[65];
        okb_sha256_hex(bytes, hex);
        job->sha256 = okb_arena_copy(okb_run_arena(job->run), okb_span_of(hex));
    }
    okb_arena_reset(&scratch);
}

static okb_code build_all(build_job *job, okb_outfile *file, okb_err *err)
{
    const cli_options *options = job->options;
    okb_run *run = job->run;
    okb_code code = okb_run_configure(run, err);
    if (code == OKB_OK)
        code = read_logo(job, err);
    if (code == OKB_OK)
        code = okb_run_plan(run, err);
    if (code == OKB_OK)
        okb_cli_progress_show(options->run.progress_context, "writing", 0);
    if (code != OKB_OK) {
        if (file)
            okb_outfile_abandon(file);
        return code;
    }
    okb_os_raise_open_files(okb_run_get_plan(run)->n_teams + 256U);
    code = file ? write_one(job, OKB_NONE, file, folder_of(options->output, okb_run_arena(run)), err)
                : write_split(job, err);
    if (code == OKB_OK && options->snapshot.n)
        code = write_snapshot(options, run, err);
    return code;
}

/* Refuses to write over what is read. */
static okb_code check_outputs(const cli_options *options, okb_err *err)
{
    const okb_span outputs[] = {options->output, options->snapshot, options->status_file};
    for (size_t o = 0; o < sizeof outputs / sizeof *outputs; o++)
        for (size_t i = 0; outputs[o].n && i < options->inputs.n; i++)
            if (okb_os_path_kind(outputs[o]) != OKB_PATH_FOLDER &&
                okb_os_same_file(outputs[o], options->run.inputs[i].path))
                return okb_fail(err, OKB_E_USAGE, "'%.*s' is an input and would be overwritten, name another output",
                                OKB_FMT(outputs[o]));
    return OKB_OK;
}

int okb_cli_build(cli_options *options, okb_err *err)
{
    if (options->output.n == 0)
        return (int)okb_fail(err, OKB_E_USAGE, "build needs -o OUT.xlsx, the workbook to write");
    if (options->inputs.n == 0)
        return (int)okb_fail(err, OKB_E_USAGE, "build needs at least one input, a CSV file or a folder of them");
    okb_code outputs = check_outputs(options, err);
    if (outputs != OKB_OK)
        return (int)outputs;
    okb_run *run = okb_run_new(&options->run);
    build_job job = {.options = options, .run = run};
    okb_outfile *file = NULL;
    okb_code code = OKB_OK;
    /* Opened first: a locked or unwritable output is told before any work. */
    if (options->split.n == 0)
        code = okb_outfile_open(options->output, okb_run_arena(run), &file, err);
    if (code == OKB_OK)
        code = build_all(&job, file, err);
    okb_cli_message_diags(okb_run_diags(run));
    int status = code == OKB_OK ? okb_cli_verdict(options, run, err) : (int)code;
    if (code == OKB_OK && options->is_verbose) {
        const okb_plan *plan = okb_run_get_plan(run);
        okb_cli_message_note(
            "%u goals and %u check-ins of %u teams from %u files, %u rejected rows, %u findings; wrote '%.*s'",
            plan->n_goals, plan->n_checkins, plan->n_teams, plan->n_files, plan->n_rejects, plan->n_findings,
            OKB_FMT(options->output));
        okb_span headline = okb_write_headline(plan, okb_run_settings(run), okb_run_arena(run));
        okb_cli_message_note("headline: %.*s", OKB_FMT(headline));
    }
    if (options->status_file.n) {
        if (code == OKB_OK)
            hash_output(&job);
        cli_status said = {code == OKB_OK ? okb_run_get_plan(run) : NULL, status, job.sha256, err};
        okb_err status_err = {0};
        okb_code written = okb_cli_status_write(options, &said, &status_err);
        if (written != OKB_OK && status <= 1) {
            status = (int)written;
            *err = status_err;
        }
    }
    okb_run_free(run);
    return status;
}
