// SPDX-License-Identifier: MIT
#pragma once

#include "fdmat.hpp"

#include "../core/detail/dense_sums.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> fdmat::column(const dataset& data, const execution& where) const {
    require(lambda > 0 && std::isfinite(lambda), "fdmat", "lambda", lambda, "positive and finite");
    require(std::ssize(data.labels) == data.samples(), "fdmat", "the number of labels", data.labels.size(),
            "the number of samples,", data.samples());
    require_features(data, "fdmat");
    if (data.samples() == 0)
        return {};
    const class_partition classes(data.labels);
    const matrix<double> costs = squared_distances(data.features, classes);
    const matrix<double> plan = transport_plan(costs, classes, where);
    std::vector<double> column;
    for (Eigen::Index i = 0; i < costs.rows(); ++i)
        column.push_back(detail::squared_norm(
            detail::entries(Eigen::RowVectorXd(plan.row(i).cwiseProduct(costs.row(i))))));
    return column;
}

TOPOPRUNE_DEFINE matrix<double> fdmat::squared_distances(matrix_view<const float> features,
                                                         const class_partition& classes) {
    matrix<double> x = features.eigen().cast<double>();
    require(x.size() == 0 || x.minCoeff() >= 0, "fdmat", "the least feature",
            x.size() == 0 ? 0 : x.minCoeff(), "at least 0");
    for (Eigen::Index i = 0; i < x.size(); ++i)
        x.data()[i] = std::sqrt(x.data()[i] + 1e-6); // that of Eigen is not exact on every machine
    const matrix_view<const double> rows(x);
    const Eigen::RowVectorXd mean = detail::column_means(rows);
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        const double length = detail::norm(rows.row(i));
        x.row(i) = (x.row(i) - mean) / length;
    }
    matrix<double> costs(x.rows(), classes.count());
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        Eigen::RowVectorXd center = Eigen::RowVectorXd::Zero(x.cols());
        for (const std::int64_t i : classes.members(c))
            center += x.row(i);
        center /= static_cast<double>(classes.size(c));
        for (Eigen::Index i = 0; i < x.rows(); ++i)
            costs(i, c) = detail::squared_distance(rows.row(i), detail::entries(center));
    }
    return costs;
}

TOPOPRUNE_DEFINE matrix<double> fdmat::transport_plan(const matrix<double>& costs,
                                                      const class_partition& classes,
                                                      const execution& where) const {
    // A factor of a whole row does not change the plan: with the least cost of the row taken off, no row
    // underflows.
    matrix<double> plan(costs.rows(), costs.cols());
    for (Eigen::Index i = 0; i < costs.rows(); ++i) {
        const double least = costs.row(i).minCoeff();
        for (Eigen::Index c = 0; c < costs.cols(); ++c)
            plan(i, c) = std::exp(-lambda * (costs(i, c) - least));
    }
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        where.check_interruption();
        double worst = 0;
        for (Eigen::Index i = 0; i < plan.rows(); ++i) {
            const double sum = detail::sum(matrix_view<const double>(plan).row(i));
            worst = std::max(worst, std::abs(sum - 1));
            if (sum > 0)
                plan.row(i) /= sum;
        }
        if (sweep > 0 && worst < tolerance)
            break;
        const Eigen::RowVectorXd sums = detail::column_sums(plan);
        for (Eigen::Index c = 0; c < plan.cols(); ++c)
            if (sums[c] > 0)
                plan.col(c) *= static_cast<double>(classes.size(c)) / sums[c];
    }
    return plan;
}

} // namespace topoprune
