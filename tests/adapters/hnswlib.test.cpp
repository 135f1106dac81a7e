// SPDX-License-Identifier: MIT
#if __has_include(<hnswlib/hnswlib.h>)

#include <topoprune/adapters/hnswlib.hpp>
#include <topoprune/core/random.hpp>

#include <topoprune/neighbors/inner_product.hpp>

#include "laws/neighbor_laws.hpp"

#include <cstdint>

using namespace topoprune;

namespace {

/// Ten clusters.
matrix<float> clustered_points(std::int64_t n, std::int64_t d) {
    const random_stream centers(41, 0), noise(41, 1);
    matrix<float> points(n, d);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t c = 0; c < d; ++c)
            points(i, c) = static_cast<float>(centers.normal(static_cast<std::uint64_t>(i % 10 * d + c)) +
                                              0.3 * noise.normal(static_cast<std::uint64_t>(i * d + c)));
    return points;
}

} // namespace

TEST_CASE("hnswlib finds nearly all neighbors of clustered samples") {
    const matrix<float> points = clustered_points(3'000, 16);
    const auto check = [&](const auto& metric) {
        const neighbor_graph graph = hnswlib_neighbors{}.search(points, metric, 10, execution{});
        CHECK(laws::recall(graph, metric, points, 11) >= 0.98);
    };
    check(cosine{});
    check(euclidean{});
}

TEST_CASE("hnswlib keeps the laws of a search") {
    laws::check_neighbor_laws(hnswlib_neighbors{}, cosine{}, clustered_points(1'000, 8), 10);
    laws::check_neighbor_laws(hnswlib_neighbors{}, inner_product{}, clustered_points(500, 8), 10);
    for (const std::int64_t n : {2, 3, 40})
        laws::check_neighbor_laws(hnswlib_neighbors{}, euclidean{}, clustered_points(n, 3), n - 1);
    laws::check_neighbor_laws(hnswlib_neighbors{}, cosine{}, matrix<float>(matrix<float>::Zero(500, 3)), 10);
    laws::check_neighbor_laws(hnswlib_neighbors{}, euclidean{},
                              matrix<float>(matrix<float>::Constant(500, 3, 0.1F)), 10);
}

TEST_CASE("options of hnswlib out of range are refused by name") {
    const matrix<float> points = clustered_points(10, 2);
    CHECK_THROWS_WITH_AS((void)hnswlib_neighbors{.links = 1}.search(points, cosine{}, 2, execution{}),
                         "hnswlib_neighbors: links is 1, must be between 2 and 10000", std::invalid_argument);
}

#endif
