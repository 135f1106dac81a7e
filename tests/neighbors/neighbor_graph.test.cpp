// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/neighbor_graph.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

using namespace topoprune;

TEST_CASE("a made graph has room for every neighbor of every sample") {
    neighbor_graph graph = make_neighbor_graph(4, 3);
    CHECK(graph.samples == 4);
    CHECK(graph.k == 3);
    REQUIRE(graph.ids.size() == 12);
    REQUIRE(graph.distances.size() == 12);
    CHECK(std::ranges::count(graph.ids, 0) == 12);
    CHECK(std::ranges::count(graph.distances, 0.0F) == 12);

    // A row of it is k entries of the flat arrays.
    graph.ids[2 * 3 + 1] = 7;
    graph.distances[2 * 3 + 1] = 0.5F;
    CHECK(graph.ids_of(2).size() == 3);
    CHECK(graph.ids_of(2)[1] == 7);
    CHECK(graph.distances_of(2)[1] == 0.5F);
    CHECK(std::ranges::count(graph.ids_of(1), 0) == 3);
    CHECK(std::ranges::count(graph.ids_of(3), 0) == 3);
}

TEST_CASE("a graph of no samples or no neighbors is empty, and has its size") {
    const neighbor_graph none = make_neighbor_graph(0, 5), lonely = make_neighbor_graph(3, 0);
    CHECK(none.samples == 0);
    CHECK(none.k == 5);
    CHECK(none.ids.empty());
    CHECK(none.distances.empty());
    CHECK(lonely.samples == 3);
    CHECK(lonely.k == 0);
    CHECK(lonely.ids.empty());
    CHECK(lonely.ids_of(2).empty());
}
