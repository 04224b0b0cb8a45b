/*
 * normalize: tables -> plan. Recognizes the format, maps columns, reads dates, numbers and words, builds the hierarchy,
 * merges doubles, joins check-ins to goals and accounts for every row.
 */
#ifndef OKRBOOK_NORMALIZE_H
#define OKRBOOK_NORMALIZE_H

#include "okrbook/base.h"
#include "okrbook/plan.h"
#include "okrbook/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum okb_date_order { OKB_ORDER_PROVE, OKB_ORDER_DMY, OKB_ORDER_MDY, OKB_ORDER_YMD } okb_date_order;

typedef struct okb_normalize_options {
    okb_date_order date_order;
    char decimal;    /* '.', ',' or 0: proved per file */
    okb_span format; /* --input-format; empty: told from the header */
    okb_span org;
    okb_day as_of;
    okb_span cycle;        /* --cycle; empty: the one that holds the as-of date, else the latest */
    const okb_span *teams; /* --team filter on names, folded; all where n_teams is 0 */
    size_t n_teams;
    bool
        may_wait; /* files of check-ins that come before any goal wait for settle, so that no raw row need be kept for the rejects */
} okb_normalize_options;

typedef struct okb_normalizer okb_normalizer;

/*
 * columns: the columns table (profiles and aliases), words: the words table; a user's rows come after and win.
 * Everything that lives on goes to `keep`. Mistakes in the tables go to diags, all of them, then OKB_E_CONFIG.
 */
okb_code okb_normalizer_new(const okb_table *columns, size_t n_columns, const okb_table *words, size_t n_words,
                            const okb_settings *settings, const okb_normalize_options *options, okb_arena *keep,
                            okb_diags *diags, okb_normalizer **out, okb_err *err) OKB_MUST_USE;
void okb_normalizer_free(okb_normalizer *normalizer);

/*
 * Takes one file's rows. forced: the kind given on the command line, or OKB_FILE_UNKNOWN. The table may be released
 * afterwards. A file that cannot be used as a whole (no title column, dates that prove no order ...) is recorded as refused, its
 * rows as rejects, and the error is returned as OKB_E_DATA; the caller adds it to the diagnostics and goes on with the other files.
 */
okb_code okb_normalizer_add(okb_normalizer *normalizer, const okb_table *table, okb_file_kind forced,
                            okb_err *err) OKB_MUST_USE;
/* Whether the table added last waits for goals (options.may_wait): then it must live until settle, which reads what waits. */
bool okb_normalizer_is_waiting(const okb_normalizer *normalizer);
void okb_normalizer_settle(
    okb_normalizer *normalizer); /* after the last add; finish does it where the caller did not */
/* Records a file that could not even be read (with its error's text), so that the Import log has it. */
void okb_normalizer_refuse(okb_normalizer *normalizer, okb_span path, const char sha256[65], const okb_err *why);

/* Second pass: merges, links, cycles, check-ins to goals, output order, accounting. Fills *out. OKB_E_DATA: no goals;
 * OKB_E_BUG: rows were lost. */
okb_code okb_normalizer_finish(okb_normalizer *normalizer, okb_plan *out, okb_err *err) OKB_MUST_USE;

/* The known formats in table order, for `okrbook formats`: name, products, how its header is told. */
typedef struct okb_format {
    okb_span name, title, signature, note;
} okb_format;
size_t okb_normalizer_formats(const okb_normalizer *normalizer, const okb_format **out);

#ifdef __cplusplus
}
#endif

#endif
