#!/usr/bin/env bash
# The same input, settings and as-of day give the same bytes: under another time zone, locale, umask, working folder
# and open-file limit, with closed streams, on a second run over the first one's output, and with other numbers of
# processes. Paths of inputs are shown in the workbook, so each run names them alike.
# usage: check_repeat.sh PROGRAM
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
program=$(realpath "$1")

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
tables='goals checkins teams findings inputs rejects'

# Each world is a folder that holds the samples under the same name.
new_world() {
    mkdir -p "$work/$1"
    cp -r samples "$work/$1/samples"
}

# outputs NAME: everything that the program writes of the company, into $work/NAME.
outputs() {
    local to=$work/$1 table
    mkdir -p "$to"
    "$program" build samples/company --org 'Fennimoor Instruments' --as-of 2026-08-28 --previous samples/previous.csv \
        --snapshot "$to/snapshot.csv" -o "$to/board.xlsx" || return
    "$program" build samples/company --as-of 2026-08-28 --split team -o "$to/split" || return
    for table in $tables; do
        "$program" export "$table" samples/company --as-of 2026-08-28 >"$to/$table.csv" || return
    done
    "$program" check samples/company --as-of 2026-08-28 --fail-on never >"$to/check.txt" || return
    "$program" formats samples/company --as-of 2026-08-28 >"$to/formats.txt"
}

same() { diff -r "$work/reference" "$work/$1"; }

# in_world NAME COMMAND...: the outputs made in a world of their own, where the command has changed something.
in_world() {
    local name=$1
    shift
    new_world "world-$name"
    (cd "$work/world-$name" && "$@" "$name") || return
    same "$name"
}
export -f outputs
export work program tables

elsewhere_in_time() { TZ=Pacific/Kiritimati outputs "$1"; }
far_west() { TZ='<-11>11' outputs "$1"; }
other_umask() { umask 0077 && outputs "$1" && [ "$(stat -c %a "$work/$1/board.xlsx")" = 644 ]; }
other_words() { LANG=$locale LC_ALL=$locale LANGUAGE=de outputs "$1"; }
no_home() { env -i PATH=/nowhere work="$work" program="$program" tables="$tables" /bin/bash -c "$(declare -f outputs)
    PATH=/usr/bin:/bin; outputs $1"; }
few_files() { ulimit -n 64 && outputs "$1"; }
again() { outputs "$1" && rm -f "$work/$1/"*.csv && outputs "$1"; }
closed_streams() {
    outputs "$1" || return
    "$program" build samples/company --org 'Fennimoor Instruments' --as-of 2026-08-28 --previous samples/previous.csv \
        -o "$work/$1/board.xlsx" <&- >&- 2>&-
}
by_epoch() {
    outputs "$1" || return
    SOURCE_DATE_EPOCH=1787961599 "$program" build samples/company --org 'Fennimoor Instruments' \
        --previous samples/previous.csv -o "$work/$1/board.xlsx"
}
other_jobs() {
    outputs "$1" || return
    rm -r "$work/$1/split"
    "$program" build samples/company --as-of 2026-08-28 --split team -j 1 -o "$work/$1/split"
}
newer_files() { find samples -type f -exec touch -d 2001-02-03 {} + && outputs "$1"; }

new_world world-reference
reference() { (cd "$work/world-reference" && outputs reference); }
tap "the company's outputs are written" reference
tap "a time zone 14 hours ahead changes no byte" in_world kiritimati elsewhere_in_time
tap "a time zone 11 hours behind changes no byte" in_world west far_west
tap "another umask and folder change no byte" in_world umask other_umask
tap "an empty environment changes no byte" in_world nohome no_home
tap "the times of the input files change no byte" in_world touched newer_files
tap "a second run over the first one's files changes no byte" in_world again again
tap "closed standard streams change no byte" in_world streams closed_streams
tap "SOURCE_DATE_EPOCH stands for --as-of to the last second of the day" in_world epoch by_epoch
tap "one process writes what several write" in_world jobs other_jobs
tap "a limit of 64 open files changes no byte" in_world files few_files

# Patterns compiled to machine code and interpreted ones decide alike, by setting and where the system forbids such code.
same_verdicts() {
    "$program" judge tests/corpus/statements.csv >"$work/verdicts" && "$@" >"$work/verdicts.other" &&
        cmp "$work/verdicts" "$work/verdicts.other"
}
tap "interpreted patterns give the same verdicts" same_verdicts \
    "$program" judge tests/corpus/statements.csv --set judge.jit=off
# PR_SET_MDWE (65), from Linux 6.3 on; what a systemd unit's MemoryDenyWriteExecute= comes to.
no_new_code='import ctypes, os, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) != 0: sys.exit(77)
os.execv(sys.argv[1], sys.argv[1:])'
if python3 -c "$no_new_code" /bin/true 2>/dev/null; then
    tap "the verdicts are the same where no code may be made at run time" same_verdicts \
        python3 -c "$no_new_code" "$program" judge tests/corpus/statements.csv
else
    tap_skip "the verdicts are the same where no code may be made at run time" "this kernel cannot forbid it"
fi

# A locale with a decimal comma: made here for the test where the system has none.
locale=$(locale -a 2>/dev/null | grep -E '^(de|fr|es|it|pl|sv|nl|pt)_' | head -n 1)
if [ -z "$locale" ] && command -v localedef >/dev/null && [ -e /usr/share/i18n/locales/de_DE ]; then
    mkdir -p "$work/locales"
    localedef -i de_DE -f UTF-8 "$work/locales/de_DE.UTF-8" 2>/dev/null
    [ ! -d "$work/locales/de_DE.UTF-8" ] || {
        export LOCPATH=$work/locales
        locale=de_DE.UTF-8
    }
fi
if [ -n "$locale" ]; then
    export locale
    tap "a locale with a decimal comma changes no byte" in_world locale other_words
else
    tap_skip "a locale with a decimal comma changes no byte" "no such locale here"
fi
tap_end
