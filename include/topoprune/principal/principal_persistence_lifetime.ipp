// SPDX-License-Identifier: MIT
#pragma once

#include "principal_persistence_lifetime.hpp"

#include "../core/checks.hpp"
#include "detail/principal_pull_back.hpp"
#include "principal_persistence.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE loss_value principal_persistence_lifetime::value_and_gradient(
    matrix_view<const double> points, const execution& where) const {
    using detail::principal_sampler;
    principal_sampler::check(points, degree, sampling, "principal_persistence_lifetime");
    require(power >= 1 && std::isfinite(power), "principal_persistence_lifetime", "power", power,
            "finite and at least 1");
    loss_value result{0, matrix<double>::Zero(points.rows(), points.columns())};
    if (points.rows() < principal_sampler::fewest_points(degree))
        return result;
    const principal_sampler sampler(points, degree, sampling, where.seed());
    const auto share = 1 / static_cast<double>(sampler.samples());
    std::array<double, 16> sums{};
    result.gradient = detail::sum_of_gradients(
        points, sampler.samples(), 1 << 16, where,
        [&](std::int64_t part, std::int64_t begin, std::int64_t end, matrix<double>& gradient) {
            double& sum = sums[static_cast<std::size_t>(part)];
            constexpr std::int64_t between_checks = 1 << 20;
            for (; begin < end; begin += between_checks) {
                where.check_interruption();
                sampler.for_each_pair(
                    begin, std::min(end, begin + between_checks),
                    [&](const principal_pair& pair, const auto&) {
                        const double slope = power == 1 ? 1.0 : std::pow(pair.lifetime, power - 1);
                        sum += share * (slope * pair.lifetime);
                        detail::pull_back_pair(points, pair, 0.0, share * (power * slope), gradient);
                    });
            }
        });
    for (const double sum : sums)
        result.value += sum;
    return result;
}

} // namespace topoprune
