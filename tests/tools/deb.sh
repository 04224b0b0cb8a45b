#!/usr/bin/env bash
# Makes a Debian package out of `make install`. usage: deb.sh FOLDER, which then holds okrbook_VERSION_ARCH.deb
set -eu
cd "$(dirname "$0")/../.."
folder=$1
root=$folder/root

version=$(sed -n 's/^#define OKB_VERSION "\(.*\)"/\1/p' include/okrbook/version.h)
architecture=$(dpkg --print-architecture)
rm -rf "$folder"
make --no-print-directory -s install DESTDIR="$PWD/$root" PREFIX=/usr
strip --strip-unneeded "$root/usr/bin/okrbook"
gzip -9n "$root/usr/share/man/man1/okrbook.1" "$root/usr/share/doc/okrbook/CHANGELOG.md"
mv "$root/usr/share/doc/okrbook/LICENSE" "$root/usr/share/doc/okrbook/copyright"

# The packages of the libraries that the program names, at the versions it was built with or later.
libraries=$(readelf -d "$root/usr/bin/okrbook" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
depends=$(for library in $libraries; do
    path=$(ldd "$root/usr/bin/okrbook" | awk -v name="$library" '$1 == name { print $3 }')
    [ -n "$path" ] || continue
    package=$(dpkg-query -S "$(realpath "$path")" 2>/dev/null || dpkg-query -S "$path")
    package=${package%%:*}
    printf '%s (>= %s)\n' "$package" "$(dpkg-query -W -f '${Version}' "$package" | head -n 1)"
done | LC_ALL=C sort -u | paste -s -d , | sed 's/,/, /g')

mkdir "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<EOF
Package: okrbook
Version: $version
Architecture: $architecture
Maintainer: okrbook maintainers <maintainers@example.org>
Section: utils
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f 1)
Depends: $depends
Description: CSV exports of goals and check-ins to one board-ready workbook
 okrbook reads the goals that teams hand in as CSV exports of their tools or as
 hand-made sheets, judges how well each is written, computes how it is going,
 and writes one Excel workbook that accounts for every input row.
EOF
(cd "$root" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2) >"$root/DEBIAN/md5sums"
package=$folder/okrbook_${version}_$architecture.deb
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)} \
    dpkg-deb --root-owner-group --build "$root" "$package" >/dev/null
echo "$package"
