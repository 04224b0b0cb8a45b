/* okrbook build: the workbook, whole or not at all. */
#include <string.h>

#include "cli.h"
#include "okrbook/os.h"

/* The number of bytes of a path up to its last slash; 0 where it has none. */
static size_t folder_bytes(okb_span path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return n;
}

/* The folder part of a path, "." where there is none. */
static okb_span folder_of(okb_span path, okb_arena *keep)
{
    size_t n = folder_bytes(path);
    return n == 0 ? OKB_S(".") : okb_arena_copy(keep, okb_span_sub(path, 0, n > 1 ? n - 1 : 1));
}

/* Files that a workbook needs beside one for each sheet. */
enum { SPARE_FILES = 96 };

typedef struct build_job {
    const cli_options *options;
    okb_run *run;
    okb_outfile *workbook, *snapshot; /* open and locked; NULL where there is none, or it is done with */
    okb_span folder;                  /* of a split */
    const okb_span *names;            /* of its files */
    okb_span logo, rule_pack;
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
        .is_split = options->split.n != 0,
        .logo = job->logo,
        .rule_pack = job->rule_pack,
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
    okb_cli_message_mute_library(true);
    okb_code code = okb_write_workbook(okb_run_get_plan(job->run), &options, &scratch, &counts, err);
    okb_cli_message_mute_library(false);
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
    okb_span name = job->names[ix];
    okb_span path = okb_arena_printf(&scratch, "%.*s/%.*s", OKB_FMT(job->folder), OKB_FMT(name));
    okb_outfile *file;
    okb_code code = okb_outfile_open(path, &scratch, &file, err);
    if (code == OKB_OK)
        code = write_one(job, team_ix, file, job->folder, err);
    okb_arena_reset(&scratch);
    return code;
}

/* Workbooks in the folder that this run did not write: of a team that is gone, or of another program. They may be old, and they are
 * not ours to remove. A folder that may be written but not listed is no reason to fail. */
static void tell_others(const build_job *job, okb_arena *scratch)
{
    enum { OTHERS_SHOWN = 5 };
    const okb_span suffix = OKB_S(".xlsx");
    okb_span *paths;
    size_t n = 0, n_others = 0;
    okb_err err = {0};
    if (okb_os_list_folder(job->folder, &suffix, 1, scratch, &paths, &n, &err) != OKB_OK)
        return;
    okb_map *written = okb_map_new();
    for (uint32_t i = 0; i <= okb_run_get_plan(job->run)->n_teams; i++)
        okb_map_put(written, job->names[i], i, NULL);
    okb_span list = {NULL, 0};
    for (size_t i = 0; i < n; i++) {
        okb_span name = okb_span_sub(paths[i], folder_bytes(paths[i]), paths[i].n);
        if (okb_map_get(written, name) != OKB_NONE)
            continue;
        if (n_others++ < OTHERS_SHOWN)
            list = okb_arena_printf(scratch, "%.*s%s'%.*s'", OKB_FMT(list), list.n ? ", " : "", OKB_FMT(name));
    }
    okb_map_free(written);
    okb_diags diags = {.keep = scratch};
    if (n_others)
        okb_diags_add(&diags, OKB_WARNING, job->folder, 0, (okb_span){NULL, 0},
                      "%zu %s not of this run: %.*s%s; remove what is out of date", n_others,
                      n_others == 1 ? "workbook here is" : "workbooks here are", OKB_FMT(list),
                      n_others > OTHERS_SHOWN ? " and more" : "");
    okb_cli_message_diags(&diags);
    okb_vec_free(&diags.items);
}

