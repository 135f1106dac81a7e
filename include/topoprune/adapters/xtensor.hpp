// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/matrix.hpp"
#include "../homology/gaussian_smoothing.hpp"
#include "../homology/grade_grid.hpp"
#include "../homology/hilbert_function.hpp"
#include "../homology/signed_measure.hpp"

#include <xtensor/xtensor.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Invariants of several degrees on one grid as arrays of xtensor, row-major: degree x r x f.
namespace topoprune {

namespace detail {

template <class T>
[[nodiscard]] xt::xtensor<T, 3> stack_degrees(const std::vector<matrix<T>>& layers, const grade_grid& grid) {
    xt::xtensor<T, 3> stacked = xt::xtensor<T, 3>::from_shape({layers.size(), grid.r.size(), grid.f.size()});
    for (std::size_t degree = 0; degree < layers.size(); ++degree)
        std::copy_n(layers[degree].data(), layers[degree].size(),
                    stacked.data() + degree * grid.r.size() * grid.f.size());
    return stacked;
}

} // namespace detail

/// hilbert_function of each measure.
[[nodiscard]] inline xt::xtensor<std::int64_t, 3> hilbert_functions(std::span<const signed_measure> measures,
                                                                    const grade_grid& grid) {
    std::vector<matrix<std::int64_t>> layers;
    for (const signed_measure& measure : measures)
        layers.push_back(hilbert_function(measure, grid));
    return detail::stack_degrees(layers, grid);
}

/// moebius_inversion of each layer. Throws std::invalid_argument unless values is degrees x r x f.
[[nodiscard]] inline std::vector<signed_measure>
moebius_inversions(const xt::xtensor<std::int64_t, 3>& values, const grade_grid& grid) {
    const auto rows = static_cast<std::int64_t>(values.shape(1));
    const auto columns = static_cast<std::int64_t>(values.shape(2));
    std::vector<signed_measure> measures;
    for (std::size_t degree = 0; degree < values.shape(0); ++degree)
        measures.push_back(moebius_inversion(
            matrix_view<const std::int64_t>(
                values.data() + static_cast<std::int64_t>(degree) * rows * columns, rows, columns),
            grid));
    return measures;
}

/// `smoothing` of each measure.
[[nodiscard]] inline xt::xtensor<double, 3> smoothed_measures(const gaussian_smoothing& smoothing,
                                                              std::span<const signed_measure> measures,
                                                              const grade_grid& grid) {
    std::vector<matrix<double>> layers;
    for (const signed_measure& measure : measures)
        layers.push_back(smoothing.smooth(measure, grid));
    return detail::stack_degrees(layers, grid);
}

} // namespace topoprune
