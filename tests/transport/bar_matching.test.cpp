// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/io/npy.hpp>
#include <topoprune/transport/bar_matching.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>
#include <set>

using namespace topoprune;

namespace {

constexpr double forever = std::numeric_limits<double>::infinity();
const execution one({.threads = 1});

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

template <class Norm>
double distance(const barcode& a, const barcode& b, double power, const Norm& norm) {
    return match_bars(a, b, power, norm, one).distance;
}

/// All matchings: the bars of a and a diagonal for every bar of b, against those of b and a diagonal for
/// every bar of a, in every order.
template <class Norm>
double least_over_permutations(const barcode& a, const barcode& b, double power, const Norm& norm) {
    const std::size_t n = a.size() + b.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto to_diagonal = [&](const bar& x) {
        return norm.cost(0.5 * (x.death - x.birth), 0.5 * (x.death - x.birth));
    };
    double least = forever;
    do {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t j = order[i];
            double length = 0;
            if (i < a.size() && j < b.size())
                length = norm.cost(a[i].birth - b[j].birth, a[i].death - b[j].death);
            else if (i < a.size())
                length = to_diagonal(a[i]);
            else if (j < b.size())
                length = to_diagonal(b[j]);
            sum += std::pow(length, power);
        }
        least = std::min(least, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    return std::pow(least, 1 / power);
}

template <class Norm>
void check_norm(const Norm& norm) {
    for (std::uint64_t seed = 0; seed < 10; ++seed)
        for (const bool has_ties : {false, true})
            for (const double power : {1.0, 2.0, 2.5}) {
                const barcode a = random_bars(seed % 5, 2 * seed, has_ties);
                const barcode b = random_bars(3 + seed % 2, 2 * seed + 1, has_ties);
                const double expected = least_over_permutations(a, b, power, norm);
                CHECK(distance(a, b, power, norm) == doctest::Approx(expected).epsilon(1e-12));
                CHECK(distance(b, a, power, norm) == doctest::Approx(expected).epsilon(1e-12));
            }
    // All born at once.
    for (std::uint64_t seed = 0; seed < 8; ++seed)
        for (const double power : {1.0, 2.0, 2.5}) {
            barcode a = random_bars(1 + seed % 4, seed, seed % 2 == 0), b = random_bars(4, seed + 50);
            for (barcode* bars : {&a, &b})
                for (bar& x : *bars)
                    x = {0.25, 0.25 + x.death - x.birth};
            CHECK(distance(a, b, power, norm) ==
                  doctest::Approx(least_over_permutations(a, b, power, norm)).epsilon(1e-12));
        }
    // A metric: 0 to itself, and the triangle inequality.
    for (const double power : {1.0, 2.0}) {
        const barcode a = random_bars(60, 1), b = random_bars(80, 2), c = random_bars(70, 3);
        CHECK(distance(a, a, power, norm) == 0);
        CHECK(distance(a, c, power, norm) <=
              distance(a, b, power, norm) + distance(b, c, power, norm) + 1e-12);
    }
}

} // namespace

TEST_CASE("the distance is the least over all matchings") {
    check_norm(l1{});
    check_norm(l2{});
    check_norm(l_infinity{});
}

TEST_CASE("bars born at once cost the same along the line and in the plane") {
    for (const double power : {1.0, 2.0}) {
        barcode a = random_bars(90, 1), b = random_bars(70, 2);
        for (barcode* bars : {&a, &b})
            for (bar& x : *bars)
                x = {0.0, x.death * x.death};
        const double along = distance(a, b, power, l2{});
        b.push_back({9.0, 9.0}); // costs nothing, but is not born with the others
        CHECK(distance(a, b, power, l2{}) == doctest::Approx(along).epsilon(1e-12));
    }
}

TEST_CASE("the distances are those recorded from gudhi.wasserstein") {
    const std::filesystem::path folder = std::filesystem::path(TOPOPRUNE_TEST_DATA) / "wasserstein";
    const auto read = [&](const char* name) {
        barcode bars;
        const matrix<double> rows = read_npy_matrix<double>(folder / name);
        for (Eigen::Index i = 0; i < rows.rows(); ++i)
            bars.push_back({rows(i, 0), rows(i, 1)});
        return bars;
    };
    const barcode a = read("first.npy"), b = read("second.npy");
    const matrix<double> expected = read_npy_matrix<double>(folder / "distances.npy");
    REQUIRE(expected.rows() == 9);
    for (Eigen::Index i = 0; i < 9; ++i) {
        const double power = expected(i, 0);
        const double found = expected(i, 1) == 1   ? distance(a, b, power, l1{})
                             : expected(i, 1) == 2 ? distance(a, b, power, l2{})
                                                   : distance(a, b, power, l_infinity{});
        CHECK(found == doctest::Approx(expected(i, 2)).epsilon(1e-10));
    }
}

TEST_CASE("partners are a matching, and the gradient is the derivative by births and deaths") {
    barcode a = random_bars(40, 5);
    const barcode b = random_bars(50, 6);
    for (const double power : {1.0, 2.0}) {
        const bar_matching matching = match_bars(a, b, power, l2{}, one);
        std::set<std::int32_t> taken;
        for (const std::int32_t j : matching.partner)
            if (j >= 0)
                CHECK(taken.insert(j).second);
        CHECK(taken.size() > 10);
        CHECK(taken.size() < 40);
        for (std::size_t i = 0; i < a.size(); ++i)
            for (const std::size_t k : {0U, 1U}) {
                double& moved = k == 0 ? a[i].birth : a[i].death;
                const double was = moved;
                moved = was + 1e-6;
                const double above = distance(a, b, power, l2{});
                moved = was - 1e-6;
                const double below = distance(a, b, power, l2{});
                moved = was;
                CHECK((above - below) / 2e-6 == doctest::Approx(matching.gradient[i][k]).epsilon(1e-5));
            }
    }
}

TEST_CASE("bars that never end are matched by their births, or do not count") {
    const barcode a{{0.0, 1.0}, {3.0, forever}, {1.0, forever}};
    const bar_matching matching =
        match_bars(a, barcode{{1.5, forever}, {2.0, forever}}, 1, l_infinity{}, one);
    CHECK(matching.distance == 0.5 + 0.5 + 1.0);
    CHECK(matching.partner == std::vector<std::int32_t>{-1, 1, 0});
    CHECK(matching.gradient[1] == std::array{1.0, 0.0});
    CHECK(matching.gradient[2] == std::array{-1.0, 0.0});
    const bar_matching without = match_bars(a, barcode{{0.0, 1.25}}, 1, l_infinity{}, one);
    CHECK(without.distance == 0.25);
    CHECK(without.gradient[1] == std::array{0.0, 0.0});
    CHECK(match_bars(a, a, 2, l2{}, one).distance == 0);
    CHECK_THROWS_WITH_AS((void)match_bars(a, barcode{{0.0, forever}}, 1, l2{}, one),
                         "match_bars: the number of bars that never end is 2, must be that of the other "
                         "barcode, 1",
                         std::invalid_argument);
}

TEST_CASE("no bars, bars of no length, huge and tiny scales") {
    CHECK(distance({}, {}, 1, l1{}) == 0);
    CHECK(distance({{1.0, 3.0}}, {}, 2, l_infinity{}) == 1);
    CHECK(distance({}, {{1.0, 3.0}}, 2, l1{}) == 2);
    CHECK(distance({{1.0, 1.0}}, {{2.0, 2.0}, {3.0, 3.0}}, 2, l1{}) == 0);
    const barcode a = random_bars(20, 1), b = random_bars(30, 2);
    const double expected = distance(a, b, 2, l2{});
    for (const int exponent : {-1000, -500, 500, 1000}) {
        barcode c = a, d = b;
        for (barcode* bars : {&c, &d})
            for (bar& x : *bars) {
                x.birth = std::scalbn(x.birth, exponent);
                x.death = std::scalbn(x.death, exponent);
            }
        const bar_matching matching = match_bars(c, d, 2, l2{}, one);
        CHECK(std::scalbn(matching.distance, -exponent) == doctest::Approx(expected).epsilon(1e-12));
        for (const auto& [by_birth, by_death] : matching.gradient)
            CHECK(std::abs(by_birth) + std::abs(by_death) <= 2);
    }
}

TEST_CASE("the same matching on any number of threads") {
    const barcode a = random_bars(300, 7), b = random_bars(350, 8);
    const bar_matching first = match_bars(a, b, 1, l_infinity{}, one);
    const bar_matching second = match_bars(a, b, 1, l_infinity{}, execution({.threads = 3}));
    CHECK(first.partner == second.partner);
    CHECK(first.distance == second.distance);
}

TEST_CASE("bars that are none are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const barcode& bars : {barcode{{1.0, 0.5}}, barcode{{nan, 1.0}}, barcode{{0.0, nan}},
                                barcode{{-forever, 1.0}}, barcode{{forever, forever}}})
        CHECK_THROWS_AS((void)match_bars(bars, {}, 1, l1{}, one), std::invalid_argument);
    for (const double power : {0.5, nan, forever})
        CHECK_THROWS_AS((void)match_bars({}, {}, power, l1{}, one), std::invalid_argument);
}
