/* argv -> options, from one table; --help is printed from the same table. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "okrbook/os.h"

typedef struct option_row {
    char id; /* of the row; where has_short also the option's short name */
    bool has_short;
    const char *name, *argument, *help;
    unsigned commands;
} option_row;

static const option_row rows[] = {
    {'o', true, "output", "FILE", "the workbook to write (with --split: the folder)", CLI_BUILD},
    {'S', false, "split", "team", "one workbook a team in the folder of -o, and a summary workbook linked to them",
     CLI_BUILD},
    {'T', false, "template", "NAME", "board (all sheets), team, onepager or data", CLI_BUILD},
    {'P', false, "profile", "NAME", "board or accessible", CLI_BUILD},
    {'N', false, "snapshot", "FILE", "write the canonical goals that the next run takes as --previous", CLI_BUILD},
    {'U', false, "status-file", "FILE", "write one JSON object about the run: times, exit, counts, hashes", CLI_BUILD},
    {'F', false, "format", "NAME", "csv or jsonl; check also has text", CLI_CHECK | CLI_JUDGE | CLI_EXPORT},
    {'R', false, "corpus", "FILE", "compare the verdicts with a labelled CSV", CLI_JUDGE},
    {'E', false, "test", NULL, "run the rules' own examples", CLI_RULES},
    {'M', false, "map", "FILE", "write a first mapping of FILE's columns, to edit and use with --config", CLI_FORMATS},
    {'G', false, "goals", "FILE", "read FILE as goals", CLI_GOALS | CLI_FORMATS},
    {'C', false, "checkins", "FILE", "read FILE as check-ins", CLI_GOALS | CLI_FORMATS},
    {'H', false, "teams", "FILE", "read FILE as teams", CLI_GOALS | CLI_FORMATS},
    {'c', false, "config", "DIR", "tables that add to or replace those in the box",
     CLI_GOALS | CLI_JUDGE | CLI_FORMATS | CLI_RULES},
    {'s', false, "set", "NAME=VALUE", "put a setting in force (repeatable)", CLI_GOALS | CLI_JUDGE | CLI_FORMATS},
    {'A', false, "as-of", "DATE", "the day to report for (default: SOURCE_DATE_EPOCH, else today, UTC)",
     CLI_GOALS | CLI_FORMATS | CLI_JUDGE},
    {'Y', false, "cycle", "NAME", "the cycle to report (default: the one that holds the as-of date)", CLI_GOALS},
    {'t', false, "team", "NAME", "only this team (repeatable)", CLI_GOALS},
    {'O', false, "org", "NAME", "the organization's name", CLI_GOALS},
    {'I', false, "input-format", "NAME", "read every input as this format", CLI_GOALS | CLI_FORMATS},
    {'e', false, "encoding", "NAME", "the inputs' encoding", CLI_GOALS | CLI_FORMATS | CLI_JUDGE},
    {'d', false, "delimiter", "C", "the inputs' delimiter: comma, semicolon, tab, pipe or the character",
     CLI_GOALS | CLI_FORMATS | CLI_JUDGE},
    {'D', false, "date-order", "ORDER", "dmy, mdy or ymd", CLI_GOALS | CLI_FORMATS},
    {'m', false, "decimal", "MARK", "point or comma", CLI_GOALS | CLI_FORMATS},
    {'X', false, "strict", NULL, "any rejected row fails the run", CLI_GOALS},
    {'L', false, "fail-on", "LEVEL", "error, warning or never: findings at or above it make the status 1", CLI_GOALS},
    {'p', false, "previous", "FILE", "goals as they were at an earlier run", CLI_GOALS},
    {'j', true, "jobs", "N", "processes to write split workbooks with (default: one a core)", CLI_GOALS},
    {'q', true, "quiet", NULL, "errors only", CLI_ALL},
    {'v', true, "verbose", NULL, "say what was read, written and found", CLI_ALL},
    {'l', false, "log-format", "NAME", "messages as text or json", CLI_ALL},
    {'g', false, "progress", "WHEN", "auto, always or never: a progress line on a terminal's stderr", CLI_GOALS},
    {'h', true, "help", NULL, "print this and exit", CLI_ALL},
    {'V', false, "version", NULL, "print the version and exit", CLI_ALL},
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
        snprintf(left, sizeof left, "%c%c%s --%s%s%s", rows[i].has_short ? '-' : ' ',
                 rows[i].has_short ? rows[i].id : ' ', rows[i].has_short ? "," : " ", rows[i].name,
                 rows[i].argument ? "=" : "", rows[i].argument ? rows[i].argument : "");
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

/* ---- values ----------------------------------------------------------------------------------------------- */

static okb_code choose(const char *option, const char *value, const char *const *words, int n, int *out, okb_err *err)
{
    okb_buf list = {0};
    for (int i = 0; i < n; i++) {
        if (strcmp(value, words[i]) == 0) {
            okb_buf_free(&list);
            *out = i;
            return OKB_OK;
        }
        okb_buf_printf(&list, "%s%s", i == 0 ? "" : i == n - 1 ? " or " : ", ", words[i]);
    }
    okb_fail(err, OKB_E_USAGE, "--%s cannot be '%s', it is %s", option, value, list.p);
    okb_buf_free(&list);
    return OKB_E_USAGE;
}

static okb_day parse_iso_day(const char *text)
{
    int year, month, day, used = 0;
    if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != 10)
        return OKB_DAY_NONE;
    return okb_day_of(year, month, day);
}

