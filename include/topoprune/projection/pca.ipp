// SPDX-License-Identifier: MIT
#pragma once

#include "pca.hpp"

#include "../core/checks.hpp"
#include "../core/detail/dense_products.hpp"
#include "../core/detail/dense_sums.hpp"
#include "../core/detail/orthonormal_columns.hpp"
#include "../core/detail/symmetric_eigen.hpp"
#include "../core/random.hpp"

#include <algorithm>
#include <limits>

namespace topoprune {

TOPOPRUNE_DEFINE embedding pca::project(matrix_view<const float> features, const execution& where) const {
    require(dimensions >= 1, "pca", "dimensions", dimensions, "at least 1");
    require(oversampling >= 0, "pca", "oversampling", oversampling, "at least 0");
    require(iterations >= 1, "pca", "iterations", iterations, "at least 1");
    require_finite(features, "pca", "features");

    const detail::centered_products x(features, where);
    components found = x.columns() <= exact_up_to ? decompose(x.covariance()) : approximate(x, where);
    const std::int64_t rank = std::min(dimensions, count_significant(found, x));
    found.directions.conservativeResize(Eigen::NoChange, rank);
    fix_signs(found.directions);

    embedding result{.points = matrix<double>::Zero(x.samples(), dimensions), .notes = {}};
    result.points.leftCols(rank) = x.times(found.directions);
    if (rank < dimensions)
        result.notes.push_back("pca: the data spans " + std::to_string(rank) + " of " +
                               std::to_string(dimensions) + " dimensions; the others are 0");
    return result;
}

TOPOPRUNE_DEFINE pca::components pca::decompose(const matrix<double>& symmetric) {
    const detail::symmetric_eigenpairs pairs = detail::symmetric_eigen(symmetric);
    const Eigen::Index size = symmetric.rows();
    components result{Eigen::VectorXd(size), Eigen::MatrixXd(size, size)};
    for (Eigen::Index c = 0; c < size; ++c) {
        result.variances[c] = pairs.values[static_cast<std::size_t>(size - 1 - c)];
        result.directions.col(c) = pairs.vectors.row(size - 1 - c);
    }
    return result;
}

TOPOPRUNE_DEFINE pca::components pca::approximate(const detail::centered_products& x,
                                                  const execution& where) const {
    constexpr std::uint64_t stream = 0x706361; // "pca"
    const random_stream random(where.seed(), stream);
    const std::int64_t width = std::min(dimensions + oversampling, x.columns());
    Eigen::MatrixXd basis(x.columns(), width);
    for (std::int64_t c = 0; c < basis.size(); ++c)
        basis.data()[c] = random.normal(static_cast<std::uint64_t>(c));
    detail::orthonormalize(basis);
    for (std::int64_t pass = 0; pass < iterations; ++pass) {
        where.report_progress("pca", pass, iterations);
        basis = x.transposed_times(x.times(basis));
        detail::orthonormalize(basis);
    }
    where.report_progress("pca", iterations, iterations);
    // Rayleigh and Ritz: the covariance seen from within the subspace.
    const detail::strided_view<const double> of_basis(basis);
    const Eigen::MatrixXd image = x.transposed_times(x.times(basis));
    matrix<double> inside = matrix<double>::Zero(width, width);
    detail::add_product(of_basis.transposed(), image, inside);
    const double n = static_cast<double>(std::max<std::int64_t>(x.samples(), 1));
    components found = decompose((inside + inside.transpose()) / (2.0 * n));
    Eigen::MatrixXd directions = Eigen::MatrixXd::Zero(x.columns(), width);
    detail::add_product(of_basis, found.directions, directions);
    found.directions = std::move(directions);
    return found;
}

TOPOPRUNE_DEFINE std::int64_t pca::count_significant(const components& found,
                                                     const detail::centered_products& x) {
    if (x.samples() == 0 || found.variances.size() == 0)
        return 0;
    constexpr double roundoff = std::numeric_limits<double>::epsilon();
    const double mean_noise = roundoff * detail::norm(detail::entries(x.mean()));
    const double bound =
        std::max(static_cast<double>(x.columns()) * roundoff * found.variances[0], mean_noise * mean_noise);
    return (found.variances.array() > bound).count();
}

TOPOPRUNE_DEFINE void pca::fix_signs(Eigen::MatrixXd& directions) {
    for (Eigen::Index c = 0; c < directions.cols(); ++c) {
        Eigen::Index largest = 0;
        directions.col(c).cwiseAbs().maxCoeff(&largest);
        if (directions(largest, c) < 0)
            directions.col(c) *= -1.0;
    }
}

} // namespace topoprune
