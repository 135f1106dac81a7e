// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/cross_neighbors.hpp>

#include "projection/recorded_digits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

using namespace topoprune;

TEST_CASE("cross neighbors are those of a brute-force search") {
    const matrix<float> digits = recorded::digits();
    matrix<float> known = digits.topRows(180), fresh = digits.bottomRows(140); // 20 are in both
    known.row(7).setZero();
    fresh.row(3).setZero();
    known.row(11) = known.row(12); // ties
    const auto check = [&](const auto& metric, std::int64_t k) {
        const neighbor_graph found =
            find_cross_neighbors<std::decay_t<decltype(metric)>>(known, fresh, metric, k, execution{});
        REQUIRE(found.samples == 140);
        for (std::int64_t i = 0; i < 140; ++i) {
            std::vector<std::pair<float, std::int32_t>> all;
            for (std::int64_t j = 0; j < 180; ++j)
                all.emplace_back(static_cast<float>(metric.distance(matrix_view<const float>(fresh).row(i),
                                                                    matrix_view<const float>(known).row(j))),
                                 static_cast<std::int32_t>(j));
            std::sort(all.begin(), all.end());
            for (std::int64_t c = 0; c < k; ++c) {
                const auto at = static_cast<std::size_t>(c);
                CHECK(found.distances_of(i)[at] == all[at].first);
                CHECK(found.ids_of(i)[at] == all[at].second);
            }
        }
        for (const int threads : {2, 3, 8}) {
            const neighbor_graph again = find_cross_neighbors<std::decay_t<decltype(metric)>>(
                known, fresh, metric, k, execution({.threads = threads}));
            CHECK(again.ids == found.ids);
            CHECK(again.distances == found.distances);
        }
    };
    check(euclidean{}, 15);
    check(cosine{}, 15);
    check(cosine{}, 1);
    check(euclidean{}, 180);
    CHECK_THROWS_AS((void)find_cross_neighbors<cosine>(known, fresh, cosine{}, 181, execution{}),
                    std::invalid_argument);
}
