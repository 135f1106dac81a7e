// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "dataset_score.hpp"

#include <cstdint>
#include <vector>

namespace topoprune {

/// The center of a class: its mean, or in every feature its median (of an even number the mean of the two in
/// the middle).
enum class class_center { median, mean };

/// How far a sample is from the center of its class (Xia et al. 2023, Moderate):
///     score_i = |z_i - m_{y_i}|_2.
/// High: hard. The paper speaks of the mean, its authors take the median, which mislabeled samples move less.
/// Without labels there is one class. O(n d), in double precision. Memory: 8 d bytes a class at work and 8
/// n_c.
struct center_distance {
    static constexpr high_end high = high_end::hard;

    class_center center = class_center::median;

    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> column(const dataset& data,
                                                               const execution& where) const;

private:
    TOPOPRUNE_DECLARE [[nodiscard]] double
    center_of(matrix_view<const float> features, std::span<const std::int64_t> members, std::int64_t k) const;
};

static_assert(DatasetScore<center_distance>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "center_distance.ipp"
#endif
