# shellcheck shell=bash
# Owns how a shell test says what it found: TAP on stdout, the reason of a failure on lines that start with `#`.
# A script sources this, calls the functions, and ends with tap_end.

tap_n=0
tap_failed=0

# tap_result STATUS NAME: one test, passed where STATUS is 0.
tap_result() {
    tap_n=$((tap_n + 1))
    if [ "$1" -eq 0 ]; then
        printf 'ok %d - %s\n' "$tap_n" "$2"
    else
        printf 'not ok %d - %s\n' "$tap_n" "$2"
        tap_failed=$((tap_failed + 1))
    fi
}

# tap NAME COMMAND...: runs the command; what it prints is shown only where it fails.
tap() {
    local name=$1 said status=0
    shift
    said=$("$@" 2>&1) || status=$?
    if [ "$status" -ne 0 ] && [ -n "$said" ]; then
        printf '%s\n' "$said" | head -n 60 | sed 's/^/# /'
    fi
    tap_result "$status" "$name"
}

# tap_skip NAME REASON: a test that this machine cannot run.
tap_skip() {
    tap_n=$((tap_n + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_n" "$1" "$2"
}

tap_end() {
    printf '1..%d\n' "$tap_n"
    [ "$tap_failed" -eq 0 ]
}
