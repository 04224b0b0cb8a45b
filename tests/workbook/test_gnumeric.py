"""Gnumeric as a third opinion: it reads the sheets, cells and formulas that openpyxl reads, and works each formula out to the
value that is cached.

usage: test_gnumeric.py FOLDER WORKBOOK.xlsx...
"""

import pathlib
import subprocess
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import openpyxl
from tap import check, end

warnings.filterwarnings("ignore", module="openpyxl")
folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def worked_out(path):
    made = folder / path.name
    done = subprocess.run(["ssconvert", "--recalc", str(path), str(made)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=300, check=False)
    if done.returncode or not made.exists():
        raise RuntimeError("ssconvert made nothing of %s: %s" % (path, done.stdout.decode(errors="replace")))
    return made


def cells(path):
    """Values and formulas by (sheet, cell); a formula that comes to an empty text has no value."""
    values, formulas = {}, set()
    for data_only in (True, False):
        book = openpyxl.load_workbook(path, data_only=data_only)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if not data_only and cell.data_type == "f":
                        formulas.add((sheet.title, cell.coordinate))
                    elif data_only and cell.value not in (None, ""):
                        values[sheet.title, cell.coordinate] = cell.value
    return book.sheetnames, values, formulas


def is_same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-9
    return a == b


for path in map(pathlib.Path, sys.argv[2:]):
    sheets, values, formulas = cells(path)
    their_sheets, their_values, their_formulas = cells(worked_out(path))
    check("%s: Gnumeric reads the same sheets" % path.name, [] if sheets == their_sheets else [sheets, their_sheets])
    check("%s: and the same formulas" % path.name, ["%s!%s" % p for p in sorted(formulas ^ their_formulas)])
    check("%s: and comes to the same value in each cell" % path.name,
          ["%s!%s: here %r, there %r" % (*p, values.get(p), their_values.get(p))
           for p in sorted(set(values) | set(their_values)) if not is_same(values.get(p), their_values.get(p))])
    check("%s: which has cells and formulas" % path.name, [] if values and (formulas or "data" in path.name) else ["none"])
end()
