"""Every formula, worked out again by LibreOffice, comes to the value that is cached in the workbook; and a changed figure moves
everything that follows from it.

usage: test_recalculate.py WORKBOOK.xlsx FOLDER
"""

import pathlib
import re
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
        if "Score" in names and "Counts in" in names:
            return row[0].row, names
    raise AssertionError("no header on " + sheet.title)


def change_key_results():
    """Moves one key result of every objective half its way on; returns what has to move with them, by kind of place."""
    book = openpyxl.load_workbook(workbook)
    plain = openpyxl.load_workbook(workbook, data_only=True)
    places = {"key results": [], "objectives": [], "teams": []}
    for sheet in book:
        try:
            head, names = header_columns(sheet)
        except AssertionError:
            continue
        known = plain[sheet.title]
        letter = openpyxl.utils.get_column_letter(names["Score"])
        objective = None
        for row in range(head + 1, sheet.max_row + 1):
            kind = known.cell(row, names["Kind"]).value
            objective = row if kind == "Objective" else objective
            score = known.cell(row, names["Score"]).value
            now, target = known.cell(row, names["Now"]).value, known.cell(row, names["Target"]).value
            counts = known.cell(row, names["Counts in"]).value == "Objective"
            if kind != "Key result" or not counts or not objective or None in (score, now, target) or not 0 < score < 0.9:
                continue
            sheet.cell(row, names["Now"]).value = now + (target - now) / 2
            places["key results"].append((sheet.title, letter + str(row)))
            places["objectives"].append((sheet.title, letter + str(objective)))
            if (sheet.title, "C4") not in places["teams"]:
                places["teams"].append((sheet.title, "C4"))
            objective = None
    changed_path = folder / "changed.xlsx"
    book.save(changed_path)
    return changed_path, places


changed, places = change_key_results()
moved = values(office.recalculated(changed, folder / "moved"))


def repeats_on(sheet, places):
    """The cells of a sheet that repeat one of these."""
    wanted = ["'%s'!$%s$%s" % (title, re.match("[A-Z]+", cell).group(), re.search("[0-9]+", cell).group()) for title, cell in places]
    return [p for p, f in live.items() if p[0] == sheet and any(str(f).endswith(w + ")") for w in wanted)]


def not_moved(places):
    for place in places:
        if not (isinstance(moved.get(place), (int, float)) and moved[place] > again[place] + 1e-6):
            yield "%s!%s stays at %r" % (*place, moved.get(place))


check("there are objectives and teams to tell by",
      [] if len(places["objectives"]) >= 10 and len(places["teams"]) >= 5 else [places])
check("key results that move on move their scores", not_moved(places["key results"]))
check("... every objective above them", not_moved(places["objectives"]))
check("... every team's score", not_moved(places["teams"]))
repeated = repeats_on("Summary", places["objectives"] + places["teams"])
check("... the objectives and teams on the Summary", not_moved(repeated) if len(repeated) >= 10 else [repeated])
check("... the overall score", not_moved([("Summary", "A6")]))
check("... and the headline says so",
      [] if moved[("Summary", "A2")] != again[("Summary", "A2")] else ["the headline stays " + str(moved[("Summary", "A2")])])

# ---- a changed threshold moves the words ---------------------------------------------------------------------------


def with_thresholds(name, **to):
    book = openpyxl.load_workbook(workbook)
    sheet = book["Method"]
    for row in sheet.iter_rows(max_col=2):
        if row[0].value in to:
            row[1].value = to[row[0].value]
    changed_path = folder / (name + ".xlsx")
    book.save(changed_path)
    return changed_path


def change_thresholds(name, **to):
    return values(office.recalculated(with_thresholds(name, **to), folder / name))


lenient = change_thresholds("lenient", Gap_On_Track=1, Success_Threshold=0.01, Success_Committed=0.01)
statuses = [p for p, f in live.items() if isinstance(again.get(p), str) and again[p] in ("● At risk", "▼ Off track")
            and p[0] not in ("Summary", "Contents") and str(f).startswith("=IF(COUNT(")]
check("there are goals at risk to tell by", [] if statuses else ["none"])
check("a wider Gap_On_Track puts every goal at risk or off track on track",
      ["%s!%s stays %s" % (*p, lenient[p]) for p in statuses if lenient[p] != "▲ On track"])


# ---- ... and the colours of the bands ----

TINTS = {"#F7CBAE": "red", "#FBE5B6": "amber", "#B3D6EC": "green"}


def band_colours(path, red_max, green_min):
    """How many scores the heatmap and the history show in each band's colour, and those in a wrong one."""
    counts, wrong = dict.fromkeys(TINTS.values(), 0), []
    shown = office.coloured_numbers(path, folder / "html")
    for sheet in ("Check-ins", "History by cycle"):
        for number, colour in shown.get(sheet, []):
            if colour not in TINTS:
                continue
            counts[TINTS[colour]] += 1
            score = int(number * 100 + 0.5 + 1e-9) / 100
            band = "red" if score <= red_max else "green" if score >= green_min else "amber"
            if band != TINTS[colour]:
                wrong.append("%s: %r is %s" % (sheet, number, TINTS[colour]))
    return counts, wrong


usual, wrong = band_colours(workbook, 0.3, 0.7)
check("scores have the colour of their band", wrong if min(usual.values()) >= 20 else [usual])
strict, wrong = band_colours(with_thresholds("strict", Red_Max=0.55, Success_Threshold=0.9), 0.55, 0.9)
check("a changed Red_Max and Success_Threshold move the colours of the bands",
      wrong if strict["red"] > usual["red"] and strict["green"] < usual["green"] else [usual, strict])


def first_number(text):
    return int(re.match("[0-9]+", str(text)).group())


check("a lower threshold of success shows more goals as won on the Summary",
      [] if first_number(lenient[("Summary", "I6")]) > first_number(again[("Summary", "I6")]) else [lenient[("Summary", "I6")]])
check("... and fewer that will be missed",
      [] if first_number(lenient[("Summary", "J6")]) < first_number(again[("Summary", "J6")]) else [lenient[("Summary", "J6")]])
end()
