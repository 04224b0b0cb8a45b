"""Invented companies of unusual shapes, as exports: one team with one goal, and more teams than a page shows, with names that clash.

usage: companies.py FOLDER
"""

import csv
import pathlib
import sys

COLUMNS = "cycle,team,level,kind,id,parent_id,title,owner,baseline,target,current,unit".split(",")
# Equal once cut or folded, not allowed on a tab, taken by a sheet of ours, or of scripts that count twice.
NAMES = ["History", "history of science", "Summary", "findings", "[Ops]: *what?* / \\", "'Quoted'", "=1+1", "Contents",
         "A team whose name is far too long for a tab, north", "A team whose name is far too long for a TAB, south",
         "فريق النمو في الشرق الأوسط وشمال أفريقيا", "成長チームのとても長い名前です成長チームのとても長い名前です", "🚀" * 20, "123", "R1C1",
         'Says "quite" & more', "Q3", "2026", "TRUE", "Ｓales", "Sales", "シート", "しーと", "İz", "ıZ", "FY26"]
NAMES += ["Team %d" % i for i in range(1, 20)]


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def objective(team, name, parent="", level="team"):
    return ["Q3 2026", team, level, "objective", name, parent, "Be the place that people recommend, " + name, "Ada Quill", "", "", "", ""]


def key_result(team, name, parent, current):
    return ["Q3 2026", team, "team", "key_result", name, parent, "Raise renewals from 40% to 60%, " + name, "Ada Quill", 40, 60, current, "%"]


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
# The company has an objective that nothing measures.
write(folder / "tiny.csv", [objective("Company", "C1", level="company"), objective("Solo", "O1", "C1"), key_result("Solo", "K1", "O1", 51)])
rows = [objective("Company", "C1", level="company"), objective("Company", "C2", level="company")]
for at, team in enumerate(NAMES):
    for o in range(2):
        name = "O%d-%d" % (at, o)
        rows.append(objective(team, name, "C%d" % (o + 1)))
        rows += [key_result(team, "K%d-%d-%d" % (at, o, k), name, 40 + (at + 3 * o + 5 * k) % 22) for k in range(3)]
write(folder / "wide.csv", rows)
