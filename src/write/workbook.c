/* The workbook as a whole: settings, sheets in order, properties, close. */
#include "book.h"
#include "guard.h"
#include "sheets.h"
#include "summary_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS_A_DAY = 86400 };

static uint32_t setting_count(const okb_settings *settings, const char *name)
{
    double value = okb_setting_number(settings, name);
    return value > 0 ? (uint32_t)value : 0;
}

static void read_settings(okb_book *book, const okb_settings *s)
{
    book->set = (okb_book_settings){
        .is_rag = okb_setting_is(s, "workbook.palette", "rag"),
        .is_letter = okb_setting_is(s, "workbook.paper", "letter"),
        .has_benchmarks = okb_setting_is(s, "benchmarks", "on"),
        .missing_is_zero = okb_setting_is(s, "missing", "zero"),
        .missing_blocks = okb_setting_is(s, "missing", "block"),
        .is_preset = !okb_setting_is(s, "status.preset", "okrbook"),
        .threshold_is_last = okb_setting_is(s, "threshold.mode", "last"),
        .threshold_is_inclusive = okb_setting_is(s, "threshold.inclusive", "yes"),
        .title = okb_setting_text(s, "workbook.title"),
        .footer = okb_setting_text(s, "workbook.footer"),
        .red_max = okb_setting_number(s, "band.red"),
        .green_min = okb_setting_number(s, "band.green"),
        .committed_min = okb_setting_number(s, "success.committed"),
        .gap_on_track = okb_setting_number(s, "pace.on_track"),
        .gap_at_risk = okb_setting_number(s, "pace.at_risk"),
        .too_early_share = okb_setting_number(s, "pace.too_early"),
        .sheet_bytes = setting_count(s, "workbook.sheet_bytes"),
        .sheet_rows = setting_count(s, "workbook.sheet_rows"),
        .table_cells = setting_count(s, "workbook.table_cells"),
        .findings_per_team = setting_count(s, "workbook.findings_per_team"),
        .scoreboard_rows = setting_count(s, "workbook.scoreboard_rows"),
        .contents_from = setting_count(s, "workbook.contents_from"),
        .risks = setting_count(s, "workbook.risks"),
    };
}

/* ---- parameters ---- */

static const char *const param_names[OKB_PARAMS] = {
    [OKB_PARAM_CYCLE_NAME] = "Cycle_Name",     [OKB_PARAM_AS_OF] = "As_Of",
    [OKB_PARAM_CYCLE_END] = "Cycle_End",       [OKB_PARAM_RED_MAX] = "Red_Max",
    [OKB_PARAM_SUCCESS] = "Success_Threshold", [OKB_PARAM_COMMITTED] = "Success_Committed",
    [OKB_PARAM_GAP_ON_TRACK] = "Gap_On_Track", [OKB_PARAM_GAP_AT_RISK] = "Gap_At_Risk",
    [OKB_PARAM_TOO_EARLY] = "Too_Early",       [OKB_PARAM_RED_BELOW] = "Red_Below",
    [OKB_PARAM_GREEN_FROM] = "Green_From",
};

const char *okb_param_formula(okb_param param)
{
    return param == OKB_PARAM_RED_BELOW    ? "=INT(Red_Max*100+0.000001)/100+0.005-0.000000001"
           : param == OKB_PARAM_GREEN_FROM ? "=-INT(-Success_Threshold*100+0.000001)/100-0.005-0.000000001"
                                           : NULL;
}

const char *okb_param_name(okb_param param)
{
    return param_names[param];
}

okb_day okb_book_as_of(const okb_book *book)
{
    return book->as_of;
}

double okb_param_value(const okb_book *book, okb_param param)
{
    switch (param) {
    case OKB_PARAM_AS_OF:
        return okb_guard_serial(book->as_of);
    case OKB_PARAM_CYCLE_END:
        return okb_guard_serial(book->plan->cycles[book->plan->cycle_ix].due);
    case OKB_PARAM_RED_MAX:
        return book->set.red_max;
    case OKB_PARAM_SUCCESS:
        return book->set.green_min;
    case OKB_PARAM_COMMITTED:
        return book->set.committed_min;
    case OKB_PARAM_GAP_ON_TRACK:
        return book->set.gap_on_track;
    case OKB_PARAM_GAP_AT_RISK:
        return book->set.gap_at_risk;
    case OKB_PARAM_TOO_EARLY:
        return book->set.too_early_share;
    case OKB_PARAM_RED_BELOW: /* as their formulas have it: what rounds up to the next hundredth is out, what rounds to it is in */
        return floor(book->set.red_max * 100 + 1e-6) / 100 + 0.005 - 1e-9;
    case OKB_PARAM_GREEN_FROM:
        return -floor(-book->set.green_min * 100 + 1e-6) / 100 - 0.005 - 1e-9;
    case OKB_PARAM_CYCLE_NAME:
    case OKB_PARAMS:
        break;
    }
    return NAN;
}

