// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/homology/detail/link_cut_forest.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <vector>

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
    CHECK(cut > 100);
    CHECK(linked > 100);
}

TEST_CASE("edges that replace the lightest of their cycle leave the maximum spanning tree") {
    // A star hung below node 0, then edges between random nodes, each in exchange for the lightest on its
    // cycle: what remains is the tree that Kruskal's algorithm finds among all edges so far.
    constexpr std::int32_t nodes = 20;
    constexpr std::int32_t edges = 300;
    struct edge {
        std::int32_t a, b, weight;
    };
    const random_stream random(2, 1);
    std::vector<edge> all;
    for (std::int32_t v = 1; v < nodes; ++v)
        all.push_back({0, v, 0});
    for (std::uint64_t at = 0; std::ssize(all) < edges; at += 2) {
        const auto a = static_cast<std::int32_t>(random.below(at, nodes));
        const auto b = static_cast<std::int32_t>(random.below(at + 1, nodes));
        if (a != b)
            all.push_back({a, b, 0});
    }
    std::vector<std::int32_t> weights(edges);
    std::iota(weights.begin(), weights.end(), 0);
    draw_without_replacement(weights, weights.size(), random.child(1));
    for (std::size_t e = 0; e < all.size(); ++e)
        all[e].weight = weights[e];

    detail::basic_link_cut_forest<std::int32_t> forest(nodes + edges);
    std::set<std::int32_t> kept;
    for (std::int32_t e = 0; e + 1 < nodes; ++e) {
        forest.set_weight(nodes + e, all[static_cast<std::size_t>(e)].weight);
        forest.hang(nodes + e, 0);
        forest.hang(all[static_cast<std::size_t>(e)].b, nodes + e);
        kept.insert(e);
    }
    for (std::int32_t e = nodes - 1; e < edges; ++e) {
        const auto [a, b, weight] = all[static_cast<std::size_t>(e)];
        const std::int32_t lightest = forest.lightest_between(a, b) - nodes;
        REQUIRE(lightest >= 0);
        if (forest.weight(nodes + lightest) < weight) {
            forest.replace_on_path(nodes + lightest, a, b, nodes + e, weight);
            kept.erase(lightest);
            kept.insert(e);
        }
        std::vector<std::int32_t> order(static_cast<std::size_t>(e) + 1);
        std::iota(order.begin(), order.end(), 0);
        std::sort(order.begin(), order.end(), [&](std::int32_t x, std::int32_t y) {
            return all[static_cast<std::size_t>(x)].weight > all[static_cast<std::size_t>(y)].weight;
        });
        std::vector<std::int32_t> component(nodes);
        std::iota(component.begin(), component.end(), 0);
        std::set<std::int32_t> expected;
        for (const std::int32_t x : order) {
            const auto [u, v, unused] = all[static_cast<std::size_t>(x)];
            const std::int32_t from = component[static_cast<std::size_t>(u)];
            const std::int32_t to = component[static_cast<std::size_t>(v)];
            if (from == to)
                continue;
            expected.insert(x);
            std::replace(component.begin(), component.end(), from, to);
        }
        REQUIRE(kept == expected);
    }
}
