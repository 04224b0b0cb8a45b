"""The workbooks of a split lead to each other: the summary to every team's, each team's back to the summary.

usage: test_split.py FOLDER
"""

import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import openpyxl
from tap import check, end

warnings.filterwarnings("ignore", module="openpyxl")
folder = pathlib.Path(sys.argv[1])


def files_linked(sheet):
    return {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.hyperlink.target}


there = {p.name for p in folder.glob("*.xlsx")}
summary = openpyxl.load_workbook(folder / "summary.xlsx")
teams = there - {"summary.xlsx"}
companies = set()
for name in sorted(teams):
    book = openpyxl.load_workbook(folder / name)
    first = book.worksheets[0]
    if first.title == "Company":
        companies.add(name)
    check("%s leads back to the summary" % name, [] if files_linked(first) == {"summary.xlsx"} else [files_linked(first)])
linked = files_linked(summary["History by cycle"])
check("the summary's history leads to every team's workbook", sorted(teams - companies - linked) + sorted(linked - there))
check("the summary's scoreboard leads to workbooks that are there", sorted(files_linked(summary["Summary"]) - there)
      + ([] if files_linked(summary["Summary"]) else ["no link"]))
check("there are workbooks of several teams", [] if len(teams) > 2 else sorted(there))
end()