const char *okb_param_ref(okb_book *book, okb_param param)
{
    if (okb_book_sheet(book, OKB_SHEET_METHOD))
        return param_names[param];
    return okb_book_printf(book, "%.10g", okb_param_value(book, param));
}

/* ---- open, write, close ---- */

/* A closed cycle was computed as of its end. */
static okb_day scores_as_of(const okb_plan *plan)
{
    for (uint32_t g = 0; plan->results && g < plan->n_goals; g++)
        if (plan->goals[g].cycle_ix == plan->cycle_ix && plan->results[g].as_of != OKB_DAY_NONE)
            return plan->results[g].as_of;
    return plan->as_of;
}

/* About how many cells there will be: decides whether rows are streamed to disk as they are written. */
static uint64_t estimate_cells(const okb_book *book)
{
    uint64_t cells = 0;
    for (uint32_t i = 0; i < book->n_sheets; i++) {
        const okb_sheet *sheet = &book->sheets[i];
        cells += (uint64_t)sheet->n_rows * okb_sheet_defs[sheet->kind].n_columns;
    }
    return cells;
}

static void set_properties(okb_book *book)
{
    const okb_plan *plan = book->plan;
    okb_span org = okb_arena_copy(&book->keep, okb_utf16_head(plan->org, 100));
    okb_span title = book->set.title.n
                         ? okb_utf16_head(book->set.title, 200)
                         : okb_arena_printf(&book->keep, "%s%sGoals and key results, %s", org.n ? org.p : "",
                                            org.n ? ": " : "", plan->cycles[plan->cycle_ix].name.p);
    char day[11];
    okb_day_print(plan->as_of, day);
    lxw_doc_properties p = {
        .title = okb_book_writable(book, title),
        .subject = okb_book_writable(book, okb_arena_printf(&book->keep, "Progress as of %s", day)),
        .author = okb_book_writable(book, org.n ? org : OKB_S("okrbook")),
        .company = okb_book_writable(book, org.n ? org : OKB_S("")),
        .category = okb_book_writable(book, OKB_S("Report")),
        .keywords = okb_book_writable(book, OKB_S("OKR, SMART, key results, goals")),
        .comments =
            okb_book_writable(book, OKB_S("Written by okrbook. The Method sheet says how each figure is made.")),
        /* Zero would mean now; no day that can be reported on is the first of 1970, but a reader may ask for it. */
        .created = (time_t)plan->as_of * SECONDS_A_DAY + 1,
    };
    okb_book_check(book, workbook_set_properties(book->workbook, &p), NULL, "set the document's properties");
}

/* The library quotes a name by its characters alone; one that reads as a number or as a cell (Q3, 2026, R1C1) would stand bare in
 * the print areas and filters, and Excel would call the file damaged. The library frees the name with the sheet. */
static void quote_name(okb_book *book, okb_sheet *sheet)
{
    okb_span ref = okb_span_sub(sheet->ref, 0, sheet->ref.n - 1);
    char *quoted = calloc(ref.n + 1, 1);
    if (!quoted) {
        okb_book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED, sheet, "keep a name");
        return;
    }
    memcpy(quoted, ref.p, ref.n);
    free(sheet->ws->quoted_name);
    sheet->ws->quoted_name = quoted;
}

static void add_sheets(okb_book *book)
{
    for (uint32_t i = 0; i < book->n_sheets && !okb_book_failed(book); i++) {
        okb_sheet *sheet = &book->sheets[i];
        sheet->ws = workbook_add_worksheet(book->workbook, sheet->name.p);
        sheet->is_streamed = book->is_streamed;
        if (!sheet->ws)
            book->code = okb_fail(book->err, OKB_E_IO, "cannot add sheet '%.*s': scratch files cannot be made",
                                  OKB_FMT(sheet->name));
        else
            quote_name(book, sheet);
    }
}

static void write_sheets(okb_book *book)
{
    for (uint32_t i = 0; i < book->n_sheets && !okb_book_failed(book); i++) {
        okb_sheet *sheet = &book->sheets[i];
        okb_facts_rewind(&book->facts);
        okb_sheet_defs[sheet->kind].write(book, sheet, okb_contents_rows(book, sheet->kind));
    }
    if (!okb_book_failed(book) && book->n_sheets) {
        worksheet_activate(book->sheets[0].ws);
        worksheet_set_first_sheet(book->sheets[0].ws);
    }
}

