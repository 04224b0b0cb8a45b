"""The printed pages: no figure turned to ###, no title cut, the Summary on one page.

usage: test_pages.py WORKBOOK.xlsx FOLDER
"""

import pathlib
import re
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import openpyxl
from tap import check, end

import office

warnings.filterwarnings("ignore", module="openpyxl")
workbook, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
book = openpyxl.load_workbook(workbook, data_only=True)
pages = office.pages(office.pdf(workbook, folder))


def sheet_of(page):
    """The sheet's name stands in the middle of the page's foot."""
    foot = [line for line in page.rstrip().split("\n") if "Page" in line]
    return re.split(r"\s{3,}", foot[-1].strip())[-2] if foot else ""


by_sheet = {}
for page in pages:
    by_sheet.setdefault(sheet_of(page), []).append(page)
check("every sheet has a page", [s for s in book.sheetnames if s not in by_sheet])
check("the Summary is one page", [] if len(by_sheet.get("Summary", [])) == 1 else [len(by_sheet.get("Summary", []))])
check("no figure is too wide for its column", ["page %d" % (i + 1) for i, page in enumerate(pages) if "###" in page])
check("no cell shows an error", ["page %d: %s" % (i + 1, e) for i, page in enumerate(pages)
                                 for e in re.findall(r"#(?:REF|NAME|VALUE|DIV/0|N/A|NUM|FMT)[!?]?", page)])


def words_of(text):
    """Words of runs that fit on a line; longer ones, like a file's name, are broken where the line ends."""
    return [w for run in text.split() if len(run) <= 16 for w in re.findall(r"\w+", run)]


def cut_texts():
    """Each word of a wrapped cell has to be among the words of its sheet's pages."""
    for sheet in book:
        if sheet.title in ("Data", "Import log"):
            continue
        printed = sheet.print_area
        right = openpyxl.utils.range_boundaries(printed[0] if isinstance(printed, list) else printed)[2] if printed else sheet.max_column
        there = set(words_of(" ".join(by_sheet.get(sheet.title, []))))
        for row in sheet.iter_rows(max_col=right):
            for cell in row:
                if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
                    continue
                gone = [w for w in words_of(cell.value) if w not in there and len(w) > 3 and w.isascii()]
                if gone:
                    yield "%s!%s: %s" % (sheet.title, cell.coordinate, " ".join(gone))


check("no wrapped text is cut", cut_texts())
end()
