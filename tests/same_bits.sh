#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Whether the result has the same bits however the program is built: compiles tests/same_bits/checksums.cpp, header-only,
# with every compiler and instruction set, runs all that this machine can run, and compares what they print.
#
#   tests/same_bits.sh [--data FEATURES LABELS] [--program PROGRAM]... [COMPILER]...
#
#   COMPILER           compilers to build with; unless given, g++ for x86-64-v2, v3 and v4, and clang++-19 for v3
#                      where it is installed. Given ones build for all three.
#   --data             features and labels to prune; unless given, the digits
#   --program PROGRAM  built otherwise (by CMake, on another system): run it too
#
# Environment: XSIMD_INCLUDES, folders of other versions of xsimd to build with as well, spaces between. JOBS, how many
# compilers run at once [2]; each takes about 2 GB.
#
# Exit status: 0 the same bits; 1 others; 2 wrong use.
set -euo pipefail
CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

data=(examples/data/digits_features.npy examples/data/digits_labels.npy)
programs=()
compilers=()
while [ $# -gt 0 ]; do
    case $1 in
    --data) data=("${2:?features}" "${3:?labels}"); shift 3 ;;
    --program) programs+=("${2:?a program}"); shift 2 ;;
    -*) echo "same_bits.sh: no option $1" >&2; exit 2 ;;
    *) compilers+=("$1"); shift ;;
    esac
done

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

# "COMPILER ARCHITECTURE XSIMD" lines, - for the installed xsimd.
{
    if [ ${#compilers[@]} = 0 ]; then
        for architecture in v2 v3 v4; do echo "g++ $architecture -"; done
        if command -v clang++-19 >/dev/null; then echo "clang++-19 v3 -"; fi
    fi
    for compiler in ${compilers[@]+"${compilers[@]}"}; do
        for architecture in v2 v3 v4; do
            for xsimd in - ${XSIMD_INCLUDES:-}; do echo "$compiler $architecture $xsimd"; done
        done
    done
} >"$folder/builds"

build() {
    local compiler=$1 architecture=$2 xsimd=$3 flags=
    [ "$xsimd" = - ] || flags="-I$xsimd"
    case $("$compiler" --version) in *clang*) ;; *) flags="$flags -fno-tree-slp-vectorize" ;; esac
    # shellcheck disable=SC2086
    "$compiler" -std=c++20 -O2 -ffp-contract=off -march=x86-64-$architecture $flags -Iinclude -isystem /usr/include/eigen3 \
        tests/same_bits/checksums.cpp -lz -pthread -o "$folder/${compiler##*/} x86-64-$architecture ${xsimd//\//_}"
}
export -f build
export folder
xargs -P "${JOBS:-2}" -L 1 bash -c 'build "$@" || exit 255' _ <"$folder/builds"
rm "$folder/builds"

runs_here() {
    case $1 in
    *x86-64-v4*) grep -qw avx512vl /proc/cpuinfo ;;
    *x86-64-v3*) grep -qw avx2 /proc/cpuinfo ;;
    esac
}

status=0 expected=
compare() {
    local name=$1 printed
    printed=$("$2" "${data[@]}")
    [ -n "$expected" ] || { expected=$printed; echo "$printed"; }
    if [ "$printed" = "$expected" ]; then
        echo "$name: the same bits"
    else
        echo "$name: other bits"
        diff <(echo "$expected") <(echo "$printed") || true
        status=1
    fi
}
for program in "$folder"/*; do
    name=${program##*/}
    if runs_here "$name"; then compare "$name" "$program"; else echo "$name: left out, this machine cannot run it"; fi
done
for program in ${programs[@]+"${programs[@]}"}; do compare "$program" "$program"; done
exit "$status"
