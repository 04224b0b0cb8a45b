#!/usr/bin/env bash
# make install puts each file where it belongs, make uninstall takes exactly those away again, and the unit is sound.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.." || exit 2

stage=$(mktemp -d) || exit 2
trap 'rm -rf "$stage"' EXIT
quietly() { make --no-print-directory -s "$@"; }

files() { (cd "$stage/$1" && find . ! -type d -printf '%m %P\n' | LC_ALL=C sort -k 2); }

expected() {
    cat <<EOF
755 $1/bin/okrbook
644 $1/lib/systemd/system/okrbook.service
644 $1/lib/systemd/system/okrbook.timer
644 $1/share/bash-completion/completions/okrbook
644 $1/share/doc/okrbook/CHANGELOG.md
644 $1/share/doc/okrbook/LICENSE
644 $1/share/doc/okrbook/README.md
644 $1/share/doc/okrbook/okrbook.cron
644 $1/share/doc/okrbook/operations.md
644 $1/share/fish/vendor_completions.d/okrbook.fish
644 $1/share/man/man1/okrbook.1
644 $1/share/zsh/site-functions/_okrbook
EOF
}

umask 077
tap "make install works under a narrow umask" quietly install DESTDIR="$stage/a"
tap "it installs these files with these modes under /usr/local" diff <(expected usr/local) <(files a)
tap "the installed program runs" "$stage/a/usr/local/bin/okrbook" --version
folder_is_open() { [ "$(stat -c %a "$stage/a/usr/local/share/doc/okrbook")" = 755 ]; }
tap "others may enter the installed folders" folder_is_open

tap "make install takes another prefix" quietly install DESTDIR="$stage/b" PREFIX=/usr
tap "it installs the same files under /usr" diff <(expected usr) <(files b)
tap "the unit starts the program of that prefix" grep -q '^ExecStart=/usr/bin/okrbook build' \
    "$stage/b/usr/lib/systemd/system/okrbook.service"

touch "$stage/a/usr/local/bin/neighbour"
tap "make uninstall works" quietly uninstall DESTDIR="$stage/a"
tap "it leaves what it did not install, and nothing else" diff <(echo '600 usr/local/bin/neighbour') <(files a)
tap "make uninstall takes another prefix" quietly uninstall DESTDIR="$stage/b" PREFIX=/usr
empty() { [ -z "$(find "$stage/b" -mindepth 1)" ]; }
tap "nothing at all is left of a staging folder" empty

# The commands of a unit must exist where it is checked.
unit_is_sound() {
    local unit=$stage/okrbook.service said
    sed "s,@PREFIX@/bin/okrbook,$PWD/build/okrbook," docs/install/okrbook.service >"$unit"
    said=$(systemd-analyze verify --man=no "$unit" 2>&1)
    grep -F okrbook.service <<<"$said" && return 1
    return 0
}
exposure_is_low() {
    systemd-analyze security --offline=yes --threshold=10 "$stage/okrbook.service" | tail -n 1
    systemd-analyze security --offline=yes --threshold=10 "$stage/okrbook.service" >/dev/null
}
if systemd-analyze --version >/dev/null 2>&1; then
    tap "systemd finds no fault in the service" unit_is_sound
    tap "its exposure is at most 1.0 of 10" exposure_is_low
    tap "systemd can read the timer's calendar" systemd-analyze calendar --iterations=1 \
        "$(sed -n 's/^OnCalendar=//p' docs/install/okrbook.timer)"
else
    tap_skip "the service is sound" "no systemd-analyze here"
fi
tap_end
