// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/shared/centered_products.hpp"
#include "projection.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace topoprune {

/// Principal component analysis: Y = X V with X the n x d features minus their means and V the d x m leading
/// eigenvectors of the covariance X^T X / n, by descending eigenvalue. The sign of each is such that its
/// largest loading by magnitude (the first of equals) is positive.
///
/// Up to `exact_up_to` features the covariance is decomposed exactly: n d^2 + O(d^3) operations, 8 d^2 bytes.
/// Beyond it, by randomized subspace iteration (Halko, Martinsson, Tropp 2011, algorithm 4.4), 4 n d
/// (m + oversampling) operations an iteration, where close eigenvalues may leave their directions mixed.
/// Both take 16 n m bytes beside the result and give the same bits on any number of threads.
///
/// Dimensions beyond the rank of the data are 0, and a note tells so.
struct pca {
    /// m, at least 1.
    std::int64_t dimensions = 2;
    /// The most features whose covariance is decomposed exactly.
    std::int64_t exact_up_to = 1000;
    /// Random directions beyond m: more make the randomized result more accurate and slower.
    std::int64_t oversampling = 10;
    /// Products with the covariance: more separate close eigenvalues better, at one pass each.
    std::int64_t iterations = 6;

    TOPOPRUNE_DECLARE [[nodiscard]] embedding project(matrix_view<const float> features,
                                                      const execution& where) const;

private:
    /// Eigenpairs of the covariance by descending eigenvalue, one direction per column.
    struct components {
        Eigen::VectorXd variances;
        Eigen::MatrixXd directions;
    };

    TOPOPRUNE_DECLARE [[nodiscard]] static components decompose(const matrix<double>& symmetric);

    TOPOPRUNE_DECLARE [[nodiscard]] components approximate(const detail::centered_products& x,
                                                           const execution& where) const;

    /// How many variances are more than the rounding of the covariance and of the centering.
    TOPOPRUNE_DECLARE [[nodiscard]] static std::int64_t count_significant(const components& found,
                                                                          const detail::centered_products& x);

    TOPOPRUNE_DECLARE static void fix_signs(Eigen::MatrixXd& directions);
};

static_assert(Projection<pca>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "pca.ipp"
#endif
