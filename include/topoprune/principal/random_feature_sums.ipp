// SPDX-License-Identifier: MIT
#pragma once

#include "random_feature_sums.hpp"

#include "../core/checks.hpp"
#include "../core/random.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<kernel_sum> random_feature_sums::sums(std::span<const principal_pair> sources,
                                                                   std::span<const principal_pair> targets,
                                                                   double width,
                                                                   const execution& where) const {
    require(features >= 1 && features <= std::int64_t{1} << 24, "random_feature_sums", "features", features,
            "between 1 and 2^24");
    const Eigen::ArrayX2d omega = frequencies(width, where);
    const Eigen::ArrayX2d moments = moments_of(sources, omega, where);
    std::vector<kernel_sum> result(targets.size());
    where.parallel_ranges(std::ssize(targets), 64, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            double value = 0, by_birth = 0, by_lifetime = 0;
            for (Eigen::Index k = 0; k < omega.rows(); ++k) {
                const double angle = phase(targets[i], omega, k);
                const double c = std::cos(angle), s = std::sin(angle);
                const double by_angle = c * moments(k, 1) - s * moments(k, 0);
                value += c * moments(k, 0) + s * moments(k, 1);
                by_birth += by_angle * omega(k, 0);
                by_lifetime += by_angle * omega(k, 1);
            }
            result[i] = {value, {by_birth, by_lifetime}};
        }
    });
    return result;
}

TOPOPRUNE_DEFINE Eigen::ArrayX2d random_feature_sums::frequencies(double width,
                                                                  const execution& where) const {
    const random_stream random = random_stream(where.seed(), stream).child(draw);
    const double scale = std::sqrt(2 / width);
    Eigen::ArrayX2d omega(features, 2);
    for (Eigen::Index k = 0; k < omega.rows(); ++k)
        for (Eigen::Index axis = 0; axis < 2; ++axis)
            omega(k, axis) = scale * random.normal(static_cast<std::uint64_t>(2 * k + axis));
    return omega;
}

TOPOPRUNE_DEFINE Eigen::ArrayX2d random_feature_sums::moments_of(std::span<const principal_pair> sources,
                                                                 const Eigen::ArrayX2d& omega,
                                                                 const execution& where) const {
    constexpr std::int64_t parts = 16;
    const auto count = std::ssize(sources);
    std::vector<Eigen::ArrayX2d> of_part(parts);
    where.parallel_for(parts, [&](std::int64_t part) {
        Eigen::ArrayX2d& sum = of_part[static_cast<std::size_t>(part)];
        sum.setZero(omega.rows(), 2);
        for (std::int64_t j = part * count / parts; j < (part + 1) * count / parts; ++j) {
            const principal_pair& pair = sources[static_cast<std::size_t>(j)];
            for (Eigen::Index k = 0; k < omega.rows(); ++k) {
                const double angle = phase(pair, omega, k);
                sum(k, 0) += pair.lifetime * std::cos(angle);
                sum(k, 1) += pair.lifetime * std::sin(angle);
            }
        }
    });
    for (std::size_t part = 1; part < of_part.size(); ++part)
        of_part[0] += of_part[part];
    return of_part[0] / static_cast<double>(features);
}

} // namespace topoprune
