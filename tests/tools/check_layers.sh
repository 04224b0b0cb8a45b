#!/usr/bin/env bash
# Proves from the sources and the archives who may use whom (docs/architecture.md has the reasons):
#
#   - a room includes its own private headers and the interfaces named for it below, no other room's private headers;
#   - each third-party header is included by the files named for it alone, and a file includes at most one;
#   - POSIX and stream headers are for os and cli;
#   - nothing below the command line ends the process, writes to a stream, or asks for the time or the environment.
#
# usage: check_layers.sh LIBS, the folder of the rooms' archives (build/gcc/lib)
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2
libs=$1
shopt -s nullglob

# room: the interfaces (include/okrbook/*.h) that it may include
interfaces_of() {
    case $1 in
    base) echo base tables ;;
    plan) echo base table plan ;;
    os) echo base os ;;
    read) echo base table read ;;
    normalize) echo base table plan normalize ;;
    judge) echo base table plan judge ;;
    score) echo base plan score ;;
    review) echo base table plan review ;;
    write) echo base table plan write version ;;
    pipeline) echo base os table tables plan read normalize judge score review write pipeline ;;
    cli) echo base os table tables plan read normalize judge score review write pipeline version ;;
    esac
}

# third-party header: the files that may include it, as patterns
homes_of() {
    case $1 in
    csv.h | iconv.h) echo 'src/read/*' ;;
    pcre2.h) echo 'src/judge/*' ;;
    xlsxwriter.h) echo 'src/write/*' ;;
    unzip.h) echo 'src/write/verify.c' ;;
    utf8proc.h) echo 'src/base/text.c' ;;
    nettle/*) echo 'src/base/sha256.c' ;;
    jansson.h) echo 'src/normalize/* src/write/* src/cli/status.c' ;;
    *) return 1 ;;
    esac
}

is_standard() {
    case $1 in
    assert.h | ctype.h | errno.h | float.h | inttypes.h | limits.h | math.h | stdalign.h | stdarg.h | stdbool.h | \
        stddef.h | stdint.h | stdio.h | stdlib.h | string.h | strings.h) return 0 ;;
    esac
    return 1
}

# What only os and cli may include.
is_system() {
    case $1 in
    dirent.h | fcntl.h | getopt.h | malloc.h | pthread.h | sched.h | signal.h | time.h | unistd.h | sys/*.h | poll.h) return 0 ;;
    esac
    return 1
}

in_list() {
    local word=$1 item
    shift
    for item in "$@"; do [ "$item" = "$word" ] && return 0; done
    return 1
}

matches_any() {
    local file=$1 pattern
    shift
    for pattern in "$@"; do
        # shellcheck disable=SC2053 # a pattern is meant
        [[ $file == $pattern ]] && return 0
    done
    return 1
}

check_file() {
    local room=$1 file=$2 status=0 third=0 header homes
    local folder=src/$room
    [ "$room" != pipeline ] || folder=src
    while read -r header; do
        case $header in
        '"okrbook/'*)
            header=${header#\"okrbook/}
            # shellcheck disable=SC2046
            in_list "${header%.h\"}" $(interfaces_of "$room") || {
                echo "$file: $room must not include okrbook/${header%\"}"
                status=1
            }
            ;;
        '"'*)
            header=${header//\"/}
            if [ ! -f "$folder/$header" ] || [[ $header == */* ]]; then
                echo "$file: '$header' is no private header of $room"
                status=1
            fi
            ;;
        '<'*)
            header=${header//[<>]/}
            is_standard "$header" && continue
            if is_system "$header"; then
                case $room in os | cli) continue ;; esac
                # Advice to the kernel about an arena's own memory; it has no effect that could be seen.
                [ "$file $header" != 'src/base/arena.c sys/mman.h' ] || continue
                echo "$file: <$header> is for os and cli"
                status=1
            elif homes=$(homes_of "$header"); then
                # It comes with a header that counts already.
                [ "$header" = nettle/version.h ] || third=$((third + 1))
                set -f
                # shellcheck disable=SC2086
                matches_any "$file" $homes || {
                    echo "$file: <$header> is at home in $homes"
                    status=1
                }
                set +f
            else
                echo "$file: <$header> has no home in check_layers.sh"
                status=1
            fi
            ;;
        esac
    done < <(sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*\(["<][^">]*[">]\).*/\1/p' "$file")
    if [ "$third" -gt 1 ]; then
        echo "$file: more than one third-party header"
        status=1
    fi
    return "$status"
}

check_room() {
    local room=$1 status=0 file
    shift
    for file in "$@"; do
        check_file "$room" "$file" || status=1
    done
    return "$status"
}

# The interfaces stand on each other as the rooms do, and on no third-party header.
check_interfaces() {
    local header name status=0
    for header in include/okrbook/*.h; do
        name=$(basename "$header" .h)
        [ "$name" != tables ] && [ "$name" != table ] && [ "$name" != version ] || name=base
        check_file "$name" "$header" || status=1
    done
    return "$status"
}

# Names that end the process, write to a stream, or ask for the time, the environment or the locale.
ending='exit _exit _Exit quick_exit abort __assert_fail raise kill'
streams='stdout stderr stdin printf vprintf fprintf vfprintf puts putchar fputs fputc putc perror getchar scanf gets
    __printf_chk __fprintf_chk __vprintf_chk __vfprintf_chk'
asking='getenv secure_getenv setenv putenv time gettimeofday clock_gettime clock localtime gmtime localtime_r gmtime_r
    mktime setlocale rand srand random system popen'
files='open open64 openat openat64 fopen fopen64 freopen freopen64 creat unlink rename remove mkdir tmpfile tmpfile64'

check_symbols() {
    local room=$1 status=0 symbol banned="$ending $streams $asking $files"
    # os has the clock, the environment, the files, and the exit of the processes that it forks.
    [ "$room" != os ] || banned="exit _Exit quick_exit abort __assert_fail raise $streams setenv putenv localtime
        gmtime mktime setlocale rand srand random system popen"
    [ -f "$libs/$room.a" ] || {
        echo "no archive $libs/$room.a"
        return 1
    }
    while read -r symbol; do
        # shellcheck disable=SC2086
        if in_list "$symbol" $banned; then
            echo "$room.a uses $symbol"
            status=1
        fi
    done < <(nm -u "$libs/$room.a" 2>/dev/null | sed -n 's/^ *U \([^@]*\).*/\1/p' | sort -u)
    return "$status"
}

tap "the interfaces include what stands below them" check_interfaces
for room in base plan os read normalize judge score review write cli; do
    tap "$room includes what it may" check_room "$room" src/"$room"/*.[ch]
done
tap "pipeline includes what it may" check_room pipeline src/*.[ch]
for room in base plan os read normalize judge score review write pipeline; do
    tap "$room ends nothing, prints nothing, asks for nothing" check_symbols "$room"
done
tap_end