static okb_code parse_delimiter(const char *value, char *out, okb_err *err)
{
    static const struct {
        const char *name;
        char c;
    } names[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"\\t", '\t'}, {"pipe", '|'}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(value, names[i].name) == 0) {
            *out = names[i].c;
            return OKB_OK;
        }
    if (strlen(value) != 1 || strchr("\"\r\n", value[0]) || (unsigned char)value[0] >= 0x80)
        return okb_fail(err, OKB_E_USAGE,
                        "--delimiter cannot be '%s', it is comma, semicolon, tab, pipe or one ASCII character", value);
    *out = value[0];
    return OKB_OK;
}

static void add_input(cli_options *out, const char *path, okb_file_kind forced)
{
    okb_input_path *input = okb_vec_push(&out->inputs, okb_input_path);
    *input = (okb_input_path){okb_span_of(path), forced};
}

static okb_code take_mode(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    static const char *const orders[] = {"dmy", "mdy", "ymd"};
    static const char *const marks[] = {"point", "comma"};
    static const char *const levels[] = {"never", "warning", "error"};
    static const char *const whens[] = {"auto", "always", "never"};
    static const char *const logs[] = {"text", "json"};
    static const char *const formats[] = {"csv", "jsonl", "text"};
    static const char *const splits[] = {"team"};
    static const char *const templates[] = {"board", "team", "onepager", "data"};
    static const char *const profiles[] = {"board", "accessible"};
    int ix = 0;
    okb_code code = OKB_OK;
    switch (row->id) {
    case 'D':
        code = choose(row->name, value, orders, 3, &ix, err);
        out->run.normalize.date_order = (okb_date_order)(OKB_ORDER_DMY + ix);
        break;
    case 'm':
        code = choose(row->name, value, marks, 2, &ix, err);
        out->run.normalize.decimal = ix ? ',' : '.';
        break;
    case 'L':
        code = choose(row->name, value, levels, 3, &ix, err);
        out->fail_on = (cli_fail_on)(FAIL_ON_NEVER + ix);
        break;
    case 'g':
        code = choose(row->name, value, whens, 3, &ix, err);
        out->progress = (cli_progress)ix;
        break;
    case 'l':
        code = choose(row->name, value, logs, 2, &ix, err);
        out->is_json_log = ix == 1;
        break;
    case 'F':
        code = choose(row->name, value, formats, out->command == CLI_CHECK ? 3 : 2, &ix, err);
        out->format = ix == 0 ? FORMAT_CSV : ix == 1 ? FORMAT_JSONL : FORMAT_TEXT;
        break;
    case 'S':
        code = choose(row->name, value, splits, 1, &ix, err);
        out->split = okb_span_of(value);
        break;
    case 'T':
        code = choose(row->name, value, templates, 4, &ix, err);
        out->template_name = okb_span_of(value);
        break;
    case 'P':
        code = choose(row->name, value, profiles, 2, &ix, err);
        out->profile = okb_span_of(value);
        break;
    default:
        code = okb_fail(err, OKB_E_BUG, "option --%s has no reader", row->name);
        break;
    }
    return code;
}

