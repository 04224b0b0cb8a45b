/* okrbook judge: verdicts of bare statements, and their agreement with labels. */
#include "cli.h"
#include "okrbook/os.h"

static size_t column_ix(const okb_table *table, okb_span name)
{
    for (size_t i = 0; i < okb_table_width(table, 0); i++)
        if (okb_text_same(okb_table_cell(table, 0, i), name))
            return i;
    return SIZE_MAX;
}

/* A list of statements has texts, an export has titles. */
static size_t text_column_ix(const okb_table *table)
{
    size_t ix = column_ix(table, OKB_S("text"));
    return ix != SIZE_MAX ? ix : column_ix(table, OKB_S("title"));
}

static okb_code read_input(const cli_options *options, okb_run *run, okb_span path, okb_table *out, bool *has_header,
                           okb_err *err)
{
    okb_span bytes;
    okb_read_options read = options->run.read;
    okb_code code = okb_os_read_file(path, (size_t)okb_setting_number(okb_run_settings(run), "limit.file_bytes"),
                                     okb_run_arena(run), &bytes, err);
    if (code != OKB_OK)
        return code;
    okb_err as_csv = {0};
    *has_header = okb_read_table(bytes, path, &read, okb_run_arena(run), out, &as_csv) == OKB_OK && out->n_rows &&
                  text_column_ix(out) != SIZE_MAX;
    return *has_header ? OKB_OK : okb_read_lines(bytes, path, &read, okb_run_arena(run), out, err);
}

typedef struct statements {
    okb_span *ids, *texts;
    okb_kind *kinds;
    okb_verdict *verdicts;
    size_t n;
} statements;

static okb_kind read_kind(okb_span word)
{
    /* `task` is what label files call an initiative. */
    return okb_text_same(word, OKB_S("task")) ? OKB_INITIATIVE : okb_kind_parse(word);
}

static void collect(const okb_table *table, bool has_header, okb_arena *keep, statements *out)
{
    size_t text_ix = has_header ? text_column_ix(table) : 0;
    size_t id_ix = has_header ? column_ix(table, OKB_S("id")) : SIZE_MAX;
    size_t kind_ix = has_header ? column_ix(table, OKB_S("kind")) : SIZE_MAX;
    out->ids = OKB_NEW_N(keep, okb_span, table->n_rows);
    out->texts = OKB_NEW_N(keep, okb_span, table->n_rows);
    out->kinds = OKB_NEW_N(keep, okb_kind, table->n_rows);
    out->verdicts = OKB_NEW_N(keep, okb_verdict, table->n_rows);
    for (size_t row_ix = has_header ? 1 : 0; row_ix < table->n_rows; row_ix++) {
        okb_span text = okb_table_cell(table, row_ix, text_ix);
        if (okb_span_trim(text).n == 0)
            continue;
        out->texts[out->n] = okb_arena_copy(keep, text);
        out->ids[out->n] = id_ix == SIZE_MAX ? okb_arena_printf(keep, "%u", table->rows[row_ix].line)
                                             : okb_arena_copy(keep, okb_table_cell(table, row_ix, id_ix));
        out->kinds[out->n] = kind_ix == SIZE_MAX ? OKB_KIND_NONE : read_kind(okb_table_cell(table, row_ix, kind_ix));
        out->n++;
    }
}

static okb_code judge_file(const cli_options *options, okb_run *run, okb_span path, okb_err *err)
{
    okb_table table;
    bool has_header;
    okb_code code = read_input(options, run, path, &table, &has_header, err);
    if (code != OKB_OK)
        return code;
    statements all = {0};
    okb_arena *keep = okb_run_arena(run);
    collect(&table, has_header, keep, &all);
    if (all.n == 0)
        return okb_fail_at(err, OKB_E_DATA, path, 0, OKB_S(""),
                           "no statement found, give one a line or a CSV with a 'text' or 'title' column");
    /* A deadline without a year belongs to the year of the as-of date. */
    int year, month, mday;
    okb_day_split(options->run.normalize.as_of, &year, &month, &mday);
    for (size_t i = 0; code == OKB_OK && i < all.n; i++) {
        okb_statement statement = {.text = all.texts[i],
                                   .kind = all.kinds[i],
                                   .start = okb_day_of(year, 1, 1),
                                   .due = okb_day_of(year, 12, 31),
                                   .text_only = true};
        code = okb_judge_statement(okb_run_judge(run), &statement, keep, &all.verdicts[i], err);
        if (all.kinds[i] == OKB_KIND_NONE)
            all.kinds[i] = all.verdicts[i].kind_read;
    }
    if (code == OKB_OK)
        code = okb_write_verdicts(all.ids, all.texts, all.kinds, all.verdicts, all.n,
                                  options->format == FORMAT_JSONL ? OKB_EXPORT_JSONL : OKB_EXPORT_CSV, okb_cli_stdout,
                                  err);
    return code;
}

static okb_code judge_corpus(const cli_options *options, okb_run *run, okb_err *err)
{
    okb_table labels;
    okb_span bytes;
    okb_code code = okb_os_read_file(options->corpus, SIZE_MAX, okb_run_arena(run), &bytes, err);
    if (code == OKB_OK)
        code = okb_read_table(bytes, options->corpus, &options->run.read, okb_run_arena(run), &labels, err);
    if (code == OKB_OK)
        code = okb_judge_corpus(okb_run_judge(run), &labels, options->is_verbose, okb_cli_stdout, err);
    return code;
}

int okb_cli_judge(cli_options *options, okb_err *err)
{
    if (options->inputs.n > 1 || (options->corpus.n && options->inputs.n))
        return (int)okb_fail(err, OKB_E_USAGE, "judge reads one file of statements, or --corpus FILE");
    okb_run *run = okb_run_new(&options->run);
    okb_code code = okb_run_configure(run, err);
    if (code == OKB_OK && options->corpus.n)
        code = judge_corpus(options, run, err);
    else if (code == OKB_OK)
        code = judge_file(options, run, options->inputs.n ? options->run.inputs[0].path : OKB_S("-"), err);
    okb_cli_message_diags(okb_run_diags(run));
    okb_run_free(run);
    return (int)code;
}
