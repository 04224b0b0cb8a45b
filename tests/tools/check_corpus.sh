#!/usr/bin/env bash
# The program judges the project's labelled statements as well as it promises: each floor stands a little under what
# is reached, so that a rule that makes other statements worse is seen. docs/accuracy.md has the figures themselves.
# usage: check_corpus.sh PROGRAM
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
program=$1

# file, signal, F1 at least: of `yes`, or the macro average where a signal has three values
floors='statements.csv class 0.90
statements.csv measurable 0.94
statements.csv timebound 0.94
statements.csv baseline 0.96
statements.csv compound 0.88
statements.csv specific 0.96
statements.csv vague 0.88
field.csv class 0.95
field.csv compound 0.96
field.csv vague 0.95
fresh.csv class 0.93
fresh.csv vague 0.93
articles.csv class 1
articles.csv level 1
articles.csv measurable 1
articles.csv timebound 1
articles.csv vague 1
articles.csv compound 1
field.csv timebound 0.96
field.csv baseline 0.96
numbers.csv timebound 0.96
numbers.csv baseline 0.96
work.csv class 0.92
work.csv vague 0.84
work.csv specific 0.93
trades.csv class 0.84
trades.csv vague 0.90
trades.csv specific 0.95
smart.csv timebound 0.96
smart.csv compound 0.95
smart.csv baseline 0.96
languages.csv measurable 0.95
languages.csv timebound 0.95
languages.csv class 0.88
quantities.csv measurable 0.95
quantities.csv timebound 0.97
quantities.csv baseline 0.96
quantities.csv vague 0.85
quantities.csv class 0.90'

# f1 FILE SIGNAL: the figure out of the program's own comparison, whose first table ends with a blank line.
f1() {
    "$program" judge --corpus "tests/corpus/$1" | awk -v signal="$2" '
        NF == 0 { exit }
        /^[a-z]/ { name = $1; if (name == signal && got == "") got = $5 }
        name == signal && $1 == "macro" { got = $2 }
        END { print got }'
}

reaches() {
    local got
    got=$(f1 "$1" "$2")
    echo "F1 is ${got:-not told}"
    awk -v got="${got:-0}" -v floor="$3" 'BEGIN { exit !(got >= floor) }'
}

# Sketches and word lists only spare work. Where English has accents the word lists know "café" as "cafe", so those lines are left out.
verdicts() {
    local file
    for file in tests/corpus/[!lq]*.csv; do
        "$program" judge --format jsonl --set "judge.prefilter=$1" "$file" | LC_ALL=C grep -v '[^ -~]'
    done
    "$program" judge --format jsonl --set "judge.prefilter=$1" tests/corpus/languages.csv
    "$program" judge --format jsonl --set "judge.prefilter=$1" tests/corpus/quantities.csv
}
spares_nothing_that_matches() {
    [ "$(verdicts on | wc -l)" -gt 1000 ] && cmp <(verdicts on) <(verdicts off)
}
tap "every pattern run over every text gives the same verdicts" spares_nothing_that_matches

while read -r file signal floor; do
    tap "$signal on $file reaches $floor" reaches "$file" "$signal" "$floor"
done <<<"$floors"
# The file of numbers is judged a second time without its column of languages: each statement has to be told by its own words.
targets_told_alone() {
    diff <("$program" judge --format jsonl tests/corpus/quantities.csv | grep -o '"target":[^,]*') \
        <(sed -E 's/^([^,]*),[a-z]*,/\1,/' tests/corpus/quantities.csv | "$program" judge --format jsonl - | grep -o '"target":[^,]*')
}
tap "a statement's language is told from its words where no column says it" targets_told_alone
tap "every rule passes its own examples" "$program" rules --test
tap_end
