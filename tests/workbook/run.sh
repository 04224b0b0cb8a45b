#!/usr/bin/env bash
# Builds the sample company's workbook and has it read by others: openpyxl, LibreOffice, Gnumeric, the printer's pages.
# usage: run.sh PROGRAM
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/tools/tap.sh
program=$1
folder=build/workbook
rm -rf "$folder"
mkdir -p "$folder"

# The first python that has openpyxl; a python from elsewhere may stand before the system's.
python=
for each in python3 /usr/bin/python3; do
    "$each" -c 'import openpyxl' 2>/dev/null && python=$each && break
done

# A python test prints TAP of its own; here it becomes one test with its failures as the reason.
read_by() {
    local name=$1
    shift
    if [ -z "$python" ]; then
        tap_skip "$name" "needs python3-openpyxl"
        return
    fi
    "$python" "$@" >"$folder/tap" 2>"$folder/stderr"
    local status=$?
    grep -v '^ok\|^1\.\.' "$folder/tap"
    sed 's/^/# /' "$folder/stderr"
    tap_result "$status" "$name: $(grep -c '^ok' "$folder/tap") of $(grep -c '^ok\|^not ok' "$folder/tap")"
}

company() {
    "$program" build samples/company --org "Fennimoor Instruments" --as-of 2026-08-28 --previous samples/previous.csv \
        --fail-on never "$@"
}

tap "the sample company's workbook is built" company -o "$folder/board.xlsx"
read_by "structure" tests/workbook/test_structure.py "$folder/board.xlsx"
tap "a workbook for each team is built" company --split team -o "$folder/teams"
read_by "links of a split" tests/workbook/test_split.py "$folder/teams"
company_elsewhere() (
    umask 077
    TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8 company --split team -j 1 -o "$folder/teams-again" && diff -r "$folder/teams" "$folder/teams-again"
)
tap "one process in another time zone and locale writes the same bytes" company_elsewhere
tap "an accessible workbook is built" company --profile accessible -o "$folder/accessible.xlsx"
"${python:-python3}" tests/workbook/companies.py "$folder"
for shape in tiny wide; do
    tap "a workbook of a $shape company is built" "$program" build "$folder/$shape.csv" --as-of 2026-08-28 --fail-on never \
        -o "$folder/$shape.xlsx"
done
read_by "limits" tests/workbook/test_limits.py "$folder/board.xlsx" "$folder/accessible.xlsx" "$folder/teams/summary.xlsx" \
    "$folder/teams/growth.xlsx" "$folder/tiny.xlsx" "$folder/wide.xlsx"
tap "a workbook of short sheets is built" company --set workbook.sheet_rows=60 -o "$folder/parts.xlsx"
read_by "parts" tests/workbook/test_parts.py "$folder/board.xlsx" "$folder/parts.xlsx"
if command -v ssconvert >/dev/null; then
    read_by "gnumeric" tests/workbook/test_gnumeric.py "$folder/gnumeric" "$folder/board.xlsx" "$folder/accessible.xlsx" \
        "$folder/teams/summary.xlsx" "$folder/teams/growth.xlsx" "$folder/tiny.xlsx" "$folder/wide.xlsx" "$folder/parts.xlsx"
    read_by "changed figures" tests/workbook/test_edit.py "$program" "$folder/edit"
else
    tap_skip "gnumeric" "needs gnumeric"
fi
if command -v soffice >/dev/null; then
    read_by "recalculation" tests/workbook/test_recalculate.py "$folder/board.xlsx" "$folder/recalculated"
    if command -v pdftotext >/dev/null; then
        read_by "pages" tests/workbook/test_pages.py "$folder/board.xlsx" "$folder/pages"
    else
        tap_skip "pages" "needs poppler-utils"
    fi
else
    tap_skip "recalculation" "needs LibreOffice"
fi
tap_end
