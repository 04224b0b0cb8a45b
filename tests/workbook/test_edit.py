"""A figure changed in the workbook comes to what a run on the changed input comes to.

Every kind of goal there is: rising, falling, at least, at most, milestones, percentages, a target that equals its baseline, weights,
objectives of objectives. The same figures are changed in the workbook, which Gnumeric and LibreOffice then work out, and in the
input, which the program then reads.

usage: test_edit.py PROGRAM FOLDER
"""

import csv
import datetime
import pathlib
import subprocess
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import openpyxl
from tap import check, end

import office

warnings.filterwarnings("ignore", module="openpyxl")
program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
COLUMNS = "cycle,team,level,kind,id,parent_id,title,owner,baseline,target,current,unit,direction,ambition,weight,status,start,due".split(",")
# id, parent, direction, ambition, weight, unit, baseline, target, current, what it becomes
MEASURES = [
    ("K1", "O1", "increase", "stretch", "", "%", 40, 60, 45, 58), ("K2", "O1", "decrease", "stretch", 3, "days", 20, 8, 18, 7),
    ("K3", "O1", "increase", "stretch", 0, "", 0, 10, 1, 9), ("K4", "O2", "at_least", "committed", "", "%", 90, 95, 93, 95),
    ("K5", "O2", "at_most", "committed", 2, "hours", 30, 24, 25, 24), ("K6", "O2", "increase", "committed", "", "", 10, 10, 9, 10),
    ("K7", "O3", "decrease", "committed", "", "", 5, 5, 6, 4), ("K8", "O3", "increase", "stretch", 1, "", 100, 200, 90, 260),
    ("K9", "O3", "increase", "learning", "", "", 0, 4, 1, 3), ("K10", "O4", "increase", "stretch", 0.5, "$", 1000000, 2500000, 1100000, 2200000),
    ("K11", "O6", "increase", "stretch", "", "%", 0.1, 0.4, 0.15, 0.349999), ("K12", "O7", "increase", "stretch", 2, "", 10, 20, 11, 16.95),
    ("G1", "", "increase", "committed", "", "", 0, 7, 2, 7), ("G2", "", "decrease", "stretch", "", "", -5, -9, -6, -8),
    ("K13", "C1", "increase", "stretch", "", "", 0, 100, 13, 71),
]
OBJECTIVES = [("C1", "Company", "company", ""), ("O1", "North", "team", "C1"), ("O2", "North", "team", "C1"), ("O3", "South", "team", "O4"),
              ("O4", "South", "team", "C1"), ("O5", "South", "team", ""), ("O6", "West", "team", "O7"), ("O7", "West", "team", "C1")]


def write(path, is_changed):
    team_of = {o[0]: o[1:3] for o in OBJECTIVES}
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        same = {"cycle": "Q3 2026", "owner": "Ada Quill"}
        for name, team, level, parent in OBJECTIVES:
            writer.writerow({**same, "team": team, "level": level, "kind": "objective", "id": name, "parent_id": parent,
                             "title": "Be the place that people of %s recommend" % name})
        for name, parent, direction, ambition, weight, unit, baseline, target, now, then in MEASURES:
            team, level = team_of.get(parent, ("West", "team"))
            writer.writerow({**same, "team": team, "level": level, "kind": "goal" if name.startswith("G") else "key_result", "id": name,
                             "parent_id": parent, "title": "Renewals of line %s" % name, "direction": direction, "ambition": ambition,
                             "weight": weight, "unit": unit, "baseline": baseline, "target": target, "current": then if is_changed else now,
                             "due": "2026-08-01" if name in ("K8", "G1", "K4") else ""})
        writer.writerow({**same, "team": "North", "level": "team", "kind": "key_result", "id": "M1", "parent_id": "O2", "title": "Open the office",
                         "direction": "milestone", "status": "in_progress"})


def build(name, is_changed, *options, as_of="2026-08-28"):
    write(folder / (name + ".csv"), is_changed)
    subprocess.run([program, "build", str(folder / (name + ".csv")), "--as-of", as_of, "--fail-on", "never", "-o",
                    str(folder / (name + ".xlsx")), *options], check=True)
    return folder / (name + ".xlsx")


def values(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.value not in (None, "")}


