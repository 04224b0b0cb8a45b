#!/usr/bin/env bash
# Lets one call after the other fail while a small workbook is built over an older one, and looks at what is left:
#
#   - the status is one of the documented ones, never a signal's (where the process was not killed on purpose);
#   - the workbook is the old one or the new one, whole, byte for byte; status 0 means the new one;
#   - what lies about besides is gone after the next run, and that run gives the new workbook.
#
# usage: run.sh BUILD smoke|full      BUILD holds okrbook and fault/*.so; smoke takes a few points of each sweep,
#                                     full all of them, more errors, and the system calls themselves (strace)
set -u
. "$(dirname "$0")/../tools/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
build=$(realpath "$1")
depth=${2:-smoke}
program=$build/okrbook
points=12 # of a sweep, in the smoke
[ "$depth" = smoke ] || points=1000000

work=$(mktemp -d) || exit 2
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT

cat >"$work/goals.csv" <<'EOF'
id,parent_id,team,kind,title,owner,start,due,baseline,target,current,unit
O1,,Field,objective,Repairs hold the first time,Ada Lund,2026-07-01,2026-09-30,,,,
K1,O1,Field,key_result,Raise first-time fix rate from 74% to 86% by 30 September,Ada Lund,2026-07-01,2026-09-30,74,86,80,%
K2,O1,Field,key_result,Cut repeat visits from 40 to 25 a week,Bo Ek,2026-07-01,2026-09-30,40,25,31,
EOF
printf 'goal_id,date,value\nK1,2026-08-03,78\nK1,2026-08-17,80\nK2,2026-08-10,31\n' >"$work/checkins.csv"
args=("$work/goals.csv" "$work/checkins.csv" --as-of 2026-08-28)

reference() {
    "$program" build "${args[@]}" -o "$work/new.xlsx" --snapshot "$work/snapshot.csv" &&
        "$program" build "${args[@]}" --as-of 2026-08-01 -o "$work/old.xlsx" && ! cmp -s "$work/old.xlsx" "$work/new.xlsx"
}

is_documented() {
    case $1 in 0 | 64 | 65 | 66 | 70 | 71 | 73 | 74 | 75 | 78) return 0 ;; esac
    return 1
}

# look STATUS WHAT KILLED: judges what a run left in $work/out; says what is wrong.
look() {
    local status=$1 what=$2 killed=$3 wrong=0
    if [ "$killed" = no ] && ! is_documented "$status"; then
        echo "$what: status $status"
        wrong=1
    fi
    if cmp -s "$work/new.xlsx" "$work/out/board.xlsx"; then
        :
    elif ! cmp -s "$work/old.xlsx" "$work/out/board.xlsx"; then
        echo "$what: status $status, and the workbook is neither the old nor the new one"
        wrong=1
    elif [ "$status" -eq 0 ]; then
        echo "$what: status 0, and the workbook is the old one"
        wrong=1
    fi
    if [ "$(ls -A "$work/out")" != board.xlsx ]; then
        "$program" build "${args[@]}" -o "$work/out/board.xlsx" 2>"$work/err"
        status=$?
        if [ "$status" -ne 0 ] || ! cmp -s "$work/new.xlsx" "$work/out/board.xlsx"; then
            echo "$what: the next run ended with $status: $(cat "$work/err")"
            wrong=1
        fi
        if [ "$(ls -A "$work/out")" != board.xlsx ]; then
            echo "$what: the next run left $(find "$work/out" -mindepth 1 -printf '%f ')"
            wrong=1
        fi
    fi
    return "$wrong"
}

fresh() {
    rm -rf "$work/out"
    mkdir "$work/out"
    cp "$work/old.xlsx" "$work/out/board.xlsx"
}

# watched LIBRARY NAME=VALUE...: builds under the library.
watched() {
    local library=$1
    shift
    env LD_PRELOAD="$build/fault/$library.so" "$@" "$program" build "${args[@]}" -o "$work/out/board.xlsx" \
        >/dev/null 2>"$work/err"
}