static okb_code write_split(build_job *job, okb_err *err)
{
    okb_arena names;
    okb_arena_init(&names, 0);
    job->names = okb_write_split_names(okb_run_get_plan(job->run), &names);
    job->folder = job->options->output;
    okb_code code = okb_os_make_folder(job->folder, err);
    int jobs = job->options->jobs ? job->options->jobs : okb_os_cpu_count();
    /* The teams' workbooks first, the summary that links to them last. */
    if (code == OKB_OK)
        code = okb_os_fork_each(okb_run_get_plan(job->run)->n_teams, jobs, write_split_part, job, err);
    if (code == OKB_OK)
        code = write_split_part(job, okb_run_get_plan(job->run)->n_teams, err);
    if (code == OKB_OK)
        tell_others(job, &names);
    okb_arena_reset(&names);
    return code;
}

typedef struct snapshot_writer {
    okb_outfile *file;
    okb_err err;
} snapshot_writer;

static okb_code write_to_snapshot(void *context, okb_span bytes)
{
    snapshot_writer *writer = context;
    return okb_outfile_write(writer->file, bytes, &writer->err);
}

static okb_code write_snapshot(const build_job *job, okb_err *err)
{
    snapshot_writer writer = {.file = job->snapshot};
    okb_sink sink = {write_to_snapshot, &writer};
    okb_code code = okb_write_export(okb_run_get_plan(job->run), OKB_EXPORT_GOALS, OKB_EXPORT_CSV, sink, err);
    if (writer.err.code != OKB_OK)
        *err = writer.err; /* it knows the reason */
    return code;
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

/* ---- outputs ------------------------------------------------------------------------------------------------ */

/* Whether two paths are, or would become, one file. */
static bool is_one_file(okb_span a, okb_span b, okb_arena *keep)
{
    okb_span folder_a = folder_of(a, keep), folder_b = folder_of(b, keep);
    return okb_os_same_file(a, b) ||
           (okb_span_eq(okb_span_sub(a, folder_bytes(a), a.n), okb_span_sub(b, folder_bytes(b), b.n)) &&
            okb_os_same_file(folder_a, folder_b));
}

static okb_code check_outputs(const cli_options *options, okb_arena *keep, okb_err *err)
{
    const okb_span outputs[] = {options->output, options->snapshot, options->status_file};
    enum { N_OUTPUTS = sizeof outputs / sizeof *outputs };
    for (size_t i = 0; i < N_OUTPUTS; i++)
        if (okb_span_eq(outputs[i], OKB_S("-")))
            return okb_fail(err, OKB_E_USAGE, "build cannot write to standard output, name a file");
    for (size_t i = 0; i < N_OUTPUTS; i++)
        for (size_t k = i + 1; outputs[i].n && k < N_OUTPUTS; k++)
            if (outputs[k].n && is_one_file(outputs[i], outputs[k], keep))
                return okb_fail(err, OKB_E_USAGE, "'%.*s' is given for two outputs, name another file for one of them",
                                OKB_FMT(outputs[k]));
    /* A snapshot may take the place of the one before: that is read first. */
    const okb_span previous = options->run.previous;
    if (previous.n && (okb_os_same_file(options->output, previous) ||
                       (options->status_file.n && okb_os_same_file(options->status_file, previous))))
        return okb_fail(err, OKB_E_USAGE, "'%.*s' is read by --previous and would be overwritten, name another output",
                        OKB_FMT(previous));
    return OKB_OK;
}

/* Refuses to write over what was read, also as a file of a folder. */
static okb_code check_inputs(const build_job *job, okb_err *err)
{
    const okb_span outputs[] = {job->options->output, job->options->snapshot, job->options->status_file};
    const okb_plan *plan = okb_run_get_plan(job->run);
    for (size_t o = 0; o < sizeof outputs / sizeof *outputs; o++) {
        if (okb_os_path_kind(outputs[o]) != OKB_PATH_FILE)
            continue;
        for (uint32_t i = 0; i < plan->n_files; i++)
            if (!okb_span_eq(plan->files[i].path, OKB_S("-")) && okb_os_same_file(outputs[o], plan->files[i].path))
                return okb_fail(err, OKB_E_USAGE, "'%.*s' is an input and would be overwritten, name another output",
                                OKB_FMT(outputs[o]));
    }
    return OKB_OK;
}

/* Before any work, so that a locked or unwritable output is told at once. */
static okb_code open_outputs(build_job *job, okb_err *err)
{
    const cli_options *options = job->options;
    okb_arena *keep = okb_run_arena(job->run);
    okb_code code = check_outputs(options, keep, err);
    if (code == OKB_OK && options->split.n == 0)
        code = okb_outfile_open(options->output, keep, &job->workbook, err);
    if (code == OKB_OK && options->snapshot.n)
        code = okb_outfile_open(options->snapshot, keep, &job->snapshot, err);
    /* The status file is only tried: it is written even where another run holds the outputs. */
    okb_outfile *status_file = NULL;
    if (code == OKB_OK && options->status_file.n)
        code = okb_outfile_open(options->status_file, keep, &status_file, err);
    okb_outfile_abandon(status_file);
    return code;
}

static okb_code build_all(build_job *job, okb_err *err)
{
    const cli_options *options = job->options;
    okb_run *run = job->run;
    okb_code code = open_outputs(job, err);
    if (code == OKB_OK)
        code = okb_run_configure(run, err);
    if (code == OKB_OK)
        code = read_logo(job, err);
    if (code == OKB_OK) {
        job->rule_pack = okb_run_rule_packs(run);
        code = okb_run_plan(run, err);
    }
    okb_cli_message_diags(okb_run_diags(run));
    if (code == OKB_OK)
        code = check_inputs(job, err);
    if (code == OKB_OK)
        code = okb_cli_check_strict(options, run, err);
    if (code == OKB_OK && job->snapshot)
        code = write_snapshot(job, err);
    if (code == OKB_OK) {
        okb_cli_progress_show(options->run.progress_context, "writing", 0);
        okb_os_raise_open_files(okb_run_get_plan(run)->n_teams + 256U);
        okb_outfile *file = job->workbook;
        job->workbook = NULL;
        code = file ? write_one(job, OKB_NONE, file, folder_of(options->output, okb_run_arena(run)), err)
                    : write_split(job, err);
    }
    if (code == OKB_OK && job->snapshot) {
        okb_outfile *file = job->snapshot;
        job->snapshot = NULL;
        code = okb_outfile_commit(file, err);
    }
    okb_outfile_abandon(job->workbook);
    okb_outfile_abandon(job->snapshot);
    return code;
}

static void tell_success(const build_job *job)
{
    const okb_plan *plan = okb_run_get_plan(job->run);
    okb_cli_message_note(
        "%u goals and %u check-ins of %u teams from %u files, %u rejected rows, %u findings; wrote '%.*s'",
        plan->n_goals, plan->n_checkins, plan->n_teams, plan->n_files, plan->n_rejects - plan->n_long_texts,
        plan->n_findings, OKB_FMT(job->options->output));
    okb_span headline = okb_write_headline(plan, okb_run_settings(job->run), okb_run_arena(job->run));
    okb_cli_message_note("headline: %.*s", OKB_FMT(headline));
}

int okb_cli_build(cli_options *options, okb_err *err)
{
    if (options->output.n == 0)
        return (int)okb_fail(err, OKB_E_USAGE, "build needs -o OUT.xlsx, the workbook to write");
    if (options->inputs.n == 0)
        return (int)okb_fail(err, OKB_E_USAGE, "build needs at least one input, a CSV file or a folder of them");
    okb_run *run = okb_run_new(&options->run);
    build_job job = {.options = options, .run = run};
    okb_code code = build_all(&job, err);
    int status = code == OKB_OK ? okb_cli_verdict(options, run) : (int)code;
    if (code == OKB_OK && options->is_verbose)
        tell_success(&job);
    if (options->status_file.n && code != OKB_E_USAGE) {
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
