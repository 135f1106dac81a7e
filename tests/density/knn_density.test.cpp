// SPDX-License-Identifier: MIT
#include <topoprune/density/knn_density.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"

#include <limits>
#include <numbers>

using namespace topoprune;

namespace {

/// Sorts all distances; the balls' volumes are written out.
double direct_log_density(const matrix<double>& points, std::int64_t i, std::int64_t k) {
    constexpr double pi = std::numbers::pi;
    const double volumes[] = {1.0, 2.0, pi, 4 * pi / 3, pi * pi / 2, 8 * pi * pi / 15};
    std::vector<double> distances;
    for (std::int64_t j = 0; j < points.rows(); ++j)
        if (j != i)
            distances.push_back((points.row(i) - points.row(j)).norm());
    std::sort(distances.begin(), distances.end());
    if (distances.empty() || distances.back() == 0)
        return 0;
    std::int64_t taken = std::min(k, points.rows() - 1);
    while (distances[static_cast<std::size_t>(taken - 1)] == 0)
        ++taken;
    return std::log(static_cast<double>(taken) / static_cast<double>(points.rows() - 1) /
                    volumes[points.cols()]) -
           static_cast<double>(points.cols()) * std::log(distances[static_cast<std::size_t>(taken - 1)]);
}

void check_equals_direct(const matrix<double>& points, std::int64_t k) {
    const std::vector<double> values = knn_density{.k = k}.log_density(points, execution{});
    REQUIRE(std::ssize(values) == points.rows());
    for (std::int64_t i = 0; i < points.rows(); ++i)
        CHECK(values[static_cast<std::size_t>(i)] ==
              doctest::Approx(direct_log_density(points, i, k)).epsilon(1e-12));
}

} // namespace

TEST_CASE("the neighbors' density equals its definition by sorted distances") {
    for (const std::int64_t columns : {1, 2, 3, 5})
        for (const std::int64_t n : {1, 2, 5, 64, 301})
            for (const std::int64_t k : {1, 4, 15})
                check_equals_direct(clouds::normal(n, 7, 2.0, columns), k);
}

TEST_CASE("duplicates and ties have the density of the first other place") {
    for (const std::int64_t k : {1, 3, 10, 79, 500}) {
        check_equals_direct(clouds::lattice(80, 3, 4), k);
        check_equals_direct(clouds::line(90, 4), k);
        check_equals_direct(matrix<double>::Constant(9, 2, 5.0), k);
    }
    // Three points at one place and one at distance 2: k = 1 becomes 3 there.
    matrix<double> points(4, 2);
    points << 0, 0, 0, 0, 2, 0, 0, 0;
    const std::vector<double> values = knn_density{.k = 1}.log_density(points, execution{});
    CHECK(values[0] == doctest::Approx(std::log(3.0 / 3 / (std::numbers::pi * 4))));
    CHECK(values[2] == doctest::Approx(std::log(1.0 / 3 / (std::numbers::pi * 4))));
}

TEST_CASE("the neighbors' density obeys the laws of a density") {
    for (const std::int64_t n : {1, 2, 3, 50, 600})
        check_density_laws(knn_density{.k = 4}, clouds::normal(n, 11));
    check_density_laws(knn_density{.k = 100}, clouds::normal(40, 8));
    check_density_laws(knn_density{}, clouds::normal(60, 5, 1.0, 5));
    check_density_laws(knn_density{.k = 2}, clouds::normal(30, 6, 1.0, 1));
}

TEST_CASE("a stack of many duplicates takes no longer than its places") {
    matrix<double> points = matrix<double>::Zero(200000, 2);
    for (std::int64_t i = 0; i < 50; ++i)
        points(i * 3999, 0) = static_cast<double>(i);
    const std::vector<double> values = knn_density{}.log_density(points, execution{});
    CHECK(std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }));
}

TEST_CASE("the neighbors' density of clouds of extreme scale is finite and scales") {
    const matrix<double> points = clouds::normal(40, 3);
    const std::vector<double> values = knn_density{}.log_density(points, execution{});
    for (const double scale : {1e-300, 1e-150, 1e150, 1e300}) {
        const matrix<double> scaled = points * scale;
        const std::vector<double> moved = knn_density{}.log_density(scaled, execution{});
        matrix<double> gradient = matrix<double>::Zero(40, 2);
        knn_density{}.add_pull_back(scaled, moved, std::vector<double>(40, 1.0), gradient, execution{});
        CHECK(gradient.allFinite());
        for (std::size_t i = 0; i < values.size(); ++i)
            CHECK(moved[i] == doctest::Approx(values[i] - 2 * std::log(scale)).epsilon(1e-12));
    }
    // Places whose squared distance vanishes in double are still two.
    matrix<double> near(3, 2);
    near << 0, 0, 1e-200, 0, 1, 0;
    CHECK(knn_density{.k = 1}.log_density(near, execution{})[0] ==
          doctest::Approx(std::log(0.5 / std::numbers::pi) + 400 * std::log(10.0)));
}

TEST_CASE("of tied neighbors the same are taken by any number of threads") {
    // Points of a grid of a half, many of them repeated: more than one task, and ties everywhere.
    const matrix<double> points = clouds::lattice(1200, 5, 8) + 0.5 * clouds::lattice(1200, 6, 4);
    const knn_density density{.k = 70};
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
    CHECK(knn_density{}.log_density(matrix<double>(0, 2), execution{}).empty());
    CHECK_THROWS_WITH_AS((void)knn_density{.k = 0}.log_density(points, execution{}),
                         "knn_density::log_density: k is 0, must be at least 1", std::invalid_argument);
    points(2, 1) = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS((void)knn_density{}.log_density(points, execution{}),
                         "knn_density::log_density: points holds inf in row 2, column 1, must be finite",
                         std::invalid_argument);
}
