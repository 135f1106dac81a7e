// SPDX-License-Identifier: MIT
#pragma once

#include "principal_persistence.hpp"

#include "../core/checks.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE principal_measure principal_persistence(matrix_view<const double> points, int degree,
                                                         const principal_persistence_sampling& sampling,
                                                         const execution& where) {
    using detail::principal_sampler;
    principal_sampler::check(points, degree, sampling, "principal_persistence");
    require(points.rows() >= principal_sampler::fewest_points(degree), "principal_persistence",
            "the number of points", points.rows(),
            "at least 2 degree + 2 =", principal_sampler::fewest_points(degree));
    const principal_sampler sampler(points, degree, sampling, where.seed());
    constexpr std::int64_t grain = 1 << 16;
    std::vector<std::vector<principal_pair>> parts(
        static_cast<std::size_t>((sampler.samples() + grain - 1) / grain));
    where.parallel_ranges(sampler.samples(), grain, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        std::vector<principal_pair>& part = parts[static_cast<std::size_t>(begin / grain)];
        if (degree == 0)
            part.reserve(static_cast<std::size_t>(end - begin));
        sampler.for_each_pair(begin, end,
                              [&](const principal_pair& pair, const auto&) { part.push_back(pair); });
    });
    principal_measure measure{.pairs = {}, .samples = sampler.samples()};
    std::size_t count = 0;
    for (const auto& part : parts)
        count += part.size();
    measure.pairs.reserve(count);
    for (const auto& part : parts)
        measure.pairs.insert(measure.pairs.end(), part.begin(), part.end());
    return measure;
}

TOPOPRUNE_DEFINE double mean_lifetime(const principal_measure& measure, double power) {
    double sum = 0;
    for (const principal_pair& pair : measure.pairs)
        sum += std::pow(pair.lifetime, power);
    return sum / static_cast<double>(measure.samples);
}

} // namespace topoprune
