// SPDX-License-Identifier: MIT
#pragma once

/// The version of the library, kept here alone: CMakeLists.txt reads these three lines.
#define TOPOPRUNE_VERSION_MAJOR 0
#define TOPOPRUNE_VERSION_MINOR 1
#define TOPOPRUNE_VERSION_PATCH 0

#define TOPOPRUNE_DETAIL_TEXT(x) #x
#define TOPOPRUNE_DETAIL_DOTTED(a, b, c)                                                                     \
    TOPOPRUNE_DETAIL_TEXT(a) "." TOPOPRUNE_DETAIL_TEXT(b) "." TOPOPRUNE_DETAIL_TEXT(c)

/// "major.minor.patch"
#define TOPOPRUNE_VERSION                                                                                    \
    TOPOPRUNE_DETAIL_DOTTED(TOPOPRUNE_VERSION_MAJOR, TOPOPRUNE_VERSION_MINOR, TOPOPRUNE_VERSION_PATCH)
