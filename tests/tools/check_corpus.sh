#!/usr/bin/env bash
# The program judges the project's labelled statements as well as it promises: each floor stands a little under what
# is reached, so that a rule that makes other statements worse is seen. docs/accuracy.md has the figures themselves.
# usage: check_corpus.sh PROGRAM
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
program=$1

# file, signal, F1 at least
floors='statements.csv class 0.90
statements.csv measurable 0.92
statements.csv timebound 0.92
statements.csv compound 0.90
statements.csv specific 0.85
statements.csv vague 0.85'

# f1 FILE SIGNAL: the figure out of the program's own comparison, one line a signal with F1 in its last column.
f1() { "$program" judge --corpus "tests/corpus/$1" | awk -v signal="$2" '$1 == signal { print $NF }'; }

reaches() {
    local got
    got=$(f1 "$1" "$2")
    echo "F1 is ${got:-not told}"
    awk -v got="${got:-0}" -v floor="$3" 'BEGIN { exit !(got >= floor) }'
}

while read -r file signal floor; do
    tap "$signal on $file reaches $floor" reaches "$file" "$signal" "$floor"
done <<<"$floors"
tap "every rule passes its own examples" "$program" rules --test
tap_end
