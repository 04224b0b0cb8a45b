#!/usr/bin/env bash
# The program's scores are those of tests/tools/oracle.py, which scores a second time from the written rules: on the sample company on
# several days, and on invented plans under several settings.
# usage: oracle_test.sh PROGRAM
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
program=$1
oracle=tests/tools/oracle.py

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# company DAY [NAME=VALUE...]: the sample company's exports against the oracle.
company() {
    local day=$1 table set
    shift
    local options=(--as-of "$day")
    for set in "$@"; do
        options+=(--set "$set")
    done
    for table in goals checkins teams; do
        "$program" export "$table" samples/company "${options[@]}" >"$work/$table.csv" 2>"$work/messages" || {
            cat "$work/messages"
            return 1
        }
    done
    python3 "$oracle" compare "$work/goals.csv" "$work/checkins.csv" "$work/teams.csv" "$day" "$@"
}

for day in 2026-08-28 2026-07-03 2026-06-30 2026-10-05; do
    tap "the sample company on $day" company "$day"
done
for set in missing=zero missing=block threshold.mode=share threshold.inclusive=no; do
    tap "the sample company with $set" company 2026-08-28 "$set"
done
for first in 1 51 101 151; do
    tap "invented plans $first to $((first + 49))" python3 "$oracle" trials "$program" "$first" $((first + 49)) "$work"
done
tap_end
