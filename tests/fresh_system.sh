#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs a bare Debian or Ubuntu in a temporary folder, copies the last commit into it and runs there what the README
# tells a newcomer to run: sh examples/run.sh, then sh tests/run.sh. Prints the time of each step.
#
#   tests/fresh_system.sh [--working-tree] [--keep FOLDER] [RELEASE]
#
#   RELEASE          trixie (Debian 13) unless given; bookworm, noble and others that debootstrap knows
#   --working-tree   copies the tracked files as they are now, not as they were last committed
#   --keep FOLDER    installs the system in FOLDER, or uses the one that is there, and leaves it there
#
# Environment:
#   CCACHE_DIR       if set, a folder of ccache for the compiler in the new system, so that repeated runs are quick
#   SYSTEM_MIRROR    where the packages come from; unless set, the mirror that this system's apt uses, if it is of the same
#                    distribution
#   SYSTEM_COMMANDS  shell commands to run in place of the two
#
# Exit status: 0 passed; 1 something failed; 2 wrong use; 77 left out, since something is missing here (it says what).
#
# All mounts are made in a mount namespace of their own, and all processes of the new system run in a process namespace of
# their own. Both are gone before the folder is removed, however the script ends.
set -eu
script=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)/$(basename -- "$0")
CDPATH= cd -- "$(dirname -- "$0")/.."

step() {
    stage=$1
    shift
    echo "==== $stage"
    begin=$(date +%s)
    "$@"
    echo "==== $stage: $(($(date +%s) - begin)) s"
}

# In the new system, with nothing of this one's environment but its proxies.
inside() {
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        ${no_proxy:+no_proxy="$no_proxy"} ${CCACHE_DIR:+CCACHE_DIR=/ccache} \
        chroot "$root" sh -c "cd /topoprune && $1"
}

bootstrap() {
    [ ! -e "$root/etc/fresh_system" ] || return 0
    certificates=
    case "$mirror" in https:*) certificates=--include=ca-certificates ;; esac
    debootstrap --variant=minbase --components="$components" --keyring="$keyring" $certificates \
        "$release" "$root" "$mirror" >"$root/debootstrap.out" 2>&1 || { tail -n 20 "$root/debootstrap.out" >&2; exit 1; }
    rm "$root/debootstrap.out"
    # What is set here about downloads holds there too.
    apt-config dump | grep -E '^Acquire::(https?::(Proxy|Timeout)|Check-|Retries|ForceIPv)' |
        grep -v -i -e 'Auto-\?Detect' >"$root/etc/apt/apt.conf.d/90fresh_system" || true
    echo "$release" >"$root/etc/fresh_system"
}

mount_inside() {
    mount -t proc proc "$root/proc"
    mkdir -p "$root/dev/shm" "$root/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    if [ -n "${CCACHE_DIR:-}" ]; then
        mkdir -p "$CCACHE_DIR" "$root/ccache"
        mount --bind "$CCACHE_DIR" "$root/ccache"
    fi
}

copy_sources() {
    rm -rf "$root/topoprune"
    mkdir "$root/topoprune"
    git archive "$tree" >"$root/topoprune.tar"
    tar -x -f "$root/topoprune.tar" -C "$root/topoprune"
    rm "$root/topoprune.tar"
}

install_ccache() {
    inside "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends ccache" \
        >/dev/null
}

# The first process of the namespaces; when it ends, all others end.
if [ "${1:-}" = --in-namespaces ]; then
    stage=
    trap 'status=$?; [ "$status" = 0 ] || { echo "==== failed: $stage" >&2; exit 1; }' EXIT
    step "$release" bootstrap
    step "mounts" mount_inside
    step "sources" copy_sources
    if [ -n "${CCACHE_DIR:-}" ]; then step "ccache" install_ccache; fi
    if [ -n "${SYSTEM_COMMANDS:-}" ]; then
        step "$SYSTEM_COMMANDS" inside "$SYSTEM_COMMANDS"
    else
        step "sh examples/run.sh" inside "sh examples/run.sh"
        step "sh tests/run.sh" inside "sh tests/run.sh"
    fi
    exit 0
fi

wrong_use() {
    echo "$1" >&2
    echo "Usage: tests/fresh_system.sh [--working-tree] [--keep FOLDER] [RELEASE]" >&2
    exit 2
}

