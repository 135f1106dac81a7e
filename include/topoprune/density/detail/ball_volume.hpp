// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <cstdint>

/// Logarithms, because both grow or vanish fast with the dimension.
namespace topoprune::detail {

/// log m!
TOPOPRUNE_DECLARE [[nodiscard]] double log_factorial(std::int64_t m);

/// The volume of the unit ball in m dimensions, v_m = pi^(m/2) / Gamma(m/2 + 1), by v_m = v_(m-2) 2 pi / m
/// from v_0 = 1, v_1 = 2.
TOPOPRUNE_DECLARE [[nodiscard]] double log_ball_volume(std::int64_t m);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "ball_volume.ipp"
#endif
