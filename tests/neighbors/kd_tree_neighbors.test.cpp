// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/neighbors/inner_product.hpp>
#include <topoprune/neighbors/kd_tree_neighbors.hpp>

#include "laws/clouds.hpp"
#include "laws/neighbor_laws.hpp"

#include <cstdint>

using namespace topoprune;

namespace {

matrix<float> shifted_points(std::int64_t n, std::int64_t d, double offset = 0.0) {
    return clouds::normal_features(n, d, 31, 1.0, offset);
}

/// Integer coordinates: ties, duplicates and zero vectors.
matrix<float> lattice_points(std::int64_t n, std::int64_t d, std::uint64_t side) {
    return clouds::lattice_features(n, d, 32, side);
}

void check_all_metrics(const matrix<float>& points, std::int64_t k) {
    CAPTURE(points.rows());
    CAPTURE(points.cols());
    CAPTURE(k);
    laws::check_exact_neighbor_laws(kd_tree_neighbors{}, euclidean{}, points, k);
    laws::check_exact_neighbor_laws(kd_tree_neighbors{}, cosine{}, points, k);
    laws::check_exact_neighbor_laws(kd_tree_neighbors{}, correlation{}, points, k);
    laws::check_exact_neighbor_laws(kd_tree_neighbors{}, inner_product{}, points, k);
}

} // namespace

TEST_CASE("a k-d tree finds the neighbors of brute force under every metric") {
    for (const std::int64_t n : {2, 3, 17, 300})
        for (const std::int64_t d : {1, 2, 5})
            for (const std::int64_t k : {std::int64_t{1}, std::min<std::int64_t>(n - 1, 15), n - 1})
                check_all_metrics(shifted_points(n, d), k);
    check_all_metrics(shifted_points(700, 2, 5.0), 15);
    check_all_metrics(shifted_points(700, 3, -2.0), 10);
}

TEST_CASE("a k-d tree orders ties, duplicates and zero vectors exactly") {
    for (const std::int64_t n : {3, 17, 300})
        for (const std::int64_t k : {std::int64_t{1}, std::min<std::int64_t>(n - 1, 10)}) {
            check_all_metrics(lattice_points(n, 2, 3), k);
            check_all_metrics(lattice_points(n, 2, 12), k);
            check_all_metrics(lattice_points(n, 3, 4), k);
            check_all_metrics(matrix<float>::Constant(n, 3, 0.1F), k);
            check_all_metrics(matrix<float>::Zero(n, 2), k);
            check_all_metrics(matrix<float>(n, 0), k);
        }
}

TEST_CASE("points far from the origin and at the ends of the range of float keep their order") {
    for (const float scale : {1e-25F, 1e18F, 1e30F}) {
        const matrix<float> points = shifted_points(300, 2, 0.3) * scale;
        laws::check_exact_neighbor_laws(kd_tree_neighbors{}, euclidean{}, points, 5);
        laws::check_exact_neighbor_laws(kd_tree_neighbors{}, cosine{}, points, 5);
    }
    matrix<float> points = shifted_points(400, 2) * 1e-3F; // two clusters closer than float products can tell
    for (std::int64_t i = 0; i < 400; ++i)
        points(i, 0) += i % 2 == 0 ? 1e3F : -1e3F;
    laws::check_exact_neighbor_laws(kd_tree_neighbors{}, euclidean{}, points, 5);
}

TEST_CASE("many duplicates of a point do not slow down a k-d tree") {
    const matrix<float> points = matrix<float>::Constant(100'000, 2, 0.5F);
    const neighbor_graph graph = kd_tree_neighbors{}.search(points, euclidean{}, 3, execution{});
    CHECK(std::ranges::equal(graph.ids_of(99'999), std::vector<std::int32_t>{0, 1, 2}));
    CHECK(std::ranges::equal(graph.ids_of(1), std::vector<std::int32_t>{0, 2, 3}));
}

TEST_CASE("a k-d tree gives the bits of exact_neighbors, whatever its leaves") {
    const matrix<float> points = shifted_points(5'000, 2);
    const neighbor_graph expected = exact_neighbors{}.search(points, euclidean{}, 15, execution{});
    for (const std::int64_t leaf_size : {1, 10, 300}) {
        const neighbor_graph graph =
            kd_tree_neighbors{.leaf_size = leaf_size}.search(points, euclidean{}, 15, execution{});
        CHECK(graph.ids == expected.ids);
        CHECK(graph.distances == expected.distances);
    }
    CHECK_THROWS_WITH_AS((void)kd_tree_neighbors{.leaf_size = 0}.search(points, euclidean{}, 1, execution{}),
                         "kd_tree_neighbors: leaf_size is 0, must be at least 1", std::invalid_argument);
}
