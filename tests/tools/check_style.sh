#!/usr/bin/env bash
# The sources are formatted, the scripts are sound, and no file grew past what a reader takes in.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2

c_files=$(find src include tests -name '*.[ch]' | LC_ALL=C sort)
scripts=$(find tests .ci -type f \( -name '*.sh' -o -path .ci/run \) | LC_ALL=C sort)

# Other majors of the formatter set other lines.
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
    # shellcheck disable=SC2086
    tap "the C files are formatted (make format)" clang-format --dry-run -Werror $c_files
else
    tap_skip "the C files are formatted" "needs clang-format 14"
fi
# shellcheck disable=SC2086
tap "the shell scripts have no findings" shellcheck -x -P SCRIPTDIR --severity=style --exclude=SC2016 $scripts

no_long_file() {
    local file lines most status=0
    for file in $c_files; do
        most=640
        [[ $file != tests/* ]] || most=700 # tables of examples
        lines=$(wc -l <"$file")
        [ "$lines" -le "$most" ] || {
            echo "$file has $lines lines, split it"
            status=1
        }
    done
    return "$status"
}
tap "no C file is longer than a reader takes in" no_long_file
no_marks() {
    # The words are put together here so that this file does not find itself.
    ! grep -rnE "\\b(TO""DO|FIX""ME|X""XX|HA""CK)\\b" src include tests docs README.md Makefile --include='*.[ch]' --include='*.sh' \
        --include='*.py' --include='*.md' --include=Makefile
}
tap "nothing is left to be done" no_marks
no_trailing_blanks() {
    ! git grep -nI -E '[[:blank:]]+$' -- '*.c' '*.h' '*.sh' '*.py' '*.md' Makefile
}
if git rev-parse --git-dir >/dev/null 2>&1; then
    tap "no line ends with blanks" no_trailing_blanks
else
    tap_skip "no line ends with blanks" "no repository here"
fi
tap_end
