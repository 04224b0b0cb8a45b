#!/usr/bin/env bash
# Runs the unit tests named (programs made with cmocka) and prints their TAP, a plan for each. A test that dies counts
# as one that failed.
set -u

status=0
for program in "$@"; do
    echo "# $(basename "$program")"
    code=0
    CMOCKA_MESSAGE_OUTPUT=TAP "$program" 2>&1 || code=$?
    if [ "$code" -gt 125 ]; then
        echo "not ok - $(basename "$program") died with status $code"
    fi
    [ "$code" -eq 0 ] || status=1
done
exit "$status"
