// SPDX-License-Identifier: MIT
#include <topoprune/density/gaussian_kde.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"

#include <limits>
#include <numbers>
#include <utility>

using namespace topoprune;

namespace {

double gaussian_by_definition(const matrix<double>& points, std::int64_t i, double bandwidth) {
    double sum = 0;
    for (std::int64_t j = 0; j < points.rows(); ++j)
        sum += std::exp(-(points.row(i) - points.row(j)).squaredNorm() / (2 * bandwidth * bandwidth));
    return std::log(sum / static_cast<double>(points.rows())) -
           static_cast<double>(points.cols()) * std::log(bandwidth * std::sqrt(2 * std::numbers::pi));
}

/// Dense clusters, of 1,000 points each unless told, and lone points at every distance from them, down to
/// where their only neighbor is themselves: what a relative bound finds hard.
matrix<double> clusters_and_lone_points(std::int64_t cluster = 1000) {
    const random_stream random(3, 7);
    matrix<double> points = clouds::normal(3 * cluster + 200, 4);
    for (std::int64_t i = 0; i < 3 * cluster; ++i) {
        const double width = i < cluster ? 0.01 : 0.6;
        const std::int64_t place = i / cluster;
        points(i, 0) = width * points(i, 0) + 2.5 * static_cast<double>(place);
        points(i, 1) = width * points(i, 1) - 1;
    }
    for (std::int64_t i = 0; i < 200; ++i) {
        const double angle = 2 * std::numbers::pi * random.uniform(static_cast<std::uint64_t>(i));
        points(3 * cluster + i, 0) = 0.03 * static_cast<double>(i) * std::cos(angle);
        points(3 * cluster + i, 1) = 0.03 * static_cast<double>(i) * std::sin(angle);
    }
    return points;
}

/// Whether the pull-back errs at no point by more than (error / h) (|w_i| / S_i + mean_j |w_j| / S_j), and by
/// 1e-11 / h for rounding; |w| <= 1.
bool pull_back_is_within(double error, const gaussian_kde& density, const matrix<double>& points, double h) {
    const gaussian_kde plain{.bandwidth = h, .sums = kernel_sums::plain};
    const std::vector<double> values = plain.log_density(points, execution{});
    const double log_peak = -std::log(static_cast<double>(points.rows()) * 2 * std::numbers::pi * h * h);
    std::vector<double> weights(values.size()), shares(values.size());
    double mean_share = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        weights[i] = std::sin(1.0 + static_cast<double>(i));
        shares[i] = std::abs(weights[i]) * std::exp(log_peak - values[i]);
        mean_share += shares[i] / static_cast<double>(shares.size());
    }
    matrix<double> exact = matrix<double>::Zero(points.rows(), 2), fast = exact;
    plain.add_pull_back(points, values, weights, exact, execution{});
    density.add_pull_back(points, values, weights, fast, execution{});
    for (std::int64_t i = 0; i < points.rows(); ++i)
        for (std::int64_t k = 0; k < 2; ++k)
            if (!(std::abs(exact(i, k) - fast(i, k)) * h <=
                  error * (shares[static_cast<std::size_t>(i)] + mean_share) + 1e-11))
                return false;
    return true;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        most = std::max(most, std::abs(std::expm1(a[i] - b[i])));
    return most;
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
                      doctest::Approx(gaussian_by_definition(points, i, 0.4)).epsilon(1e-13));
        }
}

TEST_CASE("the Gaussian density obeys the laws of a density") {
    for (const std::int64_t n : {1, 2, 3, 50, 600})
        check_density_laws(gaussian_kde{.bandwidth = 0.5}, clouds::normal(n, 11));
    check_density_laws(gaussian_kde{.bandwidth = 0.3}, clouds::lattice(80, 3, 4));
    check_density_laws(gaussian_kde{.bandwidth = 1.0}, clouds::normal(40, 5, 1.0, 5));
}

TEST_CASE("the pull-back under a rule includes the bandwidth's dependence on the points") {
    for (const bandwidth rule : {bandwidth::scott(), bandwidth::silverman()}) {
        check_density_laws(gaussian_kde{.bandwidth = rule}, clouds::normal(50, 2, 3.0));
        check_density_laws(gaussian_kde{.bandwidth = rule}, clouds::normal(30, 3, 0.1, 3));
        check_density_laws(gaussian_kde{.bandwidth = rule}, clouds::normal(1, 3));
        check_density_laws(gaussian_kde{.bandwidth = rule, .sums = kernel_sums::expansions},
                           clouds::normal(200, 2));
    }
    // A rule gives the density of the number that it stands for.
    const matrix<double> points = clouds::normal(50, 2);
    CHECK(gaussian_kde{.bandwidth = bandwidth::scott()}.log_density(points, execution{}) ==
          gaussian_kde{.bandwidth = bandwidth::scott().value(points, "")}.log_density(points, execution{}));
}

