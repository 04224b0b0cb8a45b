#!/usr/bin/env bash
# Gives okrbook every file of a folder of hostile ones, each under a limit of time and memory, and holds it to its promises:
# a documented status, no signal, no word from a sanitizer, a message for each refusal, and rows = used + merged + rejected.
#
# usage: torture.sh OKRBOOK FOLDER...      TORTURE_SECONDS (20) and TORTURE_MB (2000) are the limits for each run
set -u
here=$(cd "$(dirname "$0")" && pwd -P)
# shellcheck source=tests/tools/tap.sh
. "$here/tap.sh"
okrbook=$1
shift
seconds=${TORTURE_SECONDS:-20}
megabytes=${TORTURE_MB:-2000}
documented=' 0 1 64 65 66 70 71 73 74 75 78 '
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# run NAME ARGUMENT...: stdout and stderr to $out/NAME.*, the status to $status.
run() {
    local name=$1
    shift
    (
        # A sanitizer reserves the whole address space.
        grep -q __asan_init "$okrbook" || ulimit -v $((megabytes * 1024))
        exec timeout -s KILL "$seconds" "$okrbook" "$@"
    ) >"$out/$name.out" 2>"$out/$name.err" </dev/null
    status=$?
}

# Rows of `export inputs`, by the header's names: the file's columns may be quoted, its counts are plain numbers.
count_rows() {
    python3 -c '
import csv, sys
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")):
    total, parts = int(row["rows"]), [int(row[name]) for name in ("used", "merged", "rejected")]
    if total != sum(parts):
        sys.exit("%s: %d rows, but used + merged + rejected = %s" % (row["file"], total, parts))
' "$1"
}

check_status() {
    case $documented in *" $status "*) ;; *)
        echo "$1: status $status"
        return 1
        ;;
    esac
    case $status in 70 | 71)
        echo "$1: status $status: $(head -c 300 "$out/$1.err")"
        return 1
        ;;
    esac
    if [ "$status" -ge 64 ] && [ ! -s "$out/$1.err" ]; then
        echo "$1: status $status without a word"
        return 1
    fi
    if grep -qE 'Sanitizer|runtime error:' "$out/$1.err"; then
        head -n 20 "$out/$1.err"
        return 1
    fi
}

torture() {
    local failed=0
    run formats formats "$1"
    check_status formats || failed=1
    run inputs export inputs "$1"
    check_status inputs || failed=1
    # Also of a run that found no goals: the table is written before that is said.
    if [ "$status" -le 1 ] || [ -s "$out/inputs.out" ]; then
        count_rows "$out/inputs.out" || failed=1
    fi
    return "$failed"
}

while IFS= read -r -d '' file; do
    tap "${file##*/}" torture "$file"
done < <(find "$@" -type f -print0 | LC_ALL=C sort -z)
tap_end