# sweep LIBRARY MODE ERRNO WANTED: every point of the library's calls, or $points of them evenly spread. WANTED is the one
# status that may come out where something was hit, or empty. The name of the test says how many points there were.
sweep() {
    local library=$1 mode=$2 number=$3 wanted=$4 total step at status wrong=0 n=0 killed=no
    [ "$mode" != kill ] || killed=yes
    fresh
    watched "$library" OKB_FAIL_COUNT="$work/count"
    total=$(cat "$work/count" 2>/dev/null || echo 0)
    if [ "$total" -lt 20 ]; then
        echo "# only $total calls were watched"
        tap_result 1 "$library $mode"
        return
    fi
    step=$((total > points ? total / points : 1))
    # Not the same points in each sweep.
    for ((at = 1 + (${#mode} * 7 + ${#number}) % step; at <= total; at += step)); do
        fresh
        # shellcheck disable=SC2086 # no error named is no word
        { watched "$library" OKB_FAIL_AT="$at" OKB_FAIL_MODE="$mode" ${number:+OKB_FAIL_ERRNO=$number}; } 2>/dev/null
        status=$?
        n=$((n + 1))
        look "$status" "$library call $at of $total, $mode ${number:-}" "$killed" || wrong=1
        if [ -n "$wanted" ] && [ "$status" -ne "$wanted" ]; then
            echo "$library call $at of $total, $mode: status $status, not $wanted: $(head -c 300 "$work/err")"
            wrong=1
        fi
    done >"$work/said"
    sed 's/^/# /' "$work/said" | head -n 40
    [ "$wrong" -eq 0 ] && [ ! -s "$work/said" ]
    tap_result $? "$library, $mode${number:+ $number}: $n of $total calls"
}

# ---- calls of the program and its libraries --------------------------------------------------------------------

tap "the old and the new workbook are built" reference
sweep failio once "" ""
sweep failio on "" ""
sweep failio kill "" ""
sweep failio short "" 0
sweep failio interrupt "" 0
sweep failalloc once "" 71
sweep failalloc on "" 71
if [ "$depth" = full ]; then
    for number in EIO ENOSPC EDQUOT EMFILE EACCES EPERM; do
        sweep failio once "$number" ""
        sweep failio on "$number" ""
    done
    sweep failalloc kill "" ""
fi

# ---- system calls, as the kernel sees them ---------------------------------------------------------------------

calls='read write openat close fsync lseek renameat flock ftruncate fchmod newfstatat unlinkat'
system_sweep() {
    local call=$1 what=$2 at status killed=no wrong=0
    [ "$what" != signal=KILL ] || killed=yes
    for ((at = 1; ; at++)); do
        fresh
        { strace -f -qq -o "$work/trace" -e trace="$call" -e inject="$call:$what:when=$at" \
            "$program" build "${args[@]}" -o "$work/out/board.xlsx" >/dev/null 2>"$work/err"; } 2>/dev/null
        status=$?
        grep -q INJECTED "$work/trace" || [ "$killed$status" = yes137 ] || break
        # The loader reads the libraries before the program runs; what fails there is not the program's.
        [ "$status" -ne 127 ] || continue
        look "$status" "$call $at $what" "$killed" || wrong=1
    done >"$work/said"
    sed 's/^/# /' "$work/said" | head -n 40
    [ "$wrong" -eq 0 ] && [ ! -s "$work/said" ]
    tap_result $? "every $call, $what: $((at - 1)) calls"
}
can_trace() { strace -o "$work/trace" -e trace=write -e inject=write:error=EIO:when=1 true 2>/dev/null; }
if [ "$depth" = full ]; then
    if can_trace; then
        for call in $calls; do
            system_sweep "$call" error=EIO
            system_sweep "$call" signal=KILL
        done
        system_sweep write error=ENOSPC
        system_sweep openat error=EMFILE
    else
        tap_skip "every system call" "no tracing allowed here"
    fi
fi

# ---- limits of the machine -------------------------------------------------------------------------------------

# full_disk: a disk too small by a page more or less each time, down to none at all.
full_disk() {
    local kilobytes status wrong=0 whole_kilobytes step
    whole_kilobytes=$((($(stat -c %s "$work/old.xlsx") + $(stat -c %s "$work/new.xlsx")) / 1024))
    step=$([ "$depth" = smoke ] && echo $((whole_kilobytes / 6 + 4)) || echo 4)
    mkdir -p "$work/disk"
    for ((kilobytes = whole_kilobytes * 4; kilobytes >= whole_kilobytes / 2 + 8; kilobytes -= step)); do
        mount -t tmpfs -o size="${kilobytes}k" okrbook-test "$work/disk" || return
        cp "$work/old.xlsx" "$work/disk/board.xlsx" || {
            umount "$work/disk"
            break
        }
        "$program" build "${args[@]}" -o "$work/disk/board.xlsx" 2>"$work/err"
        status=$?
        case $status in
        0) cmp -s "$work/new.xlsx" "$work/disk/board.xlsx" ;;
        73 | 74) cmp -s "$work/old.xlsx" "$work/disk/board.xlsx" ;;
        *) false ;;
        esac || {
            echo "$kilobytes kB: status $status, and the wrong workbook"
            wrong=1
        }
        [ "$(ls -A "$work/disk")" = board.xlsx ] || {
            echo "$kilobytes kB: left $(find "$work/disk" -mindepth 1 -printf '%f ')"
            wrong=1
        }
        umount "$work/disk"
    done
    [ "${status:-0}" -ne 0 ] || {
        echo "no disk was small enough"
        wrong=1
    }
    return "$wrong"
}
can_mount() {
    mkdir -p "$work/disk" && mount -t tmpfs -o size=64k okrbook-test "$work/disk" 2>/dev/null && umount "$work/disk"
}
if can_mount; then
    tap "a full disk leaves the old workbook and says so" full_disk
else
    tap_skip "a full disk leaves the old workbook and says so" "no mounting allowed here"
fi

file_limit() {
    local blocks status
    for blocks in 0 1 8; do
        fresh
        (ulimit -f "$blocks" && exec "$program" build "${args[@]}" -o "$work/out/board.xlsx" 2>/dev/null)
        status=$?
        look "$status" "files up to $blocks kB" no || return 1
        [ "$status" -eq 74 ] || {
            echo "status $status, not 74"
            return 1
        }
    done
}
tap "a limit on the size of files is an error, no signal" file_limit

memory_limit() {
    local kilobytes status ran_out=no
    for ((kilobytes = 48000; kilobytes > 4000; kilobytes -= 1500)); do
        fresh
        { (ulimit -v "$kilobytes" && exec "$program" build "${args[@]}" -o "$work/out/board.xlsx"); } 2>/dev/null
        status=$?
        # Too little even to load the libraries: the loader's own failure.
        [ "$status" -ne 127 ] || break
        look "$status" "$kilobytes kB" no || return 1
        case $status in
        0) ;;
        71) ran_out=yes ;;
        *) echo "$kilobytes kB: status $status" && return 1 ;;
        esac
    done
    echo "memory never ran out"
    [ "$ran_out" = yes ]
}
tap "a limit on memory ends the run with 71" memory_limit

