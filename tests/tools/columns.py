#!/usr/bin/env python3
"""Keeps the named columns of a CSV on stdin, in the order named, so that an expectation shows what a test is about.

usage: columns.py [--where COLUMN=VALUE]... [--by COLUMN[,COLUMN]...] [--goals FILE] COLUMN[,COLUMN]...

--where  only the rows whose COLUMN is VALUE; all conditions must hold
--by     rows in the order of these columns (whole numbers by size, else by code point); rows that tie keep their order
--goals  an export of the goals, for the column `goal`

Two columns are made here, so that no expectation hangs on an id that the program has invented:
parent   the titles of the goals named in parent_id, an id that the table does not hold as it is
goal     the title of goal_id, looked up in --goals

A column that the table lacks is an error (status 2): an expectation must not pass because a name was mistyped.
"""

import csv
import io
import sys


def fail(text):
    sys.stderr.write("columns.py: " + text + "\n")
    sys.exit(2)


def read_table(data):
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    header = rows[0]
    if len(set(header)) != len(header):
        fail("a column stands twice in the header")
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            fail("row %d has %d cells, the header %d" % (number, len(row), len(header)))
    return header, [dict(zip(header, row)) for row in rows[1:]]


def add_titles(rows, source, target, goals):
    """Fills the column `target` with the titles of the goals whose ids stand in the column `source`."""
    titles = {goal["id"]: goal["title"] for goal in goals}
    for row in rows:
        row[target] = "; ".join(titles.get(i, i) for i in row[source].split("; "))


def order_of(text):
    return (0, int(text), "") if text.isdigit() else (1, 0, text)


def main(argv):
    wanted, where, by, goals = [], [], [], None
    args = argv[1:]
    while args:
        arg = args.pop(0)
        if arg in ("--where", "--by", "--goals") and args:
            value = args.pop(0)
            if arg == "--where":
                where.append(value.split("=", 1))
            elif arg == "--by":
                by += value.split(",")
            else:
                with open(value, "rb") as file:
                    goals = read_table(file.read())[1]
        elif arg.startswith("-"):
            fail("bad option '%s'" % arg)
        else:
            wanted += arg.split(",")
    if not wanted or any(len(condition) != 2 for condition in where):
        fail("usage: columns.py [--where COLUMN=VALUE]... [--by COLUMN,...] [--goals FILE] COLUMN,...")

    data = sys.stdin.buffer.read()
    if not data:
        return 0
    header, rows = read_table(data)
    if "parent_id" in header:
        add_titles(rows, "parent_id", "parent", rows)
        header.append("parent")
    if goals is not None and "goal_id" in header:
        add_titles(rows, "goal_id", "goal", goals)
        header.append("goal")
    for name in wanted + by + [condition[0] for condition in where]:
        if name not in header:
            fail("there is no column '%s'" % name)

    rows = [row for row in rows if all(row[name] == value for name, value in where)]
    rows.sort(key=lambda row: [order_of(row[name]) for name in by])
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(wanted)
    writer.writerows([[row[name] for name in wanted] for row in rows])
    sys.stdout.buffer.write(out.getvalue().encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
