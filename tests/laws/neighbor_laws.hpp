// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/execution.hpp>
#include <topoprune/core/matrix.hpp>
#include <topoprune/neighbors/metric.hpp>
#include <topoprune/neighbors/neighbor_search.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace topoprune::laws {

/// The k least distances of a sample, by the definition and nothing else, ascending by (distance, id).
template <Metric M>
std::vector<std::pair<float, std::int32_t>> nearest(const M& metric, matrix_view<const float> points,
                                                    std::int64_t sample, std::int64_t k) {
    std::vector<std::pair<float, std::int32_t>> all;
    for (std::int64_t j = 0; j < points.rows(); ++j)
        if (j != sample)
            all.emplace_back(static_cast<float>(metric.distance(points.row(sample), points.row(j))),
                             static_cast<std::int32_t>(j));
    std::partial_sort(all.begin(), all.begin() + k, all.end());
    all.resize(static_cast<std::size_t>(k));
    return all;
}

/// How many of the k nearest neighbors, by brute force, a graph holds, for every `stride`-th sample. A sample
/// as near as the k-th counts, whatever its id.
template <Metric M>
double recall(const neighbor_graph& graph, const M& metric, matrix_view<const float> points,
              std::int64_t stride) {
    std::int64_t held = 0, asked = 0;
    for (std::int64_t i = 0; i < points.rows(); i += stride) {
        std::vector<float> all;
        for (std::int64_t j = 0; j < points.rows(); ++j)
            if (j != i)
                all.push_back(static_cast<float>(metric.distance(points.row(i), points.row(j))));
        const auto last = all.begin() + (graph.k - 1);
        std::nth_element(all.begin(), last, all.end());
        held += std::ranges::count_if(graph.distances_of(i), [&](float d) { return d <= *last; });
        asked += graph.k;
    }
    return static_cast<double>(held) / static_cast<double>(asked);
}

/// What every NeighborSearch owes, exact or not. Gives the graph that it found.
template <NeighborSearch S, Metric M>
neighbor_graph check_neighbor_laws(const S& search, const M& metric, matrix_view<const float> points,
                                   std::int64_t k) {
    const std::int64_t n = points.rows();
    const neighbor_graph graph = search.search(points, metric, k, execution({.threads = 1}));
    REQUIRE(graph.samples == n);
    REQUIRE(graph.k == k);
    REQUIRE(graph.ids.size() == static_cast<std::size_t>(n * k));
    REQUIRE(graph.distances.size() == static_cast<std::size_t>(n * k));

    bool valid = true, sorted = true, true_distances = true, distinct = true;
    for (std::int64_t i = 0; i < n; ++i) {
        const auto ids = graph.ids_of(i);
        const auto distances = graph.distances_of(i);
        for (std::size_t c = 0; c < ids.size(); ++c) {
            valid = valid && ids[c] >= 0 && ids[c] < n && ids[c] != i;
            sorted = sorted &&
                     (c == 0 || std::pair(distances[c - 1], ids[c - 1]) < std::pair(distances[c], ids[c]));
            true_distances =
                true_distances && valid &&
                distances[c] == static_cast<float>(metric.distance(points.row(i), points.row(ids[c])));
        }
        std::vector<std::int32_t> ascending(ids.begin(), ids.end());
        std::sort(ascending.begin(), ascending.end());
        distinct = distinct && std::ranges::adjacent_find(ascending) == ascending.end();
    }
    CHECK_MESSAGE(valid, "ids name other samples");
    CHECK_MESSAGE(distinct, "no neighbor is listed twice");
    CHECK_MESSAGE(sorted, "rows ascend by (distance, id)");
    CHECK_MESSAGE(true_distances, "distances are those of the metric, rounded to float");

    for (const int threads : {1, 2, 3, 8}) {
        const neighbor_graph again = search.search(points, metric, k, execution({.threads = threads}));
        CHECK_MESSAGE(again.ids == graph.ids, "same ids on ", threads, " threads");
        CHECK_MESSAGE(again.distances == graph.distances, "same distances on ", threads, " threads");
    }
    return graph;
}

/// What an exact NeighborSearch owes beyond that: the brute-force answer, ties included, so that the order
/// of the samples does not matter either.
template <NeighborSearch S, Metric M>
void check_exact_neighbor_laws(const S& search, const M& metric, matrix_view<const float> points,
                               std::int64_t k) {
    const neighbor_graph graph = check_neighbor_laws(search, metric, points, k);
    const std::int64_t n = points.rows();

    // Every row of small inputs, some rows of large ones.
    bool as_defined = true;
    for (std::int64_t i = 0; i < n; i += std::max<std::int64_t>(1, n / 300)) {
        const auto expected = nearest(metric, points, i, k);
        for (std::size_t c = 0; c < static_cast<std::size_t>(k); ++c)
            as_defined = as_defined && expected[c] == std::pair(graph.distances_of(i)[c], graph.ids_of(i)[c]);
    }
    CHECK_MESSAGE(as_defined, "distances and ids are those of brute force");

    // i -> (7 i + 3) mod n is a permutation if 7 does not divide n; else samples are reversed.
    matrix<float> permuted(n, points.columns());
    const auto place = [&](std::int64_t i) { return n % 7 == 0 ? n - 1 - i : (7 * i + 3) % n; };
    for (std::int64_t i = 0; i < n; ++i)
        permuted.row(place(i)) = points.eigen().row(i);
    const neighbor_graph moved = search.search(permuted, metric, k, execution{});
    bool same = true;
    for (std::int64_t i = 0; i < n; ++i)
        same = same && std::ranges::equal(graph.distances_of(i), moved.distances_of(place(i)));
    // Equality to the last bit: exact products make cosine independent of who comes first, and squared
    // differences are symmetric.
    CHECK_MESSAGE(same, "permuted samples have permuted distances");
}

} // namespace topoprune::laws
