#!/usr/bin/env bash
# Measures the whole job on generated companies against the floor: the same cells written straight through the
# workbook library (floor.c). The ratio is what counts; seconds depend on the machine and on who else uses it.
#
# usage: bench.sh TOOLS SIZES      TOOLS: the folder of gen, floor and measure; SIZES: letters of S, M, L
#
# BENCH_MAX_RATIO=R makes a ratio over R a failure (status 1).
set -eu
tools=$1
sizes=$2
program=build/okrbook
as_of=2024-08-15

row() { printf '%-5s %9s %10s %10s %8s %9s %10s %6s %8s %6s %6s\n' "$@"; }
# The middle one of the runs, so that a neighbour's load does not decide.
median() { sort -n | awk '{ line[NR] = $0 } END { print line[int((NR + 1) / 2)] }'; }

slow=0
row size goals check-ins cells seconds goals/s cells/s MB 'floor s' 'MB' ratio
for ((i = 0; i < ${#sizes}; i++)); do
    size=${sizes:i:1}
    case $size in
    S) goals=2000 checkins=26000 teams=40 runs=7 ;;
    M) goals=100000 checkins=1300000 teams=500 runs=3 ;;
    L) goals=1000000 checkins=13000000 teams=2000 runs=1 ;;
    *)
        echo "no size '$size', it is S, M or L" >&2
        exit 2
        ;;
    esac
    folder=build/bench/$size
    mkdir -p "$folder"
    [ -f "$folder/checkins.csv" ] || "$tools/gen" "$goals" "$checkins" "$teams" "$folder"
    ours() {
        "$tools/measure" "$program" build "$folder/goals.csv" "$folder/checkins.csv" --as-of "$as_of" \
            --fail-on never -o "$folder/board.xlsx" 2>"$folder/messages"
    }
    ours >/dev/null || {
        cat "$folder/messages" >&2
        exit 1
    }
    # In turn, so that both meet the same machine.
    : >"$folder/ours"
    : >"$folder/floor"
    for ((run = 0; run < runs; run++)); do
        ours >>"$folder/ours"
        "$tools/floor" "$folder/board.xlsx" "$folder/floor.xlsx" >>"$folder/floor"
    done
    read -r seconds _ megabytes < <(median <"$folder/ours")
    read -r floor_seconds cells floor_megabytes < <(awk '{ print $2, $1, $3 }' "$folder/floor" | median)
    ratio=$(awk -v a="$seconds" -v b="$floor_seconds" 'BEGIN { printf "%.2f", a / b }')
    per_second() { awk -v n="$1" -v s="$seconds" 'BEGIN { printf "%.0f", n / s }'; }
    row "$size" "$goals" "$checkins" "$cells" "$seconds" "$(per_second "$goals")" "$(per_second "$cells")" \
        "$megabytes" "$floor_seconds" "$floor_megabytes" "$ratio"
    awk -v r="$ratio" -v most="${BENCH_MAX_RATIO:-1e9}" 'BEGIN { exit !(r > most) }' && slow=1
done
exit "$slow"
