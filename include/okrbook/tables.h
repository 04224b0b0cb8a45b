/* The editable tables as they are compiled in: the bytes of src/tables/NAME.csv. */
#ifndef OKRBOOK_TABLES_H
#define OKRBOOK_TABLES_H

#include "okrbook/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct okb_builtin {
    const char *name; /* "rules.csv", "rules-de.csv", "columns.csv" ... */
    const unsigned char *bytes;
    size_t size_bytes;
} okb_builtin;

extern const okb_builtin okb_builtins[]; /* by name, ended by a NULL name */

okb_span okb_builtin_bytes(const char *name); /* empty where there is none */

#ifdef __cplusplus
}
#endif

#endif
