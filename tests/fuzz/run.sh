#!/usr/bin/env bash
# Runs each fuzz target for a while on its seeds; an input that breaks one is kept in build/fuzz/found/.
#
# usage: run.sh smoke | SECONDS (for each target). The targets come from `make fuzz-targets`.
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/tools/tap.sh
targets=build/clang-fuzzer-no-link-address-undefined/fuzz
seconds=${1:-60}
[ "$seconds" != smoke ] || seconds=5

shopt -s nullglob
fuzz() {
    local target=$1 name found=build/fuzz/found
    name=$(basename "$1")
    name=${name#fuzz_}
    mkdir -p "$found" "build/fuzz/$name"
    # What was found before is run again first; the grown corpus stays in build/.
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=0 \
        -artifact_prefix="$found/$name-" "build/fuzz/$name" "tests/fuzz/seeds/$name" "$found" 2>&1 | tail -n 40
    return "${PIPESTATUS[0]}"
}
n=0
for target in "$targets"/fuzz_*; do
    n=$((n + 1))
    tap "$(basename "$target") for $seconds s" fuzz "$target"
done
[ "$n" -gt 0 ] || tap_skip "fuzz targets" "needs clang: make fuzz-targets"
tap_end
