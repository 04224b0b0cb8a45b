/*
 * Owns how the process takes memory from the system. A run takes what it needs once and ends: giving memory back on the way only to
 * take it again, and entering the kernel for each page of it, cost a sixth of a small run.
 */
#include "okrbook/os.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { KEPT_BYTES = 1 << 30, AHEAD_BYTES = 1 << 26, HUGE_PAGE_BYTES = 1 << 21 };

void okb_os_settle_memory(void)
{
    /* Refusals are no loss: then memory comes as it always does. */
    uintptr_t from = (uintptr_t)sbrk(0);
    (void)mallopt(M_MMAP_THRESHOLD, AHEAD_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    (void)mallopt(M_TOP_PAD, AHEAD_BYTES);
    void *volatile more_than_at_hand = malloc(HUGE_PAGE_BYTES); /* a compiler would drop a plain pair */
    free(more_than_at_hand);
    uintptr_t to = (uintptr_t)sbrk(0) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    from = (from + HUGE_PAGE_BYTES - 1) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    if (to > from)
        (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
}
