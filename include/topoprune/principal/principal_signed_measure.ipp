// SPDX-License-Identifier: MIT
#pragma once

#include "principal_signed_measure.hpp"

#include "../core/checks.hpp"
#include "principal_persistence.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE signed_measure principal_signed_measure(matrix_view<const double> points,
                                                         std::span<const double> codensity, int degree,
                                                         const principal_persistence_sampling& sampling,
                                                         const execution& where) {
    using detail::principal_sampler;
    principal_sampler::check(points, degree, sampling, "principal_signed_measure");
    require(points.rows() >= principal_sampler::fewest_points(degree), "principal_signed_measure",
            "the number of points", points.rows(),
            "at least 2 degree + 2 =", principal_sampler::fewest_points(degree));
    require(std::ssize(codensity) == points.rows(), "principal_signed_measure", "the number of codensities",
            codensity.size(), "that of the points,", points.rows());
    require_finite(matrix_view<const double>(codensity.data(), points.rows(), 1), "principal_signed_measure",
                   "codensity");
    const principal_sampler sampler(points, degree, sampling, where.seed());
    constexpr std::int64_t grain = 1 << 16;
    std::vector<signed_measure> parts(static_cast<std::size_t>((sampler.samples() + grain - 1) / grain));
    where.parallel_ranges(sampler.samples(), grain, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        signed_measure& part = parts[static_cast<std::size_t>(begin / grain)];
        sampler.for_each_pair(begin, end, [&](const principal_pair& pair, const auto& point) {
            std::int32_t last = point(0);
            for (int k = 1; k < 2 * degree + 2; ++k)
                if (codensity[static_cast<std::size_t>(point(k))] > codensity[static_cast<std::size_t>(last)])
                    last = point(k);
            const double f = codensity[static_cast<std::size_t>(last)];
            part.push_back({pair.birth / 2, f, 1, pair.birth_u, pair.birth_v, last});
            part.push_back({(pair.birth + pair.lifetime) / 2, f, -1, pair.death_u, pair.death_v, last});
        });
    });
    signed_measure atoms;
    for (const signed_measure& part : parts)
        atoms.insert(atoms.end(), part.begin(), part.end());
    return atoms;
}

} // namespace topoprune
