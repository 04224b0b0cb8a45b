/* okrbook formats: the known formats, or how each given file is read. */
#include "cli.h"
#include "okrbook/os.h"

static void list_formats(okb_run *run)
{
    const okb_format *formats;
    size_t n = okb_normalizer_formats(okb_run_normalizer(run), &formats);
    for (size_t i = 0; i < n; i++) {
        okb_cli_print("%-22.*s %.*s\n", OKB_FMT(formats[i].name), OKB_FMT(formats[i].title));
        if (formats[i].signature.n)
            okb_cli_print("%-22s told by: %.*s\n", "", OKB_FMT(formats[i].signature));
        if (formats[i].note.n)
            okb_cli_print("%-22s %.*s\n", "", OKB_FMT(formats[i].note));
    }
}

static const char *delimiter_name(char c)
{
    return c == ',' ? "comma" : c == ';' ? "semicolon" : c == '\t' ? "tab" : c == '|' ? "pipe" : "other";
}

static void explain_columns(const okb_file *file)
{
    bool has_unused = false;
    okb_cli_print("  columns:\n");
    for (uint32_t i = 0; i < file->n_columns; i++) {
        const okb_column_use *use = &file->columns[i];
        if (use->field.n == 0) {
            has_unused = true;
            continue;
        }
        okb_cli_print("    %-28.*s -> %-12.*s %.*s\n", OKB_FMT(use->header), OKB_FMT(use->field),
                      OKB_FMT(use->reading));
    }
    if (!has_unused)
        return;
    okb_cli_print("  not used:\n");
    for (uint32_t i = 0; i < file->n_columns; i++)
        if (file->columns[i].field.n == 0)
            okb_cli_print("    %.*s%s%.*s\n", OKB_FMT(file->columns[i].header), file->columns[i].reading.n ? ": " : "",
                          OKB_FMT(file->columns[i].reading));
}

static void explain_file(const okb_plan *plan, uint32_t file_ix)
{
    static const char *const kinds[] = {"unknown", "goals", "check-ins", "teams"};
    const okb_file *file = &plan->files[file_ix];
    okb_cli_print("%.*s\n", OKB_FMT(file->path));
    if (file->format.n)
        okb_cli_print("  format:    %.*s (%s)%s%.*s\n", OKB_FMT(file->format), kinds[file->kind],
                      file->format_reason.n ? ", " : "", OKB_FMT(file->format_reason));
    if (file->encoding.n)
        okb_cli_print("  encoding:  %.*s, delimiter %s, header in line %u\n", OKB_FMT(file->encoding),
                      delimiter_name(file->delimiter), file->header_line);
    if (file->n_columns)
        explain_columns(file);
    for (uint32_t i = 0; i < file->n_skips; i++)
        okb_cli_print("  skipped:   %u x %.*s, first in line %u\n", file->skips[i].count,
                      OKB_FMT(file->skips[i].reason), file->skips[i].first_line);
    for (uint32_t i = 0; i < file->n_repairs; i++)
        okb_cli_print("  repaired:  %u x %.*s, first in line %u\n", file->repairs[i].count,
                      OKB_FMT(file->repairs[i].what), file->repairs[i].first_line);
    okb_cli_print("  rows:      %u = %u used + %u merged + %u rejected%s\n", file->rows, file->used, file->merged,
                  file->rejected, file->is_refused ? " (the file is refused)" : "");
}

static void explain_rejects(const okb_reject *rejects, uint32_t n)
{
    enum { MOST_TOLD = 20 };
    for (uint32_t i = 0; i < n && i < MOST_TOLD; i++)
        okb_cli_print("  rejected:  line %u%s%.*s%s: %.*s\n", rejects[i].source.line,
                      rejects[i].column.n ? ", column '" : "", OKB_FMT(rejects[i].column),
                      rejects[i].column.n ? "'" : "", OKB_FMT(rejects[i].reason));
    if (n > MOST_TOLD)
        okb_cli_print("             and %u more, 'okrbook export rejects' lists them all\n", n - MOST_TOLD);
}

static void explain_files(const okb_plan *plan)
{
    uint32_t from = 0; /* the rejects stand in the order of the files */
    for (uint32_t i = 0; i < plan->n_files; i++) {
        uint32_t to = from;
        while (to < plan->n_rejects && plan->rejects[to].source.file_ix == i)
            to++;
        explain_file(plan, i);
        explain_rejects(plan->rejects + from, to - from);
        from = to;
    }
}