def by_gnumeric(path):
    made = path.with_suffix(".again.xlsx")
    subprocess.run(["ssconvert", "--recalc", str(path), str(made)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return values(made)


def by_libreoffice(path):
    return values(office.recalculated(path, folder / "office"))


def edited(path, name, changes, parameters):
    """The workbook with the Now of every goal, or the named parameters, changed; nothing is worked out in it yet."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows(min_row=1):
            heads = {c.value: c.column for c in row}
            if "Now" in heads and "Id" in heads:
                for at in range(row[0].row + 1, sheet.max_row + 1):
                    ident = sheet.cell(at, heads["Id"]).value
                    if ident in changes:
                        sheet.cell(at, heads["Now"]).value = changes.pop(ident)
                break
    for row in book["Method"].iter_rows(max_col=2):
        if row[0].value in parameters:
            row[1].value = parameters.pop(row[0].value)
    assert not changes and not parameters, (changes, parameters)
    book.save(folder / (name + ".xlsx"))
    return folder / (name + ".xlsx")


def formulas(path):
    book = openpyxl.load_workbook(path)
    return {(s.title, c.coordinate) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}


def differences(here, there, places):
    for place in sorted(places):
        a, b = here.get(place), there.get(place)
        if isinstance(a, (int, float)) and isinstance(b, (int, float)) and abs(a - b) <= 1e-9:
            continue
        if a != b:
            yield "%s!%s: %r after the change in the workbook, %r after that in the input" % (*place, a, b)


def bands(cells):
    """What the Summary's chart of bands draws: the place and the value of every label and count."""
    head = next(p for p, v in cells.items() if p[0] == "Summary" and v == "Band")
    column, row = openpyxl.utils.cell.coordinate_from_string(head[1])
    first = openpyxl.utils.column_index_from_string(column)
    return {p: cells.get(p) for r in range(row + 1, row + 5) for c in range(first, first + 3)
            for p in [("Summary", openpyxl.utils.get_column_letter(c) + str(r))]}


def drawn(cells):  # the block stands lower where there are more weeks
    return list(bands(cells).values())


SHEETS = ("Company", "North", "South", "West", "History by cycle")  # the Summary puts what matters most first, so that its rows move
start = build("start", False)
live = {p for p in formulas(start) if p[0] in SHEETS}
before = values(start)
check("there are live scores on each of these sheets", [n for n in SHEETS if not any(p[0] == n for p in live)])
check("the bands that the Summary's chart draws are formulas",
      ["%s!%s" % p for p, v in bands(before).items() if p not in formulas(start) and v not in ("Amber", "No score")])
changes = {m[0]: m[-1] for m in MEASURES}
readers = [("Gnumeric", by_gnumeric)] + ([("LibreOffice", by_libreoffice)] if office.is_here() else [])
for name, as_of, parameters, options in [
        ("figures", "2026-08-28", {}, []), ("day", "2026-09-14", {"As_Of": datetime.date(2026, 9, 14)}, []),
        ("thresholds", "2026-08-28",
         {"Success_Threshold": 0.9, "Success_Committed": 0.8, "Red_Max": 0.5, "Gap_On_Track": 0.2, "Gap_At_Risk": 0.3},
         ["--set", "band.green=0.9", "--set", "success.committed=0.8", "--set", "band.red=0.5", "--set", "pace.on_track=0.2", "--set",
          "pace.at_risk=0.3"])]:
    then = values(build(name + ".input", True, *options, as_of=as_of))
    changed = edited(start, name, dict(changes), dict(parameters))
    for reader, work_out in readers:
        now = work_out(changed)
        check("changed %s come to what a run on the changed input comes to, by %s" % (name, reader), differences(now, then, live))
        check("changed %s move every score that they should, by %s" % (name, reader),
              [] if sum(now.get(p) != before.get(p) for p in live) > 40 else ["few moved"])
        overall = [p for p in formulas(start) if p == ("Summary", "A6")]
        check("changed %s move the overall score on the Summary, by %s" % (name, reader),
              list(differences(now, then, overall)) + ([] if overall and now[overall[0]] != before[overall[0]] else ["it stands still"]))
        check("changed %s move the bands that the Summary's chart draws, by %s" % (name, reader),
              (["%r, not %r" % (drawn(now), drawn(then))] if drawn(now) != drawn(then) else [])
              + (["they stand still"] if drawn(now) == drawn(before) else []))
end()
