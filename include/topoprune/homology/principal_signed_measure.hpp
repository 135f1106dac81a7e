// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "principal_persistence.hpp"
#include "signed_measure.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// The two-parameter form of the principal persistence measure, for points with codensities f: the bar of a
/// subset is alive for scales of [birth, death) and from the largest codensity of its points on. That is one
/// rectangle, whose Hilbert signed measure has two atoms,
///     +1 at (birth / 2, max f),   -1 at (death / 2, max f),
/// scales halved, as in every signed measure here. For degree 0 it is the younger of two components, born at
/// scale 0. The atoms stand in the order of the draws, two for each bar; equal grades are not merged. Divided
/// by s, their sum is a sampled stand-in for the signed measure of a density bifiltration, in any dimension
/// and without a complex.
///
/// Cost: that of principal_persistence; 64 bytes a bar. Throws as it does, and for a codensity that is not
/// finite or a number of them other than that of the points.
[[nodiscard]] inline signed_measure principal_signed_measure(matrix_view<const double> points,
                                                             std::span<const double> codensity, int degree,
                                                             const principal_persistence_sampling& sampling,
                                                             const execution& where = execution{}) {
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
