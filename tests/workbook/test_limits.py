"""What Excel asks of a file that no other reader insists on: lengths, counts, names that have to be quoted, texts that it would call damaged.

Each rule is a row of Microsoft's "Excel specifications and limits" or of its rules for names; a file that breaks one opens with a
repair prompt, or loses what was too long.

usage: test_limits.py WORKBOOK.xlsx...
"""

import collections
import pathlib
import re
import sys
import unicodedata
import xml.etree.ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from tap import check, end

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
CELL_UNITS, NAME_UNITS, FORMULA_UNITS, LITERAL_UNITS, SHORT_TEXT = 32767, 31, 8192, 255, 255
LAST_ROW, LAST_COLUMN = 1048576, 16384
LINKS, FORMATS, ROW_POINTS, COLUMN_WIDTH, OUTLINE_LEVELS = 65530, 64000, 409.5, 255, 7
NESTING, ARGUMENTS = 64, 255
KNOWN = {"IF", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "SUM", "SUMIF", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "IFERROR", "SUMPRODUCT",
         "ISNUMBER", "MAX", "MIN", "ROUND", "ABS", "N", "FIXED", "AND", "LEFT", "INDEX", "MATCH", "INT"}


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def decoded(text):
    """A cell's text as it is shown: _xHHHH_ stands for a character."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def same_name(name):
    """Names that Excel takes for one: it tells neither case nor width nor the two kana apart."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = unicodedata.normalize("NFKC", folded.replace("ı", "i").replace("i̇", "i"))
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in folded)


def column_number(letters):
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def is_cell(name):
    """Whether a name could be read as a cell, in either notation."""
    at = re.fullmatch(r"([A-Za-z]{1,3})([0-9]+)", name)
    if at and column_number(at.group(1)) <= LAST_COLUMN and 0 < int(at.group(2)) <= LAST_ROW:
        return True
    return re.fullmatch(r"[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*", name) is not None


def needs_quotes(name):
    return (not re.fullmatch(r"[^\W\d][\w.]*", name) or is_cell(name) or name.upper() in ("TRUE", "FALSE"))


SHEET_OF = re.compile(r"('(?:[^']|'')+'|[^\s!'\"(),:;=<>+*/^&-]+)!")
QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")  # a sheet's name or a literal, whichever comes first


def outside_literals(formula):
    return QUOTED.sub(lambda m: '""' if m.group().startswith('"') else m.group(), formula)


def literals(formula):
    return [m[1:-1] for m in QUOTED.findall(formula) if m.startswith('"')]


def wrong_sheets(formula, sheets):
    for name in SHEET_OF.findall(outside_literals(formula)):
        plain = name[1:-1].replace("''", "'") if name.startswith("'") else name
        if plain not in sheets:
            yield "no sheet %s" % name
        if name == plain and needs_quotes(plain):
            yield "%s has to be quoted" % name


def wrong_formula(formula, sheets):
    yield from wrong_sheets(formula, sheets)
    if units(formula) > FORMULA_UNITS:
        yield "%d characters" % units(formula)
    for literal in literals(formula):
        if units(literal) > LITERAL_UNITS:
            yield "a literal of %d characters" % units(literal)
    bare = re.sub(r"'(?:[^']|'')*'!", "", outside_literals(formula))
    for name in re.findall(r"([A-Za-z_][A-Za-z0-9_.]*)\(", bare):
        if name not in KNOWN:
            yield "function %s" % name
    depth, arguments = 0, [0]
    for c in bare:
        if c == "(":
            depth += 1
            arguments.append(1)
        elif c == ")":
            depth -= 1
            if arguments.pop() > ARGUMENTS:
                yield "too many arguments"
        elif c == ",":
            arguments[-1] += 1
        if depth > NESTING:
            yield "nested too deeply"
            break
    if depth:
        yield "brackets do not match"


class Book:
    def __init__(self, path):
        self.parts = zipfile.ZipFile(path)
        root = self.tree("xl/workbook.xml")
        self.sheets = [s.get("name") for s in root.iter(MAIN + "sheet")]
        self.names = [(n.get("name"), n.get("localSheetId"), n.text or "") for n in root.iter(MAIN + "definedName")]

    def tree(self, name):
        return xml.etree.ElementTree.fromstring(self.parts.read(name))

    def matching(self, pattern):
        return [n for n in self.parts.namelist() if re.fullmatch(pattern, n)]


def names_of_sheets(book):
    seen = {}
    for name in book.sheets:
        if not 0 < units(name) <= NAME_UNITS:
            yield "%s: %d units" % (name, units(name))
        if re.search(r"[\[\]:*?/\\\x00-\x1f]", name) or name.startswith("'") or name.endswith("'"):
            yield "%s: a character that may not stand there" % name
        if name.strip() != name or same_name(name) == "history":
            yield "%s: not allowed" % name
        if same_name(name) in seen:
            yield "%s and %s are one name" % (seen[same_name(name)], name)
        seen[same_name(name)] = name


def defined_names(book):
    seen = set()
    for name, local, text in book.names:
        if (name.lower(), local) in seen:
            yield "%s twice" % name
        seen.add((name.lower(), local))
        if not name.startswith("_xlnm.") and (is_cell(name) or not re.fullmatch(r"[A-Za-z_\\][\w.]*", name) or units(name) > SHORT_TEXT):
            yield "%s is no name" % name
        yield from ("%s: %s" % (name, w) for w in wrong_sheets(text, book.sheets))


def long_properties(book):
    for part in book.matching(r"docProps/core\.xml"):
        for element in book.tree(part).iter():
            if units(element.text or "") > SHORT_TEXT:
                yield "%s: %d units" % (element.tag.split("}")[1], units(element.text))


