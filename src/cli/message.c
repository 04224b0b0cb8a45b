/* Messages on stderr: text (file:line: severity: text) or JSON Lines, and the progress line. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include "cli.h"
#include "okrbook/os.h"

static bool is_json;
static bool is_quiet;
static bool has_progress;
static bool has_told_error; /* a file's own error was printed */

/* Escapes what a terminal must not see. Bytes beyond ASCII pass, but where they would make JSON invalid (a file's name is bytes). */
static void put_escaped(okb_span s)
{
    bool is_replaced = is_json && !okb_utf8_valid(s);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_json && (c == '"' || c == '\\'))
            fprintf(stderr, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            fprintf(stderr, is_json ? "\\u%04x" : "\\x%02x", c);
        else if (c >= 0x80 && is_replaced)
            fputs("\\ufffd", stderr);
        else
            fputc(c, stderr);
    }
}

static void put_json_field(const char *name, okb_span value)
{
    fprintf(stderr, ",\"%s\":\"", name);
    put_escaped(value);
    fputc('"', stderr);
}

static void put(const char *severity, okb_span file, uint32_t line, okb_span column, okb_span text)
{
    okb_cli_progress_end();
    if (is_json) {
        fprintf(stderr, "{\"severity\":\"%s\"", severity);
        if (file.n)
            put_json_field("file", file);
        if (line)
            fprintf(stderr, ",\"line\":%u", line);
        if (column.n)
            put_json_field("column", column);
        put_json_field("message", text);
        fputs("}\n", stderr);
        return;
    }
    if (file.n) {
        put_escaped(file);
        if (line)
            fprintf(stderr, ":%u", line);
        fprintf(stderr, ": %s: ", severity);
    } else {
        fprintf(stderr, "okrbook: %s: ", severity);
    }
    if (column.n) {
        fputs("column '", stderr);
        put_escaped(column);
        fputs("': ", stderr);
    }
    put_escaped(text);
    fputc('\n', stderr);
}

void okb_cli_message_setup(bool json, bool quiet)
{
    is_json = json;
    is_quiet = quiet;
}

bool okb_cli_message_is_json(void)
{
    return is_json;
}

static ssize_t discard(void *cookie, const char *bytes, size_t size)
{
    (void)cookie;
    (void)bytes;
    return (ssize_t)size;
}

void okb_cli_message_mute_library(bool on)
{
    static FILE *ours, *nowhere;
    if (!nowhere)
        nowhere = fopencookie(NULL, "w", (cookie_io_functions_t){.write = discard});
    if (!ours)
        ours = stderr;
    stderr = on && nowhere ? nowhere : ours;
}

void okb_cli_message_err(const okb_err *err)
{
    /* That nothing usable is left follows from what was said of the files; one clear message is enough. */
    if (err->code == OKB_E_DATA && has_told_error && !err->file[0])
        return;
    put("error", okb_span_of(err->file), err->line, okb_span_of(err->column), okb_span_of(err->text));
}

void okb_cli_message_diags(const okb_diags *diags)
{
    for (size_t i = 0; i < diags->items.n; i++) {
        const okb_diag *diag = &okb_vec_at(&diags->items, okb_diag, i);
        has_told_error |= diag->severity == OKB_ERROR;
        if (!is_quiet || diag->severity == OKB_ERROR)
            put(okb_severity_name(diag->severity), diag->file, diag->line, diag->column, diag->text);
    }
}

void okb_cli_message_note(const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    put("note", (okb_span){NULL, 0}, 0, (okb_span){NULL, 0}, okb_span_of(text));
}

void okb_cli_progress_show(void *context, const char *stage, double share)
{
    const cli_options *options = context;
    static double started;
    if (started == 0)
        started = okb_os_clock();
    bool wanted = options->progress == PROGRESS_ALWAYS ||
                  (options->progress == PROGRESS_AUTO && okb_os_is_terminal(2) && okb_os_clock() - started > 1.0);
    if (!wanted)
        return;
    fprintf(stderr, "\r\033[Kokrbook: %s %3.0f%%", stage, share * 100);
    fflush(stderr);
    has_progress = true;
}

void okb_cli_progress_end(void)
{
    if (has_progress)
        fputs("\r\033[K", stderr);
    has_progress = false;
}
