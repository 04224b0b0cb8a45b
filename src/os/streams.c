/* Owns the state of standard input, output and error. */
#include "okrbook/os.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool okb_os_is_terminal(int fd)
{
    return isatty(fd) == 1;
}

okb_code okb_os_settle_streams(okb_err *err)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
            continue;
        /* The wrong direction on purpose: a write to a closed standard output must still fail, not vanish. */
        int got = open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
        if (got != fd) {
            if (got >= 0)
                close(got);
            return okb_fail(err, OKB_E_SYSTEM, "cannot open '/dev/null' for a closed stream: %s; start with it open",
                            okb_errno_text(errno));
        }
    }
    return OKB_OK;
}
