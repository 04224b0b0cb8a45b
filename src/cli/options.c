/* argv -> options, from one table; --help is printed from the same table. */
#include <getopt.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "okrbook/os.h"

typedef struct option_row option_row;
typedef okb_code (*option_reader)(cli_options *out, const option_row *row, const char *value, okb_err *err);

struct option_row {
    char letter; /* 0: it has a long name only */
    const char *name, *argument, *help;
    unsigned commands;
    option_reader read;
    size_t at;         /* in cli_options, for a reader of several rows */
    const char *words; /* for put_word, joined by bars */
};

/* ---- values ----------------------------------------------------------------------------------------------- */

/* The place of `value` among `words`, which are joined by bars. */
static okb_code choose(const option_row *row, const char *value, const char *words, size_t *out, okb_err *err)
{
    okb_span rest = okb_span_of(words);
    okb_buf list = {0};
    for (size_t ix = 0; rest.n; ix++) {
        okb_span word = okb_span_cut(&rest, '|');
        if (okb_span_eq(word, okb_span_of(value))) {
            okb_buf_free(&list);
            *out = ix;
            return OKB_OK;
        }
        okb_buf_printf(&list, "%s%.*s", ix == 0 ? "" : rest.n ? ", " : " or ", OKB_FMT(word));
    }
    okb_fail(err, OKB_E_USAGE, "--%s cannot be '%s', it is %s", row->name, value, list.p);
    okb_buf_free(&list);
    return OKB_E_USAGE;
}

static okb_code put_flag(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    (void)value;
    (void)err;
    *(bool *)((char *)out + row->at) = true;
    return OKB_OK;
}

static okb_code put_text(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    (void)err;
    *(okb_span *)(void *)((char *)out + row->at) = okb_span_of(value);
    return OKB_OK;
}

static okb_code put_word(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    size_t ix;
    okb_code code = choose(row, value, row->words, &ix, err);
    return code == OKB_OK ? put_text(out, row, value, err) : code;
}

static okb_code put_format(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    static const cli_format formats[] = {FORMAT_CSV, FORMAT_JSONL, FORMAT_TEXT};
    size_t ix = 0;
    okb_code code = choose(row, value, out->command == CLI_CHECK ? "csv|jsonl|text" : "csv|jsonl", &ix, err);
    out->format = formats[ix];
    return code;
}

static okb_code put_date_order(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    static const okb_date_order orders[] = {OKB_ORDER_DMY, OKB_ORDER_MDY, OKB_ORDER_YMD};
    size_t ix = 0;
    okb_code code = choose(row, value, "dmy|mdy|ymd", &ix, err);
    out->run.normalize.date_order = orders[ix];
    return code;
}

static okb_code put_decimal(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    size_t ix = 0;
    okb_code code = choose(row, value, "point|comma", &ix, err);
    out->run.normalize.decimal = ix ? ',' : '.';
    return code;
}

static okb_code put_fail_on(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    static const cli_fail_on levels[] = {FAIL_ON_NEVER, FAIL_ON_WARNING, FAIL_ON_ERROR};
    size_t ix = 0;
    okb_code code = choose(row, value, "never|warning|error", &ix, err);
    out->fail_on = levels[ix];
    return code;
}

static okb_code put_progress(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    static const cli_progress whens[] = {PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER};
    size_t ix = 0;
    okb_code code = choose(row, value, "auto|always|never", &ix, err);
    out->progress = whens[ix];
    return code;
}

static okb_code put_log_format(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    size_t ix = 0;
    okb_code code = choose(row, value, "text|json", &ix, err);
    out->is_json_log = ix == 1;
    return code;
}

static okb_code put_delimiter(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    static const struct {
        const char *name;
        char c;
    } names[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"\\t", '\t'}, {"pipe", '|'}};
    char c = strlen(value) == 1 ? value[0] : '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(value, names[i].name) == 0)
            c = names[i].c;
    if (c == '\0' || strchr("\"\r\n", c) || (unsigned char)c >= 0x80)
        return okb_fail(err, OKB_E_USAGE,
                        "--%s cannot be '%s', it is comma, semicolon, tab, pipe or one ASCII character", row->name,
                        value);
    out->run.read.delimiter = c;
    return OKB_OK;
}

static okb_code put_as_of(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    int year, month, day, used = 0;
    out->run.normalize.as_of = OKB_DAY_NONE;
    if (strlen(value) == 10 && sscanf(value, "%4d-%2d-%2d%n", &year, &month, &day, &used) == 3 && used == 10)
        out->run.normalize.as_of = okb_day_of(year, month, day);
    if (out->run.normalize.as_of == OKB_DAY_NONE)
        return okb_fail(err, OKB_E_USAGE, "--%s needs a date like 2026-08-28, not '%s'", row->name, value);
    return OKB_OK;
}

