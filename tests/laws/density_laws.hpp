// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/density/density.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

/// What every Density must do and no compiler can check.
template <topoprune::Density D>
void check_density_laws(const D& policy, topoprune::matrix_view<const double> points) {
    using namespace topoprune;
    const std::int64_t n = points.rows();
    const execution one({.threads = 1});
    const std::vector<double> values = policy.log_density(points, one);
    REQUIRE(std::ssize(values) == n);
    CHECK(std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }));

    std::vector<double> weights(values.size());
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = std::sin(1.0 + static_cast<double>(i));
    matrix<double> gradient = matrix<double>::Zero(n, points.columns());
    policy.add_pull_back(points, values, weights, gradient, one);

    for (const int threads : {2, 3, 8}) {
        const execution many({.threads = threads});
        CHECK(policy.log_density(points, many) == values);
        matrix<double> again = matrix<double>::Zero(n, points.columns());
        policy.add_pull_back(points, values, weights, again, many);
        CHECK(again == gradient);
    }

    // The pull-back adds to what is there.
    matrix<double> twice = gradient;
    policy.add_pull_back(points, values, weights, twice, one);
    CHECK((twice - 2 * gradient).template lpNorm<Eigen::Infinity>() <=
          1e-12 * (1 + gradient.template lpNorm<Eigen::Infinity>()));

    // It is the transpose of the values' dependence on every coordinate.
    const auto weighted_sum = [&](const matrix<double>& moved) {
        const std::vector<double> at = policy.log_density(moved, one);
        double sum = 0;
        for (std::size_t i = 0; i < at.size(); ++i)
            sum += weights[i] * at[i];
        return sum;
    };
    const double step = 1e-6;
    for (std::int64_t entry = 0; entry < std::min<std::int64_t>(points.size(), 24); ++entry) {
        matrix<double> moved = points.eigen();
        moved.data()[entry] += step;
        const double above = weighted_sum(moved);
        moved.data()[entry] -= 2 * step;
        const double below = weighted_sum(moved);
        CHECK(gradient.data()[entry] == doctest::Approx((above - below) / (2 * step)).epsilon(1e-6).scale(1));
    }
}
