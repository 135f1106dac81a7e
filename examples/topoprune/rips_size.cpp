// SPDX-License-Identifier: MIT
#include "rips_size.hpp"

#include <topoprune/core/random.hpp>
#include <topoprune/filtration/detail/flag_complex.hpp>
#include <topoprune/filtration/detail/rips_edges.hpp>

#include <algorithm>
#include <vector>

namespace program {

rips_size estimate_rips_size(topoprune::matrix_view<const double> points, std::optional<double> threshold,
                             const topoprune::execution& where) {
    constexpr std::int64_t most_points = 512;
    constexpr std::int64_t most_pairs = 2000;
    const std::int64_t n = points.rows();
    const double largest = threshold ? *threshold : topoprune::detail::half_enclosing_radius(points, where);
    const auto joined = [&](std::int64_t u, std::int64_t v) {
        return topoprune::detail::half_distance(points, u, v) <= largest;
    };
    const topoprune::random_stream random(1, 0); // the estimate is no result: it is the same for every seed
    const std::int64_t tried = std::min(n, most_points);
    rips_size sum; // over the points tried: a simplex of k vertices counts at each
    std::vector<std::int64_t> neighbors;
    for (std::int64_t at = 0; at < tried; ++at) {
        where.check_interruption();
        const topoprune::random_stream draw = random.child(static_cast<std::uint64_t>(at));
        const std::int64_t u =
            tried == n ? at : static_cast<std::int64_t>(draw.below(0, static_cast<std::uint64_t>(n)));
        neighbors.clear();
        for (std::int64_t v = 0; v < n; ++v)
            if (v != u && joined(u, v))
                neighbors.push_back(v);
        const std::uint64_t degree = neighbors.size();
        sum.edges += static_cast<double>(degree);
        if (degree < 2)
            continue;
        const double pairs = static_cast<double>(degree) * static_cast<double>(degree - 1) / 2;
        std::int64_t closed = 0;
        if (pairs <= most_pairs) {
            for (std::size_t i = 0; i < degree; ++i)
                for (std::size_t j = i + 1; j < degree; ++j)
                    closed += joined(neighbors[i], neighbors[j]);
            sum.triangles += static_cast<double>(closed);
            continue;
        }
        for (std::uint64_t pair = 0; pair < most_pairs; ++pair) {
            const std::uint64_t i = draw.below(1 + 2 * pair, degree);
            const std::uint64_t j = draw.below(2 + 2 * pair, degree - 1);
            closed += joined(neighbors[i], neighbors[j < i ? j : j + 1]);
        }
        sum.triangles += pairs * static_cast<double>(closed) / most_pairs;
    }
    const double share = tried == 0 ? 0 : static_cast<double>(n) / static_cast<double>(tried);
    return {.edges = sum.edges * share / 2, .triangles = sum.triangles * share / 3};
}

} // namespace program
