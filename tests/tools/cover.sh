#!/usr/bin/env bash
# Builds with counters, runs the unit tests and the cases, and prints how many lines of each room they reached; the
# lines themselves are in build/gcc-cover/lines/*.gcov (those that were not reached are marked #####).
set -eu
cd "$(dirname "$0")/../.."

out=build/gcc-cover
make --no-print-directory -s CC=gcc COVER=1 everything
find "$out" -name '*.gcda' -delete
find "$out/tests" -name "test_*" ! -name "*.d" -exec tests/tools/run_unit.sh {} + >"$out/unit.tap" 2>&1 || echo "some unit tests failed: $out/unit.tap" >&2
BUILD=$out tests/tools/run_cases.sh >"$out/cases.tap" 2>&1 || echo "some cases failed: $out/cases.tap" >&2

mkdir -p "$out/lines"
objects=$(cd "$out/obj" && find . -name '*.gcda' | sed 's,^\./,../obj/,')
# shellcheck disable=SC2086
(cd "$out/lines" && gcov -r -s "$OLDPWD" $objects) 2>/dev/null | awk '
    /^File / {
        file = $2
        gsub(/\x27/, "", file)
        next
    }
    /^Lines executed:/ && file ~ /^src\// {
        split($0, part, /[:% ]+/)
        n = split(file, path, "/")
        room = n > 2 ? path[2] : "pipeline"
        of[room] += part[5]
        reached[room] += part[3] * part[5] / 100
        file = ""
    }
    END {
        for (room in of) {
            printf "%-10s %6.1f%% of %5d lines\n", room, 100 * reached[room] / of[room], of[room]
            all += of[room]
            got += reached[room]
        }
        if (all) printf "%-10s %6.1f%% of %5d lines\n", "together", 100 * got / all, all
    }' | LC_ALL=C sort
