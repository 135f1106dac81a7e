// SPDX-License-Identifier: MIT
#pragma once

#include "membership.hpp"

#include <algorithm>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE_OUT_OF_LINE float connected_distance(std::span<const float> distances,
                                                      double local_connectivity) {
    const auto positive = distances.subspan(static_cast<std::size_t>(
        std::upper_bound(distances.begin(), distances.end(), 0.0F) - distances.begin()));
    const auto whole = static_cast<std::size_t>(local_connectivity);
    const auto part = static_cast<float>(local_connectivity - std::floor(local_connectivity));
    if (static_cast<double>(positive.size()) < local_connectivity)
        return positive.empty() ? 0.0F : positive.back();
    const float below = whole > 0 ? positive[whole - 1] : 0.0F;
    return part > 0 ? below + part * (positive[whole] - below) : below;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE double solve_sigma(std::span<const float> distances, float rho, double target) {
    double low = 0, high = std::numeric_limits<double>::infinity(), sigma = 1;
    for (int step = 0; step < 64; ++step) {
        double sum = 0;
        for (const float distance : distances)
            sum += distance > rho ? std::exp(-static_cast<double>(distance - rho) / sigma) : 1.0;
        if (std::abs(sum - target) < 1e-5)
            break;
        (sum > target ? high : low) = sigma;
        sigma = std::isinf(high) ? 2 * sigma : (low + high) / 2;
    }
    return sigma;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE membership_scale fit_membership_scale(std::span<const float> distances,
                                                                   double local_connectivity,
                                                                   double mean_of_all) {
    const double members = static_cast<double>(distances.size()) + 1;
    const float rho = connected_distance(distances, local_connectivity);
    const double sigma = solve_sigma(distances, rho, std::log2(members));
    double mean = mean_of_all;
    if (rho > 0) {
        mean = 0;
        for (const float distance : distances)
            mean += static_cast<double>(distance);
        mean /= members;
    }
    return {.sigma = static_cast<float>(std::max(sigma, 1e-3 * mean)), .rho = rho};
}

TOPOPRUNE_DEFINE_OUT_OF_LINE membership_scale fit_new_membership_scale(std::span<const float> distances,
                                                                       double local_connectivity) {
    const float rho = connected_distance(distances, std::max(0.0, local_connectivity - 1));
    const double sigma = solve_sigma(distances.subspan(std::min<std::size_t>(1, distances.size())), rho,
                                     std::log2(static_cast<double>(distances.size())));
    double mean = 0;
    for (const float distance : distances)
        mean += static_cast<double>(distance) / static_cast<double>(distances.size());
    return {.sigma = static_cast<float>(std::max(sigma, 1e-3 * mean)), .rho = rho};
}

TOPOPRUNE_DEFINE std::vector<membership_scale>
fit_membership_scales(const neighbor_graph& neighbors, double local_connectivity, const execution& where) {
    constexpr std::int64_t grain = 1024;
    const std::int64_t n = neighbors.samples;
    std::vector<double> range_sums(static_cast<std::size_t>((n + grain - 1) / grain), 0.0);
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        double sum = 0;
        for (std::int64_t i = begin; i < end; ++i)
            for (const float distance : neighbors.distances_of(i))
                sum += static_cast<double>(distance);
        range_sums[static_cast<std::size_t>(begin / grain)] = sum;
    });
    double sum_of_all = 0;
    for (const double sum : range_sums)
        sum_of_all += sum;
    const double mean_of_all = sum_of_all / (static_cast<double>(n) * static_cast<double>(neighbors.k + 1));

    std::vector<membership_scale> scales(static_cast<std::size_t>(n));
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            scales[static_cast<std::size_t>(i)] =
                fit_membership_scale(neighbors.distances_of(i), local_connectivity, mean_of_all);
    });
    return scales;
}

} // namespace topoprune::detail