/* How check-ins are read can be told without the goals that they belong to. */
static bool is_recognized(const okb_plan *plan)
{
    for (uint32_t i = 0; i < plan->n_files; i++)
        if (plan->files[i].is_refused || plan->files[i].rows == 0)
            return false;
    return plan->n_files > 0;
}

static okb_code put_mapping(okb_record *record, const char *table, okb_span header, okb_span field, okb_span as,
                            okb_span note, okb_err *err)
{
    okb_record_text(record, OKB_S("*"));
    okb_record_text(record, okb_span_of(table));
    okb_record_text(record, header);
    okb_record_text(record, field);
    okb_record_text(record, as);
    okb_record_text(record, note);
    return okb_record_end(record, err);
}

/* The headers of a file in which no header line was found: those of the fullest of its first rows. */
static okb_code map_unknown(const cli_options *options, okb_run *run, okb_record *record, okb_err *err)
{
    enum { FIRST_ROWS = 10 };
    okb_span bytes;
    okb_table table;
    okb_code code = okb_os_read_file(options->map, SIZE_MAX, okb_run_arena(run), &bytes, err);
    if (code == OKB_OK)
        code = okb_read_table(bytes, options->map, &options->run.read, okb_run_arena(run), &table, err);
    size_t header = 0, most = 0;
    for (size_t row_ix = 0; code == OKB_OK && row_ix < table.n_rows && row_ix < FIRST_ROWS; row_ix++) {
        size_t filled = 0;
        for (size_t i = 0; i < okb_table_width(&table, row_ix); i++)
            filled += okb_span_trim(okb_table_cell(&table, row_ix, i)).n != 0;
        if (filled > most) {
            most = filled;
            header = row_ix;
        }
    }
    for (size_t i = 0; code == OKB_OK && i < okb_table_width(&table, header); i++)
        code = put_mapping(record, "goals", okb_span_trim(okb_table_cell(&table, header, i)), OKB_S(""), OKB_S(""),
                           OKB_S(""), err);
    return code;
}

/* A columns table with a row for each column of the file as it is read now; unused ones with an empty field to fill in. */
static okb_code write_map(const cli_options *options, okb_run *run, okb_err *err)
{
    static const char *const columns[] = {"profile", "table", "header", "field", "as", "note"};
    const okb_plan *plan = okb_run_get_plan(run);
    const okb_file *file = plan->n_files ? &plan->files[plan->n_files - 1] : NULL;
    okb_record *record = okb_record_new(okb_cli_stdout, OKB_EXPORT_CSV, columns, sizeof columns / sizeof *columns);
    okb_code code = OKB_OK;
    if (!file || file->n_columns == 0)
        code = map_unknown(options, run, record, err);
    else
        for (uint32_t i = 0; code == OKB_OK && i < file->n_columns; i++)
            code = put_mapping(record, file->kind == OKB_FILE_CHECKINS ? "checkins" : "goals", file->columns[i].header,
                               file->columns[i].table_field, file->columns[i].table_as, file->columns[i].reading, err);
    okb_record_free(record);
    return code;
}

int okb_cli_formats(cli_options *options, okb_err *err)
{
    if (options->map.n) {
        okb_input_path *input = okb_vec_push(&options->inputs, okb_input_path);
        *input = (okb_input_path){options->map, OKB_FILE_UNKNOWN};
        options->run.inputs = options->inputs.items;
        options->run.n_inputs = options->inputs.n;
    }
    okb_run *run = okb_run_new(&options->run);
    okb_code code = okb_run_configure(run, err);
    if (code == OKB_OK && options->inputs.n == 0)
        list_formats(run);
    else if (code == OKB_OK) {
        code = okb_run_import(run, err);
        if (code == OKB_E_DATA && is_recognized(okb_run_get_plan(run))) {
            code = OKB_OK;
            *err = (okb_err){0};
        }
        if (options->map.n && (code == OKB_OK || code == OKB_E_DATA)) {
            okb_err map_err = {0};
            okb_code written = write_map(options, run, &map_err);
            if (code == OKB_OK && written != OKB_OK) {
                code = written;
                *err = map_err;
            }
        } else {
            explain_files(okb_run_get_plan(run));
        }
    }
    okb_cli_message_diags(okb_run_diags(run));
    okb_run_free(run);
    return (int)code;
}
