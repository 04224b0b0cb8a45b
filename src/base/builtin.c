/* Finds a compiled-in table by name. */
#include "okrbook/tables.h"

okb_span okb_builtin_bytes(const char *name)
{
    for (const okb_builtin *table = okb_builtins; table->name; table++)
        if (okb_span_eq(okb_span_of(table->name), okb_span_of(name)))
            return (okb_span){(const char *)table->bytes, table->size_bytes};
    return (okb_span){NULL, 0};
}
