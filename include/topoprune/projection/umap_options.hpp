// SPDX-License-Identifier: MIT
#pragma once

#include "../core/matrix.hpp"

#include <variant>

namespace topoprune {

/// Where a umap layout begins, unless positions are given.
enum class umap_init {
    /// The leading eigenvectors of the graph's Laplacian (McInnes 2018, algorithm 4).
    spectral,
    /// The leading principal components of the features.
    principal_components,
    /// A uniform draw.
    random,
};

/// A way to begin, or the positions themselves: n x m, finite, row i for sample i. Whatever they are, they
/// are stretched to [0, 10] on each axis.
using umap_start = std::variant<umap_init, matrix<double>>;

/// In which order the edges of the graph are visited.
enum class umap_schedule {
    /// In parallel, with the same result on any number of threads.
    tournament,
    /// One after another on one thread, with the counters and the generator of umap-learn under a seed: for
    /// comparisons. From the same graph, start and random state the positions are those of umap-learn up to
    /// rounding, which grows from epoch to epoch. About five times as slow.
    reference,
};

} // namespace topoprune
