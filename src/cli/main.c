/* The only exit. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "okrbook/os.h"
#include "okrbook/version.h"

static int dispatch(cli_options *options, okb_err *err)
{
    if (options->wants_version || options->wants_help) {
        if (options->wants_version)
            cli_print("okrbook %s\n", OKB_VERSION);
        else
            cli_help_print(options->command);
        return 0;
    }
    switch (options->command) {
    case CLI_BUILD:
        return cli_build(options, err);
    case CLI_CHECK:
        return cli_check(options, err);
    case CLI_JUDGE:
        return cli_judge(options, err);
    case CLI_EXPORT:
        return cli_export(options, err);
    case CLI_FORMATS:
        return cli_formats(options, err);
    case CLI_RULES:
        return cli_rules(options, err);
    case CLI_INIT:
        return cli_init(options, err);
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
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an ordinary end, not a signal death */
    signal(SIGXFSZ, SIG_IGN); /* nor is a limit on the size of files: the write fails and says so */
    int status = (int)okb_os_settle_streams(&err);
    if (status == 0)
        status = (int)cli_options_parse(argc, argv, &options, &err);
    cli_message_setup(options.is_json_log, options.is_quiet);
    if (status == 0)
        status = dispatch(&options, &err);
    okb_code closed = cli_stdout_close(&err);
    if (closed != OKB_OK && status <= 1)
        status = (int)closed;
    if (status == OKB_E_IO && cli_stdout_is_gone())
        status = 0; /* an ordinary end */
    else if (err.code != OKB_OK)
        cli_message_err(&err);
    cli_progress_end();
    cli_options_release(&options);
    return status;
}
