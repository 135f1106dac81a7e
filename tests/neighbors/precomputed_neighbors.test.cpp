// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/neighbors/precomputed_neighbors.hpp>

#include "laws/neighbor_laws.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using namespace topoprune;

namespace {

matrix<float> searched_points(std::int64_t n, std::int64_t d) {
    const random_stream random(51, 0);
    matrix<float> points(n, d);
    for (std::int64_t c = 0; c < n * d; ++c)
        points.data()[c] = static_cast<float>(random.normal(static_cast<std::uint64_t>(c)));
    return points;
}

/// Three samples on a line at 0, 1 and 3.
neighbor_graph line() {
    return {.samples = 3, .k = 2, .ids = {1, 2, 0, 2, 1, 0}, .distances = {1, 3, 1, 2, 2, 3}};
}

void check_refused(const neighbor_graph& graph, const char* message) {
    const matrix<float> points = matrix<float>::Zero(3, 1);
    CHECK_THROWS_WITH_AS((void)precomputed_neighbors{graph}.search(points, euclidean{}, 1, execution{}),
                         message, std::invalid_argument);
}

} // namespace

TEST_CASE("a graph that was computed before is given again, or its first columns") {
    const matrix<float> points = searched_points(400, 5);
    const precomputed_neighbors search{exact_neighbors{}.search(points, cosine{}, 20, execution{})};
    for (const std::int64_t k : {1, 7, 20}) {
        laws::check_exact_neighbor_laws(exact_neighbors{}, cosine{}, points, k);
        laws::check_neighbor_laws(search, cosine{}, points, k);
        const neighbor_graph expected = exact_neighbors{}.search(points, cosine{}, k, execution{});
        const neighbor_graph graph = search.search(points, cosine{}, k, execution{});
        CHECK(graph.ids == expected.ids);
        CHECK(graph.distances == expected.distances);
    }
}

TEST_CASE("asking for more than a graph holds names both") {
    const matrix<float> points = matrix<float>::Zero(4, 1);
    const neighbor_graph one{.samples = 4, .k = 1, .ids = {1, 0, 0, 0}, .distances = {1, 1, 1, 1}};
    const precomputed_neighbors search{one};
    CHECK_THROWS_WITH_AS((void)search.search(points, euclidean{}, 2, execution{}),
                         "precomputed_neighbors: k is 2, must be at most the neighbors in the graph, 1",
                         std::invalid_argument);
    const matrix<float> more = matrix<float>::Zero(5, 1);
    CHECK_THROWS_WITH_AS(
        (void)search.search(more, euclidean{}, 1, execution{}),
        "precomputed_neighbors: number of points is 5, must be the number of samples of the graph, 4",
        std::invalid_argument);
}

TEST_CASE("a graph that is none is refused by row") {
    neighbor_graph graph = line();
    graph.ids[2] = 3;
    check_refused(graph, "precomputed_neighbors: row 1 holds 3, must hold ids of samples");
    graph = line();
    graph.ids[3] = -1;
    check_refused(graph, "precomputed_neighbors: row 1 holds -1, must hold ids of samples");
    graph = line();
    graph.ids[4] = 2;
    check_refused(graph, "precomputed_neighbors: row 2 holds 2, must not hold the sample itself");
    graph = line();
    graph.ids[4] = 0;
    check_refused(graph, "precomputed_neighbors: row 2 holds 0, must hold no id twice");
    graph = line();
    graph.distances[1] = 0.5F;
    check_refused(graph, "precomputed_neighbors: row 0 holds 0.5, must hold distances in ascending order");
    graph = line();
    graph.distances[3] = std::numeric_limits<float>::infinity();
    check_refused(graph, "precomputed_neighbors: row 1 holds inf, must hold finite distances");
    graph = line();
    graph.ids.pop_back();
    check_refused(graph, "precomputed_neighbors: number of ids is 5, must be samples x k, 6");
}

TEST_CASE("equal distances of another tool are put in order") {
    neighbor_graph graph{.samples = 3, .k = 2, .ids = {2, 1, 2, 0, 1, 0}, .distances = {1, 1, 1, 1, 1, 1}};
    const matrix<float> points = matrix<float>::Zero(3, 1);
    const neighbor_graph given = precomputed_neighbors{graph}.search(points, euclidean{}, 2, execution{});
    CHECK(given.ids == std::vector<std::int32_t>{1, 2, 0, 2, 0, 1});
}

TEST_CASE("a column of the samples themselves is dropped if every row has it") {
    const std::vector<std::int64_t> ids{0, 1, 2, 1, 0, 2, 2, 1, 0};
    const std::vector<float> distances{0, 1, 3, 0, 1, 2, 0, 2, 3};
    const neighbor_graph graph = neighbor_graph_from_arrays<std::int64_t>(3, 3, ids, distances);
    CHECK(graph.samples == 3);
    CHECK(graph.k == 2);
    CHECK(graph.ids == line().ids);
    CHECK(graph.distances == line().distances);

    const neighbor_graph same = neighbor_graph_from_arrays<std::int32_t>(3, 2, line().ids, line().distances);
    CHECK(same.k == 2);
    CHECK(same.ids == line().ids);

    // Two of three rows: then the sample itself is a mistake.
    const std::vector<std::int32_t> mixed{0, 1, 0, 2, 2, 1};
    const std::vector<float> any{0, 1, 0, 1, 0, 1};
    CHECK_THROWS_WITH_AS((void)neighbor_graph_from_arrays<std::int32_t>(3, 2, mixed, any),
                         "neighbor_graph_from_arrays: row 0 holds 0, must not hold the sample itself",
                         std::invalid_argument);
    // Ids that 32 bits would wrap into range are out of it.
    const std::vector<std::int64_t> wide{(std::int64_t{1} << 32) + 1, 0};
    const std::vector<float> two{1, 1};
    CHECK_THROWS_WITH_AS((void)neighbor_graph_from_arrays<std::int64_t>(2, 1, wide, two),
                         "neighbor_graph_from_arrays: row 0 holds -1, must hold ids of samples",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)neighbor_graph_from_arrays<std::int32_t>(3, 2, mixed, two), std::invalid_argument);
    CHECK(neighbor_graph_from_arrays<std::int32_t>(0, 0, {}, {}).k == 0);
}