static okb_code put_jobs(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    double n;
    okb_span s = okb_span_of(value);
    if (okb_number_scan(s, '.', &n) != s.n || s.n == 0 || n < 1 || n > 1024 || n != (int)n)
        return okb_fail(err, OKB_E_USAGE, "-%c needs a whole number from 1 to 1024, not '%s'", row->letter, value);
    out->jobs = (int)n;
    return OKB_OK;
}

static okb_code add_setting(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    if (!strchr(value, '='))
        return okb_fail(err, OKB_E_USAGE, "--%s needs NAME=VALUE, not '%s'", row->name, value);
    *okb_vec_push(&out->sets, okb_span) = okb_span_of(value);
    return OKB_OK;
}

static okb_code add_team(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    (void)row;
    (void)err;
    *okb_vec_push(&out->teams, okb_span) = okb_span_of(value);
    return OKB_OK;
}

static void add_input(cli_options *out, const char *path, okb_file_kind forced)
{
    okb_input_path *input = okb_vec_push(&out->inputs, okb_input_path);
    *input = (okb_input_path){okb_span_of(path), forced};
}

static okb_code add_goals(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    (void)row;
    (void)err;
    add_input(out, value, OKB_FILE_GOALS);
    return OKB_OK;
}

static okb_code add_checkins(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    (void)row;
    (void)err;
    add_input(out, value, OKB_FILE_CHECKINS);
    return OKB_OK;
}

static okb_code add_teams(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    (void)row;
    (void)err;
    add_input(out, value, OKB_FILE_TEAMS);
    return OKB_OK;
}

/* ---- tables ----------------------------------------------------------------------------------------------- */

