// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/detail/bisection_order.hpp>
#include <topoprune/neighbors/detail/permute_rows.hpp>
#include <topoprune/neighbors/inner_product.hpp>
#include <topoprune/neighbors/nn_descent.hpp>

#include "laws/neighbor_laws.hpp"

#include <cmath>
#include <cstdint>
#include <numeric>
#include <stop_token>
#include <vector>

using namespace topoprune;

namespace {

/// Clusters whose samples vary along 8 directions common to all, and a little in every direction.
matrix<float> clustered_points(std::int64_t n, std::int64_t d, std::int64_t clusters) {
    const random_stream centers(21, 0), directions(21, 1), along(21, 2), noise(21, 3), cluster(21, 4);
    matrix<float> points(n, d);
    const auto features = static_cast<std::uint64_t>(d);
    std::vector<double> common(8 * features);
    for (std::uint64_t f = 0; f < common.size(); ++f)
        common[f] = directions.normal(f);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto at = static_cast<std::uint64_t>(i);
        const std::uint64_t own = cluster.below(at, static_cast<std::uint64_t>(clusters));
        std::vector<double> coordinates(8);
        for (std::uint64_t f = 0; f < 8; ++f)
            coordinates[f] = 0.6 * along.normal(8 * at + f);
        for (std::uint64_t c = 0; c < features; ++c) {
            double x = centers.normal(own * features + c) + 0.2 * noise.normal(at * features + c);
            for (std::uint64_t f = 0; f < 8; ++f)
                x += coordinates[f] * common[f * features + c];
            points(i, static_cast<std::int64_t>(c)) = static_cast<float>(x);
        }
    }
    return points;
}

/// Small leaves, so that few samples are many leaves.
constexpr nn_descent small_leaves{.trees = 6, .leaf_size = 64, .rounds = 2, .links = 30};

} // namespace

TEST_CASE("clustered samples get nearly all of their neighbors") {
    for (const std::int64_t d : {64, 300}) {
        const matrix<float> points = clustered_points(d == 64 ? 4'000 : 2'000, d, 20);
        const auto check = [&](const auto& metric) {
            const neighbor_graph graph = nn_descent{}.search(points, metric, 14, execution{});
            CHECK(laws::recall(graph, metric, points, 41) >= 0.98);
        };
        check(cosine{});
        check(euclidean{});
        check(correlation{});
    }
}