static void keep_counts(const okb_book *book, okb_arena *keep, okb_workbook_counts *out)
{
    okb_sheet_count *counts = OKB_NEW_N(keep, okb_sheet_count, book->n_sheets);
    for (uint32_t i = 0; i < book->n_sheets; i++)
        counts[i] =
            (okb_sheet_count){okb_arena_copy(keep, book->sheets[i].name), book->sheets[i].rows, book->sheets[i].cells};
    *out = (okb_workbook_counts){counts, book->n_sheets};
}

static void open_workbook(okb_book *book)
{
    uint64_t cells = estimate_cells(book);
    /* The texts of sheets that are not streamed share one part, and each text may stand on several sheets. */
    book->is_streamed = cells > book->set.table_cells || book->text_bytes > book->set.sheet_bytes / 2;
    /* A streamed sheet keeps a file open until the end. */
    enum { OTHER_FILES = 32, USUAL_FILES = 1024 };
    size_t files = book->options->open_files ? book->options->open_files : USUAL_FILES;
    if (book->n_sheets + OTHER_FILES > files)
        book->is_streamed = false;
    lxw_workbook_options options = {.constant_memory = book->is_streamed,
                                    .tmpdir = okb_book_writable(book, okb_span_of(book->options->scratch_folder))};
    book->workbook = workbook_new_opt(book->options->path, &options);
    if (!book->workbook)
        book->code = okb_fail(book->err, OKB_E_CREATE, "cannot make the workbook '%s'", book->options->path);
}

static void close_workbook(okb_book *book)
{
    if (!book->workbook)
        return;
    lxw_error error = workbook_close(book->workbook);
    book->workbook = NULL;
    if (error == LXW_NO_ERROR || book->code != OKB_OK)
        return;
    if (error == LXW_ERROR_ZIP_FILE_OPERATION || error == LXW_ERROR_ZIP_FILE_ADD || error == LXW_ERROR_ZIP_CLOSE)
        book->code = okb_fail(book->err, OKB_E_IO,
                              "cannot write the workbook to its end: the disk is full or failing, or a file may not be "
                              "so large; free some space or choose another folder");
    else
        book->code = okb_fail(book->err, error == LXW_ERROR_CREATING_XLSX_FILE ? OKB_E_CREATE : OKB_E_IO,
                              "cannot finish the workbook '%s': %s", book->options->path, lxw_strerror(error));
}

okb_code okb_write_workbook(const okb_plan *plan, const okb_workbook_options *options, okb_arena *keep,
                            okb_workbook_counts *out, okb_err *err)
{
    okb_book book = {.plan = plan, .options = options, .err = err};
    *out = (okb_workbook_counts){NULL, 0};
    okb_arena_init(&book.keep, 0);
    okb_facts_init(&book.facts, plan);
    read_settings(&book, options->settings);
    book.as_of = scores_as_of(plan);
    book.is_accessible = okb_span_eq(options->profile, OKB_S("accessible"));
    book.layouts = okb_layouts_make(plan, &book.keep);
    okb_contents_plan(&book);
    double width, height;
    if (options->logo.p && !okb_guard_png(options->logo, &width, &height))
        book.code = okb_fail(err, OKB_E_CONFIG, "the logo is not a whole PNG picture, set 'workbook.logo' to one");
    else if (book.n_sheets == 0)
        book.code = okb_fail(err, OKB_E_DATA, "there is no sheet to write: no goal of the cycle is left");
    else
        open_workbook(&book);
    if (!okb_book_failed(&book)) {
        okb_styles_make(&book);
        set_properties(&book);
        add_sheets(&book);
        write_sheets(&book);
    }
    close_workbook(&book);
    if (!okb_book_failed(&book))
        keep_counts(&book, keep, out);
    okb_buf_free(&book.text);
    okb_facts_free(&book.facts);
    okb_arena_reset(&book.keep);
    return book.code;
}

okb_span okb_write_headline(const okb_plan *plan, const okb_settings *settings, okb_arena *keep)
{
    okb_book book = {.plan = plan};
    okb_arena_init(&book.keep, 0);
    okb_facts_init(&book.facts, plan);
    read_settings(&book, settings);
    book.as_of = scores_as_of(plan);
    okb_summary_facts facts;
    okb_summary_gather(&book, &facts);
    okb_span text = okb_headline_make(plan, &facts, (okb_live_cells){.overall = NULL}, keep).text;
    okb_summary_release(&facts);
    okb_facts_free(&book.facts);
    okb_arena_reset(&book.keep);
    return text;
}
