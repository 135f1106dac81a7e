// SPDX-License-Identifier: MIT
#pragma once

#include "similarity_curve.hpp"

#include "../../../core/checks.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE similarity_curve fit_similarity_curve(double min_dist, double spread) {
    require(spread > 0 && std::isfinite(spread), "umap", "spread", spread, "positive and finite");
    require(min_dist >= 0 && min_dist <= spread, "umap", "min_dist", min_dist, "between 0 and spread,",
            spread);
    constexpr int count = 300;
    std::array<double, count> x, target;
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        x[at] = 3 * spread * i / (count - 1);
        target[at] = x[at] < min_dist ? 1.0 : std::exp(-(x[at] - min_dist) / spread);
    }
    const auto squared_error = [&](const similarity_curve& curve) {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i)
            sum += (curve(x[i]) - target[i]) * (curve(x[i]) - target[i]);
        return sum;
    };

    similarity_curve best;
    double error = squared_error(best), damping = 1e-3;
    for (int step = 0; step < 200 && damping < 1e12; ++step) {
        // The normal equations (aa ab; ab bb) move = (downhill_a; downhill_b).
        double aa = 0, ab = 0, bb = 0, downhill_a = 0, downhill_b = 0;
        for (std::size_t i = 1; i < count; ++i) { // at x = 0 the curve is 1 whatever a and b are
            const double value = best(x[i]);
            const double by_power = -value * value;
            const double power = std::pow(x[i], 2 * best.b);
            const double slope_a = by_power * power;
            const double slope_b = by_power * best.a * power * 2 * std::log(x[i]);
            aa += slope_a * slope_a;
            ab += slope_a * slope_b;
            bb += slope_b * slope_b;
            downhill_a += slope_a * (target[i] - value);
            downhill_b += slope_b * (target[i] - value);
        }
        aa *= 1 + damping;
        bb *= 1 + damping;
        // By elimination. A singular system has no finite solution; its step fails below and damping grows.
        const double factor = ab / aa;
        const double move_b = (downhill_b - factor * downhill_a) / (bb - factor * ab);
        const double move_a = (downhill_a - ab * move_b) / aa;
        const similarity_curve next{.a = best.a + move_a, .b = best.b + move_b};
        const double next_error = next.a > 0 && next.b > 0 ? squared_error(next) : error;
        if (!(next_error < error)) {
            damping *= 10;
            continue;
        }
        best = next;
        error = next_error;
        damping = std::max(damping / 10, 1e-12);
    }
    return best;
}

} // namespace topoprune::detail
