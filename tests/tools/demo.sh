#!/usr/bin/env bash
# Builds the workbook of the sample company and says where it is and what its headline is.
# usage: demo.sh PROGRAM FOLDER ORG AS_OF
set -eu
program=$1 folder=$2 org=$3 as_of=$4

mkdir -p "$folder"
workbook=$folder/okrbook-demo.xlsx
"$program" build samples/company --org "$org" --as-of "$as_of" --previous samples/previous.csv -v -o "$workbook" \
    2>"$folder/messages" || {
    status=$?
    cat "$folder/messages" >&2
    exit "$status"
}
headline=$(sed -n 's/^okrbook: note: headline: //p' "$folder/messages")
echo "workbook: $workbook"
echo "headline: $headline"
[ -n "$headline" ]
