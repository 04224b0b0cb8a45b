#!/usr/bin/env bash
# The commands leak nothing and touch only what is theirs, on the sample company. The program brings its own malloc
# (src/cli/memory.c), which valgrind has to be told; patterns are left to the interpreter, because valgrind takes the
# wide reads of their machine code for reads of what was never set.
# usage: check_valgrind.sh PROGRAM
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
program=$1

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/config"
printf 'name,value\njudge.jit,off\n' >"$work/config/settings.csv"

watched() {
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible \
        --errors-for-leak-kinds=definite,indirect,possible --soname-synonyms=somalloc=NONE \
        "$program" "$@" --config "$work/config" >"$work/out"
}
demo() {
    watched build samples/company --org 'Fennimoor Instruments' --as-of 2026-08-28 --previous samples/previous.csv \
        --status-file "$work/status.json" -o "$work/board.xlsx"
}
judge() { watched judge tests/corpus/articles.csv; }
refused() {
    printf 'title,due\n"never closed,2026-09-30\n' >"$work/broken.csv"
    watched check "$work/broken.csv"
    [ $? -eq 65 ]
}

if ! valgrind --version >/dev/null 2>&1; then
    tap_skip "the commands leak nothing" "no valgrind here"
    tap_end
    exit
fi
tap "build of the demo" demo
tap "judge of a labelled list" judge
tap "check of a file that breaks" refused
tap "export of the rejects" watched export rejects samples/company --as-of 2026-08-28
tap "the rules' own examples" watched rules --test
tap_end
