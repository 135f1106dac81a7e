// SPDX-License-Identifier: MIT
#pragma once

#include "bandwidth.hpp"

#include "../core/checks.hpp"
#include "../core/detail/dense_sums.hpp"

#include <algorithm>

namespace topoprune {

TOPOPRUNE_DEFINE double bandwidth::value(matrix_view<const double> points, std::string_view function) const {
    require(depends_on_points() || (value_ > 0 && std::isfinite(value_)), function, "bandwidth", value_,
            "positive and finite");
    if (!depends_on_points())
        return value_;
    const double h = scale(points) * factor(points);
    return h > 0 && std::isfinite(h) ? h : 1.0;
}

TOPOPRUNE_DEFINE void bandwidth::add_pull_back(matrix_view<const double> points, double derivative,
                                               matrix_view<double> gradient) const {
    const double sigma = depends_on_points() ? scale(points) : 0.0;
    const double h = sigma * factor(points);
    if (h <= 0 || !std::isfinite(h))
        return;
    const Eigen::RowVectorXd mean = detail::column_means(points);
    const double share = derivative * (h / sigma) /
                         (static_cast<double>(points.columns()) * static_cast<double>(points.rows() - 1));
    gradient.eigen() += share * ((points.eigen().rowwise() - mean) / sigma);
}

TOPOPRUNE_DEFINE double bandwidth::scale(matrix_view<const double> points) {
    if (points.rows() < 2 || points.columns() == 0)
        return 0;
    const Eigen::RowVectorXd mean = detail::column_means(points);
    const double largest = (points.eigen().rowwise() - mean).cwiseAbs().maxCoeff();
    if (!(largest > 0))
        return 0;
    const matrix<double> scaled = (points.eigen().rowwise() - mean) / largest;
    const double square = detail::squared_norm(detail::entries(scaled));
    return largest * std::sqrt(square / (static_cast<double>(points.columns()) *
                                         static_cast<double>(points.rows() - 1)));
}

} // namespace topoprune
