"""What a finished workbook promises, read by openpyxl and from the parts themselves: sheets, types, names, links, print set-up.

usage: test_structure.py WORKBOOK.xlsx
"""

import datetime
import pathlib
import re
import sys
import warnings
import xml.etree.ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import openpyxl
from tap import check, end

warnings.filterwarnings("ignore", module="openpyxl")
path = pathlib.Path(sys.argv[1])
book = openpyxl.load_workbook(path)
plain = openpyxl.load_workbook(path, data_only=True)
parts = zipfile.ZipFile(path)
FIXED = ["Summary", "Contents", "Company", "Alignment", "Check-ins", "Findings", "Changes", "History by cycle", "Advice", "Data",
         "Import log", "Method"]
PRESENTED = [s for s in book.sheetnames if s not in ("Data",)]
TEAMS = [s for s in book.sheetnames if s not in FIXED or s == "Company"]

# ---- sheets --------------------------------------------------------------------------------------------------------

there = [s for s in FIXED if s in book.sheetnames]
check("the sheets of a board workbook are there, in order",
      ["missing " + s for s in FIXED if s not in book.sheetnames and s != "Contents"]
      + ([] if [s for s in book.sheetnames if s in FIXED] == there else ["order: " + ", ".join(book.sheetnames)]))
check("the Summary is active and every sheet has A1 selected",
      ([] if book.active.title == "Summary" else ["active: " + book.active.title])
      + ["%s: %s" % (s.title, sel.activeCell) for s in book for sel in s.sheet_view.selection
         if s.sheet_view.pane is None and sel.activeCell != "A1"])
check("no sheet is hidden, and no row or column",
      [s.title for s in book if s.sheet_state != "visible"]
      + ["%s column %s" % (s.title, k) for s in book for k, d in s.column_dimensions.items() if d.hidden]
      + ["%s row %s" % (s.title, k) for s in book for k, d in s.row_dimensions.items() if d.hidden])
check("no cells are merged", ["%s: %s" % (s.title, r) for s in book for r in s.merged_cells.ranges])
check("no macro, no external link, no connection",
      [n for n in parts.namelist() if re.search(r"vba|externalLink|connections|embeddings", n)])

# ---- formulas ------------------------------------------------------------------------------------------------------

KNOWN = {"IF", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "SUM", "SUMIF", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "IFERROR", "SUMPRODUCT",
         "ISNUMBER", "MAX", "MIN", "ROUND", "ABS", "N", "FIXED", "AND", "LEFT", "INDEX", "MATCH", "INT"}
live = [(s.title, c.coordinate, c.value) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]


def outside_quotes(formula):
    return re.sub(r"\"[^\"]*\"|'(?:[^']|'')*'!", "", formula)


check("formulas use functions that Excel 2007 has and none that is volatile",
      ["%s!%s: %s" % (s, c, f) for s, c, f in live
       for name in re.findall(r"([A-Z][A-Z0-9.]+)\(", outside_quotes(str(f))) if name not in KNOWN])
check("no formula is longer than 8,192 characters", ["%s!%s" % (s, c) for s, c, f in live if len(str(f)) > 8192])
check("every formula has its value beside it",
      ["%s!%s: %s" % (s, c, f) for s, c, f in live if plain[s][c].value is None and not str(f).startswith(("=IF", "='"))])

# ---- cells ---------------------------------------------------------------------------------------------------------


def column_of(sheet, head_row, name):
    for cell in sheet[head_row]:
        if cell.value == name:
            return cell.column
    raise AssertionError("%s has no column %s" % (sheet.title, name))


CANONICAL = ("cycle,team,level,kind,id,parent_id,title,owner,start,due,baseline,target,current,unit,direction,ambition,weight,"
             "progress,score,status,confidence,priority,description,comment,blocker,updated,class,specific,measurable,achievable,"
             "relevant,timebound,vague,compound,computed_score,raw,expected,pace,band,met,forecast,confidence_trend,checkins,"
             "last_checkin,checkin_rate,linked,findings,source_file,source_line").split(",")
data = plain["Data"]
check("the Data sheet has the canonical columns in order",
      [] if [c.value for c in data[1]] == CANONICAL else [[c.value for c in data[1]]])
TYPES = {"start": datetime.datetime, "due": datetime.datetime, "baseline": (int, float), "target": (int, float),
         "current": (int, float), "id": str, "title": str, "computed_score": (int, float), "source_line": int}


def wrong_types():
    for name, kind in TYPES.items():
        column = CANONICAL.index(name) + 1
        for row in range(2, data.max_row + 1):
            value = data.cell(row, column).value
            if value is not None and not isinstance(value, kind):
                yield "Data!%s row %d: %r" % (name, row, value)


check("cells of the Data sheet are of their column's type", wrong_types())
check("there is a goal with an id on every row of the Data sheet",
      ["row %d" % r for r in range(2, data.max_row + 1) if not data.cell(r, 5).value])
check("scores lie between 0 and 1",
      ["row %d" % r for r in range(2, data.max_row + 1)
       if not 0 <= (data.cell(r, CANONICAL.index("computed_score") + 1).value or 0) <= 1])
titles = {data.cell(r, 7).value for r in range(2, data.max_row + 1)}
owners = {data.cell(r, 8).value for r in range(2, data.max_row + 1)}
check("no text of the input became a formula",
      ["%s!%s: %s" % (s, c, f) for s, c, f in live if str(f) in titles or str(f) in owners])
