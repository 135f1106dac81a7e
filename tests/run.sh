#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds everything in build/ and runs all tests. Installs what is missing. Arguments go to cmake as they are, as in
# tests/run.sh -DTOPOPRUNE_WARNINGS_AS_ERRORS=ON. The last line tells how many tests passed and failed.
set -eu
CDPATH= cd -- "$(dirname -- "$0")/.."

cmake/install_packages.sh
if command -v ninja >/dev/null; then export CMAKE_GENERATOR=Ninja; fi
cmake -S . -B build -DCMAKE_BUILD_TYPE=Release "$@"
cmake --build build --parallel "$(nproc)"

status=0
ctest --test-dir build --parallel "$(nproc)" --output-on-failure --no-tests=error --output-junit tests.xml || status=$?

count() { sed -n "s/^[[:space:]]*$1=\"\([0-9]*\)\".*/\1/p" build/tests.xml | head -n 1; }
failed=$(count failures)
passed=$(($(count tests) - failed - $(count skipped) - $(count disabled)))
echo "$passed passed, $failed failed"
exit "$status"
