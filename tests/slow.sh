#!/bin/bash
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/slow.sh [DIRECTORY [PART…]]
#
# What takes too long for each change, in DIRECTORY (one of its own if none is
# given, or it is empty, which goes again), each part in a build of its own:
#
#   sanitizers  core, charts and widgets by AddressSanitizer and
#               UndefinedBehaviorSanitizer
#   threads     core and charts by ThreadSanitizer
#   valgrind    core by memcheck, without what only repeats things for long
#   fuzz        each program of tests/fuzz for half a minute, from a fixed seed
#   debian      the Debian package is built and installed; the Flatpak manifest
#
# How a part ended stands in DIRECTORY/PART.status.
set -uo pipefail
source=$(cd "$(dirname "$0")/.." && pwd)
directory=${1:-}
parts=("${@:2}")
[ ${#parts[@]} -gt 0 ] || parts=(sanitizers threads valgrind fuzz debian)
if [ -z "$directory" ]; then
  directory=$(mktemp -d) || exit 1
  trap 'rm -rf "$directory"' EXIT
fi

"$source/.ci/setup" slow || exit 1

# GSlice and GL drivers hide or make leaks; the libraries' own caches are
# listed in lsan.supp.
export G_SLICE=always-malloc GDK_DEBUG=gl-disable
export ASAN_OPTIONS=fast_unwind_on_malloc=0:strict_string_checks=1:detect_stack_use_after_return=1
export LSAN_OPTIONS=suppressions=$source/tests/ui/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

# Builds, and runs the tests: check PART OPTIONS… -- TESTS…
check() {
  local build=$directory/$1 options=()
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  [ -e "$build/build.ninja" ] || meson setup "${options[@]}" "$build" "$source" || return
  # What only has to lie there; what a test needs is built when it is run.
  [ "${build##*/}" != threads ] || meson compile -C "$build" tsan-glib || return
  meson test -C "$build" --print-errorlogs "$@"
}

run_sanitizers() {
  check sanitizers -Db_sanitize=address,undefined -Db_lundef=false -- \
    --timeout-multiplier 6 --suite core --suite chart --suite widgets
}

# MODEL_SEQUENCES: those of the files are slow there, and only some of them have
# two threads.
run_threads() {
  MODEL_SEQUENCES=300 check threads -Db_sanitize=thread -Db_lundef=false -- \
    --timeout-multiplier 10 --suite core --suite chart
}

# Programs, not scripts, and none that takes minutes there; a search runs code that
# PCRE makes, of which memcheck knows nothing.
run_valgrind() {
  MODEL_SEQUENCES=30 check valgrind -- --setup valgrind \
    baseline clock csv-header csv-legacy csv-model csv-parser csv-reader \
    cursor file-choices history history-batches intervals limits means number order ranking \
    requests runs selection statistic steps table-rows time totals view zoom
}

run_fuzz() {
  CC=clang check fuzz -Dfuzzing=true -Dwerror=false -Db_sanitize=address,undefined \
    -Db_lundef=false -- --suite fuzz
}

run_debian() {
  check debian -Dpackages=true -- --no-rebuild --suite package
}

all=0
for part in "${parts[@]}"; do
  SECONDS=0
  "run_$part"
  status=$?
  echo "$status" >"$directory/$part.status"
  echo "$part: ended with status $status after $SECONDS s"
  [ "$status" = 0 ] || all=1
done
exit $all