static const option_row rows[] = {
    {'o', "output", "FILE", "the workbook to write (with --split: the folder)", CLI_BUILD, put_text,
     offsetof(cli_options, output), NULL},
    {0, "split", "team", "one workbook a team in the folder of -o, and a summary workbook linked to them", CLI_BUILD,
     put_word, offsetof(cli_options, split), "team"},
    {0, "template", "NAME", "board (all sheets), team, onepager or data", CLI_BUILD, put_word,
     offsetof(cli_options, template_name), "board|team|onepager|data"},
    {0, "profile", "NAME", "board or accessible", CLI_BUILD, put_word, offsetof(cli_options, profile),
     "board|accessible"},
    {0, "snapshot", "FILE", "write the canonical goals that the next run takes as --previous", CLI_BUILD, put_text,
     offsetof(cli_options, snapshot), NULL},
    {0, "status-file", "FILE", "write one JSON object about the run: times, exit, counts, hashes", CLI_BUILD, put_text,
     offsetof(cli_options, status_file), NULL},
    {0, "format", "NAME", "csv or jsonl; check also has text", CLI_CHECK | CLI_JUDGE | CLI_EXPORT, put_format, 0, NULL},
    {0, "corpus", "FILE", "compare the verdicts with a labelled CSV", CLI_JUDGE, put_text,
     offsetof(cli_options, corpus), NULL},
    {0, "test", NULL, "run the rules' own examples", CLI_RULES, put_flag, offsetof(cli_options, is_test), NULL},
    {0, "map", "FILE", "write a first mapping of FILE's columns, to edit and use with --config", CLI_FORMATS, put_text,
     offsetof(cli_options, map), NULL},
    {0, "goals", "FILE", "read FILE as goals", CLI_GOALS | CLI_FORMATS, add_goals, 0, NULL},
    {0, "checkins", "FILE", "read FILE as check-ins", CLI_GOALS | CLI_FORMATS, add_checkins, 0, NULL},
    {0, "teams", "FILE", "read FILE as teams", CLI_GOALS | CLI_FORMATS, add_teams, 0, NULL},
    {0, "config", "DIR", "tables that add to or replace those in the box",
     CLI_GOALS | CLI_JUDGE | CLI_FORMATS | CLI_RULES, put_text, offsetof(cli_options, run.config_folder), NULL},
    {0, "set", "NAME=VALUE", "put a setting in force (repeatable)", CLI_GOALS | CLI_JUDGE | CLI_FORMATS, add_setting, 0,
     NULL},
    {0, "as-of", "DATE", "the day to report for (default: SOURCE_DATE_EPOCH, else today, UTC)",
     CLI_GOALS | CLI_FORMATS | CLI_JUDGE, put_as_of, 0, NULL},
    {0, "cycle", "NAME", "the cycle to report (default: the one that holds the as-of date)", CLI_GOALS, put_text,
     offsetof(cli_options, run.normalize.cycle), NULL},
    {0, "team", "NAME", "only this team (repeatable)", CLI_GOALS, add_team, 0, NULL},
    {0, "org", "NAME", "the organization's name", CLI_GOALS, put_text, offsetof(cli_options, run.normalize.org), NULL},
    {0, "input-format", "NAME", "read every input as this format", CLI_GOALS | CLI_FORMATS, put_text,
     offsetof(cli_options, run.normalize.format), NULL},
    {0, "encoding", "NAME", "the inputs' encoding", CLI_GOALS | CLI_FORMATS | CLI_JUDGE, put_text,
     offsetof(cli_options, run.read.encoding), NULL},
    {0, "delimiter", "C", "the inputs' delimiter: comma, semicolon, tab, pipe or the character",
     CLI_GOALS | CLI_FORMATS | CLI_JUDGE, put_delimiter, 0, NULL},
    {0, "date-order", "ORDER", "dmy, mdy or ymd", CLI_GOALS | CLI_FORMATS, put_date_order, 0, NULL},
    {0, "decimal", "MARK", "point or comma", CLI_GOALS | CLI_FORMATS, put_decimal, 0, NULL},
    {0, "strict", NULL, "any rejected row fails the run", CLI_GOALS, put_flag, offsetof(cli_options, is_strict), NULL},
    {0, "fail-on", "LEVEL", "error, warning or never: findings at or above it make the status 1", CLI_GOALS,
     put_fail_on, 0, NULL},
    {0, "previous", "FILE", "goals as they were at an earlier run", CLI_GOALS, put_text,
     offsetof(cli_options, run.previous), NULL},
    {'j', "jobs", "N", "processes to write split workbooks with (default: one a core)", CLI_GOALS, put_jobs, 0, NULL},
    {'q', "quiet", NULL, "errors only", CLI_ALL, put_flag, offsetof(cli_options, is_quiet), NULL},
    {'v', "verbose", NULL, "say what was read, written and found", CLI_ALL, put_flag, offsetof(cli_options, is_verbose),
     NULL},
    {0, "log-format", "NAME", "messages as text or json", CLI_ALL, put_log_format, 0, NULL},
    {0, "progress", "WHEN", "auto, always or never: a progress line on a terminal's stderr", CLI_GOALS, put_progress, 0,
     NULL},
    {'h', "help", NULL, "print this and exit", CLI_ALL, put_flag, offsetof(cli_options, wants_help), NULL},
    {0, "version", NULL, "print the version and exit", CLI_ALL, put_flag, offsetof(cli_options, wants_version), NULL},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

typedef struct command_row {
    cli_command command;
    const char *name, *arguments, *help;
} command_row;

static const command_row commands[] = {
    {CLI_BUILD, "build", "[OPTION]... FILE... -o OUT.xlsx", "write the workbook"},
    {CLI_CHECK, "check", "[OPTION]... FILE...", "print the findings, like a compiler"},
    {CLI_JUDGE, "judge", "[OPTION]... [FILE|-]", "judge bare statements: a CSV with a text column, or lines"},
    {CLI_EXPORT, "export", "TABLE [OPTION]... FILE...",
     "goals, checkins, teams, findings, inputs or rejects as CSV or JSON Lines"},
    {CLI_FORMATS, "formats", "[OPTION]... [FILE...]", "the known input formats; with files: how each one is read"},
    {CLI_RULES, "rules", "[OPTION]... [RULE]", "the rule pack; --test runs every rule's own examples"},
    {CLI_INIT, "init", "DIR", "write the editable tables as CSV; overwrites nothing"},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

const char *okb_cli_command_name(cli_command command)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (commands[i].command == command)
            return commands[i].name;
    return "";
}

static void print_options(okb_buf *out, cli_command command)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        if (!(rows[i].commands & (unsigned)command))
            continue;
        char left[64];
        bool has_letter = rows[i].letter != 0;
        snprintf(left, sizeof left, "%c%c%c --%s%s%s", has_letter ? '-' : ' ', has_letter ? rows[i].letter : ' ',
                 has_letter ? ',' : ' ', rows[i].name, rows[i].argument ? "=" : "",
                 rows[i].argument ? rows[i].argument : "");
        okb_buf_printf(out, "  %-28s %s\n", left, rows[i].help);
    }
}

