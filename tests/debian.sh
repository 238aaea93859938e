#!/bin/bash
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/debian.sh [DIRECTORY]
#
# Builds the Debian package from a copy of what is under version control, has
# lintian look at it, and installs it into a root of its own, which leaves the
# machine as it is.  The package stays in DIRECTORY, if one is given.  Speaks TAP.
set -uo pipefail
source=$(cd "$(dirname "$0")/.." && pwd)
keep=${1:+$(realpath "$1")}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
root=$work/root
deb=''

# What was changed here, and what Meson tells its tests, is none of its business.
export LC_ALL=C.UTF-8 LANGUAGE='' HOME=$work/home
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS LOCUSTSCOPE_LOCALEDIR MALLOC_PERTURB_ G_DEBUG

copy() {
  mkdir -p "$work/tree" "$HOME"
  if git -C "$source" rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    (cd "$source" && git ls-files -z | xargs -0 ls -d 2>/dev/null |
      tar -c --verbatim-files-from -T - -f -)
  else
    tar -C "$source" -c --exclude './build*' --exclude ./.git -f - .
  fi | tar -C "$work/tree" -xf - && cp -r "$work/tree/data/debian" "$work/tree/debian"
}

build() {
  (cd "$work/tree" && dpkg-buildpackage -b -us -uc) || return
  deb=$(echo "$work"/locustscope_*.deb)
  [ -e "$deb" ]
}

# Also warnings: there are none.
look() {
  lintian --fail-on error,warning "$work"/locustscope_*.changes
}

# Nothing but what Debian has, as apt would install it here.
depend() {
  apt-get -q --simulate --no-install-recommends install "$deb"
}

in_root() {
  fakeroot dpkg --root="$root" --force-not-root --force-depends --force-script-chrootless \
    --log="$work/dpkg.log" "$@"
}

install_it() {
  mkdir -p "$root"/var/lib/dpkg/{info,updates} "$root/var/log" || return
  touch "$root/var/lib/dpkg/"{status,available}
  in_root --install "$deb" || return
  in_root --verify locustscope || return
  [ "$(dpkg-query --admindir="$root/var/lib/dpkg" -W -f '${db:Status-Status}' locustscope)" = \
    installed ]
}

# What it says, as the changelog and meson.build do.
version() {
  local said
  said=$("$root/usr/bin/locustscope" --version) && echo "$said" || return
  [ "$said" = "locustscope $(dpkg-parsechangelog -l "$work/tree/debian/changelog" -S Version)" ]
}

export_it() {
  local out=$work/out
  "$root/usr/bin/locustscope" --demo --export="$out.png" || return
  [ "$(head -c 4 "$out.png" | tail -c 3)" = PNG ] || return
  LANGUAGE=zh_CN "$root/usr/bin/locustscope" --help | grep -q 显示
}

# And it takes all with it.
remove() {
  in_root --purge locustscope || return
  [ -z "$(find "$root" -path "$root/var" -prune -o -type f -print)" ]
}

steps=(copy build look depend install_it version export_it remove)
echo "1..${#steps[@]}"
n=0 failed=0
for step in "${steps[@]}"; do
  n=$((n + 1))
  if [ $failed = 1 ]; then
    echo "not ok $n $step # what comes before it has failed"
  elif "$step" >"$work/said" 2>&1; then
    echo "ok $n $step"
  else
    tail -n 60 "$work/said" | sed 's/^/# /'
    echo "not ok $n $step"
    failed=1
  fi
done
[ -z "$keep" ] || [ -z "$deb" ] || cp "$work"/locustscope*.deb "$keep"
exit $failed
