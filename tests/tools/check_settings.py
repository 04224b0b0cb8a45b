#!/usr/bin/env python3
"""The settings table and its uses in the sources agree: each name that is asked for is a row, each row is asked for,
and each row is whole."""

import csv
import glob
import os
import re

import tap

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TABLE = "src/tables/settings.csv"
# Direct uses, and names that a declared table of settings holds as plain strings.
USE = re.compile(r'okb_setting_(?:number|is|text)\s*\(\s*[^,;]*?,\s*"([^"]+)"', re.S)
ANY = re.compile(r'"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"')


def main():
    os.chdir(ROOT)
    with open(TABLE, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, strict=True))
    names = [row["name"] for row in rows]

    asked, mentioned = {}, set()
    for path in sorted(glob.glob("src/**/*.[ch]", recursive=True)):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        for name in USE.findall(text):
            asked.setdefault(name, path)
        mentioned.update(ANY.findall(text))

    tap.check("every setting that is asked for is a row of the table",
              ["%s: '%s' is no row of %s" % (path, name, TABLE) for name, path in sorted(asked.items())
               if name not in names])
    tap.check("every row of the settings table is asked for",
              ["'%s' is asked for nowhere" % name for name in names
               if name not in mentioned and name not in asked])
    tap.check("the settings table is sorted by name, each name once",
              [] if names == sorted(set(names)) else
              ["'%s' stands wrong" % b for a, b in zip(names, names[1:]) if a >= b])
    tap.check("each row has a type, a meaning, and a default where the type needs one",
              ["'%s' lacks %s" % (row["name"], column) for row in rows
               for column in ["type", "meaning"] + (["default"] if row["type"] != "text" else [])
               if not row[column]])
    tap.check("defaults lie within their ranges", [p for row in rows for p in out_of_range(row)])
    tap.end()


def out_of_range(row):
    kind, default, limits = row["type"], row["default"], row["range"]
    if kind == "choice" and default not in limits.split("|"):
        yield "'%s': the default '%s' is none of %s" % (row["name"], default, limits)
    if kind == "number" and ".." in limits:
        low, high = limits.split("..")
        if not (float(low or "-inf") <= float(default) <= float(high or "inf")):
            yield "'%s': the default %s is not within %s" % (row["name"], default, limits)


main()
