// SPDX-License-Identifier: MIT
#pragma once

#include "principal_sampler.hpp"

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void principal_sampler::check(matrix_view<const double> points, int degree,
                                               const principal_persistence_sampling& sampling,
                                               std::string_view function) {
    require(degree >= 0 && degree <= largest_degree, function, "degree", degree, "between 0 and 31");
    sampling.check(function);
    require(points.rows() <= std::int64_t{1} << 31, function, "the number of points", points.rows(),
            "at most 2^31");
    require_finite(points, function, "points");
    constexpr double farthest = 1e150;
    for (std::int64_t i = 0; i < points.size(); ++i)
        require(std::abs(points.data()[i]) <= farthest, function, "a coordinate", points.data()[i],
                "at most 1e150 in size, so that squares of distances are finite");
}

} // namespace topoprune::detail
