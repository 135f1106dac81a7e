// SPDX-License-Identifier: MIT
#include <topoprune/budget/class_budgets.hpp>
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>

using namespace topoprune;
using class_counts = std::vector<std::int64_t>;

namespace {

class_partition classes_of_sizes(const class_counts& sizes) {
    class_counts labels;
    for (std::size_t c = 0; c < sizes.size(); ++c)
        labels.insert(labels.end(), static_cast<std::size_t>(sizes[c]), static_cast<std::int64_t>(c));
    return class_partition(labels);
}

} // namespace

TEST_CASE("without bounds that bind, shares are those of the largest remainder") {
    const random_stream random(2, 2);
    std::uint64_t at = 0;
    for (int round = 0; round < 300; ++round) {
        class_counts sizes(1 + random.below(at++, 9));
        std::int64_t all = 0;
        for (std::int64_t& size : sizes)
            all += size = static_cast<std::int64_t>(random.below(at++, 50));
        const auto total = static_cast<std::int64_t>(random.below(at++, static_cast<std::uint64_t>(all) + 1));
        CHECK(bounded_shares(total, sizes, class_counts(sizes.size(), 0), sizes) ==
              largest_remainder(total, sizes));
    }
}

TEST_CASE("bounded shares keep their bounds, add up, and elsewhere stay within one of a common proportion") {
    const random_stream random(5, 5);
    std::uint64_t at = 0;
    for (int round = 0; round < 1000; ++round) {
        const std::size_t count = 1 + random.below(at++, 7);
        class_counts weights, least, most;
        std::int64_t low = 0, high = 0;
        for (std::size_t c = 0; c < count; ++c) {
            weights.push_back(static_cast<std::int64_t>(random.below(at++, 20)));
            least.push_back(static_cast<std::int64_t>(random.below(at++, 6)));
            most.push_back(least.back() + static_cast<std::int64_t>(random.below(at++, 30)));
            low += least.back();
            high += most.back();
        }
        const std::int64_t total =
            low + static_cast<std::int64_t>(random.below(at++, static_cast<std::uint64_t>(high - low) + 1));
        const class_counts parts = bounded_shares(total, weights, least, most);
        std::int64_t sum = 0;
        for (std::size_t c = 0; c < count; ++c) {
            sum += parts[c];
            CHECK(parts[c] >= least[c]);
            CHECK(parts[c] <= most[c]);
        }
        CHECK(sum == total);
        // No part could give one away to another that has less for its weight, but for rounding.
        for (std::size_t a = 0; a < count; ++a)
            for (std::size_t b = 0; b < count; ++b)
                if (parts[a] > least[a] && parts[b] < most[b] && weights[a] > 0 && weights[b] > 0)
                    CHECK(static_cast<double>(parts[a] - 1) / static_cast<double>(weights[a]) <=
                          static_cast<double>(parts[b] + 1) / static_cast<double>(weights[b]) + 1e-9);
    }
}

TEST_CASE("shares that cannot be met are refused") {
    CHECK_THROWS_WITH_AS((void)bounded_shares(3, class_counts{1, 1}, class_counts{2, 2}, class_counts{4, 4}),
                         "bounded_shares: total is 3, must be at least the sum of the least parts, 4",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)bounded_shares(9, class_counts{1, 1}, class_counts{0, 0}, class_counts{4, 4}),
                    std::invalid_argument);
    CHECK(bounded_shares(4, class_counts{0, 0}, class_counts{0, 0}, class_counts{1, 9}) ==
          class_counts{1, 3});
    CHECK(bounded_shares(0, class_counts{}, class_counts{}, class_counts{}) == class_counts{});
}

TEST_CASE("budgets by fraction, count, class and quota, in proportion, in balance and by error") {
    const class_counts sizes{60, 30, 10};
    const class_partition classes = classes_of_sizes(sizes);
    const class_bounds free{.chosen = {0, 0, 0}, .available = sizes};
    CHECK(class_budgets(keep_fraction{0.1}, proportional_shares{}, classes, free) == class_counts{6, 3, 1});
    CHECK(class_budgets(keep_count{45}, balanced_shares{}, classes, free) == class_counts{18, 17, 10});
    CHECK(class_budgets(keep_per_class{20}, proportional_shares{}, classes, free) ==
          class_counts{20, 20, 10});
    CHECK(class_budgets(keep_quota{{{2, 4}, {0, 7}}}, proportional_shares{}, classes, free) ==
          class_counts{7, 0, 4});
    CHECK(class_budgets(keep_count{30}, error_shares{{0.9, 0.8, 0.7}}, classes, free) ==
          class_counts{7, 13, 10});
    CHECK(class_budgets(keep_count{12}, error_shares{{1, 1, 1}}, classes, free) == class_counts{4, 4, 4});

    class_bounds bounded{.chosen = {0, 9, 0}, .available = {60, 30, 2}, .least_per_class = 3};
    CHECK(class_budgets(keep_count{20}, proportional_shares{}, classes, bounded) == class_counts{9, 9, 2});
    bounded.least_per_class = 8;
    CHECK(class_budgets(keep_fraction{0.19}, proportional_shares{}, classes, bounded) ==
          class_counts{8, 9, 2});
    CHECK_THROWS_AS((void)class_budgets(keep_fraction{0.18}, proportional_shares{}, classes, bounded),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)class_budgets(keep_quota{{{2, 3}}}, proportional_shares{}, classes, bounded),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)class_budgets(keep_quota{{{7, 3}}}, proportional_shares{}, classes, free),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)class_budgets(keep_count{3}, error_shares{{0.5}}, classes, free),
                    std::invalid_argument);
}

TEST_CASE("bins with leasts are filled to one level") {
    CHECK(water_fill(10, class_counts{5, 5, 5}, class_counts{5, 0, 0}) == class_counts{5, 2, 3});
    CHECK(water_fill(5, class_counts{5, 5}, class_counts{0, 5}) == class_counts{0, 5});
    CHECK_THROWS_AS((void)water_fill(4, class_counts{5, 5}, class_counts{0, 5}), std::invalid_argument);
}
