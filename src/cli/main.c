/* The only exit. */
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "okrbook/os.h"
#include "okrbook/version.h"

static int dispatch(cli_options *options, okb_err *err)
{
    if (options->wants_version || options->wants_help) {
        if (options->wants_version)
            okb_cli_print("okrbook %s\n", OKB_VERSION);
        else
            okb_cli_help_print(options->command);
        return 0;
    }
    switch (options->command) {
    case CLI_BUILD:
        return okb_cli_build(options, err);
    case CLI_CHECK:
        return okb_cli_check(options, err);
    case CLI_JUDGE:
        return okb_cli_judge(options, err);
    case CLI_EXPORT:
        return okb_cli_export(options, err);
    case CLI_FORMATS:
        return okb_cli_formats(options, err);
    case CLI_RULES:
        return okb_cli_rules(options, err);
    case CLI_INIT:
        return okb_cli_init(options, err);
    case CLI_GOALS:
    case CLI_ALL:
        break;
    }
    return (int)okb_fail(err, OKB_E_BUG, "the command has no function");
}

int main(int argc, char **argv)
{
    okb_err err = {0};
    cli_options options = {0};
    okb_os_settle_memory();
    okb_cli_signals_settle();
    okb_cli_message_setup(okb_cli_options_ask_json(argc, argv), false);
    int status = (int)okb_os_settle_streams(&err);
    if (status == 0)
        status = (int)okb_cli_options_parse(argc, argv, &options, &err);
    if (status == 0)
        okb_cli_message_setup(options.is_json_log, options.is_quiet);
    if (status == 0)
        status = dispatch(&options, &err);
    okb_code closed = okb_cli_stdout_close(&err);
    if (closed != OKB_OK && status <= 1)
        status = (int)closed;
    if (status == OKB_E_IO && okb_cli_stdout_is_gone())
        status = 0; /* an ordinary end */
    else if (err.code != OKB_OK)
        okb_cli_message_err(&err);
    okb_cli_progress_end();
    okb_cli_options_release(&options);
    return status;
}
