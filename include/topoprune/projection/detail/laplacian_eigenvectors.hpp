// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/dense_sums.hpp"
#include "../../core/detail/symmetric_eigen.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"
#include "ordered_double.hpp"
#include "weighted_graph.hpp"

#include <Eigen/Core>
#include <Spectra/SymEigsSolver.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace topoprune::detail {

/// S = D^(-1/2) A D^(-1/2) - u u^T with D the degrees of a connected graph A and u the unit vector along
/// D^(1/2): I minus the normalized Laplacian, its known first eigenpair (1, u) taken out. The leading
/// eigenvectors of S are the Laplacian's after the first. The products are parallel, each row by itself, and
/// do not depend on the number of threads. 8 bytes an edge beside the graph.
///
/// A template, as its eigenvector solver below, so that only programs that use them spend the seconds that
/// the solver takes to compile.
template <class Graph = weighted_graph>
class deflated_adjacency {
public:
    /// As Spectra asks. Its vectors are sums and products in a fixed order then.
    using Scalar = ordered_double;

    deflated_adjacency(const Graph& graph, const execution& where)
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
                weights_[static_cast<std::size_t>(edge)] =
                    static_cast<double>(graph.weight(edge)) * scale[static_cast<std::size_t>(i)] *
                    scale[static_cast<std::size_t>(graph.target(edge))];
    }

    [[nodiscard]] Eigen::Index rows() const { return first_.size(); }
    [[nodiscard]] Eigen::Index cols() const { return first_.size(); }

    /// y = S x
    template <class Number>
    void perform_op(const Number* x, Number* y) const {
        where_.check_interruption();
        Number along = 0;
        for (std::int64_t i = 0; i < rows(); ++i)
            along += first_[i] * x[i];
        where_.parallel_ranges(rows(), 2048, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
                Number sum = -along * first_[i];
                for (std::int64_t edge = graph_.begin(i); edge < graph_.end(i); ++edge)
                    sum += weights_[static_cast<std::size_t>(edge)] * x[graph_.target(edge)];
                y[i] = sum;
            }
        });
    }

private:
    const Graph& graph_;
    const execution& where_;
    Eigen::VectorXd first_;
    std::vector<double> weights_;
};

/// The m eigenvectors of the normalized Laplacian of a connected graph that follow the first, by ascending
/// eigenvalue: vertices x m, unit columns, the largest entry of each positive. Small graphs are decomposed
/// densely; larger ones by implicitly restarted Lanczos iterations from a drawn vector, until residuals are
/// below `tolerance`; of an exactly repeated eigenvalue they may find one vector only and go on to the next.
/// Nothing if that takes too many restarts. Needs m < vertices and no degree of 0.
/// Memory: 8 max(20, 4 m) bytes a vertex and 8 an edge.
template <class Graph>
[[nodiscard]] std::optional<Eigen::MatrixXd> laplacian_eigenvectors(const Graph& graph, std::int64_t m,
                                                                    const random_stream& random,
                                                                    const execution& where) {
    constexpr std::int64_t dense_up_to = 128, krylov_dimensions = 20, most_restarts = 1000;
    constexpr double tolerance = 1e-6; // eigenvalues of S are near 1, their gaps often near 1e-3
    const std::int64_t n = graph.vertices();
    deflated_adjacency<Graph> s(graph, where);
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
        Spectra::SymEigsSolver<deflated_adjacency<Graph>> solver(s, m, std::max(krylov_dimensions, 4 * m));
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
