/*
 * write: everything -> workbook, CSV, JSON Lines. The only room that knows libxlsxwriter.
 */
#ifndef OKRBOOK_WRITE_H
#define OKRBOOK_WRITE_H

#include "okrbook/base.h"
#include "okrbook/plan.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct okb_workbook_options {
    const char *path; /* the temporary path to write to */
    const char *scratch_folder;
    const okb_settings *settings;
    okb_span template_name; /* board | team | onepager | data */
    okb_span profile;       /* board | accessible */
    uint32_t only_team;     /* OKB_NONE, or the one team of a split workbook */
    bool is_split;      /* a workbook of a split: the summary's teams link to their files, and a team's leads back */
    okb_span rule_pack; /* name and version line for Method */
    okb_span logo;      /* PNG bytes; empty for none */
    size_t open_files;  /* files that the process may have open, as okb_os_raise_open_files says; 0: not known */
} okb_workbook_options;

/* File name of a split workbook: of the team, or of the summary where team_ix is OKB_NONE. Allowed on every system, unique among the
 * plan's teams, the same in every run. Kept. */
okb_span okb_write_split_name(const okb_plan *plan, uint32_t team_ix, okb_arena *keep);
/* The same of all teams at once, and in [n_teams] of the summary. */
const okb_span *okb_write_split_names(const okb_plan *plan, okb_arena *keep);

/* The Summary's headline: one sentence made of the numbers. Kept. */
okb_span okb_write_headline(const okb_plan *plan, const okb_settings *settings, okb_arena *keep);

/* What was meant to be written, for the check of the finished file. */
typedef struct okb_sheet_count {
    okb_span name;
    uint32_t rows;  /* rows with at least one cell */
    uint64_t cells; /* cells with a value or a formula */
} okb_sheet_count;
typedef struct okb_workbook_counts {
    const okb_sheet_count *sheets;
    size_t n_sheets;
} okb_workbook_counts;

/* Writes the workbook to options->path. Errors: OKB_E_CREATE, OKB_E_IO. */
okb_code okb_write_workbook(const okb_plan *plan, const okb_workbook_options *options, okb_arena *keep,
                            okb_workbook_counts *out, okb_err *err) OKB_MUST_USE;

/* Reads the finished file back: every part inflates with its CRC and ends with its closing tag, every sheet is there, rows and cells
 * are as many as were written. OKB_E_IO where it is not whole. */
okb_code okb_write_verify(const char *path, const okb_workbook_counts *counts, okb_err *err) OKB_MUST_USE;

typedef enum okb_export_table {
    OKB_EXPORT_GOALS,
    OKB_EXPORT_CHECKINS,
    OKB_EXPORT_TEAMS,
    OKB_EXPORT_FINDINGS,
    OKB_EXPORT_INPUTS,
    OKB_EXPORT_REJECTS
} okb_export_table;
typedef enum okb_export_format { OKB_EXPORT_CSV, OKB_EXPORT_JSONL } okb_export_format;

/* The columns of SPEC section 3, in that order; text cells that start like a formula are defused in CSV. */
okb_code okb_write_export(const okb_plan *plan, okb_export_table table, okb_export_format format, okb_sink sink,
                          okb_err *err) OKB_MUST_USE;

/* Verdicts of bare statements: id,text,kind,class,... of SPEC section 4. verdicts[n] go with texts[n], ids[n], kinds[n]. */
okb_code okb_write_verdicts(const okb_span *ids, const okb_span *texts, const okb_kind *kinds,
                            const okb_verdict *verdicts, size_t n, okb_export_format format, okb_sink sink,
                            okb_err *err) OKB_MUST_USE;

/* Writes any rows as CSV or JSON Lines with the same quoting and defusing; used by the other exports and by `init`. */
typedef struct okb_record okb_record;
okb_record *okb_record_new(okb_sink sink, okb_export_format format, const char *const *columns, size_t n_columns);
void okb_record_text(okb_record *record, okb_span value);
void okb_record_number(okb_record *record, double value); /* NaN: empty / null */
void okb_record_day(okb_record *record, okb_day value);
okb_code okb_record_end(okb_record *record, okb_err *err) OKB_MUST_USE; /* ends the row */
void okb_record_free(okb_record *record);

#ifdef __cplusplus
}
#endif

#endif
