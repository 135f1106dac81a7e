// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../neighbors/adaptive_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_search.hpp"
#include "detail/density_objective.hpp"
#include "detail/distance_range.hpp"
#include "detail/finished.hpp"
#include "detail/fuzzy_graph.hpp"
#include "detail/layout.hpp"
#include "detail/layout_start.hpp"
#include "detail/reference_layout.hpp"
#include "detail/similarity_curve.hpp"
#include "detail/supervised_graph.hpp"
#include "detail/weighted_graph.hpp"
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
template <Metric M = cosine, NeighborSearch S = adaptive_neighbors>
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
    [[nodiscard]] layout_source layouts(matrix_view<const float> features, const execution& where) const {
        return {
            layout_source::unlimited,
            [run = start(features, where)](std::int64_t first, std::int64_t count, const execution& place) {
                return run.finish_members(first, count, place);
            }};
    }

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
                                      const execution& where) const {
        check_options();
        require_finite(features, "umap", "features");
        const std::int64_t n = features.rows();
        const std::int64_t neighborhood = std::min(n_neighbors, n);
        const neighbor_graph neighbors =
            n < 2 ? make_neighbor_graph(n, 0) : search.search(features, metric, neighborhood - 1, where);
        std::vector<std::string> notes;
        if (n >= 2 && neighborhood < n_neighbors)
            notes.push_back("umap: n_neighbors reduced to the " + std::to_string(n) + " samples");
        return begin(features, neighbors, labels, std::move(notes), where);
    }

    [[nodiscard]] umap_run begin(matrix_view<const float> features, const neighbor_graph& neighbors,
                                 optional_labels labels, std::vector<std::string> notes,
                                 const execution& where) const {
        check_options();
        require(neighbors.samples == features.rows(), "umap", "number of samples with neighbors",
                neighbors.samples, "the number of features' rows,", features.rows());
        detail::require_neighbors(neighbors, features.rows());
        if (detail::are_in_range(neighbors))
            return begin_at(features, neighbors, labels, std::move(notes), where);
        neighbor_graph in_range = neighbors;
        for (std::string& note : detail::bring_into_range(in_range))
            notes.push_back(std::move(note));
        return begin_at(features, in_range, labels, std::move(notes), where);
    }

    [[nodiscard]] umap_run begin_at(matrix_view<const float> features, const neighbor_graph& neighbors,
                                    optional_labels labels, std::vector<std::string> notes,
                                    const execution& where) const {
        const int default_epochs = (neighbors.samples <= 10'000 ? 500 : 200) + (density_lambda > 0 ? 200 : 0);
        const int epochs = n_epochs.value_or(default_epochs);

        where.report_progress("graph", 0, 1);
        detail::weighted_graph graph =
            detail::build_fuzzy_graph(neighbors, {local_connectivity, set_op_mix_ratio}, where);
        if (labels)
            graph =
                detail::intersect_with_labels(graph, *labels, detail::label_distance(target_weight), where);
        // An edge too weak to be sampled once is not part of the layout; a run of few epochs keeps those of
        // a full one.
        graph = detail::drop_weak_edges(graph, 1.0 / (epochs > 10 ? epochs : default_epochs));
        where.report_progress("graph", 1, 1);

        where.report_progress("start", 0, 1);
        detail::layout_start start = detail::make_start(init, graph, features, metric, dimensions, where);
        const matrix<float> positions = detail::stretch_start(start.points, where.seed());
        notes.insert(notes.end(), start.notes.begin(), start.notes.end());
        note_isolated(graph, notes);
        where.report_progress("start", 1, 1);

        const detail::layout_options options{.curve = detail::fit_similarity_curve(min_dist, spread),
                                             .epochs = epochs,
                                             .learning_rate = learning_rate,
                                             .negative_sample_rate = negative_sample_rate,
                                             .repulsion_strength = repulsion_strength};
        if (schedule == umap_schedule::reference) {
            constexpr std::uint64_t stream = 0x746175; // "tau"
            return {detail::reference_layout(graph, positions, options, random_stream(where.seed(), stream)),
                    std::move(notes)};
        }
        auto plan = std::make_shared<detail::layout_plan>(graph);
        if (density_lambda > 0)
            plan->density.emplace(graph, detail::log_feature_radii(graph, neighbors, where),
                                  detail::density_options{.lambda = density_lambda,
                                                          .fraction = density_fraction,
                                                          .variance_shift = density_variance_shift},
                                  [&](std::int64_t i) { return plan->tournament.place(i); });
        return {detail::layout(std::move(plan), positions, options, where.seed()), std::move(notes)};
    }

    [[nodiscard]] umap_model<M> model(matrix_view<const float> features, embedding placed,
                                      const execution& where) const {
        const detail::similarity_curve curve = detail::fit_similarity_curve(min_dist, spread);
        return {.features = features.eigen(),
                .positions = std::move(placed.points),
                .notes = std::move(placed.notes),
                .metric = metric,
                .n_neighbors = n_neighbors,
                .local_connectivity = local_connectivity,
                .n_epochs = n_epochs,
                .learning_rate = learning_rate,
                .negative_sample_rate = negative_sample_rate,
                .repulsion_strength = repulsion_strength,
                .a = curve.a,
                .b = curve.b,
                .seed = where.seed()};
    }

    static void note_isolated(const detail::weighted_graph& graph, std::vector<std::string>& notes) {
        std::int64_t count = 0;
        for (std::int64_t i = 0; i < graph.vertices(); ++i)
            count += graph.begin(i) == graph.end(i);
        if (count > 0 && graph.vertices() > 1)
            notes.push_back("umap: " + std::to_string(count) +
                            " samples have no edge and stay where they start");
    }

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
        require(target_weight >= 0 && target_weight <= 1, "umap", "target_weight", target_weight,
                "between 0 and 1");
        require(density_lambda >= 0 && density_lambda <= 1e6, "umap", "density_lambda", density_lambda,
                "between 0 and 10^6");
        require(density_lambda == 0 || schedule != umap_schedule::reference, "umap", "density_lambda",
                density_lambda, "0 with the reference schedule");
        require(density_fraction >= 0 && density_fraction <= 1, "umap", "density_fraction", density_fraction,
                "between 0 and 1");
        require(density_variance_shift >= 0 && density_variance_shift <= 1e6, "umap",
                "density_variance_shift", density_variance_shift, "between 0 and 10^6");
    }
};

static_assert(Projection<umap<>>);

} // namespace topoprune