left_out() {
    echo "The fresh system is left out: $1" >&2
    exit 77
}

release=trixie
tree=HEAD
kept=
while [ $# -gt 0 ]; do
    case "$1" in
    --working-tree) tree= ;;
    --keep)
        [ $# -gt 1 ] || wrong_use "--keep needs a folder"
        kept=$2
        shift ;;
    -*) wrong_use "There is no option $1" ;;
    *) release=$1 ;;
    esac
    shift
done

[ "$(id -u)" = 0 ] || left_out "only root can install one"
command -v debootstrap >/dev/null || left_out "debootstrap is not installed"
unshare --mount --pid --fork --kill-child true 2>/dev/null || left_out "root may not mount anything here"
git rev-parse --quiet --verify HEAD >/dev/null 2>&1 || left_out "the sources are not a git repository that git will read"
[ -n "$tree" ] || tree=$(git stash create)
[ -n "$tree" ] || tree=HEAD

[ -e "/usr/share/debootstrap/scripts/$release" ] || wrong_use "debootstrap knows no release $release"
case "$(readlink -f "/usr/share/debootstrap/scripts/$release")" in
*/gutsy) distribution=ubuntu components=main,universe ;;
*) distribution=debian components=main ;;
esac
keyring=/usr/share/keyrings/$distribution-archive-keyring.gpg
[ -e "$keyring" ] || left_out "the keys of $distribution are not installed ($keyring)"

# The mirror of this system is where its own base-files come from.
mirror=${SYSTEM_MIRROR:-}
if [ -z "$mirror" ] && [ "$(. /etc/os-release && echo "$ID")" = "$distribution" ]; then
    own_release=$(. /etc/os-release && echo "${VERSION_CODENAME:-none}")
    mirror=$(apt-cache policy base-files 2>/dev/null |
        sed -n "s#^ *[0-9]* \(https\{0,1\}://[^ ]*\) $own_release/main .*#\1#p" | head -n 1)
fi
[ -n "$mirror" ] || left_out "this system does not tell a mirror of $distribution; name one in SYSTEM_MIRROR"
eval "$(apt-config shell proxy Acquire::http::Proxy)"
if [ -n "${proxy:-}" ] && [ -z "${http_proxy:-}" ]; then export http_proxy="$proxy"; fi
wget -q --timeout=20 --tries=2 -O /dev/null "$mirror/dists/$release/Release" ||
    left_out "$mirror cannot be reached or has no $release"

if [ -n "$kept" ]; then
    mkdir -p "$kept"
    root=$(CDPATH= cd -- "$kept" && pwd)
    if [ -e "$root/etc/fresh_system" ]; then
        [ "$(cat "$root/etc/fresh_system")" = "$release" ] || wrong_use "$kept holds $(cat "$root/etc/fresh_system")"
    elif [ -n "$(ls -A "$root")" ]; then
        wrong_use "$kept is not empty, nor a system that this script installed"
    fi
else
    # Not in /tmp, which may be in memory and allow no devices.
    root=$(mktemp -d "${TMPDIR:-/var/tmp}/fresh_system.XXXXXX")
    # apt downloads as a user of its own.
    chmod 755 "$root"
fi

child=
finish() {
    status=$?
    trap '' INT TERM HUP
    if [ -n "$child" ]; then
        kill -KILL "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    if [ -n "$kept" ]; then
        :
    elif grep -q -F -e " $root" /proc/self/mountinfo; then
        echo "$root is left there: something is mounted in it" >&2
    else
        # Processes that were just ended may still have written something.
        rm -rf --one-file-system "$root" 2>/dev/null || { sleep 2; rm -rf --one-file-system "$root"; }
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

mknod "$root/fresh_system_null" c 1 3 2>/dev/null && echo 2>/dev/null >"$root/fresh_system_null" ||
    left_out "devices cannot be made in $root"
rm "$root/fresh_system_null"

# In the background, since a shell answers signals only between commands and while it waits.
export release tree components keyring mirror root
unshare --mount --pid --fork --kill-child sh "$script" --in-namespaces &
child=$!
status=0
wait "$child" || status=$?
child=
[ "$status" = 0 ] || exit 1
