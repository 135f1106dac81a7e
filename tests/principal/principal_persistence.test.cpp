// SPDX-License-Identifier: MIT
#include <topoprune/principal/principal_persistence.hpp>

#include "homology/rips_oracle.hpp"
#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <set>
#include <string>

using namespace topoprune;

namespace {

/// Random symmetric squares of distances, from points or not, with few or many ties.
std::vector<double> random_squares(int count, std::uint64_t trial) {
    const random_stream random(trial, 77);
    std::vector<double> squares(static_cast<std::size_t>(count * count), 0.0);
    const std::uint64_t kind = trial % 4;
    const auto at = [&](int i, int j) -> double& { return squares[static_cast<std::size_t>(i * count + j)]; };
    const auto word = [](int i, int j) { return static_cast<std::uint64_t>(100 * i + j); };
    for (int i = 0; i < count; ++i)
        for (int j = 0; j < i; ++j) {
            double square = 0;
            if (kind == 0) // no metric at all
                square = random.uniform(word(i, j));
            else if (kind == 1) // ties
                square = static_cast<double>(random.below(word(i, j), 4));
            else
                for (int k = 0; k < 2; ++k) { // points, of a lattice or not; some of them coincide
                    const auto coordinate = [&](int p) {
                        return kind == 2 ? random.normal(word(p, 50 + k))
                                         : static_cast<double>(random.below(word(p, 50 + k), 4));
                    };
                    square += (coordinate(i) - coordinate(j)) * (coordinate(i) - coordinate(j));
                }
            at(i, j) = at(j, i) = square;
        }
    return squares;
}

/// Whether the closed form and the reduction of the full complex agree.
bool agrees(int degree, std::uint64_t trial) {
    const int count = 2 * degree + 2;
    const std::vector<double> squares = random_squares(count, trial);
    const auto square = [&](auto i, auto j) {
        return squares[static_cast<std::size_t>(i) * static_cast<std::size_t>(count) +
                       static_cast<std::size_t>(j)];
    };
    const auto expected = rips_oracle::bars(count, degree, square);
    const auto same = [&](const detail::squared_bar& bar) {
        if (!bar.exists())
            return expected.empty();
        return expected.size() == 1 && expected[0] == std::pair(bar.birth.square, bar.death.square) &&
               square(bar.death.u, bar.death.v) == bar.death.square &&
               (degree == 0 || square(bar.birth.u, bar.birth.v) == bar.birth.square);
    };
    if (degree == 0)
        return same(detail::bar_of_two(square(0, 1)));
    if (degree == 1 && !same(detail::bar_of_four({square(0, 1), square(2, 3), square(0, 2), square(1, 3),
                                                  square(0, 3), square(1, 2)})))
        return false;
    return same(detail::bar_of_subset(static_cast<std::size_t>(count), square));
}

/// Every subset of a draw, by the general rule and without the filter.
template <class Visit>
void visit_subsets(std::int64_t n, int degree, const principal_persistence_sampling& sampling,
                   const Visit& visit) {
    const detail::principal_subsets subsets(n, degree, sampling, 1);
    detail::subset_block block(subsets.size());
    const std::int64_t s = sampling.samples_for(n);
    for (std::int64_t i = 0; i < s; ++i) {
        const std::size_t c = static_cast<std::size_t>(i) % detail::subset_block::capacity;
        if (c == 0)
            subsets.draw(i, block);
        std::vector<std::int32_t> subset;
        for (std::size_t k = 0; k < subsets.size(); ++k)
            subset.push_back(block.column(k)[c]);
        visit(subset);
    }
}

} // namespace

TEST_CASE("the closed forms equal the reduction of the full Rips complex") {
    for (const int degree : {0, 1, 2, 3}) {
        std::int64_t wrong = 0;
        for (std::uint64_t trial = 0; trial < (degree == 3 ? 60 : 4000); ++trial)
            wrong += agrees(degree, trial) ? 0 : 1;
        CHECK(wrong == 0);
    }
}