WORDS = re.compile(r"^[○◇▲●▼✓✕◆–] ")


def status_words():
    for name in TEAMS:
        sheet = plain[name]
        column = column_of(sheet, 10, "Status")
        for row in range(11, sheet.max_row + 1):
            value = sheet.cell(row, column).value
            if value and not WORDS.match(value):
                yield "%s row %d: %s" % (name, row, value)


check("every status is a word with its shape", status_words())

# ---- names, links, properties --------------------------------------------------------------------------------------

names = {n.name: n.attr_text for n in book.defined_names.definedName}
PARAMETERS = ["As_Of", "Cycle_End", "Cycle_Name", "Red_Max", "Success_Threshold", "Success_Committed", "Gap_On_Track",
              "Gap_At_Risk", "Too_Early"]
check("parameters have names that point to the Method sheet",
      [n for n in PARAMETERS if not names.get(n, "").startswith(("Method!", "'Method'!"))])


def links_of(sheet):
    return [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def bad_links():
    for sheet in book:
        for link in links_of(sheet):
            target = re.match(r"'((?:[^']|'')*)'!A1$", link.location or "")
            if link.target or not target or target.group(1).replace("''", "'") not in book.sheetnames:
                yield "%s!%s: %s %s" % (sheet.title, link.ref, link.target, link.location)


check("links lead to sheets of this workbook only", bad_links())
linked = {link.ref for link in links_of(book["Summary"])}
check("the Summary links to the team sheets", [] if len(linked) >= len(TEAMS) - 1 else ["%d links" % len(linked)])
properties = book.properties
check("title, subject, author, company and the day are among the document's properties",
      [n for n in ("title", "subject", "creator") if not getattr(properties, n)]
      + ([] if properties.created.year > 2000 else [properties.created]))
check("every chart and picture has an alternative text",
      ["%s: %s" % (n, tag) for n in parts.namelist() if re.match(r"xl/drawings/drawing\d+\.xml", n)
       for tag in re.findall(r"<xdr:cNvPr [^>]*>", parts.read(n).decode()) if not re.search(r'descr="[^"]{10,}"', tag)])
check("the Summary answers with three charts", [] if len(book["Summary"]._charts) == 3 else [len(book["Summary"]._charts)])
tables = [t for t in data.tables.values()] if hasattr(data, "tables") else []
check("the Data sheet is an Excel table named Goals", [] if [t.name for t in tables] == ["Goals"] else [t.name for t in tables])

# ---- print set-up --------------------------------------------------------------------------------------------------

check("every sheet prints landscape, one page wide, with its page number",
      [s.title for s in book if s.page_setup.orientation != "landscape" or not s.sheet_properties.pageSetUpPr.fitToPage
       or s.page_setup.fitToWidth not in (None, 1) or "&P of &N" not in (s.oddFooter.right.text or "")
       and "&P of" not in str(s.oddFooter.right.text)])
check("the Summary is one page", [] if book["Summary"].page_setup.fitToHeight in (None, 1) else [book["Summary"].page_setup.fitToHeight])
LISTS = TEAMS + ["Alignment", "Check-ins", "Findings", "Data"]
check("lists repeat their header, stay frozen below it and can be filtered",
      [n for n in LISTS if n in book.sheetnames and (not book[n].print_title_rows or not book[n].freeze_panes
                                                     or not (book[n].auto_filter.ref or n == "Data"))])
check("gridlines are off where sheets are presented", [n for n in PRESENTED if book[n].sheet_view.showGridLines])


def ungrouped():
    for name in TEAMS:
        sheet = plain[name]
        kind = column_of(sheet, 10, "Kind")
        above = None
        for row in range(11, sheet.max_row + 1):
            value = sheet.cell(row, kind).value
            if value == "Key result" and above == "Objective" and not book[name].row_dimensions[row].outlineLevel:
                yield "%s row %d" % (name, row)
            above = value


check("key results are grouped under their objectives", ungrouped())
root = xml.etree.ElementTree.fromstring(parts.read("xl/styles.xml"))
space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
fonts = {f.get("val") for f in root.iter(space + "name") if f.get("val")}
check("there is one font", [] if len(fonts) <= 1 else sorted(fonts))

# ---- checks --------------------------------------------------------------------------------------------------------


def method_differences():
    sheet = plain["Method"]
    at = next((r for r in range(1, sheet.max_row) if sheet.cell(r, 1).value == "All differences"), None)
    if at is None:
        yield "there is no Checks block"
        return
    row = at
    while sheet.cell(row, 1).value:
        if sheet.cell(row, 4).value not in (0, None):
            yield "%s: %r" % (sheet.cell(row, 1).value, sheet.cell(row, 4).value)
        row += 1
    if row - at < 4:
        yield "only %d checks" % (row - at)


check("the Checks block of the Method sheet shows no difference", method_differences())
log = plain["Import log"]
head = next(r for r in range(1, 12) if log.cell(r, 1).value == "File")
unaccounted = column_of(log, head, "Unaccounted")
check("every row of the input is accounted for",
      ["row %d: %r" % (r, log.cell(r, unaccounted).value) for r in range(head + 1, log.max_row)
       if log.cell(r, unaccounted).value not in (0, None) and log.cell(r, 6).value is not None])
end()
