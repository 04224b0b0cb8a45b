# shellcheck shell=bash
# Owns how one case is found and run, for run_cases.sh and bless.sh, which source it. It judges nothing.
#
# A case is a folder tests/cases/<area>/<case>/:
#   cmd         one shell line that starts with okrbook; run in the case's folder
#   expout      what stdout must be, byte for byte; without the file: nothing
#   experr      what stderr must be, byte for byte; without the file: nothing
#   expout.re   instead of expout, and
#   experr.re   instead of experr: extended regular expressions, one a line; each must match a line of the stream
#   expcode     the exit status; without the file: 0
# and its inputs. The line sees $ROOT (the repository) and $TMP (an empty folder of its own, for outputs). Both
# paths are written back as $ROOT and $TMP in the streams, so that expectations hold on any machine.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
CASES=$ROOT/tests/cases
BUILD=${BUILD:-$ROOT/build}     # the folder of the okrbook under test: BUILD=... runs the cases on another build
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
CASE_SECONDS=${CASE_SECONDS:-60}
CASE_DAY=1781524800             # 2026-06-15 12:00 UTC, the as-of day of every case that names none

# case_list [NAME]...: the cases to run, one `area/case` a line, sorted. A NAME is an area, or area/case. Fails on a
# name that is no case, so that a typing error cannot pass for a run without failures.
case_list() {
    local name bad=0
    [ "$#" -gt 0 ] || set -- .
    for name in "$@"; do
        name=${name#"$CASES"/}
        name=${name#tests/cases/}
        name=${name%/}
        if ! (cd "$CASES" 2>/dev/null && find "./$name" -name cmd -type f 2>/dev/null) | grep -q .; then
            echo "no case under '$name' in tests/cases" >&2
            bad=1
        fi
    done
    [ "$bad" -eq 0 ] || return 1
    for name in "$@"; do
        name=${name#"$CASES"/}
        name=${name#tests/cases/}
        name=${name%/}
        (cd "$CASES" && find "./$name" -name cmd -type f)
    done | sed -e 's,^\./\(\./\)*,,' -e 's,/cmd$,,' | LC_ALL=C sort -u
}

# case_quote TEXT: TEXT as a basic regular expression that matches itself between commas.
case_quote() {
    printf '%s' "$1" | sed -e 's/[][\\.*^$,]/\\&/g'
}

# case_run CASE DIR: runs the case and leaves DIR/out, DIR/err and DIR/code.
case_run() {
    local folder=$CASES/$1 dir=$2 line stream
    rm -rf "$dir"
    mkdir -p "$dir/tmp"
    line=$(cat "$folder/cmd")
    (
        cd "$folder" || exit 125
        env -i HOME="$dir/tmp" PATH="$BUILD:$ROOT/tests/tools:$PATH" LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=$CASE_DAY \
            ROOT="$ROOT" TMP="$dir/tmp" PYTHONDONTWRITEBYTECODE=1 ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} \
            ${UBSAN_OPTIONS:+UBSAN_OPTIONS="$UBSAN_OPTIONS"} \
            timeout -k 5 "$CASE_SECONDS" bash -o pipefail -c "$line" </dev/null >"$dir/out.raw" 2>"$dir/err.raw"
    )
    echo $? >"$dir/code"
    for stream in out err; do
        sed -e "s,$(case_quote "$dir/tmp"),\$TMP,g" -e "s,$(case_quote "$ROOT"),\$ROOT,g" "$dir/$stream.raw" >"$dir/$stream"
    done
}

# case_code CASE: the status that the case expects.
case_code() {
    if [ -f "$CASES/$1/expcode" ]; then tr -d ' \n' <"$CASES/$1/expcode"; else echo 0; fi
}

# case_is_crash CODE: true for what no expectation can excuse: a signal, a hang, a program that was not found.
case_is_crash() {
    [ "$1" -ge 124 ]
}