TEST_CASE("corners of a square, and the cross-polytope of degree 2") {
    const matrix<double> square{{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const principal_measure measure =
        principal_persistence(square, 1, {.samples = 10, .draw = subset_draw::without_replacement});
    CHECK(measure.samples == 10);
    REQUIRE(measure.pairs.size() == 10);
    CHECK(measure.trivial_samples() == 0);
    for (const principal_pair& pair : measure.pairs) {
        CHECK(pair.birth == 1);
        CHECK(pair.lifetime == doctest::Approx(std::numbers::sqrt2 - 1).epsilon(1e-15));
        CHECK((pair.death_u - pair.death_v) % 2 == 0);
        CHECK((pair.birth_u - pair.birth_v) % 2 != 0);
    }
    matrix<double> octahedron = matrix<double>::Zero(6, 3);
    for (int i = 0; i < 6; ++i)
        octahedron(i, i / 2) = i % 2 == 0 ? 1 : -1;
    const principal_measure sphere =
        principal_persistence(octahedron, 2, {.samples = 5, .draw = subset_draw::without_replacement});
    REQUIRE(sphere.pairs.size() == 5);
    CHECK(sphere.pairs[0].birth == doctest::Approx(std::numbers::sqrt2).epsilon(1e-15));
    CHECK(sphere.pairs[0].birth + sphere.pairs[0].lifetime == doctest::Approx(2).epsilon(1e-15));
    CHECK(mean_lifetime(sphere, 2) == doctest::Approx(std::pow(2 - std::numbers::sqrt2, 2)).epsilon(1e-14));
}

TEST_CASE("the measure holds the pair of every subset that has one: the filter drops none") {
    const auto check = [](const matrix<double>& points, const principal_persistence_sampling& sampling) {
        for (const int degree : {0, 1, 2}) {
            const principal_measure measure = principal_persistence(points, degree, sampling);
            std::vector<std::pair<double, double>> expected;
            visit_subsets(points.rows(), degree, sampling, [&](const std::vector<std::int32_t>& subset) {
                const auto bars =
                    rips_oracle::bars(static_cast<int>(subset.size()), degree, [&](auto i, auto j) {
                        return detail::squared_distance(points, subset[static_cast<std::size_t>(i)],
                                                        subset[static_cast<std::size_t>(j)]);
                    });
                for (const auto& [birth, death] : bars)
                    if (std::sqrt(birth) < std::sqrt(death))
                        expected.emplace_back(std::sqrt(birth), std::sqrt(death));
            });
            CAPTURE(points.cols());
            CAPTURE(degree);
            REQUIRE(measure.pairs.size() == expected.size());
            CHECK(measure.samples == sampling.samples_for(points.rows()));
            std::int64_t wrong = 0;
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const principal_pair& pair = measure.pairs[i];
                wrong += pair.birth != expected[i].first ||
                         pair.lifetime != expected[i].second - expected[i].first;
                const auto length = [&](std::int32_t u, std::int32_t v) {
                    return std::sqrt(detail::squared_distance(points, u, v));
                };
                wrong += length(pair.death_u, pair.death_v) != expected[i].second;
                wrong += degree > 0 && length(pair.birth_u, pair.birth_v) != pair.birth;
                wrong += degree == 0 && (pair.birth_u != -1 || pair.birth_v != -1);
            }
            CHECK(wrong == 0);
        }
    };
    const principal_persistence_sampling some{.samples = 1500};
    check(clouds::circle(60, 1), some);
    check(clouds::normal(300, 1), some);
    check(clouds::lattice(50, 1, 4), some);
    check(clouds::near_clusters(40, 1), some);
    for (const std::int64_t columns : {1, 3, 5, 8, 9, 17, 40})
        check(clouds::normal(50, 2, 1.0, columns), some);
    check(clouds::normal(50, 3, 1e-90), some);
    check(clouds::normal(50, 3, 1e90, 20), some);
    // Far from the origin, and one point far from all others.
    check((clouds::circle(60, 4).array() + 1e5).matrix(), some);
    matrix<double> outlier = clouds::circle(60, 5);
    outlier(7, 0) = 1e6;
    check(outlier, some);
    check(clouds::circle(60, 1), {.samples = 1500, .draw = subset_draw::without_replacement});
    check(clouds::circle(60, 1), {.samples = 1500, .pool = 200, .step = 3});
}

TEST_CASE("the same bits on any number of threads, other subsets in another step, seed or degree") {
    const matrix<double> points = clouds::circle(200, 1);
    const principal_persistence_sampling sampling{.samples = 200'001};
    const auto values = [](const principal_measure& measure) {
        std::vector<double> all;
        for (const principal_pair& pair : measure.pairs)
            all.insert(all.end(), {pair.birth, pair.lifetime, static_cast<double>(pair.birth_u),
                                   static_cast<double>(pair.death_v)});
        return all;
    };
    for (const int degree : {0, 1}) {
        const auto one = values(principal_persistence(points, degree, sampling, execution({.threads = 1})));
        CHECK(one == values(principal_persistence(points, degree, sampling, execution({.threads = 3}))));
        CHECK(one != values(principal_persistence(points, degree, sampling, execution({.seed = 2}))));
        CHECK(one != values(principal_persistence(points, degree, {.samples = 200'001, .step = 1})));
    }
    // The first subsets of a longer draw are those of a shorter one.
    const auto few = values(principal_persistence(points, 1, {.samples = 1000}));
    auto more = values(principal_persistence(points, 1, {.samples = 3000}));
    more.resize(few.size());
    CHECK(few == more);
}

TEST_CASE("subsets are uniform, with and without replacement, and from a pool") {
    constexpr std::int64_t n = 7;
    constexpr std::int64_t s = 70'000;
    for (const auto draw : {subset_draw::with_replacement, subset_draw::without_replacement}) {
        std::vector<double> times(n * 4, 0.0);
        std::int64_t repeating = 0;
        visit_subsets(n, 1, {.samples = s, .draw = draw}, [&](const std::vector<std::int32_t>& subset) {
            for (std::size_t k = 0; k < 4; ++k) {
                REQUIRE(subset[k] >= 0);
                REQUIRE(subset[k] < n);
                ++times[static_cast<std::size_t>(subset[k]) * 4 + k];
            }
            repeating += std::set<std::int32_t>(subset.begin(), subset.end()).size() < 4 ? 1 : 0;
        });
        for (const double count : times)
            CHECK(std::abs(count - 10'000) < 5 * std::sqrt(10'000.0));
        const double share = draw == subset_draw::with_replacement ? 1 - 6.0 * 5 * 4 / (7 * 7 * 7) : 0;
        CHECK(static_cast<double>(repeating) / s == doctest::Approx(share).epsilon(0.02));
    }
    std::set<std::vector<std::int32_t>> first;
    std::set<std::vector<std::int32_t>> second;
    const auto collect = [](auto& seen) { return [&](const auto& subset) { seen.insert(subset); }; };
    visit_subsets(1000, 1, {.samples = 2000, .pool = 100}, collect(first));
    visit_subsets(1000, 1, {.samples = 2000, .pool = 100, .step = 5}, collect(second));
    CHECK(first == second);
    CHECK(first.size() == 100);
}

TEST_CASE("degenerate clouds have only trivial samples") {
    for (const int degree : {0, 1, 2}) {
        const matrix<double> ones = matrix<double>::Ones(8, 2);
        const principal_measure one_place = principal_persistence(ones, degree, {.samples = 500});
        CHECK(one_place.pairs.empty());
        CHECK(one_place.trivial_samples() == 500);
        CHECK(mean_lifetime(one_place) == 0);
    }
    CHECK(principal_persistence(clouds::line(40, 1), 1, {.samples = 500}).pairs.empty());
    CHECK(principal_persistence(matrix<double>(6, 0), 1, {.samples = 500}).pairs.empty());
    CHECK(principal_persistence(clouds::normal(9, 1, 1e-200), 1, {.samples = 500}).pairs.empty());
}

TEST_CASE("bad input is refused by name") {
    const matrix<double> points = clouds::normal(5, 1);
    const auto refuses = [](const matrix<double>& cloud, int degree,
                            const principal_persistence_sampling& sampling, const std::string& words) {
        CHECK_THROWS_WITH_AS((void)principal_persistence(cloud, degree, sampling), words.c_str(),
                             std::invalid_argument);
    };
    const principal_persistence_sampling some{.samples = 10};
    refuses(points, 2, some,
            "principal_persistence: the number of points is 5, must be at least 2 degree + 2 = 6");
    refuses(matrix<double>(0, 2), 0, some,
            "principal_persistence: the number of points is 0, must be at least 2 degree + 2 = 2");
    refuses(points, -1, some, "principal_persistence: degree is -1, must be between 0 and 31");
    refuses(points, 32, some, "principal_persistence: degree is 32, must be between 0 and 31");
    refuses(points, 1, {.samples = 0}, "principal_persistence: samples is 0, must be between 1 and 2^50");
    refuses(points, 1, {.samples = (std::int64_t{1} << 50) + 1},
            "principal_persistence: samples is 1125899906842625, must be between 1 and 2^50");
    refuses(points, 1, {.samples = 10, .pool = 0},
            "principal_persistence: pool is 0, must be between 1 and 2^31");
    matrix<double> bad = points;
    bad(2, 1) = std::numeric_limits<double>::quiet_NaN();
    refuses(bad, 1, some, "principal_persistence: points holds nan in row 2, column 1, must be finite");
    bad(2, 1) = 1e200;
    refuses(
        bad, 1, some,
        "principal_persistence: a coordinate is 1e+200, must be at most 1e150 in size, so that squares of "
        "distances are finite");
}
