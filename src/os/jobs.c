/* Owns running pieces of work in forked processes, and bringing the first error back. */
#include "okrbook/os.h"
#include "path.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS_MAX = 64 };

typedef okb_code (*work_function)(void *context, size_t ix, okb_err *err);

typedef struct worker {
    pid_t pid;
    int fd; /* of the pipe that the worker's error comes back over; -1: not running */
    size_t ix;
} worker;

typedef struct crew {
    worker workers[WORKERS_MAX];
    size_t n_running;
    /* Of several failures the one with the lowest index is told, as if the work had been done in order. */
    size_t failed_ix;
    okb_err failure;
} crew;

static void note_failure(crew *c, size_t ix, const okb_err *failure)
{
    if (c->failure.code != OKB_OK && c->failed_ix < ix)
        return;
    c->failed_ix = ix;
    c->failure = *failure;
}

/* Of the worker that this process is, for a handler that ends it. */
static volatile int worker_fd = -1;

bool okb_os_worker_tell(okb_code code, const char *text)
{
    int fd = worker_fd;
    if (fd < 0)
        return false;
    static okb_err said; /* a handler's stack may be full */
    said.code = code;
    for (size_t i = 0; i + 1 < sizeof said.text && text[i]; i++)
        said.text[i] = text[i];
    worker_fd = -1; /* a second fault must not add to the words of the first */
    return okb_fd_write_all(fd, (okb_span){(const char *)&said, sizeof said}) == 0;
}

static okb_err run_here(work_function work, void *context, size_t ix)
{
    okb_err err = {.code = OKB_OK};
    okb_code code = work(context, ix, &err);
    if (code != OKB_OK && err.code == OKB_OK)
        okb_fail(&err, code, "a piece of work failed without a word; report this");
    if (code == OKB_OK)
        err.code = OKB_OK;
    return err;
}

/* Never returns. _exit, because buffers and handlers that were copied with the process are the parent's to end. */
static void be_worker(int fd, pid_t parent, work_function work, void *context, size_t ix)
{
    /* A worker must not outlive a run that was killed; asked this way it takes its temporary files with it. */
    worker_fd = fd;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(OKB_E_SYSTEM);
    okb_err err = run_here(work, context, ix);
    worker_fd = -1;
    int number = okb_fd_write_all(fd, (okb_span){(const char *)&err, sizeof err});
    _exit(number == 0 ? (int)err.code : OKB_E_SYSTEM);
}

static bool start(crew *c, worker *slot, work_function work, void *context, size_t ix)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        be_worker(ends[1], parent, work, context, ix);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    *slot = (worker){pid, ends[0], ix};
    c->n_running++;
    return true;
}

static bool read_failure(int fd, okb_err *out)
{
    char bytes[sizeof *out];
    size_t n = 0;
    while (n < sizeof bytes) {
        ssize_t got = read(fd, bytes + n, sizeof bytes - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        n += (size_t)got;
    }
    memcpy(out, bytes, sizeof *out);
    return true;
}

static void collect(crew *c, worker *slot)
{
    okb_err failure = {.code = OKB_OK};
    bool is_told = read_failure(slot->fd, &failure);
    close(slot->fd);
    int status = 0;
    pid_t got;
    do
        got = waitpid(slot->pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (!is_told) {
        failure = (okb_err){.code = OKB_OK};
        if (got == slot->pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
            okb_fail(&failure, OKB_E_SYSTEM,
                     "a worker was killed, as a system does that runs out of memory; use fewer jobs (-j)");
        else if (got == slot->pid && WIFSIGNALED(status))
            okb_fail(&failure, OKB_E_BUG, "a worker was ended by signal %d; run again with -j 1", WTERMSIG(status));
        else
            okb_fail(&failure, OKB_E_BUG, "a worker ended without a word; run again with -j 1");
    }
    if (failure.code != OKB_OK)
        note_failure(c, slot->ix, &failure);
    slot->fd = -1;
    c->n_running--;
}

/* Waits until a worker has something to say, which it does at its end, and collects those that have. */
static void collect_some(crew *c, size_t n_slots)
{
    struct pollfd polls[WORKERS_MAX];
    for (size_t i = 0; i < n_slots; i++)
        polls[i] = (struct pollfd){c->workers[i].fd, POLLIN, 0}; /* poll passes over a negative fd */
    if (poll(polls, n_slots, -1) < 0 && errno != EINTR) {
        /* Without poll, in order. */
        for (size_t i = 0; i < n_slots; i++)
            if (c->workers[i].fd >= 0)
                collect(c, &c->workers[i]);
        return;
    }
    for (size_t i = 0; i < n_slots; i++)
        if (c->workers[i].fd >= 0 && polls[i].revents != 0)
            collect(c, &c->workers[i]);
}

static worker *free_slot(crew *c, size_t n_slots)
{
    for (size_t i = 0; i < n_slots; i++)
        if (c->workers[i].fd < 0)
            return &c->workers[i];
    return NULL;
}

okb_code okb_os_fork_each(size_t n, int jobs, okb_code (*work)(void *context, size_t ix, okb_err *err), void *context,
                          okb_err *err)
{
    size_t n_slots = jobs < 1 ? 1 : jobs > WORKERS_MAX ? WORKERS_MAX : (size_t)jobs;
    crew c = {.n_running = 0};
    for (size_t i = 0; i < WORKERS_MAX; i++)
        c.workers[i].fd = -1;
    /* No piece is begun after a failure is known: all those before it have been. */
    for (size_t ix = 0; ix < n && c.failure.code == OKB_OK; ix++) {
        worker *slot = NULL;
        while (n_slots > 1 && (slot = free_slot(&c, n_slots)) == NULL)
            collect_some(&c, n_slots);
        if (c.failure.code != OKB_OK)
            break;
        if (slot && start(&c, slot, work, context, ix))
            continue;
        /* One job, or the system gives no more processes: here. */
        okb_err failure = run_here(work, context, ix);
        if (failure.code != OKB_OK)
            note_failure(&c, ix, &failure);
    }
    while (c.n_running)
        collect_some(&c, n_slots);
    if (c.failure.code == OKB_OK)
        return OKB_OK;
    if (err && err->code == OKB_OK)
        *err = c.failure;
    return c.failure.code;
}