no_memory_in_json() {
    local status kilobytes
    for ((kilobytes = 40000; kilobytes > 4000; kilobytes -= 1500)); do
        fresh
        (ulimit -v "$kilobytes" &&
            exec "$program" build "${args[@]}" -o "$work/out/board.xlsx" --log-format json) 2>"$work/err"
        status=$?
        [ "$status" -ne 71 ] || break
    done
    [ "$status" -eq 71 ] && [ "$(wc -l <"$work/err")" -eq 1 ] &&
        grep -q '^{"severity":"error","message":"out of memory[^"]*"}$' "$work/err"
}
tap "that memory ran out is told in the form asked for" no_memory_in_json

small_stack() {
    local kilobytes status
    for kilobytes in 16 24 32 48; do
        fresh
        (ulimit -s "$kilobytes" && exec "$program" build "${args[@]}" -o "$work/out/board.xlsx") 2>"$work/err"
        status=$?
        look "$status" "a stack of $kilobytes kB" no || return 1
        if [ "$status" -ne 0 ] && { [ "$status" -ne 71 ] || ! grep -q 'the stack is full' "$work/err"; }; then
            echo "a stack of $kilobytes kB: status $status: $(cat "$work/err")"
            return 1
        fi
    done
}
tap "a stack too small ends the run with 71" small_stack

