"""Every formula, worked out again by LibreOffice, comes to the value that is cached in the workbook; and a changed figure moves
everything that follows from it.

usage: test_recalculate.py WORKBOOK.xlsx FOLDER
"""

import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import openpyxl
from tap import check, end

import office

warnings.filterwarnings("ignore", module="openpyxl")  # it does not know the extension that bars stand in
workbook, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def formulas(path):
    book = openpyxl.load_workbook(path)
    return {(sheet.title, cell.coordinate): cell.value
            for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}


def values(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def differences(cached, again, live):
    for place in sorted(live):
        a, b = cached.get(place), again.get(place)
        a, b = ("" if x is None else x for x in (a, b))
        if isinstance(a, (int, float)) and isinstance(b, (int, float)):
            if abs(a - b) > 1e-9:
                yield "%s!%s: cached %r, worked out %r: %s" % (*place, a, b, live[place])
        elif a != b:
            yield "%s!%s: cached %r, worked out %r: %s" % (*place, a, b, live[place])


live = formulas(workbook)
cached = values(workbook)
again = values(office.recalculated(workbook, folder / "again"))
check("there are formulas on the Summary, the team sheets and the Method sheet",
      ["no formula on " + name for name in ("Summary", "Company", "Method") if not any(p[0] == name for p in live)])
check("every formula comes to its cached value", differences(cached, again, live))
check("no formula ends in an error",
      ["%s!%s: %s" % (*p, again[p]) for p in live if isinstance(again.get(p), str) and again[p].startswith("#")])

# ---- a changed figure moves its objective, its team and the Summary -------------------------------------------------


def header_columns(sheet):
    for row in sheet.iter_rows(min_row=1, max_row=20):
        names = {cell.value: cell.column for cell in row if cell.value}
        if "Score" in names and "Now" in names:
            return row[0].row, names
    raise AssertionError("no header on " + sheet.title)


def change_a_key_result():
    """Moves a key result of the company half its way on; returns what has to move with it."""
    book = openpyxl.load_workbook(workbook)
    plain = openpyxl.load_workbook(workbook, data_only=True)
    sheet, known = book["Company"], plain["Company"]
    head, names = header_columns(sheet)
    objective = None
    for row in range(head + 1, sheet.max_row + 1):
        kind = known.cell(row, names["Kind"]).value
        if kind == "Objective":
            objective = row
        score = known.cell(row, names["Score"]).value
        now, target = known.cell(row, names["Now"]).value, known.cell(row, names["Target"]).value
        if kind == "Key result" and objective and None not in (score, now, target) and 0 < score < 0.9:
            sheet.cell(row, names["Now"]).value = now + (target - now) / 2
            changed = folder / "changed.xlsx"
            book.save(changed)
            letter = openpyxl.utils.get_column_letter(names["Score"])
            return changed, ("Company", letter + str(row)), ("Company", letter + str(objective))
    raise AssertionError("no key result to change")


changed, key_result, objective = change_a_key_result()
moved = values(office.recalculated(changed, folder / "moved"))
team_score, overall = ("Company", "C4"), ("Summary", "A6")
summary_objectives = [p for p, f in live.items() if p[0] == "Summary" and str(f).endswith("'Company'!$%s$%s)" % (objective[1][0], objective[1][1:]))]


def not_moved(places):
    for place in places:
        if not (isinstance(moved.get(place), (int, float)) and moved[place] > again[place] + 1e-6):
            yield "%s!%s stays at %r" % (*place, moved.get(place))


check("a key result that moves on moves its score", not_moved([key_result]))
check("... its objective", not_moved([objective]))
check("... its team", not_moved([team_score]))
check("... the objective on the Summary", not_moved(summary_objectives) if summary_objectives else ["it is not there"])
check("... and the overall score", not_moved([overall]))
check("... and the headline says so",
      [] if moved[("Summary", "A2")] != again[("Summary", "A2")] else ["the headline stays " + str(moved[("Summary", "A2")])])

# ---- a changed threshold moves the words ---------------------------------------------------------------------------


def change_a_threshold():
    book = openpyxl.load_workbook(workbook)
    sheet = book["Method"]
    for row in sheet.iter_rows(max_col=2):
        if row[0].value == "Gap_On_Track":
            row[1].value = 1
    changed_path = folder / "threshold.xlsx"
    book.save(changed_path)
    return values(office.recalculated(changed_path, folder / "threshold"))


lenient = change_a_threshold()
statuses = [p for p, f in live.items() if isinstance(again.get(p), str) and again[p] in ("● At risk", "▼ Off track")
            and p[0] not in ("Summary", "Contents") and str(f).startswith("=IF(COUNT(")]
check("there are goals at risk to tell by", [] if statuses else ["none"])
check("a wider Gap_On_Track puts every goal at risk or off track on track",
      ["%s!%s stays %s" % (*p, lenient[p]) for p in statuses if lenient[p] != "▲ On track"])
end()
