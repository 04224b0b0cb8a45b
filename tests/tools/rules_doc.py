#!/usr/bin/env python3
"""Holds docs/rules.md, the findings table, the settings table and the codes in the sources together.

Prints TAP and ends with 1 where they disagree. Needs the standard library only; run it from anywhere.
"""
import csv
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CODE = r"(?:OBJ|KR|SM|OWN|ALN|AMB|SCO|CHK|CHG|TEAM|PRV|DAT|ADV)[0-9][0-9A-Z]+(?:_[A-Z0-9]+)?"


def read_csv(path):
    with open(ROOT / path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table_rows(text, columns):
    """The cells of every Markdown table row with that many columns, heads and rulers left out."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == columns and cells[0] not in ("Code", "Rule"):
            yield cells


def sources(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).glob("*.[ch]"))}


def codes_of_import():
    """The codes that the import gives to its notes."""
    folder = ROOT / "src/normalize"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.c"))) if folder.is_dir() else ""
    return set(re.findall(r'"(%s)"' % CODE, text))


def check():
    findings = {row["code"]: row for row in read_csv("src/tables/findings.csv")}
    settings = {row["name"] for row in read_csv("src/tables/settings.csv")}
    tags = {row["rule"]: row["tags"] for row in read_csv("tests/data/rule_tags.csv")}
    doc = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    review = sources("src/review")
    codes = doc[: doc.index("## Where each rule went")]
    mapped = doc[doc.index("## Where each rule went") :]

    declared = set(re.findall(r"X\((%s)\)" % CODE, review["room.h"]))
    used = set()
    for name, text in review.items():
        if name != "room.h":
            used.update(re.findall(r"\bC_(%s)\b" % CODE, text))
    imported = codes_of_import()
    yield "every code of the review has a row in the table", sorted(declared - set(findings))
    yield "every code of the import has a row in the table", sorted(imported - set(findings))
    yield "every code of the review is given by some rule", sorted(declared - used)
    # Notes of the import are passed on by their code, so the review does not name them.
    passed_on = {code for code in findings if code.startswith(("DAT00", "PRV001"))}
    yield "every row of the table is a code of the review or the import", sorted(set(findings) - declared - passed_on)

    documented = {cells[0]: cells for cells in table_rows(codes, 7)}
    documented.update({cells[0]: cells for cells in table_rows(codes, 4)})
    yield "every code is documented", sorted(set(findings) - set(documented))
    yield "every documented code is in the table", sorted(set(documented) - set(findings))
    wrong = []
    for code, cells in documented.items():
        row = findings.get(code)
        if not row:
            continue
        if cells[-1].replace("-", "") != row["rules"]:
            wrong.append("%s: rules '%s', table '%s'" % (code, cells[-1], row["rules"]))
        if len(cells) == 7 and (cells[1] != row["severity"] or cells[2] != row["title"]):
            wrong.append("%s: severity or name" % code)
        if len(cells) == 7 and not (cells[3] and cells[4] and cells[5] in ("ignore", "off")):
            wrong.append("%s: says not what it looks at, an example, or how it is silenced" % code)
    yield "severities, names and rules agree with the table", wrong

    where = {}
    twice = []
    for cells in table_rows(mapped, 3):
        if cells[0] in where:
            twice.append(cells[0])
        where[cells[0]] = cells
    yield "no rule is mapped twice", twice
    yield "every rule that can be checked is mapped", sorted(set(tags) - set(where))
    yield "only such rules are mapped", sorted(set(where) - set(tags))
    wrong = [rule for rule, cells in where.items() if cells[1] != tags.get(rule) or not cells[2]]
    yield "each rule has its tags and a place", wrong
    wrong = []
    for rule, cells in where.items():
        said = set(re.findall(r"\b%s\b" % CODE, cells[2].split(";")[0])) & set(findings)
        # Codes that stand in front are those whose row names the rule; words behind may mention others.
        meant = {code for code, row in findings.items() if rule in row["rules"].split()}
        if meant and said != meant:
            wrong.append("%s: map %s, table %s" % (rule, sorted(said), sorted(meant)))
        wrong += ["%s: no code %s" % (rule, code) for code in re.findall(r"\b%s\b" % CODE, cells[2]) if code not in findings]
    yield "the map names the codes whose rows name the rule", wrong

    covers = []
    for code, row in findings.items():
        covers += ["%s: %s" % (code, other) for other in row["covered_by"].split() if other not in findings]
        if code in row["covered_by"].split():
            covers.append("%s covers itself" % code)
    yield "what covers a code is a code", covers
    numbers = {rule for row in findings.values() for rule in row["rules"].split()}
    yield "rule numbers are R001 to R313", sorted(rule for rule in numbers if not re.fullmatch(r"R(00[1-9]|0[1-9]\d|[12]\d\d|30\d|31[0-3])", rule))
    named = set(re.findall(r"`([a-z]+\.[a-z_.]+)`", doc)) - {"findings.csv", "teams.csv"}
    yield "settings that the page names are in the table", sorted(named - settings)
    read = set(re.findall(r'(?:number\(settings|okb_setting_(?:text|is|number)\([^,]+), "([a-z_.]+)"', "".join(review.values())))
    yield "settings that the review reads are in the table", sorted(read - settings)


def main():
    failed = 0
    results = list(check())
    print("1..%d" % len(results))
    for number, (name, wrong) in enumerate(results, 1):
        print("%s %d - %s" % ("not ok" if wrong else "ok", number, name))
        for what in wrong:
            print("#   %s" % what)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
