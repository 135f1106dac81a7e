// SPDX-License-Identifier: MIT
#include <topoprune/density/distance_to_measure.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"
#include "laws/neighborhood_density_laws.hpp"

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

} // namespace

TEST_CASE("the distance to the measure equals its definition by sorted distances") {
    check_equals_definition<distance_to_measure>(
        [](const matrix<double>& points, std::int64_t i, std::int64_t k) {
            return -direct_distance(points, i, k);
        });
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

TEST_CASE("the distance to the measure obeys the laws of a density by neighbors") {
    check_takes_any_scale<distance_to_measure>([](double value, double scale) { return value * scale; });
    check_ties_do_not_depend_on_threads<distance_to_measure>();
    check_refuses_by_name<distance_to_measure>("distance_to_measure");
}
