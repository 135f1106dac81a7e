// SPDX-License-Identifier: MIT
#include <topoprune/density/exponential_kde.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"

#include <limits>
#include <numbers>

using namespace topoprune;

namespace {

/// log of the mean kernel over its integral, known in closed form in 1, 2, 3 and 4 dimensions.
double exponential_by_definition(const matrix<double>& points, std::int64_t i, double h) {
    constexpr double pi = std::numbers::pi;
    const double integrals[] = {1.0, 2.0, 2 * pi, 8 * pi, 12 * pi * pi};
    double sum = 0;
    for (std::int64_t j = 0; j < points.rows(); ++j)
        sum += std::exp(-(points.row(i) - points.row(j)).norm() / h);
    return std::log(sum / static_cast<double>(points.rows()) / integrals[points.cols()]) -
           static_cast<double>(points.cols()) * std::log(h);
}

} // namespace

TEST_CASE("the exponential density equals its defining sum") {
    for (const std::int64_t columns : {1, 2, 3, 4})
        for (const std::int64_t n : {1, 2, 5, 64, 2301}) {
            const matrix<double> points = clouds::normal(n, 7, 2.0, columns);
            const std::vector<double> values =
                exponential_kde{.bandwidth = 0.4}.log_density(points, execution{});
            for (std::int64_t i = 0; i < n; i += 1 + n / 100)
                CHECK(values[static_cast<std::size_t>(i)] ==
                      doctest::Approx(exponential_by_definition(points, i, 0.4)).epsilon(1e-13));
        }
}

TEST_CASE("the exponential kernel integrates to 1") {
    // The density of one point, summed over a fine grid around it by placing a second cloud is the same as
    // the kernel itself: midpoints of squares of side 0.05 out to 15 bandwidths.
    double sum = 0;
    const double side = 0.05;
    for (int a = -300; a < 300; ++a)
        for (int b = -300; b < 300; ++b) {
            const double length = side * std::hypot(a + 0.5, b + 0.5);
            sum += side * side * std::exp(-length);
        }
    const double peak = std::exp(exponential_kde{.bandwidth = 1.0}.log_density(
        matrix<double>(matrix<double>::Zero(1, 2)), execution{})[0]);
    CHECK(peak * sum == doctest::Approx(1.0).epsilon(1e-3));
}

TEST_CASE("the exponential density obeys the laws of a density") {
    for (const std::int64_t n : {1, 2, 3, 50, 600})
        check_density_laws(exponential_kde{.bandwidth = 0.5}, clouds::normal(n, 11));
    check_density_laws(exponential_kde{.bandwidth = 1.0}, clouds::normal(40, 5, 1.0, 5));
    check_density_laws(exponential_kde{.bandwidth = bandwidth::scott()}, clouds::normal(50, 6, 3.0));
    check_density_laws(exponential_kde{.bandwidth = bandwidth::silverman()}, clouds::normal(30, 6, 0.1, 3));
}

TEST_CASE("duplicates do not pull at one another") {
    matrix<double> points(3, 2);
    points << 1, 1, 1, 1, 2, 1;
    const exponential_kde density{.bandwidth = 1.0};
    const std::vector<double> values = density.log_density(points, execution{});
    matrix<double> gradient = matrix<double>::Zero(3, 2);
    density.add_pull_back(points, values, std::vector<double>{1, 0, 0}, gradient, execution{});
    // Of S_0 = 2 + exp(-|x_0 - x_2|) only the last term moves.
    const double slope = std::exp(-1.0) / (2 + std::exp(-1.0));
    CHECK(gradient(0, 0) == doctest::Approx(slope));
    CHECK(gradient(1, 0) == 0.0);
    CHECK(gradient(2, 0) == doctest::Approx(-slope));
    CHECK(gradient.col(1).isZero(0));
}

TEST_CASE("the exponential density of clouds of extreme scale and of none is finite") {
    const exponential_kde density{};
    CHECK(density.log_density(matrix<double>(0, 2), execution{}).empty());
    for (const double scale : {0.0, 1e-300, 1e-150, 1e150, 1e300}) {
        const matrix<double> points = clouds::normal(20, 3, scale);
        const std::vector<double> values = density.log_density(points, execution{});
        matrix<double> gradient = matrix<double>::Zero(20, 2);
        density.add_pull_back(points, values, std::vector<double>(20, 1.0), gradient, execution{});
        for (const double value : values)
            CHECK(std::isfinite(value));
        CHECK(gradient.allFinite());
    }
}

TEST_CASE("a senseless bandwidth or point is refused by name") {
    matrix<double> points = clouds::normal(4, 1);
    CHECK_THROWS_WITH_AS((void)exponential_kde{.bandwidth = 0}.log_density(points, execution{}),
                         "exponential_kde::log_density: bandwidth is 0, must be positive and finite",
                         std::invalid_argument);
    points(2, 1) = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS((void)exponential_kde{}.log_density(points, execution{}),
                         "exponential_kde::log_density: points holds nan in row 2, column 1, must be finite",
                         std::invalid_argument);
}
