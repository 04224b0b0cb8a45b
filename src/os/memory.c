/*
 * Owns how the process takes memory from the system. A run takes what it needs once and ends: giving memory back on the way only to
 * take it again, and entering the kernel for each page of it, cost a sixth of a small run.
 */
#include "okrbook/os.h"

#include <limits.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { AHEAD_BYTES = 1 << 30, STEP_BYTES = 1 << 26, OWN_MAPPING_BYTES = 1 << 25, HUGE_PAGE_BYTES = 1 << 21 };

/* Addresses alone, no memory yet. A limit on them, or a system that counts them, leaves none to spare. */
static bool may_reach_ahead(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY || sbrk(AHEAD_BYTES) == (void *)-1)
        return false;
    (void)sbrk(-AHEAD_BYTES);
    return true;
}

void okb_os_settle_memory(void)
{
    /* Refusals are no loss: then memory comes as it always does. */
    (void)mallopt(M_MMAP_THRESHOLD, OWN_MAPPING_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, INT_MAX);
    if (!may_reach_ahead())
        return;
    uintptr_t from = ((uintptr_t)sbrk(0) + HUGE_PAGE_BYTES - 1) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    (void)mallopt(M_TOP_PAD, AHEAD_BYTES);
    void *volatile more_than_at_hand = malloc(HUGE_PAGE_BYTES); /* a compiler would drop a plain pair */
    free(more_than_at_hand);
    (void)mallopt(M_TOP_PAD, STEP_BYTES);
    uintptr_t to = (uintptr_t)sbrk(0) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    if (to > from)
        (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
}
