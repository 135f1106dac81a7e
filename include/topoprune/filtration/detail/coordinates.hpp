// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>

namespace topoprune::detail {

/// A place in the plane or in space.
template <std::size_t Dimension>
using coordinates = std::array<double, Dimension>;

} // namespace topoprune::detail
