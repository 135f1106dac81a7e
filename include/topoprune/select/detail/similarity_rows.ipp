// SPDX-License-Identifier: MIT
#pragma once

#include "similarity_rows.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE similarity_rows::similarity_rows(matrix_view<const float> features,
                                                  std::span<const std::int64_t> members)
    : size_(members.size()), dimension_(static_cast<std::size_t>(features.columns())),
      values_(stride() * dimension_, 0.0F) {
    for (std::size_t i = 0; i < size_; ++i) {
        const auto row = features.row(members[i]);
        double square = 0;
        for (const float value : row)
            square += static_cast<double>(value) * static_cast<double>(value);
        const double norm = std::sqrt(square);
        for (std::size_t k = 0; k < dimension_ && norm > 0; ++k)
            values_[place(i, k)] = static_cast<float>(static_cast<double>(row[k]) / norm);
    }
}

TOPOPRUNE_DEFINE std::vector<double> similarity_rows::sums() const {
    std::vector<double> total(dimension_, 0.0), result(size_, 0.5 * one * static_cast<double>(size_));
    for (std::size_t i = 0; i < size_; ++i)
        for (std::size_t k = 0; k < dimension_; ++k)
            total[k] += static_cast<double>(values_[place(i, k)]);
    for (std::size_t i = 0; i < size_; ++i)
        for (std::size_t k = 0; k < dimension_; ++k)
            result[i] += 0.5 * one * static_cast<double>(values_[place(i, k)]) * total[k];
    return result;
}

} // namespace topoprune::detail
