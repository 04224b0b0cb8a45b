/*
 * Runs a command and prints its seconds by the wall, its seconds of processor and its peak megabytes.
 *
 * usage: measure COMMAND ARGUMENT...     ends with the command's status
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct timespec began, ended;
    struct rusage usage;
    int status;
    if (argc < 2) {
        fputs("usage: measure COMMAND ARGUMENT...\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &began);
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &usage) < 0) {
        perror("measure");
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    printf("%.4f %.4f %.0f\n", (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9,
           seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), (double)usage.ru_maxrss / 1024);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