static okb_code take_jobs(cli_options *out, const char *value, okb_err *err)
{
    double n;
    okb_span s = okb_span_of(value);
    if (okb_number_scan(s, '.', &n) != s.n || s.n == 0 || n < 1 || n > 1024 || n != (int)n)
        return okb_fail(err, OKB_E_USAGE, "-j needs a whole number from 1 to 1024, not '%s'", value);
    out->jobs = (int)n;
    return OKB_OK;
}

static okb_code take(cli_options *out, const option_row *row, const char *value, okb_err *err)
{
    okb_span text = okb_span_of(value);
    switch (row->id) {
    case 'o':
        out->output = text;
        return OKB_OK;
    case 'N':
        out->snapshot = text;
        return OKB_OK;
    case 'U':
        out->status_file = text;
        return OKB_OK;
    case 'R':
        out->corpus = text;
        return OKB_OK;
    case 'M':
        out->map = text;
        return OKB_OK;
    case 'E':
        out->is_test = true;
        return OKB_OK;
    case 'G':
        add_input(out, value, OKB_FILE_GOALS);
        return OKB_OK;
    case 'C':
        add_input(out, value, OKB_FILE_CHECKINS);
        return OKB_OK;
    case 'H':
        add_input(out, value, OKB_FILE_TEAMS);
        return OKB_OK;
    case 'c':
        out->run.config_folder = text;
        return OKB_OK;
    case 's':
        if (!strchr(value, '='))
            return okb_fail(err, OKB_E_USAGE, "--set needs NAME=VALUE, not '%s'", value);
        *okb_vec_push(&out->sets, okb_span) = text;
        return OKB_OK;
    case 't':
        *okb_vec_push(&out->teams, okb_span) = text;
        return OKB_OK;
    case 'Y':
        out->run.normalize.cycle = text;
        return OKB_OK;
    case 'O':
        out->run.normalize.org = text;
        return OKB_OK;
    case 'I':
        out->run.normalize.format = text;
        return OKB_OK;
    case 'e':
        out->run.read.encoding = text;
        return OKB_OK;
    case 'p':
        out->run.previous = text;
        return OKB_OK;
    case 'X':
        out->is_strict = true;
        return OKB_OK;
    case 'q':
        out->is_quiet = true;
        return OKB_OK;
    case 'v':
        out->is_verbose = true;
        return OKB_OK;
    case 'h':
        out->wants_help = true;
        return OKB_OK;
    case 'V':
        out->wants_version = true;
        return OKB_OK;
    case 'j':
        return take_jobs(out, value, err);
    case 'd':
        return parse_delimiter(value, &out->run.read.delimiter, err);
    case 'A':
        out->run.normalize.as_of = parse_iso_day(value);
        if (out->run.normalize.as_of == OKB_DAY_NONE)
            return okb_fail(err, OKB_E_USAGE, "--as-of needs a date like 2026-08-28, not '%s'", value);
        return OKB_OK;
    default:
        return take_mode(out, row, value, err);
    }
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

static const option_row *find_row(char id)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if (rows[i].id == id)
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
    const option_row *row = find_row((char)optopt);
    size_t n = strcspn(word, "=");
    if (row && n > 2 && strncmp(word, "--", 2) == 0 && strncmp(word + 2, row->name, n - 2) == 0)
        return okb_fail(err, OKB_E_USAGE, row->argument ? "--%s needs a value" : "--%s takes no value", row->name);
    if (optopt != 0) {
        const char letter[] = {'-', (char)optopt, '\0'};
        if (is_value_missing)
            return okb_fail(err, OKB_E_USAGE, "%s needs a value", letter);
        if (row && row->has_short)
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
            (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument, NULL, rows[i].id};
        if (rows[i].has_short) {
            shorts[n_shorts++] = rows[i].id;
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
        const option_row *row = find_row((char)id);
        okb_code code = row ? take(out, row, optarg, err) : okb_fail(err, OKB_E_BUG, "an option has no row");
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

void okb_cli_options_release(cli_options *options)
{
    okb_vec_free(&options->inputs);
    okb_vec_free(&options->sets);
    okb_vec_free(&options->teams);
}
