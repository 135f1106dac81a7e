// SPDX-License-Identifier: MIT
#include <topoprune/budget/budget.hpp>
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>

using namespace topoprune;
using bin_sizes = std::vector<std::int64_t>;

TEST_CASE("a fraction is rounded to the nearest count, a count is taken as it is") {
    CHECK(kept_total(keep_fraction{0.1}, 1797) == 180);
    CHECK(kept_total(keep_fraction{1e-9}, 1797) == 1);
    CHECK(kept_total(keep_fraction{1.0}, 1797) == 1797);
    CHECK(kept_total(keep_count{5}, 1797) == 5);
    CHECK_THROWS_WITH_AS((void)kept_total(keep_count{6}, 5),
                         "kept_total: keep_count is 6, must be between 1 and the number of samples, 5",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)kept_total(keep_fraction{0.0}, 5), std::invalid_argument);
    CHECK_THROWS_AS((void)kept_total(keep_fraction{1.01}, 5), std::invalid_argument);
    CHECK_THROWS_AS((void)kept_total(keep_count{0}, 5), std::invalid_argument);
}

TEST_CASE("largest remainder gives quotas that add up exactly") {
    CHECK(largest_remainder(10, bin_sizes{50, 30, 20}) == bin_sizes{5, 3, 2});
    CHECK(largest_remainder(10, bin_sizes{10, 10, 10}) == bin_sizes{4, 3, 3});
    CHECK(largest_remainder(1, bin_sizes{1, 100}) == bin_sizes{0, 1});
    CHECK(largest_remainder(0, bin_sizes{4, 4}) == bin_sizes{0, 0});
    CHECK(largest_remainder(8, bin_sizes{4, 4}) == bin_sizes{4, 4});
    CHECK(largest_remainder(0, bin_sizes{}) == bin_sizes{});
    CHECK_THROWS_AS((void)largest_remainder(9, bin_sizes{4, 4}), std::invalid_argument);
}

TEST_CASE("quotas stay within one of proportion, and water-filling within the bins, on random sizes") {
    const random_stream random(9, 9);
    std::uint64_t at = 0;
    for (int round = 0; round < 500; ++round) {
        bin_sizes bins(1 + random.below(at++, 12));
        std::int64_t all = 0;
        for (std::int64_t& size : bins)
            all += size = static_cast<std::int64_t>(random.below(at++, 40));
        const auto total = static_cast<std::int64_t>(random.below(at++, static_cast<std::uint64_t>(all) + 1));
        const bin_sizes quotas = largest_remainder(total, bins);
        const bin_sizes filled = water_fill(total, bins);
        std::int64_t sum_quotas = 0;
        std::int64_t sum_filled = 0;
        for (std::size_t b = 0; b < bins.size(); ++b) {
            sum_quotas += quotas[b];
            sum_filled += filled[b];
            CHECK(filled[b] <= bins[b]);
            CHECK(quotas[b] <= bins[b]);
            if (all > 0)
                CHECK(std::abs(static_cast<double>(quotas[b]) -
                               static_cast<double>(total * bins[b]) / static_cast<double>(all)) < 1);
        }
        CHECK(sum_quotas == total);
        CHECK(sum_filled == total);
        // Even: a bin that is not exhausted has at most one less than any other.
        for (std::size_t a = 0; a < bins.size(); ++a)
            for (std::size_t b = 0; b < bins.size(); ++b)
                if (filled[a] < bins[a])
                    CHECK(filled[b] <= filled[a] + 1);
    }
}

TEST_CASE("water-filling serves small bins whole") {
    CHECK(water_fill(10, bin_sizes{5, 1, 5}) == bin_sizes{4, 1, 5});
    CHECK(water_fill(5, bin_sizes{3, 3}) == bin_sizes{2, 3});
    CHECK_THROWS_AS((void)water_fill(7, bin_sizes{3, 3}), std::invalid_argument);
}
