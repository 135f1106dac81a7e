// SPDX-License-Identifier: MIT
#pragma once

#include "perplexity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE gaussian_moments weigh_neighbors(std::span<const double> excess, double beta,
                                                              std::span<double> weights) {
    gaussian_moments moments;
    double first = 0, second = 0;
    for (std::size_t j = 0; j < excess.size(); ++j) {
        weights[j] = std::exp(-beta * excess[j]);
        moments.sum += weights[j];
        first += weights[j] * excess[j];
        second += weights[j] * excess[j] * excess[j];
    }
    moments.mean = first / moments.sum;
    moments.variance = std::max(second / moments.sum - moments.mean * moments.mean, 0.0);
    return moments;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE double fit_perplexity(std::span<const float> distances, double perplexity,
                                                   std::span<double> room, std::span<double> probabilities) {
    constexpr int most_steps = 100;
    constexpr double tolerance = 1e-9, infinite = std::numeric_limits<double>::infinity();
    const double nearest = static_cast<double>(distances.front());
    const double reach = static_cast<double>(distances.back()) - nearest;
    if (!(reach > 0)) {
        std::fill(probabilities.begin(), probabilities.end(), 1 / static_cast<double>(distances.size()));
        return 0;
    }
    // In units in which the excesses lie in [0, 1]: the squares of tiny or huge distances keep their digits.
    const double unit = reach * (reach + 2 * nearest);
    for (std::size_t j = 0; j < distances.size(); ++j) {
        const double above = static_cast<double>(distances[j]) - nearest;
        room[j] = above * (above + 2 * nearest) / unit;
    }

    const double target = std::log(perplexity);
    double logarithm = 1, low = -infinite, high = infinite; // of beta
    gaussian_moments moments;
    for (int step = 0; step < most_steps; ++step) {
        const double beta = std::exp(logarithm);
        moments = weigh_neighbors(room, beta, probabilities);
        const double surplus = std::log(moments.sum) + beta * moments.mean - target;
        if (std::abs(surplus) < tolerance)
            break;
        (surplus > 0 ? low : high) = logarithm;
        const double slope = -beta * beta * moments.variance;
        double next = logarithm - surplus / slope;
        if (!std::isfinite(next) || std::abs(next - logarithm) > 4)
            next = logarithm + (surplus > 0 ? 4 : -4);
        if (next <= low || next >= high)
            next = (low + high) / 2;
        if (next == logarithm || std::abs(next) > 100) // the end of what beta can do
            break;
        logarithm = next;
    }
    for (double& p : probabilities)
        p /= moments.sum;
    return std::exp(logarithm) / unit;
}

} // namespace topoprune::detail