static const char statuses[] =
    "\nExit status:\n"
    "   0  done\n"
    "   1  done, but findings, rejects or refused files at or above --fail-on\n"
    "  64  wrong use                      65  no usable data, or a rejected row with --strict\n"
    "  66  input cannot be read           70  internal error\n"
    "  71  out of memory or another refusal by the system\n"
    "  73  output cannot be created       74  input/output error\n"
    "  75  another run holds the output   78  bad configuration\n";

void okb_cli_help_print(cli_command command)
{
    okb_buf out = {0};
    if (command == 0) {
        okb_buf_printf(&out,
                       "okrbook turns CSV exports of goals and check-ins into one board-ready workbook.\n\nUsage:\n");
        for (size_t i = 0; i < N_COMMANDS; i++)
            okb_buf_printf(&out, "  okrbook %-8s %s\n", commands[i].name, commands[i].arguments);
        okb_buf_printf(&out, "\nCommands:\n");
        for (size_t i = 0; i < N_COMMANDS; i++)
            okb_buf_printf(&out, "  %-8s %s\n", commands[i].name, commands[i].help);
        okb_buf_printf(&out,
                       "\nA file's kind (goals, check-ins, teams) is told from its header; `-` is standard input;\n"
                       "a directory means every *.csv and *.tsv in it.\n"
                       "`okrbook COMMAND --help` lists a command's options.\n");
    } else {
        for (size_t i = 0; i < N_COMMANDS; i++)
            if (commands[i].command == command)
                okb_buf_printf(&out, "Usage: okrbook %s %s\n\n%s\n\nOptions:\n", commands[i].name,
                               commands[i].arguments, commands[i].help);
        print_options(&out, command);
    }
    okb_buf_printf(&out, "%s", statuses);
    okb_cli_print("%s", out.p);
    okb_buf_free(&out);
}

/* ---- argv ------------------------------------------------------------------------------------------------- */

static okb_code find_command(const char *word, cli_command *out, okb_err *err)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(word, commands[i].name) == 0) {
            *out = commands[i].command;
            return OKB_OK;
        }
    return okb_fail(err, OKB_E_USAGE, "there is no command '%s', see 'okrbook --help'", word);
}

/* What getopt_long returns for an option: its letter, or for a long name the row it names. */
enum { LONG_FROM = 1 << 8 };

static const option_row *find_row(int id)
{
    if (id >= LONG_FROM && id < LONG_FROM + N_ROWS)
        return &rows[id - LONG_FROM];
    for (size_t i = 0; id != 0 && i < N_ROWS; i++)
        if (rows[i].letter == id)
            return &rows[i];
    return NULL;
}

static okb_code refuse_for_command(cli_command command, const char *dashes, const char *name, okb_err *err)
{
    return okb_fail(err, OKB_E_USAGE, "'%s' does not take %s%s, see 'okrbook %s --help'", okb_cli_command_name(command),
                    dashes, name, okb_cli_command_name(command));
}

/* `word`: the last one that getopt has finished. For a long name that it does not know it sets optopt to 0; a letter of a group of
 * short ones (-xv) may stand in the word after. */
static okb_code refuse_option(cli_command command, const char *word, bool is_value_missing, okb_err *err)
{
    const option_row *row = find_row(optopt);
    size_t n = strcspn(word, "=");
    if (row && n > 2 && strncmp(word, "--", 2) == 0 && strncmp(word + 2, row->name, n - 2) == 0)
        return okb_fail(err, OKB_E_USAGE, row->argument ? "--%s needs a value" : "--%s takes no value", row->name);
    if (optopt != 0) {
        const char letter[] = {'-', (char)optopt, '\0'};
        if (is_value_missing)
            return okb_fail(err, OKB_E_USAGE, "%s needs a value", letter);
        if (row && row->letter)
            return refuse_for_command(command, "", letter, err);
        return okb_fail(err, OKB_E_USAGE, "unknown option '%s', see 'okrbook %s --help'", letter,
                        okb_cli_command_name(command));
    }
    for (size_t i = 0; i < N_ROWS; i++)
        if (strlen(rows[i].name) + 2 == n && strncmp(word + 2, rows[i].name, n - 2) == 0)
            return refuse_for_command(command, "--", rows[i].name, err);
    return okb_fail(err, OKB_E_USAGE, "unknown option '%s', see 'okrbook %s --help'", word,
                    okb_cli_command_name(command));
}

