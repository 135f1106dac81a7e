// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/random.hpp"
#include "../shared/weighted_graph.hpp"
#include "ordered_double.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace topoprune::detail {

/// S = D^(-1/2) A D^(-1/2) - u u^T with D the degrees of a connected graph A and u the unit vector along
/// D^(1/2): I minus the normalized Laplacian, its known first eigenpair (1, u) taken out. The leading
/// eigenvectors of S are the Laplacian's after the first. The products are parallel, each row by itself, and
/// do not depend on the number of threads. 8 bytes an edge beside the graph.
class deflated_adjacency {
public:
    /// As Spectra asks. Its vectors are sums and products in a fixed order then.
    using Scalar = ordered_double;

    TOPOPRUNE_DECLARE deflated_adjacency(const weighted_graph& graph, const execution& where);

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
    const weighted_graph& graph_;
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
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<Eigen::MatrixXd>
laplacian_eigenvectors(const weighted_graph& graph, std::int64_t m, const random_stream& random,
                       const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "laplacian_eigenvectors.ipp"
#endif
