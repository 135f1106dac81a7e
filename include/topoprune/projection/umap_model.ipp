// SPDX-License-Identifier: MIT
#pragma once

#include "umap_model.hpp"

namespace topoprune {

template <Metric M>
embedding umap_model<M>::transform(matrix_view<const float> new_features, const execution& where) const {
    require(features.rows() == positions.rows(), "umap_model", "number of positions", positions.rows(),
            "the number of samples,", features.rows());
    require(features.rows() >= 1, "umap_model", "number of samples", features.rows(), "at least 1");
    require(new_features.columns() == features.cols(), "umap_model", "number of new features",
            new_features.columns(), "that of the model,", features.cols());
    require_finite(new_features, "umap_model", "new features");
    embedding result{.points = matrix<double>(new_features.rows(), positions.cols()), .notes = {}};
    if (new_features.rows() == 0)
        return result;

    where.report_progress("new neighbors", 0, 1);
    neighbor_graph neighbors = find_cross_neighbors<M>(
        features, new_features, metric, std::min<std::int64_t>(n_neighbors, features.rows()), where);
    result.notes = detail::bring_into_range(neighbors);
    where.report_progress("new layout", 0, 1);
    const int epochs = n_epochs ? *n_epochs / 3 : new_features.rows() <= 10'000 ? 100 : 30;
    const detail::new_points placing(positions,
                                     {.curve = {.a = a, .b = b},
                                      .epochs = epochs,
                                      .learning_rate = learning_rate / 4,
                                      .negative_sample_rate = negative_sample_rate,
                                      .repulsion_strength = repulsion_strength},
                                     local_connectivity, seed);
    result.points = placing.place(neighbors, where);
    where.report_progress("new layout", 1, 1);
    return result;
}

} // namespace topoprune
