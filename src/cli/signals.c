/*
 * Owns the end of a run that a signal asks for or a fault forces. The statuses are promised to be all that a caller sees, so the
 * process ends with one of them and takes its temporary files with it.
 */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "cli.h"

static void end_on_request(int number)
{
    (void)number;
    okb_cli_end_at_once(OKB_E_SYSTEM, "ended by a signal; run it again");
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
/* A run needs some 100 KiB. Under a limit near that a fault is the system's refusal of more, not a mistake of the program. */
enum { SMALL_STACK_BYTES = 1 << 19 };
static bool has_small_stack;

static void end_on_fault(int number)
{
    if (number == SIGSEGV && has_small_stack)
        okb_cli_end_at_once(OKB_E_SYSTEM, "the stack is full; raise its limit (ulimit -s)");
    okb_cli_end_at_once(OKB_E_BUG, "internal error; report this with the input");
}

/* A stack of its own, because a full stack is one of the faults. */
static void catch_faults(void)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
    static char stack[1 << 16];
    struct rlimit limit;
    has_small_stack = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < SMALL_STACK_BYTES;
    const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    int flags = sigaltstack(&own, NULL) == 0 ? SA_ONSTACK : 0;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        set_handler(faults[i], end_on_fault, flags);
}
#endif

void okb_cli_signals_settle(void)
{
    static const int requests[] = {SIGHUP,    SIGINT,  SIGQUIT, SIGALRM, SIGUSR1,   SIGUSR2,
                                   SIGVTALRM, SIGPROF, SIGXCPU, SIGIO,   SIGSTKFLT, SIGPWR};
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
        if (!is_ignored(requests[i]))
            set_handler(requests[i], end_on_request, 0);
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++)
        if (!is_ignored(number))
            set_handler(number, end_on_request, 0);
    set_handler(SIGTERM, end_on_request, 0); /* always: workers are told by it that the run is over */
    set_handler(SIGPIPE, SIG_IGN, 0);        /* a closed pipe is an ordinary end */
    set_handler(SIGXFSZ, SIG_IGN, 0);        /* a limit on the size of files: the write fails and says so */
#ifndef OKB_SANITIZED
    catch_faults(); /* a sanitizer tells more about them */
#endif
}
