// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/projection/detail/shared/directed_edges.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace topoprune;

TEST_CASE("edges arrive where they lead, ascending by where they come from") {
    const random_stream random(4, 0);
    for (const std::int64_t n : {0, 1, 2, 60})
        for (const std::int64_t k : {0, 1, 7}) {
            std::vector<detail::directed_edge> leaving;
            for (std::int64_t e = 0; e < n * k; ++e) {
                const auto at = static_cast<std::uint64_t>(e);
                leaving.push_back(
                    {static_cast<std::int32_t>(random.below(2 * at, static_cast<std::uint64_t>(n))),
                     static_cast<float>(random.uniform(2 * at + 1))});
            }
            const detail::arriving_edges arriving = detail::transposed(leaving, n, k);
            REQUIRE(arriving.edges.size() == leaving.size());
            for (std::int64_t j = 0; j < n; ++j) {
                std::vector<detail::directed_edge> expected;
                for (std::int64_t e = 0; e < n * k; ++e)
                    if (const auto& edge = leaving[static_cast<std::size_t>(e)]; edge.vertex == j)
                        expected.push_back({static_cast<std::int32_t>(e / k), edge.weight});
                REQUIRE(arriving.of(j).size() == expected.size());
                for (std::size_t c = 0; c < expected.size(); ++c) {
                    CHECK(arriving.of(j)[c].vertex == expected[c].vertex);
                    CHECK(arriving.of(j)[c].weight == expected[c].weight);
                }
            }
        }
}
