// SPDX-License-Identifier: MIT
#pragma once

#include "laplacian_eigenvectors.hpp"

#include "../../../core/detail/dense_sums.hpp"
#include "../../../core/detail/symmetric_eigen.hpp"
#include "../../../core/matrix.hpp"

#include <Spectra/SymEigsSolver.h>

#include <algorithm>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE deflated_adjacency::deflated_adjacency(const weighted_graph& graph, const execution& where)
    : graph_(graph), where_(where), first_(graph.vertices()),
      weights_(static_cast<std::size_t>(graph.edges())) {
    std::vector<double> scale(static_cast<std::size_t>(graph.vertices()));
    for (std::int64_t i = 0; i < graph.vertices(); ++i) {
        double degree = 0;
        for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
            degree += static_cast<double>(graph.weight(edge));
        first_[i] = std::sqrt(degree);
        scale[static_cast<std::size_t>(i)] = 1 / first_[i];
    }
    first_ /= norm(entries(first_));
    for (std::int64_t i = 0; i < graph.vertices(); ++i)
        for (std::int64_t edge = graph.begin(i); edge < graph.end(i); ++edge)
            weights_[static_cast<std::size_t>(edge)] = static_cast<double>(graph.weight(edge)) *
                                                       scale[static_cast<std::size_t>(i)] *
                                                       scale[static_cast<std::size_t>(graph.target(edge))];
}

TOPOPRUNE_DEFINE std::optional<Eigen::MatrixXd> laplacian_eigenvectors(const weighted_graph& graph,
                                                                       std::int64_t m,
                                                                       const random_stream& random,
                                                                       const execution& where) {
    constexpr std::int64_t dense_up_to = 128, krylov_dimensions = 20, most_restarts = 1000;
    constexpr double tolerance = 1e-6; // eigenvalues of S are near 1, their gaps often near 1e-3
    const std::int64_t n = graph.vertices();
    deflated_adjacency s(graph, where);
    Eigen::MatrixXd vectors;
    if (n <= dense_up_to || n <= 8 * m) {
        matrix<double> dense(n, n);
        for (std::int64_t i = 0; i < n; ++i) {
            const Eigen::VectorXd unit = Eigen::VectorXd::Unit(n, i);
            s.perform_op(unit.data(), dense.data() + i * n);
        }
        const matrix<double> found = symmetric_eigen(dense).vectors;
        vectors.resize(n, m);
        for (std::int64_t c = 0; c < m; ++c)
            vectors.col(c) = found.row(n - 1 - c);
    } else {
        Spectra::SymEigsSolver<deflated_adjacency> solver(s, m, std::max(krylov_dimensions, 4 * m));
        std::vector<ordered_double> start(static_cast<std::size_t>(n));
        for (std::size_t i = 0; i < start.size(); ++i)
            start[i] = random.normal(i);
        solver.init(start.data());
        solver.compute(Spectra::SortRule::LargestAlge, most_restarts, tolerance);
        if (solver.info() != Spectra::CompInfo::Successful)
            return std::nullopt;
        const auto found = solver.eigenvectors();
        vectors.resize(n, m);
        for (std::int64_t c = 0; c < m; ++c)
            for (std::int64_t i = 0; i < n; ++i)
                vectors(i, c) = found(i, c).value;
    }
    for (std::int64_t c = 0; c < m; ++c) {
        Eigen::Index largest = 0;
        vectors.col(c).cwiseAbs().maxCoeff(&largest);
        if (vectors(largest, c) < 0)
            vectors.col(c) *= -1.0;
    }
    return vectors;
}

} // namespace topoprune::detail
