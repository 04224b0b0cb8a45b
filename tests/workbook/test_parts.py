"""A table that is longer than a sheet goes on on the next one: every row is there once, in order, and each part says where it goes on.

usage: test_parts.py WORKBOOK.xlsx PARTED.xlsx
"""

import pathlib
import re
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import openpyxl
from tap import check, end

warnings.filterwarnings("ignore", module="openpyxl")
whole = openpyxl.load_workbook(sys.argv[1], data_only=True)
parted = openpyxl.load_workbook(sys.argv[2], data_only=True)
HEADS = {"Data": 1, "Alignment": 4, "Check-ins": 4, "Findings": 4}  # rows above the table's first


def parts_of(name):
    """The sheets of a table, in order: Data, Data (2), Data (3)."""
    at = re.compile(re.escape(name) + r"( \(\d+\))?")
    return [s for s in parted if at.fullmatch(s.title)]


def table(sheet, head):
    """Its rows up to the first empty one."""
    rows = []
    for row in sheet.iter_rows(min_row=head + 1, values_only=True):
        if not any(v is not None for v in row):
            break
        rows.append(tuple(v for v in row if v is not None))
    return rows


for name, head in HEADS.items():
    parts = parts_of(name)
    joined = [row for sheet in parts for row in table(sheet, head)]
    once = table(whole[name], head)
    check("%s stands on several sheets, every row once and in order" % name,
          ([] if len(parts) > 1 else ["%d sheet" % len(parts)])
          + (["%d rows in parts, %d in one" % (len(joined), len(once))] if len(joined) != len(once) else [])
          + ["row %d: %.200r and %.200r" % (i + 1, a, b) for i, (a, b) in enumerate(zip(joined, once)) if a != b])
    pointers = {}
    for sheet in parts:
        last = sheet.cell(sheet.max_row, 1)
        pointers[sheet.title] = last.hyperlink.location if last.hyperlink else None
    check("%s: each part but the last leads to the next" % name,
          ["%s: %s" % (a.title, pointers[a.title]) for a, b in zip(parts, parts[1:]) if pointers[a.title] != "'%s'!A1" % b.title]
          + (["the last leads on"] if str(parts[-1].cell(parts[-1].max_row, 1).value).startswith("Continued") else []))
end()
