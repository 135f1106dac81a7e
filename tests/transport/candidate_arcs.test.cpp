// SPDX-License-Identifier: MIT
#include <topoprune/transport/detail/candidate_arcs.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>
#include <vector>

using namespace topoprune::detail;

TEST_CASE("of equally near points those that stand first are found") {
    // A lattice, where every point has four nearest others and four second nearest.
    std::vector<weighted_point> lattice;
    for (std::int32_t i = 0; i < 400; ++i)
        lattice.push_back({.r = static_cast<double>(i * 7 % 20), .f = static_cast<double>(i / 20)});
    for (const std::int64_t k : {1, 3, 4, 7, 12}) {
        std::vector<std::vector<std::int32_t>> found(lattice.size());
        for_each_near_pair(lattice, lattice, k, [&](std::int32_t i, std::int32_t j) {
            found[static_cast<std::size_t>(i)].push_back(j);
        });
        bool same = true;
        for (std::size_t i = 0; i < lattice.size(); ++i) {
            std::vector<std::tuple<double, std::int32_t>> all;
            for (std::size_t j = 0; j < lattice.size(); ++j) {
                const double dr = lattice[i].r - lattice[j].r, df = lattice[i].f - lattice[j].f;
                all.emplace_back(dr * dr + df * df, static_cast<std::int32_t>(j));
            }
            std::sort(all.begin(), all.end());
            std::vector<std::int32_t> nearest;
            for (std::size_t c = 0; c < static_cast<std::size_t>(k); ++c)
                nearest.push_back(std::get<1>(all[c]));
            same = same && found[i] == nearest;
        }
        CAPTURE(k);
        CHECK(same);
    }
}

TEST_CASE("fewer points than are asked for are all found") {
    const std::vector<weighted_point> points{{.r = 0, .f = 0}, {.r = 3, .f = 1}};
    int pairs = 0;
    for_each_near_pair(points, points, 5, [&](std::int32_t, std::int32_t) { ++pairs; });
    CHECK(pairs == 4);
}
