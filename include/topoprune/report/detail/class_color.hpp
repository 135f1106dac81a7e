// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace topoprune::detail {

/// The color of class number c as "#rrggbb": hues a golden angle apart in OKLCH (Ottosson 2020), so that the
/// first k classes are spread over the circle for every k. Three lightnesses in turn keep apart the hues that
/// nearly meet, those of classes 5, 8 and 13 apart. All stand out from white and from black.
TOPOPRUNE_DECLARE [[nodiscard]] std::string class_color(std::int64_t c);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "class_color.ipp"
#endif
