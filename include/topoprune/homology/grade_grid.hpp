// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "signed_measure.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune {

/// A grid of grades: all pairs of a scale and a codensity. Both ascend strictly.
struct grade_grid {
    std::vector<double> r;
    std::vector<double> f;
};

namespace detail {

/// The r (axis 0) or f (axis 1) of all atoms, ascending, with repetitions.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double>
sorted_coordinates(std::span<const signed_measure> measures, int axis);

inline void drop_repetitions(std::vector<double>& values) {
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

} // namespace detail

/// The grid of all grades of the atoms: nothing is lost on it. Up to (number of atoms)^2 points.
/// O(m log m) for m atoms.
TOPOPRUNE_DECLARE [[nodiscard]] grade_grid exact_grid(std::span<const signed_measure> measures);

/// `steps` equally spaced values from the least to the largest coordinate of the atoms on each axis, both of
/// them included; one value on an axis where all are equal, none without atoms.
/// steps: at least 2. More: a finer and larger grid. O(m log m + steps).
TOPOPRUNE_DECLARE [[nodiscard]] grade_grid regular_grid(std::span<const signed_measure> measures,
                                                        std::int64_t steps);

/// At most `steps` coordinates of the atoms on each axis, at equally spaced places in their order: dense
/// where atoms are. An atom counts once whatever its mass. steps: at least 2. More: a finer and larger grid.
/// O(m log m).
TOPOPRUNE_DECLARE [[nodiscard]] grade_grid quantile_grid(std::span<const signed_measure> measures,
                                                         std::int64_t steps);

/// Throws std::invalid_argument naming the function unless both axes are finite and ascend strictly.
TOPOPRUNE_DECLARE void require_grid(const grade_grid& grid, std::string_view function);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "grade_grid.ipp"
#endif
