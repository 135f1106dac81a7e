// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <topoprune/loss/topological_loss.hpp>

#include <algorithm>
#include <cmath>

/// Compares the gradient with central differences wherever the loss is smooth: where differences of two
/// widths agree, so that no tie (two equal lengths, two plans of equal cost, a flip of the triangulation)
/// lies between. Returns the number of coordinates compared.
template <topoprune::TopologicalLoss Loss>
std::int64_t compare_with_differences(const Loss& loss, const topoprune::matrix<double>& points) {
    using namespace topoprune;
    const execution where({.threads = 1});
    const matrix<double> gradient = loss.value_and_gradient(points, where).gradient;
    const auto difference = [&](std::int64_t entry, double step) {
        matrix<double> moved = points;
        moved.data()[entry] += step;
        const double above = loss.value_and_gradient(moved, where).value;
        moved.data()[entry] = points.data()[entry] - step;
        return (above - loss.value_and_gradient(moved, where).value) / (2 * step);
    };
    std::int64_t compared = 0;
    const double scale = std::max(1e-3, gradient.cwiseAbs().maxCoeff());
    for (std::int64_t entry = 0; entry < points.size(); ++entry) {
        const double wide = difference(entry, 2e-6);
        const double narrow = difference(entry, 1e-6);
        if (std::abs(wide - narrow) > 1e-7 * scale)
            continue;
        ++compared;
        CHECK(std::abs(gradient.data()[entry] - narrow) <= 1e-6 * scale);
    }
    return compared;
}

/// What every TopologicalLoss must do and no compiler can check, but for the order of the points: a loss that
/// draws samples of them by row number depends on it.
template <topoprune::TopologicalLoss Loss>
void check_loss_laws_in_order(const Loss& loss, const topoprune::matrix<double>& points) {
    using namespace topoprune;
    const loss_value one = loss.value_and_gradient(points, execution({.threads = 1}));
    CHECK(std::isfinite(one.value));
    REQUIRE(one.gradient.rows() == points.rows());
    REQUIRE((points.rows() == 0 || one.gradient.cols() == points.cols()));
    CHECK(one.gradient.allFinite());
    for (const int threads : {2, 3, 8}) {
        const loss_value many = loss.value_and_gradient(points, execution({.threads = threads}));
        CHECK(many.value == one.value);
        CHECK(many.gradient == one.gradient);
    }
    // Only the shape counts: moving the cloud changes nothing, and no gradient moves it.
    matrix<double> moved = points;
    moved.col(0).array() += 3.0;
    CHECK(loss.value_and_gradient(moved, execution({.threads = 1})).value ==
          doctest::Approx(one.value).epsilon(1e-9));
    const double largest = one.gradient.size() > 0 ? one.gradient.cwiseAbs().maxCoeff() : 0;
    for (Eigen::Index k = 0; k < one.gradient.cols(); ++k)
        CHECK(std::abs(one.gradient.col(k).sum()) <=
              1e-9 * (1 + largest * static_cast<double>(points.rows())));
}

/// What every TopologicalLoss must do and no compiler can check.
template <topoprune::TopologicalLoss Loss>
void check_loss_laws(const Loss& loss, const topoprune::matrix<double>& points) {
    using namespace topoprune;
    check_loss_laws_in_order(loss, points);
    const matrix<double> reversed = points.colwise().reverse();
    const loss_value permuted = loss.value_and_gradient(reversed, execution({.threads = 1}));
    CHECK(permuted.value ==
          doctest::Approx(loss.value_and_gradient(points, execution({.threads = 1})).value).epsilon(1e-9));
}
