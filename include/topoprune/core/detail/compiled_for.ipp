// SPDX-License-Identifier: MIT
#pragma once

#include "../compiled.hpp"

#if defined(TOPOPRUNE_COMPILED)

namespace topoprune::compile_with_the_flags_of_topoprune_compiled::TOPOPRUNE_LOOPS {

const char TOPOPRUNE_VECTORS = 1;

} // namespace topoprune::compile_with_the_flags_of_topoprune_compiled::TOPOPRUNE_LOOPS

#endif
