#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What it costs to compile a program that includes topoprune, against a budget.
#
#   tests/compile_cost.sh [COMPILER]
#
# Prints user seconds of one translation unit at -O2 in units of E, an empty main that includes Eigen/Dense, measured in
# the same minute: machines differ, the ratio hardly does. Exit status: 0 all within their budgets; 1 one is not, the
# least of three runs.
set -euo pipefail
CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

compiler=${1:-g++}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
eigen=$(for path in /usr/include/eigen3 /usr/local/include/eigen3; do [ ! -d "$path" ] || echo "-isystem $path"; done)

printf '#include <Eigen/Dense>\nint main() {}\n' >"$folder/unit.cpp"
printf '#include <topoprune/topoprune.hpp>\nint main() {}\n' >"$folder/umbrella.cpp"

# User seconds of compiling $1 with the flags that follow.
seconds() {
    local source=$1
    shift
    TIMEFORMAT=%U
    # shellcheck disable=SC2086
    { time "$compiler" -std=c++20 -O2 -ffp-contract=off -Iinclude $eigen "$@" -c "$source" -o "$folder/object.o" \
        >/dev/null; } 2>&1 | tail -n 1
}

least() {
    local best=$1 value
    shift
    for value in "$@"; do
        best=$(awk -v a="$best" -v b="$value" 'BEGIN { print (b < a) ? b : a }')
    done
    echo "$best"
}

unit=$(least "$(seconds "$folder/unit.cpp")" "$(seconds "$folder/unit.cpp")" "$(seconds "$folder/unit.cpp")")
echo "E, an empty main that includes Eigen/Dense: $unit s"

status=0
# check NAME BUDGET SOURCE FLAG...
check() {
    local name=$1 budget=$2 source=$3 best cost
    shift 3
    best=$(seconds "$source" "$@")
    for _ in 1 2; do
        cost=$(awk -v s="$best" -v e="$unit" 'BEGIN { printf "%.1f", s / e }')
        awk -v c="$cost" -v b="$budget" 'BEGIN { exit !(c > b) }' || break
        best=$(least "$best" "$(seconds "$source" "$@")")
    done
    cost=$(awk -v s="$best" -v e="$unit" 'BEGIN { printf "%.1f", s / e }')
    if awk -v c="$cost" -v b="$budget" 'BEGIN { exit !(c > b) }'; then
        echo "$name: $cost E, over its budget of $budget E"
        status=1
    else
        echo "$name: $cost E, budget $budget E"
    fi
}

# A fifth above what was reached when the budgets were set, for noise.
check "topoprune.hpp, header-only" 14.5 "$folder/umbrella.cpp"
check "topoprune.hpp, compiled" 6.5 "$folder/umbrella.cpp" -DTOPOPRUNE_COMPILED
check "examples/prune.cpp, header-only" 63 examples/prune.cpp
check "examples/prune.cpp, compiled" 7.5 examples/prune.cpp -DTOPOPRUNE_COMPILED
exit "$status"
