#!/bin/sh
# Installs the named packages with the system's package manager. Asks nothing, and does nothing where all are there.
# Knows apt (Debian, Ubuntu); on another system it prints the list and stops.
set -eu

is_there() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "no apt here; install what your system calls these Debian packages, then go on:" >&2
    printf '  %s\n' "$@" >&2
    exit 1
fi

missing=
for package in "$@"; do
    is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "not root and no sudo here; install these as root, then go on:$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "installing:$missing"
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@" </dev/null
}
apt update
# shellcheck disable=SC2086 # one word a package
apt install -y --no-install-recommends $missing >/dev/null
