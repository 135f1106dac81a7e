// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/neighbors/adaptive_neighbors.hpp>

#include "laws/neighbor_laws.hpp"

#include <cstdint>

using namespace topoprune;

TEST_CASE("the number of samples chooses between the exact and the approximate search") {
    const random_stream random(61, 0);
    matrix<float> points(900, 12);
    for (std::int64_t c = 0; c < points.size(); ++c)
        points.data()[c] = static_cast<float>(random.normal(static_cast<std::uint64_t>(c)));
    const adaptive_neighbors search{.approximate = {.trees = 1, .leaf_size = 64, .rounds = 0},
                                    .exact_up_to = 899};
    const auto ids = [&](const auto& policy) { return policy.search(points, cosine{}, 8, execution{}).ids; };
    CHECK(ids(search) == ids(search.approximate));
    CHECK(ids(search) != ids(search.exact));
    adaptive_neighbors larger = search;
    larger.exact_up_to = 900;
    CHECK(ids(larger) == ids(search.exact));
    laws::check_neighbor_laws(search, cosine{}, points, 8);
    laws::check_exact_neighbor_laws(adaptive_neighbors{}, euclidean{}, points, 8);
}

TEST_CASE("a negative limit of the exact search is refused by name") {
    const matrix<float> points = matrix<float>::Zero(5, 1);
    CHECK_THROWS_WITH_AS((void)adaptive_neighbors{.exact_up_to = -1}.search(points, cosine{}, 1, execution{}),
                         "adaptive_neighbors: exact_up_to is -1, must be at least 0", std::invalid_argument);
}
