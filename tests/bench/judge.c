/*
 * Judges the statements of a file over and over and prints what one costs: the microseconds of processor in the best round.
 * Reading the file and the rule packs is not timed, nor is the first round, which compiles patterns.
 *
 * usage: judge FILE [ROUNDS]     FILE: CSV with a column text, or one statement a line
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "okrbook/judge.h"
#include "okrbook/os.h"
#include "okrbook/read.h"
#include "okrbook/tables.h"

enum { ROUNDS = 200 };

static void check(okb_code code, const okb_err *err)
{
    if (code == OKB_OK)
        return;
    fprintf(stderr, "judge: %s\n", err->text);
    exit(2);
}

static okb_table table_of(okb_arena *keep, okb_span bytes, const char *name)
{
    okb_table table;
    okb_err err = {0};
    okb_read_options options = {.encoding = OKB_S("UTF-8"), .delimiter = ','};
    check(okb_read_table(bytes, okb_span_of(name), &options, keep, &table, &err), &err);
    return table;
}

static okb_judge *open_judge(okb_arena *keep, okb_diags *diags)
{
    static const char *const names[] = {"rules.csv", "rules-de.csv", "rules-es.csv", "rules-fr.csv"};
    static const char *const languages[] = {"en", "de", "es", "fr"};
    enum { N_PACKS = sizeof names / sizeof *names };
    okb_settings *settings = NULL;
    okb_judge *judge = NULL;
    okb_err err = {0};
    okb_table table = table_of(keep, okb_builtin_bytes("settings.csv"), "settings.csv");
    check(okb_settings_load(&table, keep, diags, &settings, &err), &err);
    static okb_table rules[N_PACKS];
    okb_pack packs[N_PACKS];
    for (size_t i = 0; i < N_PACKS; i++) {
        rules[i] = table_of(keep, okb_builtin_bytes(names[i]), names[i]);
        packs[i] = (okb_pack){&rules[i], okb_span_of(languages[i])};
    }
    check(okb_judge_new(packs, N_PACKS, settings, keep, diags, &judge, &err), &err);
    return judge;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: judge FILE [ROUNDS]\n", stderr);
        return 2;
    }
    int rounds = argc > 2 ? atoi(argv[2]) : ROUNDS;
    okb_arena keep, scratch;
    okb_arena_init(&keep, 0);
    okb_arena_init(&scratch, 1 << 20);
    okb_diags diags = {.keep = &keep};
    okb_err err = {0};
    okb_judge *judge = open_judge(&keep, &diags);
    okb_span bytes;
    check(okb_os_read_file(okb_span_of(argv[1]), SIZE_MAX, &keep, &bytes, &err), &err);
    okb_table table = table_of(&keep, bytes, argv[1]);
    size_t text_ix = 0, first = 0, n = 0, n_bytes = 0;
    for (size_t i = 0; i < okb_table_width(&table, 0); i++)
        if (okb_text_same(okb_table_cell(&table, 0, i), OKB_S("text"))) {
            text_ix = i;
            first = 1;
        }
    okb_statement *statements = OKB_NEW_N(&keep, okb_statement, table.n_rows + 1);
    for (size_t row_ix = first; row_ix < table.n_rows; row_ix++) {
        statements[n] = (okb_statement){.text = okb_arena_copy(&keep, okb_table_cell(&table, row_ix, text_ix)),
                                        .start = okb_day_of(2026, 1, 1),
                                        .due = okb_day_of(2026, 12, 31),
                                        .text_only = true};
        n_bytes += statements[n++].text.n;
    }
    double best = 0;
    for (int round = 0; n && round <= rounds; round++) {
        double began = seconds();
        for (size_t i = 0; i < n; i++) {
            okb_verdict verdict;
            check(okb_judge_statement(judge, &statements[i], &scratch, &verdict, &err), &err);
        }
        double took = seconds() - began;
        best = round < 2 || took < best ? took : best;
        okb_arena_reset(&scratch);
    }
    if (n)
        printf("%zu statements of %.0f bytes on average: %.2f microseconds each\n", n, (double)n_bytes / (double)n,
               best / (double)n * 1e6);
    okb_judge_free(judge);
    okb_vec_free(&diags.items);
    okb_arena_reset(&keep);
    return n ? 0 : 1;
}
