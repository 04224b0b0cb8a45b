/* What every unit test includes: cmocka and its needs, and a span check that prints both sides. */
#ifndef OKRBOOK_TEST_H
#define OKRBOOK_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "okrbook/base.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* Fails with the row of a table-driven test. */
#define assert_span(actual, expected, row)                                                                             \
    do {                                                                                                               \
        okb_span got_ = (actual);                                                                                      \
        okb_span want_ = okb_span_of(expected);                                                                        \
        if (!okb_span_eq(got_, want_))                                                                                 \
            fail_msg("row '%s': got '%.*s', expected '%.*s'", (row), OKB_FMT(got_), OKB_FMT(want_));                   \
    } while (0)

#define assert_near(actual, expected, row)                                                                             \
    do {                                                                                                               \
        double got_ = (actual), want_ = (expected);                                                                    \
        if (isnan(want_) ? !isnan(got_) : !(fabs(got_ - want_) <= 1e-9))                                               \
            fail_msg("row '%s': got %.12g, expected %.12g", (row), got_, want_);                                       \
    } while (0)

#endif
