// SPDX-License-Identifier: MIT
#include <topoprune/density/distance_to_measure.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"

#include <limits>

using namespace topoprune;

namespace {

double direct_distance(const matrix<double>& points, std::int64_t i, std::int64_t k) {
    std::vector<double> squares;
    for (std::int64_t j = 0; j < points.rows(); ++j)
        squares.push_back((points.row(i) - points.row(j)).squaredNorm());
    std::sort(squares.begin(), squares.end());
    const auto mass = static_cast<std::size_t>(std::min(k, points.rows()));
    double sum = 0;
    for (std::size_t c = 0; c < mass; ++c)
        sum += squares[c];
    return std::sqrt(sum / static_cast<double>(mass));
}

void check_equals_direct(const matrix<double>& points, std::int64_t k) {
    const std::vector<double> values = distance_to_measure{.k = k}.log_density(points, execution{});
    REQUIRE(std::ssize(values) == points.rows());
    for (std::int64_t i = 0; i < points.rows(); ++i)
        CHECK(-values[static_cast<std::size_t>(i)] ==
              doctest::Approx(direct_distance(points, i, k)).epsilon(1e-12));
}

} // namespace

TEST_CASE("the distance to the measure equals its definition by sorted distances") {
    for (const std::int64_t columns : {1, 2, 3, 5})
        for (const std::int64_t n : {1, 2, 5, 64, 301})
            for (const std::int64_t k : {1, 4, 15})
                check_equals_direct(clouds::normal(n, 7, 2.0, columns), k);
    for (const std::int64_t k : {1, 3, 10, 80, 500}) {
        check_equals_direct(clouds::lattice(80, 3, 4), k);
        check_equals_direct(clouds::line(90, 4), k);
        check_equals_direct(matrix<double>::Constant(9, 2, 5.0), k);
    }
}

TEST_CASE("the distance to the measure obeys the laws of a density") {
    for (const std::int64_t n : {1, 2, 3, 50, 600})
        check_density_laws(distance_to_measure{.k = 4}, clouds::normal(n, 11));
    check_density_laws(distance_to_measure{.k = 100}, clouds::normal(40, 8));
    check_density_laws(distance_to_measure{}, clouds::normal(60, 5, 1.0, 5));
    check_density_laws(distance_to_measure{.k = 1}, clouds::normal(10, 6));
}

TEST_CASE("duplicates are neighbors, and a stack of k of them has distance 0 and no slope") {
    matrix<double> points(4, 2);
    points << 0, 0, 0, 0, 0, 0, 3, 4;
    const distance_to_measure density{.k = 3};
    const std::vector<double> values = density.log_density(points, execution{});
    CHECK(values[0] == 0.0);
    CHECK(values[3] == doctest::Approx(-std::sqrt(50.0 / 3)));
    matrix<double> gradient = matrix<double>::Zero(4, 2);
    const std::vector<double> of_stack{2, 3, 1, 0}, of_other{0, 0, 0, 1};
    density.add_pull_back(points, values, of_stack, gradient, execution{});
    CHECK(gradient.isZero(0));
    density.add_pull_back(points, values, of_other, gradient, execution{});
    CHECK(gradient(3, 0) == doctest::Approx(-2 * 3 / (3 * std::sqrt(50.0 / 3))));
}

TEST_CASE("moving the points by e moves the distance to the measure by at most 2 e") {
    const matrix<double> points = clouds::lattice(200, 9, 6);
    const matrix<double> shifts = clouds::normal(200, 10);
    const double e = 0.3;
    const matrix<double> moved =
        points + (shifts.array().colwise() * (e / shifts.rowwise().norm().array())).matrix();
    const std::vector<double> before = distance_to_measure{}.log_density(points, execution{});
    const std::vector<double> after = distance_to_measure{}.log_density(moved, execution{});
    double most = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
        most = std::max(most, std::abs(before[i] - after[i]));
    CHECK(most <= 2 * e);
    CHECK(most > 0.01);
}

TEST_CASE("the distance to the measure scales with clouds of any scale") {
    const matrix<double> points = clouds::normal(40, 3);
    const std::vector<double> values = distance_to_measure{}.log_density(points, execution{});
    for (const double scale : {1e-300, 1e-150, 1e150, 1e300}) {
        const matrix<double> scaled = points * scale;
        const std::vector<double> moved = distance_to_measure{}.log_density(scaled, execution{});
        matrix<double> gradient = matrix<double>::Zero(40, 2);
        distance_to_measure{}.add_pull_back(scaled, moved, std::vector<double>(40, 1.0), gradient,
                                            execution{});
        CHECK(gradient.allFinite());
        for (std::size_t i = 0; i < values.size(); ++i)
            CHECK(moved[i] / scale == doctest::Approx(values[i]).epsilon(1e-12));
    }
}

TEST_CASE("of tied neighbors the same are taken by any number of threads") {
    // Points of a grid of a half, many of them repeated: more than one task, and ties everywhere.
    const matrix<double> points = clouds::lattice(1200, 5, 8) + 0.5 * clouds::lattice(1200, 6, 4);
    const distance_to_measure density{.k = 70};
    const std::vector<double> values = density.log_density(points, execution{});
    const auto pull_back = [&](int threads) {
        matrix<double> gradient = matrix<double>::Zero(points.rows(), 2);
        density.add_pull_back(points, values, std::vector<double>(values.size(), 1.0), gradient,
                              execution({.threads = threads}));
        return gradient;
    };
    const matrix<double> alone = pull_back(1);
    CHECK(alone.allFinite());
    CHECK(pull_back(3) == alone);
    CHECK(density.log_density(points, execution({.threads = 3})) == values);
    // The places pull at one another: the pulls add up to nothing.
    CHECK(alone.colwise().sum().norm() < 1e-9 * alone.norm());
}

TEST_CASE("a senseless k or point is refused by name") {
    matrix<double> points = clouds::normal(4, 1);
    CHECK(distance_to_measure{}.log_density(matrix<double>(0, 2), execution{}).empty());
    CHECK_THROWS_WITH_AS((void)distance_to_measure{.k = -2}.log_density(points, execution{}),
                         "distance_to_measure::log_density: k is -2, must be at least 1",
                         std::invalid_argument);
    points(2, 1) = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(
        (void)distance_to_measure{}.log_density(points, execution{}),
        "distance_to_measure::log_density: points holds inf in row 2, column 1, must be finite",
        std::invalid_argument);
}
