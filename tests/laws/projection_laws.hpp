// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/execution.hpp>
#include <topoprune/core/matrix.hpp>
#include <topoprune/projection/projection.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace topoprune::laws {

/// Same shape and same bits; a NaN or a -0 does not hide a difference here.
[[nodiscard]] inline bool same_bits(const matrix<double>& a, const matrix<double>& b) {
    return a.rows() == b.rows() && a.cols() == b.cols() &&
           std::equal(a.data(), a.data() + a.size(), b.data(), [](double x, double y) {
               return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
           });
}

/// What every Projection owes for finite points (n x d).
template <Projection P>
void check_projection_laws(const P& policy, matrix_view<const float> points) {
    const embedding first = policy.project(points, execution({.threads = 1}));
    CHECK_MESSAGE(first.points.rows() == points.rows(), "one row out per row in");
    CHECK_MESSAGE(std::all_of(first.points.data(), first.points.data() + first.points.size(),
                              [](double x) { return std::isfinite(x); }),
                  "every number is finite");
    for (const int threads : {1, 2, 3, 8}) {
        const execution where({.threads = threads});
        const embedding again = policy.project(points, where);
        CHECK_MESSAGE(same_bits(again.points, first.points), "same bits on ", threads, " threads");
        CHECK_MESSAGE(again.notes == first.notes, "same notes on ", threads, " threads");
        CHECK_MESSAGE(same_bits(policy.project(points, where).points, first.points),
                      "same bits when the run goes on");
    }
    if (!points.empty()) {
        for (const float bad :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            matrix<float> spoiled = points.eigen();
            spoiled(spoiled.rows() - 1, spoiled.cols() - 1) = bad;
            CHECK_THROWS_AS((void)policy.project(spoiled, execution{}), std::invalid_argument);
        }
    }
}

} // namespace topoprune::laws
