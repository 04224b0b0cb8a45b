/* Owns what the machine and the process's surroundings are: environment, processors, limits. */
#include "okrbook/os.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

okb_span okb_os_env(const char *name)
{
    return okb_span_of(getenv(name));
}

int okb_os_cpu_count(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 1024 ? 1024 : (int)n;
}

size_t okb_os_raise_open_files(size_t n)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    if (limit.rlim_cur < n) {
        struct rlimit wished = limit;
        wished.rlim_cur = wished.rlim_max < n ? wished.rlim_max : (rlim_t)n;
        if (setrlimit(RLIMIT_NOFILE, &wished) == 0)
            limit = wished;
    }
    return limit.rlim_cur > SIZE_MAX ? SIZE_MAX : (size_t)limit.rlim_cur;
}