TEST_CASE("sums by boxes obey the laws of a density") {
    for (const kernel_sums sums : {kernel_sums::near_pairs, kernel_sums::expansions}) {
        for (const std::int64_t n : {1, 2, 3, 50, 700})
            check_density_laws(gaussian_kde{.bandwidth = 0.1, .sums = sums}, clouds::normal(n, 11));
        check_density_laws(gaussian_kde{.bandwidth = 0.3, .sums = sums}, clouds::lattice(80, 3, 4));
        check_density_laws(gaussian_kde{.bandwidth = 2.0, .sums = sums}, clouds::line(90, 4));
        check_density_laws(gaussian_kde{.bandwidth = 5.0, .sums = sums}, clouds::circle(300, 4));
    }
}

TEST_CASE("sums by boxes keep their relative error where points are dense and where they are lone") {
    const matrix<double> points = clusters_and_lone_points();
    for (const double h : {0.05, 0.4, 3.0}) {
        const std::vector<double> exact =
            gaussian_kde{.bandwidth = h, .sums = kernel_sums::plain}.log_density(points, execution{});
        for (const double error : {1e-2, 1e-5, 1e-10, 1e-12})
            for (const kernel_sums sums : {kernel_sums::near_pairs, kernel_sums::expansions}) {
                const gaussian_kde density{.bandwidth = h, .sums = sums, .relative_error = error};
                CHECK(largest_difference(density.log_density(points, execution{}), exact) <= error);
                CHECK(pull_back_is_within(error, density, points, h));
            }
    }
    // The expansions are used, and end where they are told to.
    const gaussian_kde coarse{.sums = kernel_sums::expansions, .relative_error = 0.1};
    const std::vector<double> exact =
        gaussian_kde{.sums = kernel_sums::plain}.log_density(points, execution{});
    CHECK(largest_difference(coarse.log_density(points, execution{}), exact) > 1e-9);
}

TEST_CASE("the automatic choice takes the way that is cheapest") {
    const auto same_as = [](const matrix<double>& points, double h, kernel_sums sums) {
        return gaussian_kde{.bandwidth = h}.log_density(points, execution{}) ==
               gaussian_kde{.bandwidth = h, .sums = sums}.log_density(points, execution{});
    };
    CHECK(same_as(clouds::normal(300, 1), 0.4, kernel_sums::plain));
    CHECK(same_as(clouds::normal(2000, 1), 0.4, kernel_sums::expansions));
    CHECK(same_as(clouds::normal(2000, 1), 0.01, kernel_sums::near_pairs));
    CHECK(same_as(clouds::normal(500, 1, 1.0, 3), 0.4, kernel_sums::plain));
    // The ways differ in their bits, or the above would say nothing.
    CHECK_FALSE(same_as(clouds::normal(2000, 1), 0.4, kernel_sums::plain));
    CHECK_FALSE(same_as(clouds::normal(2000, 1), 0.01, kernel_sums::plain));
}

TEST_CASE("sums by boxes agree far from the origin and at any scale") {
    const matrix<double> points = clusters_and_lone_points(200);
    for (const auto& [scale, shift] : {std::pair(1.0, 1e5), {1e-100, 0.0}, {1e100, -1e105}, {1.0, 1e14}}) {
        const matrix<double> moved = (points * scale).array() + shift;
        const double h = 0.4 * scale;
        const std::vector<double> exact =
            gaussian_kde{.bandwidth = h, .sums = kernel_sums::plain}.log_density(moved, execution{});
        for (const kernel_sums sums : {kernel_sums::near_pairs, kernel_sums::expansions})
            CHECK(
                largest_difference(gaussian_kde{.bandwidth = h, .sums = sums}.log_density(moved, execution{}),
                                   exact) <= 1e-10);
    }
    for (const double scale : {0.0, 1e-300, 1e150, 1e300})
        for (const kernel_sums sums :
             {kernel_sums::plain, kernel_sums::near_pairs, kernel_sums::expansions}) {
            const matrix<double> cloud = clouds::normal(20, 3, scale);
            const gaussian_kde density{.sums = sums};
            const std::vector<double> values = density.log_density(cloud, execution{});
            matrix<double> gradient = matrix<double>::Zero(20, 2);
            density.add_pull_back(cloud, values, std::vector<double>(20, 1.0), gradient, execution{});
            CHECK(std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }));
            CHECK(gradient.allFinite());
        }
}

TEST_CASE("a senseless relative error is refused by name") {
    CHECK_THROWS_WITH_AS(
        (void)gaussian_kde{.relative_error = 0}.log_density(clouds::normal(4, 1), execution{}),
        "gaussian_kde::log_density: relative_error is 0, must be between 1e-12 and 0.1",
        std::invalid_argument);
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
