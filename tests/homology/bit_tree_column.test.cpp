// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/homology/detail/bit_tree_column.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace topoprune;

TEST_CASE("random additions agree with a set of rows") {
    for (const std::uint64_t rows : {1U, 2U, 63U, 64U, 65U, 4096U, 4097U, 300000U}) {
        detail::bit_tree_column column(rows);
        std::set<std::int32_t> expected;
        const random_stream random(rows, 91);
        CHECK(column.pivot() == -1);
        for (std::uint64_t step = 0; step < 2000; ++step) {
            // A few rows that come again, so that many are taken out.
            const auto row = static_cast<std::int32_t>(random.below(random.below(step, 300), rows));
            column.add(row);
            if (!expected.insert(row).second)
                expected.erase(row);
            REQUIRE(column.pivot() == (expected.empty() ? -1 : *expected.rbegin()));
        }
        const std::vector<std::int32_t> taken = column.take();
        CHECK(taken == std::vector<std::int32_t>(expected.rbegin(), expected.rend()));
        CHECK(column.pivot() == -1);
        column.add_all(taken);
        CHECK(column.take() == taken);
    }
}

TEST_CASE("a column without rows is zero") {
    detail::bit_tree_column column(0);
    CHECK(column.pivot() == -1);
    CHECK(column.take().empty());
}
