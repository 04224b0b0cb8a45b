#!/usr/bin/env bash
# Runs the cases of tests/cases, all or those named (an area, or area/case), and prints TAP. What a case is, and the
# variables BUILD and CASE_SECONDS: case.sh. Differences go to stderr. Exit status: 0 all passed, 1 some failed,
# 2 nothing to run.
set -u
. "$(dirname "$0")/case.sh"

list=$(case_list "$@") || exit 2
if [ ! -x "$BUILD/okrbook" ]; then
    echo "no program at '$BUILD/okrbook', build it first" >&2
    exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# check_stream CASE NAME GOT: compares a stream with expNAME or expNAME.re; says on stderr what differs.
check_stream() {
    local folder=$CASES/$1 name=$2 got=$3 pattern ok=0
    if [ -f "$folder/exp$name.re" ]; then
        while IFS= read -r pattern || [ -n "$pattern" ]; do
            [ -n "$pattern" ] || continue
            if ! grep -E -q -e "$pattern" "$got"; then
                printf '# %s: no line of std%s matches: %s\n' "$1" "$name" "$pattern" >&2
                ok=1
            fi
        done <"$folder/exp$name.re"
        [ "$ok" -eq 0 ] || sed "s/^/# std$name: /" "$got" | head -n 40 >&2
        return "$ok"
    fi
    if [ -f "$folder/exp$name" ]; then set -- "$1" "$folder/exp$name"; else set -- "$1" /dev/null; fi
    cmp -s "$2" "$got" && return 0
    diff -u --label "$1/exp$name" --label "$1: std$name" "$2" "$got" | head -n 200 >&2
    return 1
}

n=0
failed=0
while IFS= read -r name; do
    n=$((n + 1))
    verdict=ok
    case_run "$name" "$work/case"
    code=$(cat "$work/case/code")
    want=$(case_code "$name")
    if case_is_crash "$code"; then
        printf '# %s: status %s, a crash, a hang or a missing program\n' "$name" "$code" >&2
        verdict='not ok'
    elif [ "$code" != "$want" ]; then
        printf '# %s: status %s, expected %s\n' "$name" "$code" "$want" >&2
        verdict='not ok'
    fi
    check_stream "$name" out "$work/case/out" || verdict='not ok'
    check_stream "$name" err "$work/case/err" || verdict='not ok'
    [ "$verdict" = ok ] || failed=$((failed + 1))
    printf '%s %d - %s\n' "$verdict" "$n" "$name"
done <<<"$list"

printf '1..%d\n' "$n"
[ "$failed" -eq 0 ]
