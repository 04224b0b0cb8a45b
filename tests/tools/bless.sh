#!/usr/bin/env bash
# Writes what the program does now into the expectations of the cases named (an area, or area/case; --all for all).
# Only for a change that is meant: read `git diff tests/cases` line by line afterwards, against the inputs.
# Regular expressions (expout.re, experr.re) are left as they are, and so is a case that crashes.
set -u
. "$(dirname "$0")/case.sh"

if [ "$#" -eq 0 ]; then
    echo "usage: bless.sh --all | AREA[/CASE]..." >&2
    exit 2
fi
[ "$1" != --all ] || shift
list=$(case_list "$@") || exit 2
if [ ! -x "$BUILD/okrbook" ]; then
    echo "no program at '$BUILD/okrbook', build it first" >&2
    exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

status=0
while IFS= read -r name; do
    folder=$CASES/$name
    case_run "$name" "$work/case"
    code=$(cat "$work/case/code")
    if case_is_crash "$code"; then
        echo "'$name' ends with status $code, left as it was" >&2
        status=1
        continue
    fi
    [ -f "$folder/expout.re" ] || cp "$work/case/out" "$folder/expout"
    [ -f "$folder/experr.re" ] || cp "$work/case/err" "$folder/experr"
    if [ "$code" -ne 0 ]; then echo "$code" >"$folder/expcode"; else rm -f "$folder/expcode"; fi
done <<<"$list"
echo "now read the change: git diff tests/cases" >&2
exit "$status"
