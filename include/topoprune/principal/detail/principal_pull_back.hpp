// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "principal_sampler.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// Adds to gradient (n x m) what derivatives by the birth and the lifetime of a pair mean for the points: the
/// death is birth + lifetime, so its edge takes by_lifetime, and that of the birth by_birth - by_lifetime.
TOPOPRUNE_DECLARE void pull_back_pair(matrix_view<const double> points, const principal_pair& pair,
                                      double by_birth, double by_lifetime, matrix_view<double> gradient);

/// Runs body(begin, end, gradient) for the parts of [0, count), each with a zero gradient (n x m) of its own,
/// and returns the sum of these in order. At most 16 parts: 128 n m bytes.
template <class Body>
[[nodiscard]] matrix<double> sum_of_gradients(matrix_view<const double> points, std::int64_t count,
                                              std::int64_t grain, const execution& where, const Body& body) {
    constexpr std::int64_t most_parts = 16;
    const std::int64_t parts = std::clamp<std::int64_t>(count / grain, 1, most_parts);
    // Whole blocks of subsets.
    constexpr auto block = static_cast<std::int64_t>(subset_block::capacity);
    const std::int64_t part_size = (count / parts + block) / block * block;
    std::vector<matrix<double>> gradients(static_cast<std::size_t>(parts));
    where.parallel_for(parts, [&](std::int64_t part) {
        matrix<double>& gradient = gradients[static_cast<std::size_t>(part)];
        gradient.setZero(points.rows(), points.columns());
        body(part, std::min(count, part * part_size), std::min(count, (part + 1) * part_size), gradient);
    });
    for (std::size_t part = 1; part < gradients.size(); ++part)
        gradients.front() += gradients[part];
    return std::move(gradients.front());
}

/// The gradient by the points (n x m) from the derivatives by (birth, lifetime) of each pair.
TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> pull_back_pairs(matrix_view<const double> points,
                                                               std::span<const principal_pair> pairs,
                                                               std::span<const std::array<double, 2>> by_pair,
                                                               const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "principal_pull_back.ipp"
#endif
