// SPDX-License-Identifier: MIT
#pragma once

#if defined(__AVX512F__)
#define TOPOPRUNE_VECTORS with_avx512
#elif defined(__AVX2__)
#define TOPOPRUNE_VECTORS with_avx2
#elif defined(__AVX__)
#define TOPOPRUNE_VECTORS with_avx
#elif defined(__SSE4_1__)
#define TOPOPRUNE_VECTORS with_sse4
#else
#define TOPOPRUNE_VECTORS with_the_least
#endif

/// Every object that uses the compiled library asks for a variable whose name tells how the object was
/// compiled. The library defines the one of its own flags. So an object of other flags, whose vectors are
/// others, does not link, and the linker's words say what to do: compile it with the flags that the
/// target topoprune::compiled exports, or build that library with the object's.
namespace topoprune::compile_with_the_flags_of_topoprune_compiled {

extern const char TOPOPRUNE_VECTORS;

[[gnu::used]] static const char* const flags_of_this_object = &TOPOPRUNE_VECTORS;

} // namespace topoprune::compile_with_the_flags_of_topoprune_compiled
