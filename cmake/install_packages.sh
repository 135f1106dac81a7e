#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the build needs on Debian 12, Debian 13 and Ubuntu 24.04, and the packages named as arguments, as far as
# they are missing. Waits up to two minutes for other programs that use apt, as unattended upgrades do on a fresh system.
# Exit status: 0 everything is there; 1 apt failed; 2 something is missing and there is no right to install it.
set -eu

packages="g++ cmake ninja-build libeigen3-dev libboost-dev libtbb-dev libnanoflann-dev libspectra-dev libxsimd-dev
zlib1g-dev nlohmann-json3-dev libcli11-dev libfmt-dev doctest-dev pkgconf $*"

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This system has no apt. The build needs the equivalents of these Debian packages:" $packages >&2
    exit 0
fi

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

is_known() {
    apt-cache show "$1" >/dev/null 2>&1
}

missing=
for package in $packages; do
    is_installed "$package" || missing="$missing $package"
done
# Debian 12's xsimd names xtl in its link line; the package of xtl has two names.
needs_xtl=true
if is_installed xtl-dev || is_installed libxtl-dev; then needs_xtl=false; fi
if [ -z "$missing" ] && ! $needs_xtl; then exit 0; fi

# By what apt knows now, which before an update may be nothing.
add_xtl() {
    if ! $needs_xtl; then
        :
    elif ! is_known xtl-dev && is_known libxtl-dev; then
        missing="$missing libxtl-dev"
    else
        missing="$missing xtl-dev"
    fi
}

# sudo may ask for a password only where somebody can answer.
if [ "$(id -u)" = 0 ]; then
    as_root=env
elif ! command -v sudo >/dev/null; then
    add_xtl
    echo "These packages are missing:$missing" >&2
    echo "Install them as root with: apt-get update && apt-get install$missing" >&2
    exit 2
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
elif [ -t 0 ] && [ -t 2 ] && sudo true; then
    as_root="sudo env"
else
    add_xtl
    echo "These packages are missing:$missing" >&2
    echo "Install them with: sudo apt-get update && sudo apt-get install$missing" >&2
    exit 2
fi

complaints=$(mktemp)
trap 'rm -f "$complaints"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs apt-get; what it says on stderr is in $complaints afterwards. While another program holds one of apt's locks it is
# tried again: apt's own DPkg::Lock::Timeout does not apply to the lock of the package lists.
seconds_left=120
waits_for=
run_apt_get() {
    while true; do
        status=0
        $as_root LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get "$@" >&2 2>"$complaints" || status=$?
        lock=$(sed -n 's/^E: Could not get lock \(.*\)\. It is held by /\1 is held by /p; t; s/^E: Could not get lock /cannot get /p' "$complaints" | head -n 1)
        if [ "$status" = 0 ] || [ -z "$lock" ]; then
            cat "$complaints" >&2
            return "$status"
        fi
        if [ "$seconds_left" -le 0 ]; then
            echo "Gave up waiting for another program that uses apt: $lock" >&2
            exit 1
        fi
        if [ "$lock" != "$waits_for" ]; then
            echo "Waiting up to $seconds_left s for another program that uses apt: $lock" >&2
            waits_for=$lock
        fi
        sleep 5
        seconds_left=$((seconds_left - 5))
    done
}

failed_download() {
    sed -n 's/^[EW]: Failed to fetch //p' "$complaints" | head -n 1
}

# An update that fails may have failed in a source that is not needed: the installation decides.
echo "Updating the package lists" >&2
run_apt_get update -qq || true
failed_update=$(failed_download)
add_xtl
echo "Installing$missing" >&2
if ! run_apt_get install -q -y --no-install-recommends $missing; then
    reason="apt-get failed"
    if [ -n "$(failed_download)" ]; then
        reason="a download failed: $(failed_download)"
    elif grep -q -e '^E: Unable to locate package' -e 'has no installation candidate' "$complaints"; then
        reason="the sources of apt do not have all of them"
        [ -z "$failed_update" ] || reason="the package lists could not be downloaded: $failed_update"
    fi
    echo "The packages could not be installed: $reason" >&2
    exit 1
fi
