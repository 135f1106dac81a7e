#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the build needs on Debian 12 and Ubuntu 24.04, and the packages named as arguments, as far as they are
# missing. Exit status: 0 everything is there; 2 something is missing and there is no right to install it.
set -eu

packages="g++ cmake ninja-build libeigen3-dev libboost-dev libtbb-dev libnanoflann-dev libspectra-dev libxsimd-dev
zlib1g-dev nlohmann-json3-dev libcli11-dev libfmt-dev doctest-dev $*"

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This system has no apt. The build needs the equivalents of these Debian packages:" $packages >&2
    exit 0
fi

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=
for package in $packages; do
    is_installed "$package" || missing="$missing $package"
done
# Debian 12's xsimd names xtl in its link line; the package of xtl has had two names.
is_installed xtl-dev || is_installed libxtl-dev || missing="$missing xtl-dev"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=env
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
else
    echo "These packages are missing:$missing" >&2
    echo "Install them with: sudo apt-get update && sudo apt-get install$missing" >&2
    exit 2
fi

echo "Installing$missing" >&2
$as_root apt-get update -q >&2
case "$missing" in
*" xtl-dev"*)
    apt-cache show xtl-dev >/dev/null 2>&1 || missing="${missing% xtl-dev} libxtl-dev" ;;
esac
$as_root DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2
