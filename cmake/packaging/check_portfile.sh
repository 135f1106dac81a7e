#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the portfile by the scripts of vcpkg without vcpkg's program and without a network: the source is the last commit, what it
# needs comes from the system.
#
#   check_portfile.sh VCPKG WORK [FEATURES]
#
#   VCPKG     a checkout of https://github.com/microsoft/vcpkg
#   WORK      a folder that may be written; the package is then WORK/packages/topoprune_x64-linux
#   FEATURES  semicolons between; unless given, "tbb;io". With "compiled" it takes minutes.
#
# Not run: what vcpkg's program does itself, as the dependencies, the checks after the build and the paths in libraries
# (which needs patchelf; there are no shared libraries here).
set -eu
vcpkg=$(realpath "${1:?the checkout of vcpkg}")
work=$(realpath "${2:?a folder to work in}")
features="core;${3-tbb;io}"
CDPATH= cd -- "$(dirname -- "$0")/../.."

triplet=x64-linux
port=$work/port
installed=$work/installed
rm -rf "$port" "$installed" "$work/packages" "$work/buildtrees"
mkdir -p "$port" "$work/downloads" "$work/buildtrees/topoprune" "$installed/$triplet/share"
cp -r "$vcpkg/ports/vcpkg-cmake" "$vcpkg/ports/vcpkg-cmake-config" "$installed/$triplet/share"
helpers=
for helper in vcpkg-cmake vcpkg-cmake-config; do
    helpers="$helpers$installed/$triplet/share/$helper/vcpkg-port-config.cmake;"
done

# The archive stands where the server's would after its download, and its hash in the place of the unknown one.
version=$(sed -n 's/^ *"version": "\(.*\)",$/\1/p' cmake/packaging/vcpkg/vcpkg.json)
archive=$work/downloads/OWNER-topoprune-v$version.tar.gz
git archive --format=tar.gz --prefix="topoprune-$version/" -o "$archive" HEAD
cp cmake/packaging/vcpkg/* "$port"
sed -i "s/SHA512 0/SHA512 $(sha512sum "$archive" | cut -d' ' -f1)/" "$port/portfile.cmake"

cmake -D CMD=BUILD -D PORT=topoprune -D VERSION="$version" -D FEATURES="$features" -D TARGET_TRIPLET=$triplet \
    -D _HOST_TRIPLET=$triplet -D TARGET_TRIPLET_FILE="$vcpkg/triplets/$triplet.cmake" -D VCPKG_ROOT_DIR="$vcpkg" \
    -D VCPKG_BASE_VERSION="$(date +%Y-%m-%d)" -D CURRENT_PORT_DIR="$port" -D _VCPKG_INSTALLED_DIR="$installed" \
    -D DOWNLOADS="$work/downloads" -D BUILDTREES_DIR="$work/buildtrees" -D PACKAGES_DIR="$work/packages" \
    -D CURRENT_BUILDTREES_DIR="$work/buildtrees/topoprune" -D CURRENT_PACKAGES_DIR="$work/packages/topoprune_$triplet" \
    -D VCPKG_PORT_CONFIGS="${helpers%;}" -D Z_VCPKG_CHAINLOAD_TOOLCHAIN_FILE="$vcpkg/scripts/toolchains/linux.cmake" \
    -D VCPKG_CONCURRENCY="${JOBS:-1}" -D VCPKG_FIXUP_ELF_RPATH=OFF -D _VCPKG_NO_DOWNLOADS=1 -D _VCPKG_EDITABLE=0 \
    -D GIT="$(command -v git)" -D NINJA="$(command -v ninja)" -D PKGCONFIG="$(command -v pkg-config)" \
    -P "$vcpkg/scripts/ports.cmake"
