// SPDX-License-Identifier: MIT
#pragma once

#include "clouds.hpp"

#include <doctest/doctest.h>
#include <topoprune/density/density.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

/// What a Density by the k nearest points must do beyond the laws of every density. D has an option k.

/// direct(points, i, k) is the value at point i by its definition; n values are asked for clouds of every
/// kind: few points and many, in 1 to 5 dimensions, with ties and duplicates, all at one place.
template <topoprune::Density D, class Direct>
void check_equals_definition(const Direct& direct) {
    using namespace topoprune;
    const auto check = [&](const matrix<double>& points, std::int64_t k) {
        const std::vector<double> values = D{.k = k}.log_density(points, execution{});
        REQUIRE(std::ssize(values) == points.rows());
        for (std::int64_t i = 0; i < points.rows(); ++i)
            CHECK(values[static_cast<std::size_t>(i)] ==
                  doctest::Approx(direct(points, i, k)).epsilon(1e-12));
    };
    for (const std::int64_t columns : {1, 2, 3, 5})
        for (const std::int64_t n : {1, 2, 5, 64, 301})
            for (const std::int64_t k : {1, 4, 15})
                check(clouds::normal(n, 7, 2.0, columns), k);
    for (const std::int64_t k : {1, 3, 10, 79, 80, 500}) {
        check(clouds::lattice(80, 3, 4), k);
        check(clouds::line(90, 4), k);
        check(matrix<double>::Constant(9, 2, 5.0), k);
    }
}

/// scaled(value, scale): the value after the cloud is scaled.
template <topoprune::Density D, class Scaled>
void check_takes_any_scale(const Scaled& scaled) {
    using namespace topoprune;
    const matrix<double> points = clouds::normal(40, 3);
    const std::vector<double> values = D{}.log_density(points, execution{});
    for (const double scale : {1e-300, 1e-150, 1e150, 1e300}) {
        const matrix<double> moved = points * scale;
        const std::vector<double> moved_values = D{}.log_density(moved, execution{});
        matrix<double> gradient = matrix<double>::Zero(40, 2);
        D{}.add_pull_back(moved, moved_values, std::vector<double>(40, 1.0), gradient, execution{});
        CHECK(gradient.allFinite());
        for (std::size_t i = 0; i < values.size(); ++i)
            CHECK(moved_values[i] == doctest::Approx(scaled(values[i], scale)).epsilon(1e-12).scale(0));
    }
}

/// Of tied neighbors the same are taken by any number of threads.
template <topoprune::Density D>
void check_ties_do_not_depend_on_threads() {
    using namespace topoprune;
    // Points of a grid of a half, many of them repeated: more than one task, and ties everywhere.
    const matrix<double> points = clouds::lattice(1200, 5, 8) + 0.5 * clouds::lattice(1200, 6, 4);
    const D density{.k = 70};
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

/// A k below 1 and a point that is not finite are refused, `name` in the message.
template <topoprune::Density D>
void check_refuses_by_name(const std::string& name) {
    using namespace topoprune;
    matrix<double> points = clouds::normal(4, 1);
    CHECK(D{}.log_density(matrix<double>(0, 2), execution{}).empty());
    for (const std::int64_t k : {0, -2})
        CHECK_THROWS_WITH_AS(
            (void)D{.k = k}.log_density(points, execution{}),
            (name + "::log_density: k is " + std::to_string(k) + ", must be at least 1").c_str(),
            std::invalid_argument);
    points(2, 1) = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH_AS(
        (void)D{}.log_density(points, execution{}),
        (name + "::log_density: points holds inf in row 2, column 1, must be finite").c_str(),
        std::invalid_argument);
}
