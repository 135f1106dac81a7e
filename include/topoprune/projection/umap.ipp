// SPDX-License-Identifier: MIT
#pragma once

#include "umap.hpp"

namespace topoprune {

template <class M, class S>
layout_source umap<M, S>::layouts(matrix_view<const float> features, const execution& where) const {
    return {layout_source::unlimited,
            [run = start(features, where)](std::int64_t first, std::int64_t count, const execution& place) {
                return run.finish_members(first, count, place);
            }};
}

template <class M, class S>
umap_run umap<M, S>::start_with(matrix_view<const float> features, optional_labels labels,
                                const execution& where) const {
    check_options();
    require_finite(features, "umap", "features");
    const std::int64_t n = features.rows();
    const std::int64_t neighborhood = std::min(n_neighbors, n);
    const neighbor_graph neighbors =
        n < 2 ? make_neighbor_graph(n, 0)
              : search_neighbors(search, features, metric, neighborhood - 1, "umap", where);
    std::vector<std::string> notes;
    if (n >= 2 && neighborhood < n_neighbors)
        notes.push_back("umap: n_neighbors reduced to the " + std::to_string(n) + " samples");
    return begin(features, neighbors, labels, std::move(notes), where);
}

template <class M, class S>
umap_run umap<M, S>::begin(matrix_view<const float> features, const neighbor_graph& neighbors,
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

template <class M, class S>
umap_run umap<M, S>::begin_at(matrix_view<const float> features, const neighbor_graph& neighbors,
                              optional_labels labels, std::vector<std::string> notes,
                              const execution& where) const {
    const int default_epochs = (neighbors.samples <= 10'000 ? 500 : 200) + (density_lambda > 0 ? 200 : 0);
    const int epochs = n_epochs.value_or(default_epochs);

    where.report_progress("graph", 0, 1);
    detail::weighted_graph graph =
        detail::build_fuzzy_graph(neighbors, {local_connectivity, set_op_mix_ratio}, where);
    if (labels)
        graph = detail::intersect_with_labels(graph, *labels, detail::label_distance(target_weight), where);
    // An edge too weak to be sampled once is not part of the layout; a run of few epochs keeps those of
    // a full one.
    graph = detail::drop_weak_edges(graph, 1.0 / (epochs > 10 ? epochs : default_epochs));
    where.report_progress("graph", 1, 1);

    where.report_progress("start", 0, 1);
    const auto distance = [this](std::span<const float> x, std::span<const float> y) {
        return metric.distance(x, y);
    };
    detail::layout_start start = detail::make_start(init, graph, features, distance, dimensions, where);
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

template <class M, class S>
umap_model<M> umap<M, S>::model(matrix_view<const float> features, embedding placed,
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

template <class M, class S>
void umap<M, S>::note_isolated(const detail::weighted_graph& graph, std::vector<std::string>& notes) {
    std::int64_t count = 0;
    for (std::int64_t i = 0; i < graph.vertices(); ++i)
        count += graph.begin(i) == graph.end(i);
    if (count > 0 && graph.vertices() > 1)
        notes.push_back("umap: " + std::to_string(count) + " samples have no edge and stay where they start");
}

template <class M, class S>
void umap<M, S>::check_options() const {
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
    require(density_variance_shift >= 0 && density_variance_shift <= 1e6, "umap", "density_variance_shift",
            density_variance_shift, "between 0 and 10^6");
}

} // namespace topoprune
