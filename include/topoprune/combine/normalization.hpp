// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// How a column is brought to a common scale within each class before columns are added.
///   min_max   (x - min) / (max - min), in [0, 1]
///   rank      mean rank among the class, from 0 to 1; ties share their mean
///   z_score   (x - mean) / standard deviation
///   none      as it is
/// A class whose values are all equal becomes 0 everywhere (none: unchanged).
enum class normalization { min_max, rank, z_score, none };

inline constexpr std::array<std::pair<std::string_view, normalization>, 4> normalization_names{
    {{"min-max", normalization::min_max},
     {"rank", normalization::rank},
     {"z-score", normalization::z_score},
     {"none", normalization::none}}};

[[nodiscard]] constexpr std::string_view normalization_name(normalization scale) {
    return normalization_names[static_cast<std::size_t>(scale)].first;
}

namespace detail {

TOPOPRUNE_DECLARE void normalize_by_rank(std::vector<double>& values);

TOPOPRUNE_DECLARE void normalize_values(std::vector<double>& values, normalization how);

} // namespace detail

/// The column (n values) with every class normalized by itself. O(n log n).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double>
normalized_by_class(std::span<const double> column, const class_partition& classes, normalization how);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "normalization.ipp"
#endif
