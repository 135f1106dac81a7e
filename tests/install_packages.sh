#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests cmake/install_packages.sh without a network and without installing anything: dpkg-query, apt-get, apt-cache, sudo,
# id and sleep are replaced by small programs that read and write files of a temporary folder.
set -eu
CDPATH= cd -- "$(dirname -- "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
state=$work/state
export state

# The only folder in PATH, so that no sudo or apt of the system is found.
mkdir "$work/programs"
for program in sh env mktemp rm sed grep head cat mv; do
    ln -s "$(command -v "$program")" "$work/programs/$program"
done
replace() {
    { echo '#!/bin/sh'; cat; } >"$work/programs/$1"
    chmod +x "$work/programs/$1"
}

replace id <<'end'
cat "$state/uid"
end
replace sleep <<'end'
echo "$1" >>"$state/slept"
end
replace dpkg-query <<'end'
for package; do :; done
grep -q -x -e "$package" "$state/missing" || echo installed
end
replace apt-cache <<'end'
grep -q -x -e "$2" "$state/known"
end
replace sudo <<'end'
echo "$*" >>"$state/sudo"
case "$1" in
-n) [ -e "$state/sudo_without_password" ] || exit 1; shift ;;
*) [ -e "$state/sudo_with_password" ] || exit 1 ;;
esac
[ "$1" = true ] || exec "$@"
end
# Held locks: state/locks has one line for each attempt that is to fail, with the name of the lock.
replace apt-get <<'end'
echo "$*" >>"$state/apt-get"
if [ -s "$state/locks" ]; then
    echo "E: Could not get lock $(head -n 1 "$state/locks"). It is held by process 7 (other)" >&2
    sed 1d "$state/locks" >"$state/locks.rest"
    mv "$state/locks.rest" "$state/locks"
    exit 100
fi
case "$1" in
update)
    [ ! -e "$state/lists_unreachable" ] || echo "W: Failed to fetch http://mirror/InRelease  No answer" >&2 ;;
install)
    if [ -e "$state/lists_unreachable" ]; then echo "E: Unable to locate package cmake" >&2; exit 100; fi
    if [ -e "$state/archive_unreachable" ]; then echo "E: Failed to fetch http://mirror/a.deb  No answer" >&2; exit 100; fi ;;
esac
end

# A system where all is installed but the packages named, for the user of that number.
given() {
    current=$1
    rm -rf "$state"
    mkdir "$state"
    echo "$2" >"$state/uid"
    shift 2
    printf '%s\n' "$@" >"$state/missing"
    echo xtl-dev >"$state/known"
    : >"$state/apt-get"
    : >"$state/sudo"
    : >"$state/slept"
}

install_packages() {
    status=0
    PATH=$work/programs /bin/sh cmake/install_packages.sh "$@" >"$work/output" 2>&1 </dev/null || status=$?
}

failures=0
expect() {
    what=$1
    shift
    "$@" || { echo "$current: expected $what; status $status, output:"; cat "$work/output"; failures=$((failures + 1)); }
}
expect_status() { expect "status $1" [ "$status" = "$1" ]; }
expect_output() { expect "the output to have: $1" grep -q -F -e "$1" "$work/output"; }
expect_call() { expect "a call of $1 with: $2" grep -q -F -e "$2" "$state/$1"; }
expect_no_call() { expect "no call of $1" [ ! -s "$state/$1" ]; }

given "all is installed" 1000
install_packages
expect_status 0
expect_no_call apt-get

given "root" 0 cmake libfmt-dev another
install_packages another
expect_status 0
expect_call apt-get "cmake libfmt-dev another"
expect_no_call sudo

given "user without sudo" 1000 cmake libfmt-dev
mv "$work/programs/sudo" "$work/sudo"
install_packages
mv "$work/sudo" "$work/programs/sudo"
expect_status 2
expect_output "missing: cmake libfmt-dev"
expect_output "apt-get install cmake libfmt-dev"
expect_no_call apt-get

given "user with sudo that needs no password" 1000 cmake
touch "$state/sudo_without_password"
install_packages
expect_status 0
expect_call apt-get "--no-install-recommends cmake"
expect "sudo to ask for nothing" [ -z "$(grep -v '^-n' "$state/sudo")" ]

given "user with sudo that needs a password, no terminal" 1000 cmake
touch "$state/sudo_with_password"
install_packages
expect_status 2
expect_output "sudo apt-get install cmake"
expect_no_call apt-get
expect "sudo to ask for nothing" [ -z "$(grep -v '^-n' "$state/sudo")" ]

# script(1) gives a terminal.
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    given "user with sudo that needs a password, terminal" 1000 cmake
    touch "$state/sudo_with_password"
    status=0
    script -qec "PATH='$work/programs' /bin/sh cmake/install_packages.sh" /dev/null \
        >"$work/output" 2>&1 </dev/null || status=$?
    expect_status 0
    expect_call apt-get "--no-install-recommends cmake"

    given "user whom sudo refuses, terminal" 1000 cmake
    status=0
    script -qec "PATH='$work/programs' /bin/sh cmake/install_packages.sh" /dev/null \
        >"$work/output" 2>&1 </dev/null || status=$?
    expect_status 2
    expect_output "sudo apt-get install cmake"
    expect_no_call apt-get
fi

given "locks that are released" 0 cmake
printf '%s\n' /lists/lock /lists/lock >"$state/locks"
install_packages
expect_status 0
expect_output "Waiting up to 120 s for another program that uses apt: /lists/lock is held by process 7 (other)"
expect "one line for one lock" [ "$(grep -c Waiting "$work/output")" = 1 ]
expect "two pauses" [ "$(grep -c . "$state/slept")" = 2 ]
expect_call apt-get "--no-install-recommends cmake"

given "a lock that is not released" 0 cmake
for attempt in 1 2 3 4 5 6 7 8 9 10; do echo "/lock /lock /lock"; done | sed 's/ /\n/g' >"$state/locks"
install_packages
expect_status 1
expect_output "Gave up waiting for another program that uses apt: /lock is held by process 7 (other)"
expect "pauses of 120 s" [ "$(sed 's/^/+/' "$state/slept" | tr -d '\n')" = "$(printf '+5%.0s' $(seq 24))" ]
expect "no installation" [ -z "$(grep '^install' "$state/apt-get")" ]

given "package lists that cannot be downloaded" 0 cmake
touch "$state/lists_unreachable"
install_packages
expect_status 1
expect_output "could not be installed: the package lists could not be downloaded: http://mirror/InRelease  No answer"

given "packages that cannot be downloaded" 0 cmake
touch "$state/archive_unreachable"
install_packages
expect_status 1
expect_output "could not be installed: a download failed: http://mirror/a.deb  No answer"

given "the package of xtl under its other name" 0 xtl-dev libxtl-dev
echo libxtl-dev >"$state/known"
install_packages
expect_status 0
expect_call apt-get "--no-install-recommends libxtl-dev"

given "the package of xtl under its first name" 0 xtl-dev libxtl-dev
install_packages
expect_status 0
expect_call apt-get "--no-install-recommends xtl-dev"

given "the package of xtl installed under its other name" 0 xtl-dev
install_packages
expect_status 0
expect_no_call apt-get

given "a system without apt" 1000
mv "$work/programs/apt-get" "$work/apt-get"
install_packages
mv "$work/apt-get" "$work/programs/apt-get"
expect_status 0
expect_output "no apt"
expect_output "libxsimd-dev"

[ "$failures" = 0 ]
