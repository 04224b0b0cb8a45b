/* okrbook rules: the rule pack, and the test of its examples. */
#include "cli.h"

static void print_rule(const okb_rule *rule, bool is_whole)
{
    if (!is_whole) {
        okb_cli_print("%-34.*s %-14.*s %.*s\n", OKB_FMT(rule->id), OKB_FMT(rule->signal), OKB_FMT(rule->message));
        return;
    }
    okb_cli_print("%.*s\n  signal:     %.*s\n  language:   %.*s\n  weight:     %g\n  applies to: %.*s\n",
                  OKB_FMT(rule->id), OKB_FMT(rule->signal), OKB_FMT(rule->language), rule->weight,
                  OKB_FMT(rule->applies_to));
    okb_cli_print(
        "  pattern:    %.*s\n  message:    %.*s\n  question:   %.*s\n  source:     %.*s\n  from:       %.*s:%u\n",
        OKB_FMT(rule->pattern), OKB_FMT(rule->message), OKB_FMT(rule->question), OKB_FMT(rule->source),
        OKB_FMT(rule->file), rule->line);
}

int okb_cli_rules(cli_options *options, okb_err *err)
{
    if (options->inputs.n > 1)
        return (int)okb_fail(err, OKB_E_USAGE, "rules takes one rule's id at most");
    okb_span only = options->inputs.n ? options->run.inputs[0].path : (okb_span){NULL, 0};
    okb_run *run = okb_run_new(&options->run);
    okb_code code = okb_run_configure(run, err);
    if (code == OKB_OK) {
        const okb_rule *rules;
        size_t n = okb_judge_rules(okb_run_judge(run), &rules), found = 0;
        for (size_t i = 0; i < n; i++)
            if (only.n == 0 || okb_span_eq(rules[i].id, only)) {
                found++;
                if (!options->is_test)
                    print_rule(&rules[i], only.n != 0);
            }
        if (found == 0)
            code = okb_fail(err, OKB_E_USAGE, "there is no rule '%.*s', 'okrbook rules' lists them", OKB_FMT(only));
        if (code == OKB_OK && options->is_test) {
            size_t mistakes_before = okb_run_diags(run)->items.n;
            size_t examples = okb_judge_test(okb_run_judge(run), only, okb_run_diags(run));
            size_t mistakes = okb_run_diags(run)->items.n - mistakes_before;
            okb_cli_print("%zu rules, %zu examples, %zu failed\n", found, examples, mistakes);
            if (mistakes)
                code = okb_fail(err, OKB_E_CONFIG, "the rule pack has examples that fail");
        }
    }
    okb_cli_message_diags(okb_run_diags(run));
    okb_run_free(run);
    return (int)code;
}
