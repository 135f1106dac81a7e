// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/diagnostics/bottleneck_distance.hpp>
#include <topoprune/io/npy.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>

using namespace topoprune;

namespace {

constexpr double forever = std::numeric_limits<double>::infinity();

barcode random_bars(std::size_t count, std::uint64_t seed, bool has_ties = false) {
    const random_stream random(seed, 11);
    barcode bars;
    for (std::uint64_t i = 0; i < count; ++i) {
        const double birth = has_ties ? static_cast<double>(random.below(2 * i, 3)) : random.uniform(2 * i);
        const double life =
            has_ties ? static_cast<double>(random.below(2 * i + 1, 3)) : random.uniform(2 * i + 1);
        bars.push_back({birth, birth + life});
    }
    return bars;
}

/// All matchings: the bars of a and a diagonal for every bar of b, against those of b and a diagonal for
/// every bar of a, in every order.
double least_over_permutations(const barcode& a, const barcode& b) {
    std::vector<std::size_t> order(a.size() + b.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    double least = forever;
    do {
        double worst = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const std::size_t j = order[i];
            if (i < a.size() && j < b.size())
                worst =
                    std::max({worst, std::abs(a[i].birth - b[j].birth), std::abs(a[i].death - b[j].death)});
            else if (i < a.size())
                worst = std::max(worst, 0.5 * (a[i].death - a[i].birth));
            else if (j < b.size())
                worst = std::max(worst, 0.5 * (b[j].death - b[j].birth));
        }
        least = std::min(least, worst);
    } while (std::next_permutation(order.begin(), order.end()));
    return least;
}

} // namespace

TEST_CASE("the bottleneck distance is the least over all matchings, to the last bit") {
    for (std::uint64_t seed = 0; seed < 40; ++seed)
        for (const bool has_ties : {false, true}) {
            const barcode a = random_bars(seed % 5, 2 * seed, has_ties);
            const barcode b = random_bars(3 + seed % 2, 2 * seed + 1, has_ties);
            CHECK(bottleneck_distance(a, b) == least_over_permutations(a, b));
            CHECK(bottleneck_distance(b, a) == least_over_permutations(a, b));
        }
}

TEST_CASE("closed forms and bars that never end") {
    CHECK(bottleneck_distance({}, {}) == 0);
    CHECK(bottleneck_distance({{1, 3}}, {}) == 1);
    CHECK(bottleneck_distance({{1, 3}, {0, 8}}, {{0, 8.25}}) == 1);
    CHECK(bottleneck_distance({{1, 1}}, {}) == 0);
    CHECK(bottleneck_distance({{0, forever}, {0, 2}}, {{0.5, forever}}) == 1);
    CHECK(bottleneck_distance({{0, forever}, {7, forever}}, {{6, forever}, {0, forever}}) == 1);
    CHECK(bottleneck_distance({{0, forever}, {0, 2}}, {}) == 1);
    CHECK_THROWS_AS((void)bottleneck_distance({{0, forever}}, {{0, forever}, {1, forever}}),
                    std::invalid_argument);
    CHECK_THROWS_AS((void)bottleneck_distance({{1, 0}}, {}), std::invalid_argument);
    CHECK_THROWS_AS((void)bottleneck_distance({}, {{std::nan(""), 0}}), std::invalid_argument);
}

TEST_CASE("a metric, at any scale") {
    const barcode a = random_bars(300, 1), b = random_bars(200, 2), c = random_bars(250, 3);
    CHECK(bottleneck_distance(a, a) == 0);
    CHECK(bottleneck_distance(a, b) == bottleneck_distance(b, a));
    CHECK(bottleneck_distance(a, c) <= bottleneck_distance(a, b) + bottleneck_distance(b, c));
    const auto scaled = [](barcode bars, double factor) {
        for (bar& x : bars)
            x = {x.birth * factor, x.death * factor};
        return bars;
    };
    for (const double factor : {0x1p-900, 0x1p900})
        CHECK(bottleneck_distance(scaled(a, factor), scaled(b, factor)) ==
              factor * bottleneck_distance(a, b));
}

TEST_CASE("long chains of bars that give way to one another") {
    // Bar i of the first fits places i and i + 1 of the second, and only the last place is free.
    barcode a, b;
    for (int i = 0; i < 500; ++i) {
        const double at = 10.0 * i;
        a.push_back({at, at + 1000});
        b.push_back({at - 5, at + 995});
    }
    CHECK(bottleneck_distance(a, b) == 5);
    std::reverse(a.begin(), a.end());
    CHECK(bottleneck_distance(a, b) == 5);
    b.front() = {4995, 5995};
    CHECK(bottleneck_distance(a, b) == 5);
}

TEST_CASE("thousands of components against a tenth of them") {
    const random_stream random(4, 1);
    const auto components = [&](std::uint64_t first, std::uint64_t count, double mean) {
        barcode bars;
        for (std::uint64_t i = first; i < first + count; ++i)
            bars.push_back({0, -mean * std::log(1 - random.uniform(i))});
        return bars;
    };
    const barcode all = components(0, 3000, 0.1), few = components(3000, 300, 0.3);
    const double found = bottleneck_distance(all, few);
    CHECK(bottleneck_distance(few, all) == found);
    const auto longest = [](const barcode& bars) {
        double length = 0;
        for (const bar& x : bars)
            length = std::max(length, x.death);
        return length;
    };
    CHECK(found >= 0.5 * std::abs(longest(all) - longest(few)));
    CHECK(found <= 0.5 * std::max(longest(all), longest(few)));
    // No more than 300 of the 3,000 can do without the diagonal.
    std::vector<double> deaths;
    for (const bar& x : all)
        deaths.push_back(x.death);
    std::sort(deaths.begin(), deaths.end(), std::greater<>());
    CHECK(found >= 0.5 * deaths[300]);
}

TEST_CASE("the distance is that recorded from GUDHI") {
    const std::filesystem::path folder = TOPOPRUNE_TEST_DATA;
    const auto read = [&](const char* name) {
        barcode bars;
        const matrix<double> rows = read_npy_matrix<double>(folder / "wasserstein" / name);
        for (Eigen::Index i = 0; i < rows.rows(); ++i)
            bars.push_back({rows(i, 0), rows(i, 1)});
        return bars;
    };
    const matrix<double> values = read_npy_matrix<double>(folder / "diagnostics" / "values.npy");
    CHECK(bottleneck_distance(read("first.npy"), read("second.npy")) ==
          doctest::Approx(values(4, 0)).epsilon(1e-12));
}