few_descriptors() {
    local n status
    for n in 4 5 6 8 10 12 16; do
        fresh
        { (ulimit -n "$n" && exec "$program" build "${args[@]}" -o "$work/out/board.xlsx"); } >/dev/null 2>&1
        status=$?
        # Too few even to load the libraries.
        [ "$status" -ne 127 ] || continue
        look "$status" "$n descriptors" no || return 1
    done
}
tap "too few descriptors leave the old workbook or make the new one" few_descriptors

full_output() {
    "$program" export goals "${args[@]}" >/dev/full 2>"$work/err"
    [ $? -eq 74 ] && "$program" --help >/dev/full 2>/dev/null
    [ $? -eq 74 ]
}
tap "a full standard output is an error" full_output
closed_pipe() {
    local status
    set -o pipefail
    "$program" export goals "${args[@]}" 2>"$work/err" | true
    status=$?
    set +o pipefail
    [ "$status" -eq 0 ] && [ ! -s "$work/err" ]
}
tap "a reader that goes away is a quiet end" closed_pipe

# ended_by SIGNAL: the status of a run that has opened its output and waits for its input when the signal comes.
ended_by() {
    local run status
    fresh
    mkfifo "$work/waiting.csv"
    env --default-signal "$program" build "$work/waiting.csv" -o "$work/out/board.xlsx" 2>"$work/err" &
    run=$!
    until [ -e "$work/out/.board.xlsx.part" ] || ! kill -0 "$run" 2>/dev/null; do :; done # at once: nothing may lie between
    kill -s "$1" "$run"
    { wait "$run"; } 2>/dev/null
    status=$?
    rm -f "$work/waiting.csv"
    [ "$(ls -A "$work/out")" = board.xlsx ] || echo "$1 left $(find "$work/out" -mindepth 1 -printf '%f ')"
    cmp "$work/old.xlsx" "$work/out/board.xlsx"
    [ "$(wc -l <"$work/err")" -eq 1 ] || echo "$1 was not told in one line"
    return "$status"
}
signals() {
    local name wrong=0
    for name in TERM HUP USR1 ALRM XCPU IO RTMIN+3 SEGV ABRT FPE; do
        ended_by "$name"
        case $name:$? in
        SEGV:70 | ABRT:70 | FPE:70) ;;
        SEGV:* | ABRT:* | FPE:*) wrong=1 ;;
        *:71) ;;
        *) wrong=1 ;;
        esac
    done >"$work/said"
    cat "$work/said"
    [ "$wrong" -eq 0 ] && [ ! -s "$work/said" ]
}
tap "a signal ends the run with a status of its own and leaves nothing" signals

# ---- two runs at once ------------------------------------------------------------------------------------------

held_lock() {
    local status
    fresh
    : >"$work/out/.board.xlsx.part"
    flock -n "$work/out/.board.xlsx.part" "$program" build "${args[@]}" -o "$work/out/board.xlsx" 2>"$work/err"
    status=$?
    rm -f "$work/out/.board.xlsx.part"
    [ "$status" -eq 75 ] && cmp -s "$work/old.xlsx" "$work/out/board.xlsx"
}
tap "a run whose output another one holds ends with 75" held_lock
many_at_once() {
    local i status wrong=0
    fresh
    for i in 1 2 3 4 5 6 7 8; do
        "$program" build "${args[@]}" -o "$work/out/board.xlsx" 2>/dev/null &
        eval "pid$i=$!"
    done
    for i in 1 2 3 4 5 6 7 8; do
        eval "wait \$pid$i"
        status=$?
        [ "$status" -eq 0 ] || [ "$status" -eq 75 ] || {
            echo "status $status"
            wrong=1
        }
    done
    cmp "$work/new.xlsx" "$work/out/board.xlsx" || wrong=1
    [ "$(ls -A "$work/out")" = board.xlsx ] || wrong=1
    return "$wrong"
}
tap "of eight runs at once each wins or steps back" many_at_once
tap_end
