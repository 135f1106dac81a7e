// SPDX-License-Identifier: MIT
#include <topoprune/density/gaussian_kde.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"

#include <limits>
#include <numbers>

using namespace topoprune;

namespace {

double direct_log_density(const matrix<double>& points, std::int64_t i, double bandwidth) {
    double sum = 0;
    for (std::int64_t j = 0; j < points.rows(); ++j)
        sum += std::exp(-(points.row(i) - points.row(j)).squaredNorm() / (2 * bandwidth * bandwidth));
    return std::log(sum / static_cast<double>(points.rows())) -
           static_cast<double>(points.cols()) * std::log(bandwidth * std::sqrt(2 * std::numbers::pi));
}

} // namespace

TEST_CASE("the Gaussian density equals its defining sum") {
    for (const std::int64_t columns : {1, 2, 3, 7})
        for (const std::int64_t n : {1, 2, 5, 64, 301}) {
            const matrix<double> points = clouds::normal(n, 7, 2.0, columns);
            const std::vector<double> values =
                gaussian_kde{.bandwidth = 0.4}.log_density(points, execution{});
            for (std::int64_t i = 0; i < n; ++i)
                CHECK(values[static_cast<std::size_t>(i)] ==
                      doctest::Approx(direct_log_density(points, i, 0.4)).epsilon(1e-13));
        }
}

TEST_CASE("the Gaussian density obeys the laws of a density") {
    for (const std::int64_t n : {1, 2, 3, 50, 600})
        check_density_laws(gaussian_kde{.bandwidth = 0.5}, clouds::normal(n, 11));
    check_density_laws(gaussian_kde{.bandwidth = 0.3}, clouds::lattice(80, 3, 4));
    check_density_laws(gaussian_kde{.bandwidth = 1.0}, clouds::normal(40, 5, 1.0, 5));
}

TEST_CASE("a lone point has the density of the kernel's peak") {
    const matrix<double> point = matrix<double>::Constant(1, 2, 3.0);
    const double peak = 1 / (2 * std::numbers::pi * 0.16);
    CHECK(gaussian_kde{}.log_density(point, execution{})[0] ==
          doctest::Approx(std::log(peak)).epsilon(1e-14));
}

TEST_CASE("points very far apart neither underflow nor overflow") {
    matrix<double> points(3, 2);
    points << 0, 0, 1e6, 0, -1e9, 1e9;
    const std::vector<double> values = gaussian_kde{.bandwidth = 1e-3}.log_density(points, execution{});
    for (const double value : values)
        CHECK(value == doctest::Approx(-std::log(3.0) - std::log(2 * std::numbers::pi * 1e-6)));
}

TEST_CASE("no points have no density") {
    CHECK(gaussian_kde{}.log_density(matrix<double>(0, 2), execution{}).empty());
}

TEST_CASE("a senseless bandwidth or point is refused by name") {
    const matrix<double> points = clouds::normal(4, 1);
    CHECK_THROWS_WITH_AS((void)gaussian_kde{.bandwidth = 0}.log_density(points, execution{}),
                         "gaussian_kde::log_density: bandwidth is 0, must be positive and finite",
                         std::invalid_argument);
    matrix<double> broken = points;
    broken(2, 1) = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH_AS((void)gaussian_kde{}.log_density(broken, execution{}),
                         "gaussian_kde::log_density: points holds nan in row 2, column 1, must be finite",
                         std::invalid_argument);
}
