// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../neighbors/adaptive_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_search.hpp"
#include "detail/shared/finished.hpp"
#include "detail/shared/weighted_graph.hpp"
#include "detail/umap/density_objective.hpp"
#include "detail/umap/descent.hpp"
#include "detail/umap/distance_range.hpp"
#include "detail/umap/fuzzy_graph.hpp"
#include "detail/umap/layout.hpp"
#include "detail/umap/layout_start.hpp"
#include "detail/umap/reference_layout.hpp"
#include "detail/umap/similarity_curve.hpp"
#include "detail/umap/supervised_graph.hpp"
#include "layout_source.hpp"
#include "projection.hpp"
#include "umap_model.hpp"
#include "umap_options.hpp"
#include "umap_run.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// Uniform manifold approximation and projection (McInnes, Healy, Melville 2018, arXiv 1802.03426), with the
/// options, defaults and sampling of umap-learn:
///
/// 1. graph: the memberships of each sample's nearest neighbors, joined over the two directions of an edge;
/// 2. start: the leading eigenvectors of the graph's Laplacian, or what `init` says;
/// 3. layout: stochastic descent on the cross entropy of memberships, edges sampled in proportion to their
///    weights and repelled from randomly drawn samples.
///
/// Unlike umap-learn it is parallel and deterministic at once: the layout plays a block_tournament, and the
/// repelling samples stand where they were at the start of the epoch. Over seeds it has the same local
/// scale, trustworthiness and densities (benchmarks/umap_quality.py). Seeds move the picture: treat a layout
/// as one draw.
///
/// The graph can be led by labels (project_supervised), the layout by densities (density_lambda); a layout
/// can be watched (start), drawn many times (ensemble) and given new samples (fit).
///
/// Never a NaN: samples without an edge, duplicates, zero vectors and parts of the graph that hang apart all
/// get a place, and the notes of the result say what was decided.
///
/// Time: the neighbor search, then about 3 x 10^-7 seconds a sample and epoch on one core, less with more.
/// Memory beside the search: at most 40 bytes per sample and neighbor.
template <class M = cosine, class S = adaptive_neighbors>
struct umap {
    static_assert(
        Metric<M>,
        "umap: metric must model Metric: prepare(points, execution), to_distance and distance const");
    static_assert(NeighborSearch<S>,
                  "umap: search must model NeighborSearch: search(points, metric, k, execution) const");

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
    /// Where the layout begins. Spectral falls back to principal components, and a note says so.
    umap_start init = umap_init::spectral;
    /// The order of the samples.
    umap_schedule schedule = umap_schedule::tournament;
    /// Weight of labels against features in a supervised graph, in [0, 1]: 0 lets labels count a little, 1
    /// cuts every edge between classes. Only where labels are given.
    double target_weight = 0.5;
    /// Weight of keeping local densities, >= 0; 0 is plain UMAP. densMAP takes 2 (Narayan, Berger, Cho 2021).
    /// 200 epochs are added to an unset n_epochs. Not with the reference schedule.
    double density_lambda = 0.0;
    /// The last part of the epochs, in [0, 1], in which densities count.
    double density_fraction = 0.3;
    /// Added to the variance of the log radii in the layout, >= 0: steadies the density term where they
    /// hardly differ.
    double density_variance_shift = 0.1;
    /// How neighbors are found.
    S search{};

    /// features: n x d, row-major, finite. Returns n x m.
    [[nodiscard]] embedding project(matrix_view<const float> features, const execution& where) const {
        return detail::finished(start(features, where), where);
    }

    /// The same, with the graph led by labels (n): edges between different labels are weakened, so that
    /// classes move apart; -1 is an unknown label. See target_weight.
    [[nodiscard]] embedding project_supervised(matrix_view<const float> features,
                                               std::span<const std::int64_t> labels,
                                               const execution& where) const {
        return detail::finished(start_supervised(features, labels, where), where);
    }

    /// As many layouts of one graph from one start, each on a random stream of its own: the first is the one
    /// of `project`, the others cost their descents alone. For what varies from draw to draw.
    [[nodiscard]] std::vector<embedding> ensemble(matrix_view<const float> features, std::int64_t count,
                                                  const execution& where) const {
        return start(features, where).finish_ensemble(count, where);
    }

    /// The same, drawn when asked for; layout 0 is the one of `project`.
    [[nodiscard]] layout_source layouts(matrix_view<const float> features, const execution& where) const;

    /// A layout that can take in new samples: umap_model::transform. Keeps a copy of the features.
    [[nodiscard]] umap_model<M> fit(matrix_view<const float> features, const execution& where) const {
        return model(features, project(features, where), where);
    }

    [[nodiscard]] umap_model<M> fit_supervised(matrix_view<const float> features,
                                               std::span<const std::int64_t> labels,
                                               const execution& where) const {
        return model(features, project_supervised(features, labels, where), where);
    }

    /// Everything but the epochs: a layout at its start, to be advanced and looked at.
    [[nodiscard]] umap_run start(matrix_view<const float> features, const execution& where) const {
        return start_with(features, std::nullopt, where);
    }
    [[nodiscard]] umap_run start_supervised(matrix_view<const float> features,
                                            std::span<const std::int64_t> labels,
                                            const execution& where) const {
        return start_with(features, labels, where);
    }

    /// The same from neighbors that are already known: n x k, k = n_neighbors - 1 or any other.
    [[nodiscard]] embedding place(matrix_view<const float> features, const neighbor_graph& neighbors,
                                  const execution& where) const {
        return detail::finished(start(features, neighbors, where), where);
    }
    [[nodiscard]] embedding place_supervised(matrix_view<const float> features,
                                             const neighbor_graph& neighbors,
                                             std::span<const std::int64_t> labels,
                                             const execution& where) const {
        return detail::finished(begin(features, neighbors, labels, {}, where), where);
    }
    [[nodiscard]] std::vector<embedding> place_ensemble(matrix_view<const float> features,
                                                        const neighbor_graph& neighbors, std::int64_t count,
                                                        const execution& where) const {
        return start(features, neighbors, where).finish_ensemble(count, where);
    }
    [[nodiscard]] umap_model<M> place_model(matrix_view<const float> features,
                                            const neighbor_graph& neighbors, const execution& where) const {
        return model(features, place(features, neighbors, where), where);
    }
    [[nodiscard]] umap_run start(matrix_view<const float> features, const neighbor_graph& neighbors,
                                 const execution& where) const {
        return begin(features, neighbors, std::nullopt, {}, where);
    }

private:
    using optional_labels = std::optional<std::span<const std::int64_t>>;

    [[nodiscard]] umap_run start_with(matrix_view<const float> features, optional_labels labels,
                                      const execution& where) const;

    [[nodiscard]] umap_run begin(matrix_view<const float> features, const neighbor_graph& neighbors,
                                 optional_labels labels, std::vector<std::string> notes,
                                 const execution& where) const;

    [[nodiscard]] umap_run begin_at(matrix_view<const float> features, const neighbor_graph& neighbors,
                                    optional_labels labels, std::vector<std::string> notes,
                                    const execution& where) const;

    [[nodiscard]] umap_model<M> model(matrix_view<const float> features, embedding placed,
                                      const execution& where) const;

    static void note_isolated(const detail::weighted_graph& graph, std::vector<std::string>& notes);

    void check_options() const;
};

static_assert(Projection<umap<>>);

} // namespace topoprune

#include "umap.ipp"
