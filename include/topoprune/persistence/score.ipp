// SPDX-License-Identifier: MIT
#pragma once

#include "score.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double row_norm(const matrix<double>& rows, std::int64_t i) {
    double square = 0;
    for (std::int64_t k = 0; k < rows.cols(); ++k)
        square += rows(i, k) * rows(i, k);
    return std::sqrt(square);
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int64_t> classes_by_size(const class_partition& classes) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(classes.count()));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::int64_t a, std::int64_t b) { return classes.size(a) > classes.size(b); });
    return order;
}

} // namespace topoprune
