// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../neighbors/exact_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_search.hpp"
#include "detail/fuzzy_graph.hpp"
#include "detail/layout.hpp"
#include "detail/similarity_curve.hpp"
#include "detail/spectral_start.hpp"
#include "detail/weighted_graph.hpp"
#include "projection.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace topoprune {

/// Uniform manifold approximation and projection (McInnes, Healy, Melville 2018, arXiv 1802.03426), with the
/// options, defaults and sampling of umap-learn:
///
/// 1. graph: the memberships of each sample's nearest neighbors, joined over the two directions of an edge;
/// 2. start: the leading eigenvectors of the graph's Laplacian;
/// 3. layout: stochastic descent on the cross entropy of memberships, edges sampled in proportion to their
///    weights and repelled from randomly drawn samples.
///
/// Unlike umap-learn it is parallel and deterministic at once: the layout plays a block_tournament, and the
/// repelling samples stand where they were at the start of the epoch. Over seeds it has the same local
/// scale, trustworthiness and densities (benchmarks/umap_quality.py). Seeds move the picture: treat a layout
/// as one draw.
///
/// Time: the neighbor search, then about 3.5 x 10^-7 seconds a sample and epoch on one core, less with more.
/// Memory beside the search: at most 40 bytes per sample and neighbor.
template <Metric M = cosine, NeighborSearch S = exact_neighbors>
struct umap {
    /// Size of a neighborhood, the sample itself counted, as in umap-learn; at least 2, no more than n is
    /// used. More shows coarser structure (section 4.1).
    std::int64_t n_neighbors = 15;
    /// Distance in the embedding up to which samples count as together, in [0, spread]. Less packs clusters
    /// tighter (section 4.1).
    double min_dist = 0.1;
    /// Unit of length of the embedding, > 0; see min_dist.
    double spread = 1.0;
    /// How samples are compared.
    M metric{};
    /// Passes over the graph, >= 0; 0 returns the start. Unset: 500 up to 10,000 samples, 200 beyond.
    std::optional<int> n_epochs{};
    /// Step of the first epoch, > 0; it falls linearly to 0.
    double learning_rate = 1.0;
    /// Repelling samples for each sample of an edge, >= 0, on average. More is slower and smoother
    /// (section 3.2).
    int negative_sample_rate = 5;
    /// Weight of the repulsion, >= 0. More spreads the picture.
    double repulsion_strength = 1.0;
    /// Nearest neighbors taken as fully connected, >= 0, interpolated between integers. More bridges gaps.
    double local_connectivity = 1.0;
    /// 1: an edge is as strong as the fuzzy union of its two directions; 0: their intersection; between,
    /// a mixture.
    double set_op_mix_ratio = 1.0;
    /// m, from 1 to 64.
    std::int64_t dimensions = 2;
    /// How neighbors are found.
    S search{};

    /// features: n x d, row-major, finite. Returns n x m.
    [[nodiscard]] embedding project(matrix_view<const float> features, const execution& where) const {
        check_options();
        require_finite(features, "umap", "features");
        const std::int64_t n = features.rows();
        if (n < 2)
            return {.points = matrix<double>::Zero(n, dimensions), .notes = {}};
        const std::int64_t neighborhood = std::min(n_neighbors, n);
        embedding result = place(features, search.search(features, metric, neighborhood - 1, where), where);
        if (neighborhood < n_neighbors)
            result.notes.push_back("umap: n_neighbors reduced to the " + std::to_string(n) + " samples");
        return result;
    }

    /// The same from neighbors that are already known: n x k, k = n_neighbors - 1 or any other.
    [[nodiscard]] embedding place(matrix_view<const float> features, const neighbor_graph& neighbors,
                                  const execution& where) const {
        check_options();
        require(neighbors.samples == features.rows(), "umap", "number of samples with neighbors",
                neighbors.samples, "the number of features' rows,", features.rows());
        const int default_epochs = neighbors.samples <= 10'000 ? 500 : 200;
        const int epochs = n_epochs.value_or(default_epochs);

        where.report_progress("graph", 0, 1);
        // An edge too weak to be sampled once is not part of the layout; a run of few epochs keeps those of
        // a full one.
        const detail::weighted_graph graph = detail::drop_weak_edges(
            detail::build_fuzzy_graph(neighbors, {local_connectivity, set_op_mix_ratio}, where),
            1.0 / (epochs > 10 ? epochs : default_epochs));
        where.report_progress("graph", 1, 1);

        where.report_progress("start", 0, 1);
        detail::layout_start start = detail::spectral_layout(graph, features, metric, dimensions, where);
        where.report_progress("start", 1, 1);

        detail::layout layout(graph, detail::stretch_start(start.points, where.seed()),
                              {.curve = detail::fit_similarity_curve(min_dist, spread),
                               .epochs = epochs,
                               .learning_rate = learning_rate,
                               .negative_sample_rate = negative_sample_rate,
                               .repulsion_strength = repulsion_strength},
                              where.seed());
        layout.advance(epochs, where);
        return {.points = layout.positions(), .notes = std::move(start.notes)};
    }

private:
    void check_options() const {
        require(n_neighbors >= 2, "umap", "n_neighbors", n_neighbors, "at least 2");
        require(!n_epochs || *n_epochs >= 0, "umap", "n_epochs", n_epochs.value_or(0), "at least 0");
        require(learning_rate > 0 && learning_rate <= 1e3, "umap", "learning_rate", learning_rate,
                "positive and at most 1000");
        require(negative_sample_rate >= 0 && negative_sample_rate <= 1000, "umap", "negative_sample_rate",
                negative_sample_rate, "between 0 and 1000");
        require(repulsion_strength >= 0 && repulsion_strength <= 1e6, "umap", "repulsion_strength",
                repulsion_strength, "between 0 and 10^6");
        require(dimensions >= 1 && dimensions <= detail::most_dimensions, "umap", "dimensions", dimensions,
                "at least 1 and at most", detail::most_dimensions);
    }
};

static_assert(Projection<umap<>>);

} // namespace topoprune
