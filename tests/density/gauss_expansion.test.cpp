// SPDX-License-Identifier: MIT
#include <topoprune/density/detail/gauss_accuracy.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace topoprune::detail;

namespace {

struct largest_error {
    double value = 0;
    double slope = 0;
};

/// Of the plane's Gaussian, and of its derivative by the first coordinate, over a grid of places of two boxes
/// `columns` and `rows` apart.
largest_error measure_error(std::int64_t terms, double half_side, std::int64_t columns, std::int64_t rows) {
    const Eigen::MatrixXd across =
        gauss_expansion(terms, half_side, 2 * half_side * static_cast<double>(columns));
    const Eigen::MatrixXd along =
        gauss_expansion(terms, half_side, 2 * half_side * static_cast<double>(rows));
    const Eigen::ArrayXd places = Eigen::ArrayXd::LinSpaced(21, -1, 1);
    Eigen::ArrayXXd values(places.size(), terms), slopes(places.size(), terms);
    write_chebyshev(places, values);
    write_chebyshev_slopes(places, values, slopes);
    // By place of the target (row) and of the source (column).
    const auto sums = [&](const Eigen::ArrayXXd& at, const Eigen::MatrixXd& expansion) {
        return Eigen::MatrixXd(at.matrix() * expansion * values.matrix().transpose());
    };
    const Eigen::MatrixXd x = sums(values, across), y = sums(values, along);
    const Eigen::MatrixXd x_slope = sums(slopes, across) / half_side;
    largest_error most;
    for (Eigen::Index a = 0; a < places.size(); ++a)
        for (Eigen::Index b = 0; b < places.size(); ++b)
            for (Eigen::Index c = 0; c < places.size(); c += 5)
                for (Eigen::Index d = 0; d < places.size(); d += 5) {
                    const double dx = half_side * (2 * static_cast<double>(columns) + places(a) - places(b));
                    const double dy = half_side * (2 * static_cast<double>(rows) + places(c) - places(d));
                    const double kernel = std::exp(-dx * dx - dy * dy);
                    most.value = std::max(most.value, std::abs(x(a, b) * y(c, d) - kernel));
                    most.slope = std::max(most.slope, std::abs(x_slope(a, b) * y(c, d) + 2 * dx * kernel));
                }
    return most;
}

} // namespace

TEST_CASE("the errors of expansions stay below their bounds, and the bounds are not idle") {
    for (const double half_side : {0.3, 1.0, 1.5})
        for (const std::int64_t terms : {1, 4, 9, 16, 22}) {
            const gauss_expansion_error bound(terms, half_side);
            largest_error most;
            for (const std::int64_t columns : {-2, -1, 0, 1, 2})
                for (const std::int64_t rows : {0, 1}) {
                    const largest_error error = measure_error(terms, half_side, columns, rows);
                    most.value = std::max(most.value, error.value);
                    most.slope = std::max(most.slope, error.slope);
                }
            CHECK(most.value <= bound.value + 1e-13);
            CHECK(most.slope <= bound.slope + 2e-11);
            if (bound.value > 1e-10 && bound.value < 1)
                CHECK(most.value > 1e-3 * bound.value);
            if (bound.slope > 1e-8 && bound.slope < 1)
                CHECK(most.slope > 1e-5 * bound.slope);
        }
}

TEST_CASE("an accuracy has the fewest terms that its error asks for, and reaches far enough") {
    for (const double error : {1e-3, 1e-8, 1e-13, 1e-17}) {
        const gauss_accuracy accuracy(error);
        const double half_side = accuracy.half_side();
        CHECK(gauss_expansion_error(accuracy.value_terms, half_side).value <= error / 2);
        CHECK(gauss_expansion_error(accuracy.value_terms - 1, half_side).value > error / 2);
        CHECK(gauss_expansion_error(accuracy.slope_terms, half_side).slope <= error / 2);
        CHECK(accuracy.slope_terms < 40);
        // The nearest two points of boxes out of reach of each other.
        const double apart = static_cast<double>(accuracy.reach) * accuracy.side;
        CHECK(std::exp(-apart * apart) <= error / 2);
        CHECK(2 * apart * std::exp(-apart * apart) <= error / 2 * (1 + 1e-9));
    }
}
