// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../neighbors/cross_neighbors.hpp"
#include "../neighbors/metric.hpp"
#include "../neighbors/neighbor_graph.hpp"
#include "detail/umap/distance_range.hpp"
#include "detail/umap/layout_options.hpp"
#include "detail/umap/new_points.hpp"
#include "projection.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace topoprune {

/// A finished umap layout that takes in new samples, as umap::fit gives it: a plain value, whose members are
/// all there is to save.
template <Metric M>
struct umap_model {
    /// n x d, the samples that were laid out.
    matrix<float> features;
    /// n x m, where they are.
    matrix<double> positions;
    /// What was decided on the way.
    std::vector<std::string> notes{};
    M metric{};

    // The options of the layout, see umap.
    std::int64_t n_neighbors = 15;
    double local_connectivity = 1;
    std::optional<int> n_epochs{};
    double learning_rate = 1;
    int negative_sample_rate = 5;
    double repulsion_strength = 1;
    /// The similarity 1 / (1 + a x^(2b)) of two samples at distance x in the layout.
    double a = 1;
    double b = 1;
    std::uint64_t seed = 1;

    /// Places new samples (q x d, row-major, finite) without moving those of the model: each at the weighted
    /// mean of its n_neighbors nearest samples of the model, followed by a third of n_epochs (unset: 100 up
    /// to 10,000 new samples, 30 beyond) at a quarter of the learning rate, as umap-learn. Returns q x m.
    ///
    /// A new sample's place depends on itself alone, but for that number of epochs.
    /// Time: 2 n q d multiply-adds, then about 2 microseconds a sample and epoch on one core; parallel over
    /// samples. Memory: 8 d bytes for each sample, old and new.
    [[nodiscard]] embedding transform(matrix_view<const float> new_features, const execution& where) const;
};

} // namespace topoprune

#include "umap_model.ipp"
