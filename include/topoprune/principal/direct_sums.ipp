// SPDX-License-Identifier: MIT
#pragma once

#include "direct_sums.hpp"

#include "detail/lifetime_gaussians.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<kernel_sum> direct_sums::sums(std::span<const principal_pair> sources,
                                                           std::span<const principal_pair> targets,
                                                           double width, const execution& where) const {
    const detail::lifetime_gaussians gaussians(sources, width);
    std::vector<kernel_sum> result(targets.size());
    where.parallel_ranges(std::ssize(targets), 64, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
            result[i] = gaussians.at(targets[i]);
    });
    return result;
}

} // namespace topoprune
