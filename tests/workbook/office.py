"""LibreOffice as a second opinion: recalculates a workbook, prints it, and counts what it made of it.

Each call has a profile of its own, told to work out every formula again on loading, so that a cached value cannot pass for one
that was worked out.
"""

import pathlib
import re
import shutil
import subprocess
import tempfile

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>
"""


def is_here():
    return shutil.which("soffice") is not None


def _convert(path, folder, target):
    profile = tempfile.mkdtemp(prefix="okrbook-office-")
    try:
        user = pathlib.Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        done = subprocess.run(
            ["soffice", "--headless", "--norestore", "-env:UserInstallation=file://" + profile, "--convert-to", target,
             "--outdir", str(folder), str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600, check=False)
        made = pathlib.Path(folder) / (pathlib.Path(path).stem + "." + target.split(":")[0])
        if not made.exists():
            raise RuntimeError("soffice made nothing of %s: %s" % (path, done.stdout.decode(errors="replace")))
        return made
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def recalculated(path, folder):
    """The workbook with every formula worked out again, as a file in folder (another than the workbook's)."""
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    return _convert(path, folder, "xlsx")


def pdf(path, folder):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    return _convert(path, folder, "pdf")


def coloured_numbers(path, folder):
    """Sheet -> [(number, colour)] of the cells that a conditional format or a fill colours, as LibreOffice shows them."""
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    text = _convert(path, folder, "html").read_text(encoding="utf-8", errors="replace")
    shown = {}
    for part in re.split(r'<a name="table\d+">', text, flags=re.I)[1:]:
        name = re.search(r"<em>(.*?)</em>", part, re.I | re.S)
        cells = [(re.search(r'bgcolor="(#[0-9a-f]{6})"', cell, re.I), re.search(r'sdval="([^"]+)"', cell, re.I))
                 for cell in re.findall(r"<td([^>]*)>", part, re.I)]
        shown[name.group(1) if name else ""] = [(float(number.group(1)), colour.group(1).upper()) for colour, number in cells if colour and number]
    return shown


def pages(pdf_path):
    """The text of each page, laid out as printed."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf_path), "-"], stdout=subprocess.PIPE, check=True).stdout
    return text.decode("utf-8").split("\f")[:-1]
