#!/usr/bin/env python3
"""Keeps the named columns of a CSV on stdin, in the order named, so that an expectation shows what a test is about.

usage: columns.py [--where COLUMN=VALUE]... [--nonempty] COLUMN[,COLUMN]...

--where     only the rows whose COLUMN is VALUE; all conditions must hold
--nonempty  leaves out the named columns that are empty in every row kept

A column that the table lacks is an error (status 2): an expectation must not pass because a name was mistyped.
"""

import csv
import io
import sys


def fail(text):
    sys.stderr.write("columns.py: " + text + "\n")
    sys.exit(2)


def main(argv):
    wanted, where, nonempty = [], [], False
    args = argv[1:]
    while args:
        arg = args.pop(0)
        if arg == "--where" and args and "=" in args[0]:
            where.append(args.pop(0).split("=", 1))
        elif arg == "--nonempty":
            nonempty = True
        elif arg.startswith("-"):
            fail("bad option '%s'" % arg)
        else:
            wanted += arg.split(",")
    if not wanted:
        fail("no column named")

    data = sys.stdin.buffer.read()
    if not data:
        return 0
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    header = rows[0]
    for name in wanted + [name for name, _ in where]:
        if header.count(name) != 1:
            fail("column '%s' stands %d times in the header" % (name, header.count(name)))
    for line, row in enumerate(rows, 1):
        if len(row) != len(header):
            fail("row %d has %d cells, the header %d" % (line, len(row), len(header)))

    kept = [r for r in rows[1:] if all(r[header.index(name)] == value for name, value in where)]
    if nonempty:
        wanted = [name for name in wanted if any(r[header.index(name)] for r in kept)]
    places = [header.index(name) for name in wanted]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(wanted)
    writer.writerows([[row[p] for p in places] for row in kept])
    sys.stdout.buffer.write(out.getvalue().encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
