// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "kernel_sums.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// Every pair with every other, to the last bits. Cost: sources * targets time, about 1 ns each on one core;
/// 24 bytes a source.
struct direct_sums {
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<kernel_sum> sums(std::span<const principal_pair> sources,
                                                                 std::span<const principal_pair> targets,
                                                                 double width, const execution& where) const;
};

static_assert(KernelSums<direct_sums>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "direct_sums.ipp"
#endif
