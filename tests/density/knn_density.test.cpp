// SPDX-License-Identifier: MIT
#include <topoprune/density/knn_density.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"
#include "laws/neighborhood_density_laws.hpp"

#include <numbers>

using namespace topoprune;

namespace {

/// Sorts all distances; the balls' volumes are written out.
double knn_by_definition(const matrix<double>& points, std::int64_t i, std::int64_t k) {
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

} // namespace

TEST_CASE("the neighbors' density equals its definition by sorted distances") {
    check_equals_definition<knn_density>(knn_by_definition);
}

TEST_CASE("a stack of duplicates has the density of the first other place") {
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

TEST_CASE("the neighbors' density obeys the laws of a density by neighbors") {
    check_takes_any_scale<knn_density>(
        [](double value, double scale) { return value - 2 * std::log(scale); });
    check_ties_do_not_depend_on_threads<knn_density>();
    check_refuses_by_name<knn_density>("knn_density");
}

TEST_CASE("places whose squared distance vanishes in double are still two") {
    matrix<double> near(3, 2);
    near << 0, 0, 1e-200, 0, 1, 0;
    CHECK(knn_density{.k = 1}.log_density(near, execution{})[0] ==
          doctest::Approx(std::log(0.5 / std::numbers::pi) + 400 * std::log(10.0)));
}
