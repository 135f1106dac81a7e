// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/homology/detail/link_cut_forest.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <set>

using namespace topoprune;

TEST_CASE("random links, cuts and path queries agree with a walk through the forest") {
    constexpr std::int32_t nodes = 30;
    const random_stream random(1, 1);
    std::uint64_t at = 0;
    detail::link_cut_forest forest(nodes);
    std::vector<double> weights(nodes);
    for (std::int32_t i = 0; i < nodes; ++i) {
        weights[static_cast<std::size_t>(i)] = static_cast<double>(random.below(at++, 1000)) + 0.001 * i;
        forest.set_weight(i, weights[static_cast<std::size_t>(i)]);
    }
    std::vector<std::set<std::int32_t>> adjacent(nodes);
    // The lightest node between x and y, by depth-first search; -1 if they are not connected.
    const auto walk = [&](std::int32_t x, std::int32_t y) {
        std::function<std::int32_t(std::int32_t, std::int32_t)> visit = [&](std::int32_t v,
                                                                            std::int32_t from) {
            if (v == y)
                return v;
            for (const std::int32_t w : adjacent[static_cast<std::size_t>(v)]) {
                const std::int32_t found = w == from ? -1 : visit(w, v);
                if (found >= 0)
                    return weights[static_cast<std::size_t>(v)] < weights[static_cast<std::size_t>(found)]
                               ? v
                               : found;
            }
            return -1;
        };
        return visit(x, -1);
    };
    int linked = 0;
    int cut = 0;
    for (int round = 0; round < 4000; ++round) {
        const auto x = static_cast<std::int32_t>(random.below(at++, nodes));
        const auto y = static_cast<std::int32_t>(random.below(at++, nodes));
        const std::int32_t expected = walk(x, y);
        REQUIRE(forest.connected(x, y) == (expected >= 0));
        if (expected >= 0)
            REQUIRE(forest.lightest_between(x, y) == expected);
        if (expected < 0) {
            forest.link(x, y);
            adjacent[static_cast<std::size_t>(x)].insert(y);
            adjacent[static_cast<std::size_t>(y)].insert(x);
            ++linked;
        } else if (adjacent[static_cast<std::size_t>(x)].contains(y)) {
            forest.cut(x, y);
            adjacent[static_cast<std::size_t>(x)].erase(y);
            adjacent[static_cast<std::size_t>(y)].erase(x);
            ++cut;
        }
    }
    CHECK(linked > 100);
    CHECK(cut > 100);
}
