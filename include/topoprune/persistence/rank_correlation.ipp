// SPDX-License-Identifier: MIT
#pragma once

#include "rank_correlation.hpp"

#include "../combine/normalization.hpp"
#include "../core/checks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE double rank_correlation(std::span<const double> a, std::span<const double> b) {
    require(a.size() == b.size(), "rank_correlation", "the size of b", b.size(), "the size of a,", a.size());
    const auto is_constant = [](std::span<const double> values) {
        return std::all_of(values.begin(), values.end(), [&](double v) { return v == values.front(); });
    };
    if (is_constant(a) || is_constant(b))
        return std::numeric_limits<double>::quiet_NaN();
    std::vector<double> rank_a(a.begin(), a.end());
    std::vector<double> rank_b(b.begin(), b.end());
    detail::normalize_values(rank_a, normalization::rank);
    detail::normalize_values(rank_b, normalization::rank);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < rank_a.size(); ++i) {
        // Mean ranks lie around 1/2.
        const double x = rank_a[i] - 0.5;
        const double y = rank_b[i] - 0.5;
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return ab / std::sqrt(aa * bb);
}

} // namespace topoprune