def shared_texts(book):
    for part in book.matching(r"xl/sharedStrings\.xml"):
        for item in book.tree(part).iter(MAIN + "si"):
            yield "".join(t.text or "" for t in item.iter(MAIN + "t"))


def long_texts(book):
    for text in shared_texts(book):
        if units(decoded(text)) > CELL_UNITS:
            yield "%d units: %.40s" % (units(decoded(text)), text)


def wrong_styles(book):
    root = book.tree("xl/styles.xml")
    formats = root.find(MAIN + "cellXfs")
    if len(formats) > FORMATS:
        yield "%d formats" % len(formats)
    for number in root.iter(MAIN + "numFmt"):
        if units(number.get("formatCode")) > SHORT_TEXT:
            yield "a number format of %d units" % units(number.get("formatCode"))


def wrong_tables(book):
    seen = set()
    for part in book.matching(r"xl/tables/table\d+\.xml"):
        root = book.tree(part)
        name = root.get("displayName")
        if name.lower() in seen or is_cell(name) or not re.fullmatch(r"[A-Za-z_][\w.]*", name):
            yield "table %s" % name
        seen.add(name.lower())
        heads = collections.Counter(c.get("name").casefold() for c in root.iter(MAIN + "tableColumn"))
        yield from ("%s: column %s twice" % (name, h) for h, n in heads.items() if n > 1)
        yield from ("%s: a column's name of %d units" % (name, units(h)) for h in heads if not 0 < units(h) <= SHORT_TEXT)
    yield from ("%s is a table and a name" % n for n, _, _ in book.names if n.lower() in seen)


def wrong_charts(book):
    for part in book.matching(r"xl/charts/chart\d+\.xml"):
        root = book.tree(part)
        for reference in root.iter(CHART + "f"):
            yield from ("%s: %s" % (part, w) for w in wrong_sheets(reference.text, book.sheets))
        yield from ("%s: a text of %d units" % (part, units(t.text or "")) for t in root.iter(TEXT) if units(t.text or "") > SHORT_TEXT)
        yield from ("%s: %s series" % (part, n) for n in [len(list(root.iter(CHART + "ser")))] if not 0 < n <= 255)


def wrong_sheet(book, part):
    """One pass over a sheet; elements are dropped as they are read."""
    cells = links = 0
    for _, e in xml.etree.ElementTree.iterparse(book.parts.open(part)):
        tag = e.tag.replace(MAIN, "")
        if tag == "c":
            cells += 1
            formula = e.find(MAIN + "f")
            if formula is not None:
                yield from ("%s: %s" % (e.get("r"), w) for w in wrong_formula(formula.text or "", book.sheets))
                value = e.find(MAIN + "v")
                if e.get("t") == "str" and value is not None and units(decoded(value.text or "")) > CELL_UNITS:
                    yield "%s: a value of %d units" % (e.get("r"), units(value.text))
            text = "".join(t.text or "" for t in e.iter(MAIN + "t"))
            if units(decoded(text)) > CELL_UNITS:
                yield "%s: %d units" % (e.get("r"), units(decoded(text)))
            e.clear()
        elif tag == "row":
            if int(e.get("r")) > LAST_ROW or float(e.get("ht", 0)) > ROW_POINTS or int(e.get("outlineLevel", 0)) > OUTLINE_LEVELS:
                yield "row %s: %s" % (e.get("r"), e.attrib)
            e.clear()
        elif tag == "col":
            if int(e.get("max")) > LAST_COLUMN or float(e.get("width", 0)) > COLUMN_WIDTH:
                yield "column %s: width %s" % (e.get("min"), e.get("width"))
        elif tag == "hyperlink":
            links += 1
            yield from ("link %s: %s" % (e.get("ref"), w) for w in wrong_sheets(e.get("location") or "", book.sheets))
            if units(e.get("tooltip") or "") > SHORT_TEXT or units(e.get("location") or "") > 2083:
                yield "link %s: too long" % e.get("ref")
        elif tag in ("oddHeader", "oddFooter"):
            if units(e.text or "") > SHORT_TEXT:
                yield "%s of %d units" % (tag, units(e.text))
        elif tag == "cfRule":
            for formula in e.findall(MAIN + "formula"):
                yield from ("colours: %s" % w for w in wrong_formula(formula.text or "", book.sheets))
                if SHEET_OF.search(outside_literals(formula.text or "")):
                    yield "colours that look at another sheet: %s" % formula.text
        elif tag in ("formula1", "formula2"):
            if units(e.text or "") > SHORT_TEXT:
                yield "a rule for input of %d units" % units(e.text)
    if links > LINKS:
        yield "%d links" % links
    if not cells:
        yield "no cell"


def wrong_sheets_of(book):
    for part in book.matching(r"xl/worksheets/sheet\d+\.xml"):
        yield from ("%s: %s" % (pathlib.PurePosixPath(part).stem, w) for w in wrong_sheet(book, part))


for path in map(pathlib.Path, sys.argv[1:]):
    book = Book(path)
    check("%s: names of sheets are allowed and apart" % path.name, names_of_sheets(book))
    check("%s: defined names are allowed and lead to sheets" % path.name, defined_names(book))
    check("%s: the document's properties fit" % path.name, long_properties(book))
    check("%s: texts fit into their cells" % path.name, long_texts(book))
    check("%s: formats are few and short" % path.name, wrong_styles(book))
    check("%s: tables have a name and columns of their own" % path.name, wrong_tables(book))
    check("%s: charts lead to sheets" % path.name, wrong_charts(book))
    check("%s: cells, rows, columns, links, footers and colours are within the limits" % path.name, wrong_sheets_of(book))
end()
