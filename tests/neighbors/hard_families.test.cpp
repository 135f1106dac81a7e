// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>

#include "laws/neighbor_families.hpp"
#include "laws/neighbor_laws.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace topoprune;

namespace {

/// Against brute force in double, to the last bit of every distance, with 1 and 3 threads.
template <Metric M>
void check_family(const M& metric, const matrix<float>& points, std::int64_t k) {
    const exact_neighbors search;
    const neighbor_graph graph = search.search(points, metric, k, execution({.threads = 1}));
    bool as_defined = true;
    for (std::int64_t i = 0; i < points.rows(); i += 7) {
        const auto expected = laws::nearest(metric, matrix_view<const float>(points), i, k);
        for (std::size_t c = 0; c < static_cast<std::size_t>(k); ++c)
            as_defined = as_defined && expected[c] == std::pair(graph.distances_of(i)[c], graph.ids_of(i)[c]);
    }
    CHECK_MESSAGE(as_defined, "distances and ids are those of brute force");
    const neighbor_graph again = search.search(points, metric, k, execution({.threads = 3}));
    CHECK(again.ids == graph.ids);
    CHECK(again.distances == graph.distances);
}

} // namespace

TEST_CASE("rows that float does not tell apart, ties and equal rows have exact neighbors") {
    // Above the size from which a pilot chooses how samples are compared.
    for (const auto& [n, d] : {std::pair<std::int64_t, std::int64_t>{1200, 20}, {1100, 3}})
        for (const auto& [name, make] : neighbor_families::all()) {
            CAPTURE(name);
            CAPTURE(d);
            const matrix<float> points = make(n, d);
            check_family(euclidean{}, points, 15);
            check_family(cosine{}, points, 15);
            check_family(correlation{}, points, 15);
        }
}

TEST_CASE("an outlier beyond the squares of float leaves the others their neighbors") {
    for (const double length : {1e15, 1e20, 1e22, 1e30, 3e37}) {
        CAPTURE(length);
        check_family(euclidean{}, neighbor_families::outlier(1200, 10, length), 10);
        check_family(euclidean{}, neighbor_families::outlier(300, 10, length), 10);
    }
}
