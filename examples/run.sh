#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the program and prunes the digits to a tenth; the results lie in out/digits. Installs what is missing.
set -eu
CDPATH= cd -- "$(dirname -- "$0")/.."

cmake/install_packages.sh
if command -v ninja >/dev/null; then export CMAKE_GENERATOR=Ninja; fi
cmake -S . -B build -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build build --target topoprune_cli --parallel "$(nproc)"

build/examples/topoprune/topoprune prune \
    --features examples/data/digits_features.npy \
    --labels examples/data/digits_labels.npy \
    --logits examples/data/digits_logits.npy \
    --keep 0.1 --out out/digits
