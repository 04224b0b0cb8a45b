/* Data on stdout. A write error is kept and told at the end; a reader that closed the pipe ends the output quietly. */
#include <errno.h>
#include <stdio.h>

#include "cli.h"
#include "okrbook/os.h"

static int first_errno;

static okb_code write_out(void *context, okb_span bytes)
{
    (void)context;
    if (first_errno == 0 && bytes.n && fwrite(bytes.p, 1, bytes.n, stdout) != bytes.n)
        first_errno = errno ? errno : EIO;
    return first_errno ? OKB_E_IO : OKB_OK;
}

const okb_sink okb_cli_stdout = {write_out, NULL};

void okb_cli_print(const char *fmt, ...)
{
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    va_list ap;
    va_start(ap, fmt);
    (void)write_out(NULL, okb_arena_vprintf(&scratch, fmt, ap)); /* kept until the end */
    va_end(ap);
    okb_arena_reset(&scratch);
}

bool okb_cli_stdout_is_gone(void)
{
    return first_errno == EPIPE;
}

okb_code okb_cli_stdout_close(okb_err *err)
{
    if (fflush(stdout) != 0 && first_errno == 0)
        first_errno = errno;
    if (first_errno == 0 || first_errno == EPIPE)
        return OKB_OK;
    *err = (okb_err){0}; /* that the rows could not be written follows from this */
    return okb_fail(err, OKB_E_IO, "cannot write to standard output: %s; check where it leads",
                    okb_errno_text(first_errno));
}
