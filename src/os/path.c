/* Owns terminated paths, the words for errno, and writing all of a buffer. */
#include "path.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool okb_path_copy(okb_span path, char out[OKB_PATH_BYTES])
{
    if (path.n >= OKB_PATH_BYTES || (path.n && memchr(path.p, '\0', path.n)))
        return false;
    if (path.n)
        memcpy(out, path.p, path.n);
    out[path.n] = '\0';
    return true;
}

const char *okb_errno_text(int number)
{
    static _Thread_local char text[128];
    snprintf(text, sizeof text, "%s", strerror(number));
    text[0] = (char)tolower((unsigned char)text[0]);
    return text;
}

int okb_fd_write_all(int fd, okb_span bytes)
{
    size_t done = 0;
    while (done < bytes.n) {
        ssize_t n = write(fd, bytes.p + done, bytes.n - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        if (n == 0)
            return EIO;
        done += (size_t)n;
    }
    return 0;
}
