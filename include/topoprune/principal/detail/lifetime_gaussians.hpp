// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../kernel_sums.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Pairs as columns in units of the kernel, padded to whole vectors by pairs of no weight.
class lifetime_gaussians {
public:
    TOPOPRUNE_DECLARE lifetime_gaussians(std::span<const principal_pair> sources, double width);

    /// One out-of-line function, so that the same sum has the same bits wherever it is asked for.
    TOPOPRUNE_DECLARE [[nodiscard]] kernel_sum at(const principal_pair& target) const;

private:
    using batch = xsimd::batch<double>;
    static constexpr std::size_t lanes = batch::size;

    double unit_;
    std::size_t padded_;
    std::vector<double> birth_;
    std::vector<double> lifetime_;
    std::vector<double> weight_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "lifetime_gaussians.ipp"
#endif
