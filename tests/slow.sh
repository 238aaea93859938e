#!/bin/bash
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/slow.sh [DIRECTORY]
#
# Builds with AddressSanitizer and UndefinedBehaviorSanitizer in DIRECTORY (one
# of its own if none is given, which goes again) and runs the tests of core,
# charts and widgets there.
set -euo pipefail
source=$(cd "$(dirname "$0")/.." && pwd)
build=${1:-}
if [ -z "$build" ]; then
  build=$(mktemp -d)
  trap 'rm -rf "$build"' EXIT
fi

# GSlice and GL drivers hide or make leaks; the libraries' own caches are
# listed in lsan.supp.
export G_SLICE=always-malloc GDK_DEBUG=gl-disable
export ASAN_OPTIONS=fast_unwind_on_malloc=0:strict_string_checks=1:detect_stack_use_after_return=1
export LSAN_OPTIONS=suppressions=$source/tests/ui/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

[ -e "$build/build.ninja" ] ||
  meson setup -Db_sanitize=address,undefined -Db_lundef=false "$build" "$source"
meson compile -C "$build"
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 6 \
  --suite core --suite chart --suite widgets
