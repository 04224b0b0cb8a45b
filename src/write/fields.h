/*
 * fields: how the lists of columns are declared. A column is one line of its list: name, width, look, and the member or the
 * function that its values come from.
 */
#ifndef OKRBOOK_WRITE_FIELDS_H
#define OKRBOOK_WRITE_FIELDS_H

#include "facts.h"

#define TEXT OKB_VALUE_TEXT
#define NUMBER OKB_VALUE_NUMBER
#define BY OKB_FIELD_BY

/* A getter, get_NAME, whose body is one call; row declares what the call reads. */
#define GETTER(name, row, call)                                                                                        \
    static void get_##name(okb_facts *f, uint32_t ix, okb_value *out)                                                  \
    {                                                                                                                  \
        row;                                                                                                           \
        call;                                                                                                          \
    }

#define LIST(array)                                                                                                    \
    (okb_field_list)                                                                                                   \
    {                                                                                                                  \
        array, sizeof array / sizeof array[0]                                                                          \
    }

#endif
