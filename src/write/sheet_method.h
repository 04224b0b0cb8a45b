/* Where the Method sheet keeps the parameters: other sheets' formulas reach them by name only. */
#ifndef OKRBOOK_WRITE_SHEET_METHOD_H
#define OKRBOOK_WRITE_SHEET_METHOD_H

#include "page.h"
#include "sheets.h"

/* The Checks block: totals made a second time from the Data sheet, with the differences. Returns the first free row. */
uint32_t okb_method_checks(okb_page *page, uint32_t row);

#endif
