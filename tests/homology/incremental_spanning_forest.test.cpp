// SPDX-License-Identifier: MIT
#include <topoprune/core/detail/union_find.hpp>
#include <topoprune/core/random.hpp>
#include <topoprune/homology/detail/ascending_order.hpp>
#include <topoprune/homology/detail/incremental_spanning_forest.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace topoprune;

namespace {

struct weighted {
    std::int32_t a, b, weight;
};

/// The edges of a maximum spanning forest by Kruskal's algorithm, and the one that is left over, if any.
std::int32_t take_lightest_of_cycle(std::vector<weighted>& edges, std::size_t nodes) {
    std::stable_sort(edges.begin(), edges.end(),
                     [](const weighted& x, const weighted& y) { return x.weight > y.weight; });
    detail::union_find trees(nodes);
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (!trees.join(edges[i].a, edges[i].b)) {
            const std::int32_t left_over = edges[i].weight;
            edges.erase(edges.begin() + static_cast<std::ptrdiff_t>(i));
            return left_over;
        }
    return detail::incremental_spanning_forest::none;
}

} // namespace

TEST_CASE("the edge that leaves is the one that Kruskal's algorithm leaves over") {
    using forest_type = detail::incremental_spanning_forest;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const random_stream random(seed, 1);
        const std::size_t nodes = 2 + random.below(0, 30), count = 300;
        std::vector<std::int32_t> weights(count); // all different, in random order
        std::iota(weights.begin(), weights.end(), 0);
        for (std::size_t i = count; i > 1; --i)
            std::swap(weights[i - 1], weights[random.below(1000 + i, i)]);
        forest_type forest(nodes);
        std::vector<weighted> kept;
        int left = 0, never_leave = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto node = [&](std::uint64_t at) {
                return static_cast<std::int32_t>(random.below(10'000 + 3 * i + at, nodes));
            };
            // A third of the edges of half the seeds never leave; loops and repeated edges are among them.
            const bool stays = seed % 2 == 1 && random.below(20'000 + i, 3) == 0;
            const weighted edge{node(0), node(1), stays ? forest_type::heaviest : weights[i]};
            kept.push_back(edge);
            const std::int32_t expected = take_lightest_of_cycle(kept, nodes);
            REQUIRE(forest.insert(edge.a, edge.b, edge.weight) == expected);
            left += expected != forest_type::none;
            never_leave += stays;
        }
        CHECK(left >= 270);
        CHECK((never_leave > 50) == (seed % 2 == 1));
    }
}

TEST_CASE("an edge that is put in again at a larger weight leaves at its old one") {
    detail::incremental_spanning_forest forest(3);
    CHECK(forest.insert(0, 1, 5) == forest.none);
    CHECK(forest.insert(1, 2, 3) == forest.none);
    CHECK(forest.insert(0, 1, forest.heaviest) == 5);
    CHECK(forest.insert(0, 2, 4) == 3);
    CHECK(forest.insert(0, 2, 1) == 1);
    CHECK(forest.insert(0, 2, forest.heaviest) == 4);
    CHECK(forest.insert(1, 2, forest.heaviest) == forest.heaviest);
}

TEST_CASE("a path of edges of rising or falling weight takes no more than n log n steps") {
    // 200,000 nodes in a row, then the long edge: quadratic work would take minutes.
    constexpr std::int32_t nodes = 200'000;
    for (const bool rising : {true, false}) {
        detail::incremental_spanning_forest forest(nodes);
        for (std::int32_t i = 0; i + 1 < nodes; ++i)
            REQUIRE(forest.insert(i, i + 1, rising ? i : nodes - i) == forest.none);
        CHECK(forest.insert(0, nodes - 1, forest.heaviest) == (rising ? 0 : 2));
    }
}

TEST_CASE("ascending_order is the stable sort of the keys") {
    const double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> keys{0.0, -0.0, 5e-324, -5e-324, infinity, -infinity, 1e308, -1e308, 1.0, 1.0};
    const random_stream random(1, 2);
    for (std::uint64_t i = 0; i < 3000; ++i)
        keys.push_back(random.below(3 * i, 3) == 0
                           ? static_cast<double>(random.below(3 * i + 1, 20)) - 10
                           : random.normal(3 * i + 1) * std::pow(10.0, random.normal(3 * i + 2)));
    std::vector<std::int32_t> expected(keys.size());
    std::iota(expected.begin(), expected.end(), 0);
    std::stable_sort(expected.begin(), expected.end(), [&](std::int32_t a, std::int32_t b) {
        return keys[static_cast<std::size_t>(a)] < keys[static_cast<std::size_t>(b)];
    });
    CHECK(detail::ascending_order(keys) == expected);
    CHECK(detail::ascending_order(std::vector<double>{}).empty());
}
