// SPDX-License-Identifier: MIT
#pragma once

/// Words with which a compiler that knows them warns of a view whose owner is gone. They change nothing else.
#if defined(__has_cpp_attribute) && defined(__clang__)
#if __has_cpp_attribute(clang::lifetimebound)
/// After a parameter of a constructor: what is made from it must not live longer.
#define TOPOPRUNE_LIVES_AS_LONG [[clang::lifetimebound]]
#endif
#if __has_cpp_attribute(gsl::Pointer)
/// Before the name of a class whose values look at the memory of others.
#define TOPOPRUNE_IS_VIEW [[gsl::Pointer]]
#endif
#endif

#if !defined(TOPOPRUNE_LIVES_AS_LONG)
#define TOPOPRUNE_LIVES_AS_LONG
#endif
#if !defined(TOPOPRUNE_IS_VIEW)
#define TOPOPRUNE_IS_VIEW
#endif
