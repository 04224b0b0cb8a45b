/* The tables in force: those in the box, then a configuration folder's, then --set. Private to the pipeline. */
#ifndef OKRBOOK_CONFIG_H
#define OKRBOOK_CONFIG_H

#include "okrbook/judge.h"
#include "okrbook/plan.h"
#include "okrbook/table.h"

enum { OKB_CONFIG_TABLES = 16 };

typedef struct okb_config {
    okb_settings *settings;
    okb_table columns[2], words[2], findings[2]; /* the box's, then the user's */
    size_t n_columns, n_words, n_findings;
    okb_pack packs[OKB_CONFIG_TABLES];
    okb_table pack_tables[OKB_CONFIG_TABLES];
    size_t n_packs;
} okb_config;

/* Everything is kept in `keep`. All mistakes of all tables go to diags; then OKB_E_CONFIG. */
okb_code okb_config_load(okb_span folder, const okb_span *sets, size_t n_sets, okb_arena *keep, okb_diags *diags,
                         okb_config *out, okb_err *err) OKB_MUST_USE;

#endif
