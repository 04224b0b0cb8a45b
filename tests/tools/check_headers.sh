#!/usr/bin/env bash
# Each header compiles by itself: the interfaces as C and as C++, a room's private headers as C.
# usage: check_headers.sh COMPILE..., the compiler with the project's flags
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2

# The interfaces need no C++ library, so clang can look at them without one.
as_cplusplus() {
    clang -x c++ -std=c++17 -Wall -Wextra -Werror -Wno-missing-field-initializers -Iinclude -fsyntax-only -
}

for header in include/okrbook/*.h; do
    name=okrbook/$(basename "$header")
    # A header of macros alone leaves nothing, and C wants something.
    tap "$name compiles alone in C" "$@" -fsyntax-only -x c - <<<"#include \"$name\"
typedef int something;"
    tap "$name compiles alone in C++" as_cplusplus <<<"#include \"$name\""
done
for header in src/*.h src/*/*.h; do
    tap "$header compiles alone" "$@" -fsyntax-only -x c - <<<"#include \"$PWD/$header\""
done
tap_end
