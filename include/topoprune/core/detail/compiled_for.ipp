// SPDX-License-Identifier: MIT
#pragma once

#include "../compiled.hpp"

#if defined(TOPOPRUNE_COMPILED)

namespace topoprune::compile_with_the_flags_of_topoprune_compiled {

const char TOPOPRUNE_VECTORS = 1;

} // namespace topoprune::compile_with_the_flags_of_topoprune_compiled

#endif
