// SPDX-License-Identifier: MIT
#pragma once

/// The two ways to use the library, from one source.
///
/// Header-only, the default: a header includes at its end the file of its bodies, `name.ipp` beside
/// `name.hpp`. The bodies are templates of a parameter that nobody names, so a compiler reads all of them but
/// pays only for those that are called.
///
/// Compiled, with the target topoprune::compiled, which defines TOPOPRUNE_COMPILED: headers end with their
/// declarations, and the same bodies are ordinary functions of that library.
#if defined(TOPOPRUNE_COMPILED)
#define TOPOPRUNE_DECLARE
#define TOPOPRUNE_DEFINE
#define TOPOPRUNE_DEFINE_OUT_OF_LINE [[gnu::noinline]]
#else
/// Stands before the declaration of a function whose body is in the file beside the header.
#define TOPOPRUNE_DECLARE template <int = 0>
/// Stands before that body.
#define TOPOPRUNE_DEFINE                                                                                     \
    template <int>                                                                                           \
    inline
/// Before the body of a function that must not be compiled into its callers, where it might round otherwise.
#define TOPOPRUNE_DEFINE_OUT_OF_LINE                                                                         \
    template <int>                                                                                           \
    [[gnu::noinline]]
#endif

#if defined(TOPOPRUNE_COMPILED)
#include "detail/compiled_for.hpp"
#endif