static okb_code parse_words(int argc, char **argv, cli_options *out, okb_err *err)
{
    struct option longs[N_ROWS + 1];
    char shorts[3 * N_ROWS + 2] = ":";
    size_t n_longs = 0, n_shorts = 1;
    for (size_t i = 0; i < N_ROWS; i++) {
        if (!(rows[i].commands & (unsigned)out->command))
            continue;
        longs[n_longs++] =
            (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument, NULL, LONG_FROM + (int)i};
        if (rows[i].letter) {
            shorts[n_shorts++] = rows[i].letter;
            if (rows[i].argument)
                shorts[n_shorts++] = ':';
        }
    }
    longs[n_longs] = (struct option){0};
    shorts[n_shorts] = '\0';
    opterr = 0;
    optind = 1;
    for (;;) {
        int id = getopt_long(argc, argv, shorts, longs, NULL);
        if (id == -1)
            break;
        if (id == '?' || id == ':')
            return refuse_option(out->command, argv[optind - 1], id == ':', err);
        const option_row *row = find_row(id);
        okb_code code = row ? row->read(out, row, optarg, err) : okb_fail(err, OKB_E_BUG, "an option has no row");
        if (code != OKB_OK)
            return code;
    }
    for (int i = optind; i < argc; i++)
        add_input(out, argv[i], OKB_FILE_UNKNOWN);
    return OKB_OK;
}

static okb_code check_standard_input(const cli_options *out, okb_err *err)
{
    size_t n = okb_span_eq(out->run.previous, OKB_S("-"));
    for (size_t i = 0; i < out->inputs.n; i++)
        n += okb_span_eq(okb_vec_at(&out->inputs, okb_input_path, i).path, OKB_S("-"));
    return n < 2 ? OKB_OK : okb_fail(err, OKB_E_USAGE, "standard input is given twice and can be read only once");
}

static okb_code default_as_of(cli_options *out, okb_err *err)
{
    enum { DAY_SECONDS = 86400 };
    okb_span epoch = okb_os_env("SOURCE_DATE_EPOCH");
    double seconds = (double)out->started;
    if (epoch.n && (okb_number_scan(epoch, '.', &seconds) != epoch.n || seconds < 0 || seconds > 2e11 ||
                    seconds != floor(seconds)))
        return okb_fail(err, OKB_E_USAGE, "SOURCE_DATE_EPOCH needs whole seconds since 1970, not '%.*s'",
                        OKB_FMT(epoch));
    double day = floor(seconds / DAY_SECONDS);
    if (day < okb_day_of(1900, 1, 1) || day > okb_day_of(9999, 12, 31))
        return okb_fail(err, OKB_E_SYSTEM, "the system's clock is outside the years 1900 to 9999; give --as-of");
    out->run.normalize.as_of = (okb_day)day;
    return OKB_OK;
}

okb_code okb_cli_options_parse(int argc, char **argv, cli_options *out, okb_err *err)
{
    *out = (cli_options){.run.normalize.as_of = OKB_DAY_NONE, .started = okb_os_now_seconds()};
    if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)) {
        out->wants_help = true;
        return OKB_OK;
    }
    if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
        out->wants_version = true;
        return OKB_OK;
    }
    if (argc < 2)
        return okb_fail(err, OKB_E_USAGE, "no command given, see 'okrbook --help'");
    okb_code code = find_command(argv[1], &out->command, err);
    if (code == OKB_OK)
        code = parse_words(argc - 1, argv + 1, out, err);
    if (code == OKB_OK)
        code = check_standard_input(out, err);
    if (code == OKB_OK && out->run.normalize.as_of == OKB_DAY_NONE)
        code = default_as_of(out, err);
    out->run.inputs = out->inputs.items;
    out->run.n_inputs = out->inputs.n;
    out->run.sets = out->sets.items;
    out->run.n_sets = out->sets.n;
    out->run.normalize.teams = out->teams.items;
    out->run.normalize.n_teams = out->teams.n;
    out->run.progress = okb_cli_progress_show;
    out->run.progress_context = out;
    return code;
}

bool okb_cli_options_ask_json(int argc, char **argv)
{
    static const char name[] = "--log-format";
    bool is_json = false;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        size_t n = strcspn(argv[i], "=");
        if (n <= strlen("--l") || n >= sizeof name || strncmp(argv[i], name, n) != 0)
            continue;
        const char *value = argv[i][n] == '=' ? argv[i] + n + 1 : i + 1 < argc ? argv[i + 1] : "";
        is_json = strcmp(value, "json") == 0;
    }
    return is_json;
}

void okb_cli_options_release(cli_options *options)
{
    okb_vec_free(&options->inputs);
    okb_vec_free(&options->sets);
    okb_vec_free(&options->teams);
}
