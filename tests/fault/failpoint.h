/*
 * Which call fails: shared by the preload libraries of this folder. The environment says it:
 *
 *   OKB_FAIL_AT=N       the Nth call that the library watches, 1-based; unset: none
 *   OKB_FAIL_MODE       once (default) | on (that one and all later ones) | kill (the process dies there) |
 *                       short (a write or read does half) | interrupt (a write or read ends with EINTR)
 *   OKB_FAIL_ERRNO=NAME the error given back; unset: one that fits the call
 *   OKB_FAIL_COUNT=FILE where the number of watched calls is written when the process ends
 *
 * Nothing here allocates or uses streams, so that watching changes nothing.
 */
#ifndef OKRBOOK_FAILPOINT_H
#define OKRBOOK_FAILPOINT_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef enum fail_mode { FAIL_ONCE, FAIL_ON, FAIL_KILL, FAIL_SHORT, FAIL_INTERRUPT } fail_mode;

static struct {
    bool is_ready;
    long at, count;
    fail_mode mode;
    int number;
} point;

static int errno_of(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } known[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT},
                 {"EMFILE", EMFILE}, {"EACCES", EACCES}, {"EPERM", EPERM}};
    for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0)
            return known[i].number;
    return 0;
}

static void point_setup(void)
{
    static const char *const modes[] = {"once", "on", "kill", "short", "interrupt"};
    point.is_ready = true;
    const char *at = getenv("OKB_FAIL_AT"), *mode = getenv("OKB_FAIL_MODE");
    point.at = at ? atol(at) : 0;
    for (int i = 0; mode && i < 5; i++)
        if (strcmp(mode, modes[i]) == 0)
            point.mode = (fail_mode)i;
    point.number = errno_of(getenv("OKB_FAIL_ERRNO"));
}

/* True where this call is to fail. */
static bool point_is_hit(void)
{
    if (!point.is_ready)
        point_setup();
    point.count++;
    if (point.at == 0 || point.count < point.at || (point.count > point.at && point.mode != FAIL_ON))
        return false;
    if (point.mode == FAIL_KILL)
        syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    return true;
}

__attribute__((destructor)) static void point_report(void)
{
    const char *path = getenv("OKB_FAIL_COUNT");
    if (!path)
        return;
    char text[24];
    size_t n = sizeof text;
    long rest = point.count;
    do
        text[--n] = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0) {
        (void)!syscall(SYS_write, fd, text + n, sizeof text - n);
        syscall(SYS_close, fd);
    }
}

#endif
