// SPDX-License-Identifier: MIT
#pragma once

#include "pacmap.hpp"

namespace topoprune {

template <class M, class S>
pacmap_run pacmap<M, S>::start_adjusted(matrix_view<const float> features, const neighbor_graph* neighbors,
                                        std::optional<double> nearby_distance, const execution& where) const {
    check_options(features);
    require_finite(features, "pacmap", "features");
    const std::int64_t n = features.rows();
    require(n <= std::numeric_limits<std::int32_t>::max() / 2, "pacmap", "number of samples", n,
            "less than 2^30");
    if (neighbors)
        require(neighbors->samples == n, "pacmap", "number of samples with neighbors", neighbors->samples,
                "the number of features' rows,", n);

    where.report_progress("features", 0, 1);
    detail::pacmap_features prepared = detail::prepare_pacmap_features(features, principal_components, where);
    where.report_progress("features", 1, 1);
    std::vector<std::string> notes = std::move(prepared.notes);

    detail::pair_counts counts = detail::count_pairs(n, wanted_neighbors(n), mid_near_ratio, further_ratio);
    neighbor_graph found = make_neighbor_graph(n, 0);
    if (!neighbors && counts.near > 0)
        found = search_neighbors(search, prepared.rows, metric,
                                 std::min(wanted_neighbors(n) + spare_neighbors, n - 1), "pacmap", where);
    const neighbor_graph& known = neighbors ? *neighbors : found;
    counts.near = std::min(counts.near, known.k);
    if (n >= 2 && counts.near < wanted_neighbors(n))
        notes.emplace_back("pacmap: n_neighbors reduced to ").append(std::to_string(counts.near));

    where.report_progress("pairs", 0, 1);
    const random_stream random(where.seed(), stream);
    detail::pair_choice pairs;
    pairs.near = detail::choose_near_pairs(known, counts.near, where);
    pairs.mid_near =
        detail::draw_mid_near_pairs(prepared.rows, metric, counts.mid_near, random.child(0), where);
    pairs.further = detail::draw_further_pairs(pairs.near, counts.further, random.child(1), where);
    where.report_progress("pairs", 1, 1);

    const matrix<float> from = first_positions(prepared, notes, where);
    return {detail::pair_descent(std::move(pairs), from,
                                 {.iterations = {iterations[0], iterations[1], iterations[2]},
                                  .learning_rate = learning_rate,
                                  .nearby_distance = nearby_distance},
                                 where.seed(), where),
            std::move(notes)};
}

template <class M, class S>
std::int64_t pacmap<M, S>::wanted_neighbors(std::int64_t n) const {
    if (n_neighbors)
        return *n_neighbors;
    if (n <= 10'000)
        return 10;
    return static_cast<std::int64_t>(std::nearbyint(10 + 15 * (std::log10(static_cast<double>(n)) - 4)));
}

template <class M, class S>
matrix<float> pacmap<M, S>::first_positions(const detail::pacmap_features& prepared,
                                            std::vector<std::string>& notes, const execution& where) const {
    const std::int64_t n = prepared.rows.rows();
    if (init == pacmap_init::random)
        return detail::random_pacmap_init(n, dimensions, where.seed());
    matrix<float> from = init == pacmap_init::given
                             ? detail::standardized_pacmap_init(given)
                             : detail::principal_pacmap_init(prepared, dimensions, where);
    // Pairs without a difference exert no force: nothing would ever move.
    if (n >= 2 && (from.rowwise() - from.row(0)).cwiseAbs().maxCoeff() == 0) {
        notes.emplace_back("pacmap: the start has no extent, so a random one was taken");
        return detail::random_pacmap_init(n, dimensions, where.seed());
    }
    return from;
}

template <class M, class S>
void pacmap<M, S>::check_options(matrix_view<const float> features) const {
    require(!n_neighbors || (*n_neighbors >= 1 && *n_neighbors <= 1'000'000), "pacmap", "n_neighbors",
            n_neighbors.value_or(0), "between 1 and 10^6");
    require(mid_near_ratio >= 0 && mid_near_ratio <= 100, "pacmap", "mid_near_ratio", mid_near_ratio,
            "between 0 and 100");
    require(further_ratio >= 0 && further_ratio <= 100, "pacmap", "further_ratio", further_ratio,
            "between 0 and 100");
    for (const int count : iterations)
        require(count >= 0 && count <= 100'000'000, "pacmap", "iterations", count,
                "between 0 and 10^8 in each phase");
    require(learning_rate > 0 && learning_rate <= 1e3, "pacmap", "learning_rate", learning_rate,
            "positive and at most 1000");
    require(dimensions >= 1 && dimensions <= detail::most_pair_dimensions, "pacmap", "dimensions", dimensions,
            "at least 1 and at most", detail::most_pair_dimensions);
    require(principal_components >= 0, "pacmap", "principal_components", principal_components, "at least 0");
    if (init != pacmap_init::given)
        return;
    require(given.rows() == features.rows(), "pacmap", "rows of given", given.rows(),
            "the number of features' rows,", features.rows());
    require(given.cols() == dimensions, "pacmap", "columns of given", given.cols(),
            "the number of dimensions,", dimensions);
    require_finite(matrix_view<const double>(given), "pacmap", "given");
}

} // namespace topoprune
