/* A judge with the packs of all languages, and a verdict on one text, for the tests of what is read from statements. */
#ifndef OKRBOOK_JUDGE_READER_H
#define OKRBOOK_JUDGE_READER_H

#include "test.h"

#include "okrbook/judge.h"
#include "okrbook/read.h"
#include "okrbook/tables.h"

typedef struct judge_reader {
    okb_arena keep;
    okb_diags diags;
    okb_table rules[4];
    okb_judge *judge;
} judge_reader;

static okb_table judge_reader_table(okb_arena *keep, const char *name)
{
    okb_table table;
    okb_err err = {0};
    okb_read_options options = {.encoding = {"UTF-8", 5}, .delimiter = ','};
    assert_int_equal(okb_read_table(okb_builtin_bytes(name), okb_span_of(name), &options, keep, &table, &err), OKB_OK);
    return table;
}

/* first_month: of the year, as setting cycle.first_month has it. */
static void judge_reader_open(judge_reader *reader, const char *first_month)
{
    static const char *const names[] = {"rules.csv", "rules-de.csv", "rules-es.csv", "rules-fr.csv"};
    static const char *const languages[] = {"en", "de", "es", "fr"};
    memset(reader, 0, sizeof *reader);
    okb_arena_init(&reader->keep, 0);
    reader->diags.keep = &reader->keep;
    okb_settings *settings = NULL;
    okb_err err = {0};
    okb_table table = judge_reader_table(&reader->keep, "settings.csv");
    assert_int_equal(okb_settings_load(&table, &reader->keep, &reader->diags, &settings, &err), OKB_OK);
    assert_int_equal(
        okb_settings_set(settings, OKB_S("cycle.first_month"), okb_span_of(first_month), OKB_S("test"), &err), OKB_OK);
    okb_pack packs[COUNT_OF(names)];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        reader->rules[i] = judge_reader_table(&reader->keep, names[i]);
        packs[i] = (okb_pack){&reader->rules[i], okb_span_of(languages[i])};
    }
    if (okb_judge_new(packs, COUNT_OF(packs), settings, &reader->keep, &reader->diags, &reader->judge, &err) != OKB_OK)
        fail_msg("%s", err.text);
}

static void judge_reader_close(judge_reader *reader)
{
    okb_judge_free(reader->judge);
    okb_vec_free(&reader->diags.items);
    okb_arena_reset(&reader->keep);
}

/* language empty: told from the text. */
static okb_verdict judge_reader_read(judge_reader *reader, const char *text, const char *language, okb_day start,
                                     okb_day due)
{
    okb_statement statement = {
        .text = okb_span_of(text), .language = okb_span_of(language), .start = start, .due = due, .text_only = true};
    okb_verdict verdict;
    okb_err err = {0};
    assert_int_equal(okb_judge_statement(reader->judge, &statement, &reader->keep, &verdict, &err), OKB_OK);
    return verdict;
}

#endif
