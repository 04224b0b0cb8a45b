/* What the files of the command line share. Private to src/cli. */
#ifndef OKRBOOK_CLI_H
#define OKRBOOK_CLI_H

#include "okrbook/pipeline.h"

typedef enum cli_command {
    CLI_BUILD = 1 << 0,
    CLI_CHECK = 1 << 1,
    CLI_JUDGE = 1 << 2,
    CLI_EXPORT = 1 << 3,
    CLI_FORMATS = 1 << 4,
    CLI_RULES = 1 << 5,
    CLI_INIT = 1 << 6,
    CLI_GOALS = CLI_BUILD | CLI_CHECK | CLI_EXPORT, /* the commands that read goals */
    CLI_ALL = 0xFF
} cli_command;

/* FAIL_ON_FILES: nothing was asked for; only a file that had to be refused as a whole makes the status 1. */
typedef enum cli_fail_on { FAIL_ON_FILES, FAIL_ON_NEVER, FAIL_ON_WARNING, FAIL_ON_ERROR } cli_fail_on;
typedef enum cli_progress { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER } cli_progress;
typedef enum cli_format { FORMAT_NONE, FORMAT_TEXT, FORMAT_CSV, FORMAT_JSONL } cli_format;

typedef struct cli_options {
    cli_command command;
    okb_run_options run;
    okb_vec inputs;      /* okb_input_path */
    okb_vec sets, teams; /* okb_span */
    cli_fail_on fail_on;
    cli_progress progress;
    cli_format format;
    bool is_strict, is_quiet, is_verbose, is_json_log, is_test, wants_help, wants_version;
    int jobs;
    okb_span output, split, template_name, profile, snapshot, status_file, corpus, map;
    double findings_per_team; /* from the settings */
    int64_t started;
} cli_options;

/* options.c: argv -> options. OKB_E_USAGE with one clear message. */
okb_code okb_cli_options_parse(int argc, char **argv, cli_options *out, okb_err *err) OKB_MUST_USE;
/* Whether the words ask for messages as JSON, before they are parsed: what is wrong with them is a message, too. */
bool okb_cli_options_ask_json(int argc, char **argv);
void okb_cli_options_release(cli_options *options);
void okb_cli_help_print(cli_command command); /* 0: of the program */
const char *okb_cli_command_name(cli_command command);

/* ending.c: ends the process at once with one message (plain ASCII, no quotes). May be called in a signal handler. */
_Noreturn void okb_cli_end_at_once(okb_code code, const char *text);

/* signals.c: a signal ends the run with OKB_E_SYSTEM, a fault with OKB_E_BUG, neither leaves temporary files. */
void okb_cli_signals_settle(void);

/* message.c: the only stderr. */
void okb_cli_message_setup(bool is_json, bool is_quiet);
bool okb_cli_message_is_json(void); /* may be called in a signal handler */
/* While on, what the workbook library prints of its own accord goes nowhere: its errors come back as codes, too. */
void okb_cli_message_mute_library(bool on);
void okb_cli_message_err(const okb_err *err);
void okb_cli_message_diags(const okb_diags *diags);
void okb_cli_message_note(const char *fmt, ...) OKB_PRINTF(1, 2); /* -v only; the caller asks */
void okb_cli_progress_show(void *context, const char *stage, double share);
void okb_cli_progress_end(void);

/* stdout.c: the only stdout; write errors are kept until the end. */
extern const okb_sink okb_cli_stdout;
void okb_cli_print(const char *fmt, ...) OKB_PRINTF(1, 2);
bool okb_cli_stdout_is_gone(void); /* the reader of our output closed the pipe */
okb_code okb_cli_stdout_close(okb_err *err) OKB_MUST_USE;

/* Tells the first rejected rows under --strict and -v; OKB_E_DATA where --strict is given and there are any, or a refused file. */
okb_code okb_cli_check_strict(const cli_options *options, okb_run *run, okb_err *err) OKB_MUST_USE;
/* Status 1 where findings, rejects or refused files reach --fail-on, else 0. */
int okb_cli_verdict(const cli_options *options, const okb_run *run);

/* One function a command; each returns the exit status. */
int okb_cli_build(cli_options *options, okb_err *err);
int okb_cli_check(cli_options *options, okb_err *err);
int okb_cli_judge(cli_options *options, okb_err *err);
int okb_cli_export(cli_options *options, okb_err *err);
int okb_cli_formats(cli_options *options, okb_err *err);
int okb_cli_rules(cli_options *options, okb_err *err);
int okb_cli_init(cli_options *options, okb_err *err);

/* status.c: the status file of an unattended run. */
typedef struct cli_status {
    const okb_plan *plan; /* NULL where the run did not get that far */
    int exit_status;
    okb_span output_sha256;
    const okb_err *err;
} cli_status;
okb_code okb_cli_status_write(const cli_options *options, const cli_status *status, okb_err *err) OKB_MUST_USE;

#endif
