/*
 * Owns the end of a run that a signal asks for or a fault forces. The statuses are promised to be all that a caller sees, so the
 * process ends with one of them and takes its temporary files with it.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "okrbook/os.h"

typedef struct ending {
    int status;
    const char *text, *json;
} ending;

/* Only what may be called in a handler. */
static _Noreturn void leave(const ending *how)
{
    okb_outfile_drop_all();
    const char *message = okb_cli_message_is_json() ? how->json : how->text;
    ssize_t ignored = write(STDERR_FILENO, message, strlen(message));
    (void)ignored;
    _exit(how->status);
}

#define ENDING(status, text)                                                                                           \
    {                                                                                                                  \
        status, "okrbook: error: " text "\n", "{\"severity\":\"error\",\"message\":\"" text "\"}\n"                    \
    }

static void end_on_request(int number)
{
    static const ending request = ENDING(OKB_E_SYSTEM, "ended by a signal; run it again");
    (void)number;
    leave(&request);
}

static void set_handler(int number, void (*handler)(int), int flags)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigfillset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* What was ignored when the program was started, as by nohup, stays ignored. */
static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

#ifndef OKB_SANITIZED
static void end_on_fault(int number)
{
    static const ending fault = ENDING(OKB_E_BUG, "internal error; report this with the input");
    (void)number;
    leave(&fault);
}

/* A stack of its own, because a full stack is one of the faults. */
static void catch_faults(void)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
    static char stack[1 << 16];
    const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    int flags = sigaltstack(&own, NULL) == 0 ? SA_ONSTACK : 0;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        set_handler(faults[i], end_on_fault, flags);
}
#endif

void okb_cli_signals_settle(void)
{
    static const int requests[] = {SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU};
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
        if (!is_ignored(requests[i]))
            set_handler(requests[i], end_on_request, 0);
    set_handler(SIGTERM, end_on_request, 0); /* always: workers are told by it that the run is over */
    set_handler(SIGPIPE, SIG_IGN, 0);        /* a closed pipe is an ordinary end */
    set_handler(SIGXFSZ, SIG_IGN, 0);        /* a limit on the size of files: the write fails and says so */
#ifndef OKB_SANITIZED
    catch_faults(); /* a sanitizer tells more about them */
#endif
}
