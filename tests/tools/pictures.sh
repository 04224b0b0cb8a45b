#!/usr/bin/env bash
# Prints the sample company's workbook and leaves a picture of each sheet's first page in a folder, named after the sheet.
# usage: pictures.sh PROGRAM FOLDER ORG AS_OF
set -eu
program=$1 folder=$2 org=$3 as_of=$4

for tool in soffice pdftoppm pdftotext; do
    command -v "$tool" >/dev/null || {
        echo "pictures need $tool; make setup-tests installs it" >&2
        exit 1
    }
done
rm -rf "$folder"
mkdir -p "$folder"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
"$program" build samples/company --org "$org" --as-of "$as_of" --previous samples/previous.csv --fail-on never \
    -o "$folder/board.xlsx"
soffice --headless --norestore "-env:UserInstallation=file://$profile" --convert-to pdf --outdir "$folder" \
    "$folder/board.xlsx" >/dev/null 2>&1
pages=$(pdfinfo "$folder/board.pdf" | awk '/^Pages:/ { print $2 }')
last=
for ((page = 1; page <= pages; page++)); do
    # The sheet's name stands in the middle of the foot.
    sheet=$(pdftotext -f "$page" -l "$page" -layout "$folder/board.pdf" - | grep 'Page [0-9]* of' | tail -n 1 |
        sed -E 's/ +Page [0-9]+ of.*//; s/.* {3,}//')
    if [ -z "$sheet" ] || [ "$sheet" = "$last" ]; then
        continue
    fi
    last=$sheet
    name=$(printf '%s' "$sheet" | tr '[:upper:] ' '[:lower:]-')
    pdftoppm -r 90 -f "$page" -l "$page" -singlefile -png "$folder/board.pdf" "$folder/$name"
done
ls "$folder"/*.png
