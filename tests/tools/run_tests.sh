#!/usr/bin/env bash
# Runs the steps named, several at once, and adds up what their TAP says.
#
# usage: run_tests.sh LOGS STEP=COMMAND...
#
# Each step's output goes to LOGS/STEP.tap. A step fails as a whole, and counts as one failed test, where it ends with
# an error that none of its tests explains, runs fewer tests than its plan announces, or runs none. The last line is
# `N passed, N failed`; the status is 0 where none failed.
set -u

logs=$1
shift
rm -rf "$logs"
mkdir -p "$logs"

run_step() {
    local logs=$1 name=${2%%=*} command=${2#*=} began=$SECONDS status=0
    bash -c "$command" >"$logs/$name.tap" 2>&1 </dev/null || status=$?
    echo "$status" >"$logs/$name.status"
    printf '  %-12s %4d s%s\n' "$name" $((SECONDS - began)) "$([ "$status" -eq 0 ] || echo '   failed')"
}
export -f run_step

printf '%s\0' "$@" | xargs -0 -P "${JOBS:-$(nproc)}" -I{} bash -c 'run_step "$1" "$2"' step "$logs" {}

passed=0
failed=0
for step in "$@"; do
    name=${step%%=*}
    log=$logs/$name.tap
    status=$(cat "$logs/$name.status" 2>/dev/null || echo 1)
    skipped=$(grep -Ec '^ok .*# SKIP' "$log")
    good=$(($(grep -Ec '^ok ' "$log") - skipped))
    bad=$(grep -Ec '^not ok ' "$log")
    planned=$(sed -n 's/^1\.\.\([0-9]\{1,\}\).*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
    why=
    if [ "$bad" -eq 0 ] && [ "$status" -ne 0 ]; then
        why="ended with status $status"
    elif [ "$planned" -gt $((good + bad + skipped)) ]; then
        why="ran $((good + bad + skipped)) of $planned tests"
    elif [ $((good + bad + skipped)) -eq 0 ]; then
        why="ran no test"
    fi
    if [ "$bad" -gt 0 ] || [ -n "$why" ]; then
        printf '\n---- %s%s (all of it: %s)\n' "$name" "${why:+: $why}" "$log"
        # The reasons stand before their verdict; a step that broke off says why at its end.
        grep -E -B 30 '^not ok ' "$log" | grep -Ev '^(ok |--$)' | head -n 120
        [ -z "$why" ] || tail -n 20 "$log"
    fi
    grep -E '^ok .*# SKIP' "$log" | sed "s/^ok [0-9]* - /  skipped: $name: /"
    passed=$((passed + good))
    failed=$((failed + bad))
    [ -z "$why" ] || failed=$((failed + 1))
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
