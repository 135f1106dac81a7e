// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

using namespace topoprune;

TEST_CASE("a number depends on seed, stream and index, and on nothing else") {
    const random_stream a(1, 2);
    CHECK(a.bits(5) == random_stream(1, 2).bits(5));
    std::set<std::uint64_t> values;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        for (std::uint64_t stream = 0; stream < 20; ++stream)
            for (std::uint64_t index = 0; index < 20; ++index)
                values.insert(random_stream(seed, stream).bits(index));
    CHECK(values.size() == 8000);
}

TEST_CASE("uniform numbers fill their range evenly") {
    const random_stream random(3, 0);
    std::array<int, 10> counts{};
    double sum = 0;
    for (std::uint64_t i = 0; i < 100000; ++i) {
        const double u = random.uniform(i);
        REQUIRE(u >= 0);
        REQUIRE(u < 1);
        sum += u;
        ++counts[random.below(i, 10)];
    }
    CHECK(sum / 100000 == doctest::Approx(0.5).epsilon(0.01));
    for (const int count : counts) // standard deviation 95
        CHECK(std::abs(count - 10000) < 500);
}

TEST_CASE("normal numbers have mean 0 and variance 1") {
    const random_stream random(4, 0);
    double sum = 0;
    double squares = 0;
    for (std::uint64_t i = 0; i < 100000; ++i) {
        const double x = random.normal(i);
        REQUIRE(std::isfinite(x));
        sum += x;
        squares += x * x;
    }
    CHECK(std::abs(sum / 100000) < 0.015);
    CHECK(squares / 100000 == doctest::Approx(1).epsilon(0.02));
}

TEST_CASE("a draw without replacement has no item twice and misses none") {
    std::vector<int> items(50);
    std::iota(items.begin(), items.end(), 0);
    std::vector<int> drawn = items;
    draw_without_replacement(drawn, 20, random_stream(5, 0));
    CHECK(drawn.size() == 20);
    CHECK(std::set<int>(drawn.begin(), drawn.end()).size() == 20);
    draw_without_replacement(items, 50, random_stream(5, 1));
    std::sort(items.begin(), items.end());
    for (int i = 0; i < 50; ++i)
        CHECK(items[static_cast<std::size_t>(i)] == i);
}
