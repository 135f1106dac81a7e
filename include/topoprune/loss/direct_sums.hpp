// SPDX-License-Identifier: MIT
#pragma once

#include "detail/lifetime_gaussians.hpp"
#include "kernel_sums.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// Every pair with every other, to the last bits. Cost: sources * targets time, about 1 ns each on one core;
/// 24 bytes a source.
struct direct_sums {
    [[nodiscard]] std::vector<kernel_sum> sums(std::span<const principal_pair> sources,
                                               std::span<const principal_pair> targets, double width,
                                               const execution& where) const {
        const detail::lifetime_gaussians gaussians(sources, width);
        std::vector<kernel_sum> result(targets.size());
        where.parallel_ranges(std::ssize(targets), 64, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
                result[i] = gaussians.at(targets[i]);
        });
        return result;
    }
};

static_assert(KernelSums<direct_sums>);

} // namespace topoprune