TEST_CASE("more trees and more rounds raise recall") {
    const matrix<float> points = clustered_points(6'000, 32, 10);
    const auto recall = [&](std::int64_t trees, std::int64_t rounds) {
        const nn_descent search{.trees = trees, .leaf_size = 64, .rounds = rounds};
        return laws::recall(search.search(points, cosine{}, 10, execution{}), cosine{}, points, 23);
    };
    const double least = recall(2, 0);
    CHECK(least < 0.9);
    CHECK(recall(6, 0) > least + 0.1);
    CHECK(recall(2, 1) > least + 0.1);
    CHECK(recall(2, 2) > recall(2, 1));
}

TEST_CASE("approximate neighbors keep the laws") {
    laws::check_neighbor_laws(small_leaves, cosine{}, clustered_points(3'000, 24, 7), 14);
    laws::check_neighbor_laws(small_leaves, euclidean{}, clustered_points(1'031, 5, 7), 3);
    laws::check_neighbor_laws(small_leaves, correlation{}, clustered_points(2'000, 17, 7), 1);
    laws::check_neighbor_laws(small_leaves, inner_product{}, clustered_points(2'000, 17, 7), 10);
    laws::check_neighbor_laws(nn_descent{}, cosine{}, clustered_points(2'500, 24, 7), 14);
    // A list longer than half a leaf enlarges the leaves.
    laws::check_neighbor_laws(small_leaves, cosine{}, clustered_points(700, 8, 7), 100);
}

TEST_CASE("samples that are all alike fill their rows") {
    const auto check = [](const matrix<float>& points) {
        laws::check_neighbor_laws(small_leaves, cosine{}, points, 14);
        laws::check_neighbor_laws(small_leaves, euclidean{}, points, 14);
        laws::check_neighbor_laws(small_leaves, correlation{}, points, 14);
    };
    check(matrix<float>::Zero(1'500, 6));
    check(matrix<float>::Constant(1'500, 6, 0.1F));
    check(matrix<float>(1'500, 0));
    matrix<float> half = clustered_points(1'500, 6, 5); // duplicates of one sample, and zero vectors
    for (std::int64_t i = 0; i < 1'500; i += 2)
        half.row(i) = half.row(0).eval();
    for (std::int64_t i = 1; i < 1'500; i += 6)
        half.row(i).setZero();
    check(half);
    matrix<float> far = clustered_points(1'500, 6, 5); // one far sample
    far.row(7).setConstant(1e20F);
    check(far);
}

TEST_CASE("duplicates find each other") {
    matrix<float> points = clustered_points(3'000, 16, 5);
    for (std::int64_t i = 0; i < 1'500; ++i)
        points.row(1'500 + i) = points.row(i);
    const neighbor_graph graph = small_leaves.search(points, euclidean{}, 5, execution{});
    std::int64_t found = 0;
    for (std::int64_t i = 0; i < 3'000; ++i)
        found += graph.ids_of(i)[0] == (i + 1'500) % 3'000 && graph.distances_of(i)[0] == 0.0F ? 1 : 0;
    CHECK(found >= 2'990); // ties go by id: a cut may part two duplicates in every tree
}

TEST_CASE("few samples are searched exactly") {
    for (const std::int64_t n : {2, 3, 50, 300})
        for (const std::int64_t k : {std::int64_t{1}, std::min<std::int64_t>(n - 1, 10), n - 1})
            laws::check_exact_neighbor_laws(nn_descent{}, cosine{}, clustered_points(n, 4, 3), k);
}

TEST_CASE("the seed changes which neighbors are missed, and nothing else does") {
    const matrix<float> points = clustered_points(3'000, 32, 5);
    const nn_descent search{.trees = 2, .leaf_size = 64, .rounds = 0};
    const auto ids = [&](std::uint64_t seed) {
        return search.search(points, cosine{}, 10, execution({.seed = seed})).ids;
    };
    CHECK(ids(1) == ids(1));
    CHECK(ids(1) != ids(2));
}

TEST_CASE("options out of range are refused by name") {
    const matrix<float> points = clustered_points(10, 2, 1);
    const auto search = [&](const nn_descent& policy) {
        (void)policy.search(points, cosine{}, 2, execution{});
    };
    CHECK_THROWS_WITH_AS(search({.trees = 0}), "nn_descent: trees is 0, must be at least 1",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(search({.leaf_size = 1}), "nn_descent: leaf_size is 1, must be at least 2",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(search({.rounds = -1}), "nn_descent: rounds is -1, must be at least 0",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(search({.links = 0}), "nn_descent: links is 0, must be at least 1",
                         std::invalid_argument);
}

TEST_CASE("the approximate search tells its progress and can be interrupted") {
    const matrix<float> points = clustered_points(1'000, 4, 3);
    std::vector<double> told;
    std::stop_source source;
    const execution where({.threads = 2, .stop = source.get_token(), .progress = [&](const auto& event) {
                               CHECK(event.stage == "neighbors");
                               told.push_back(event.fraction);
                           }});
    (void)small_leaves.search(points, cosine{}, 3, where);
    CHECK(told.front() == 0.0);
    CHECK(told.back() == 1.0);
    CHECK(std::ranges::is_sorted(told));
    source.request_stop();
    CHECK_THROWS_AS((void)small_leaves.search(points, cosine{}, 3, where), interrupted);
}

TEST_CASE("a partition has leaves of equal size that hold every sample once") {
    const matrix<float> points = clustered_points(1'001, 8, 5);
    const detail::even_parts leaves = detail::leaves_of(1'001, 100);
    CHECK(leaves.count() == 16);
    std::vector<std::int32_t> order =
        detail::bisection_order(points, leaves, random_stream(1, 2), execution{}).order();
    for (std::int64_t leaf = 0; leaf < leaves.count(); ++leaf) {
        const std::int64_t size = leaves.end(leaf) - leaves.begin(leaf);
        CHECK(size >= 62);
        CHECK(size <= 63);
        CHECK(std::is_sorted(order.begin() + leaves.begin(leaf), order.begin() + leaves.end(leaf)));
    }
    std::sort(order.begin(), order.end());
    std::vector<std::int32_t> all(1'001);
    std::iota(all.begin(), all.end(), 0);
    CHECK(order == all);
}

TEST_CASE("rows are permuted in place") {
    matrix<float> points = clustered_points(57, 3, 2);
    product_form form = euclidean{}.prepare(points, execution{});
    const product_form before = form;
    std::vector<std::int32_t> shuffled(57);
    std::iota(shuffled.begin(), shuffled.end(), 0);
    draw_without_replacement(shuffled, 57, random_stream(3, 4));
    std::swap(shuffled[0], shuffled[static_cast<std::size_t>(std::ranges::find(shuffled, 0) -
                                                             shuffled.begin())]); // a fixed point
    detail::permute_rows(form, shuffled);
    bool moved = true;
    for (std::size_t i = 0; i < 57; ++i)
        moved = moved && form.rows.row(static_cast<Eigen::Index>(i)) == before.rows.row(shuffled[i]) &&
                form.halves[i] == before.halves[static_cast<std::size_t>(shuffled[i])];
    CHECK(moved);
}
