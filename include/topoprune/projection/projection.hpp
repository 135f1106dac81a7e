// SPDX-License-Identifier: MIT
#pragma once

#include "../core/execution.hpp"
#include "../core/matrix.hpp"

#include <concepts>
#include <string>
#include <vector>

namespace topoprune {

/// Where a projection put the samples.
struct embedding {
    /// n x m, row-major, row i is sample i; every number is finite.
    matrix<double> points;
    /// What the projection decided on its way: fallbacks taken, parts laid out apart, iterations reached.
    std::vector<std::string> notes;
};

/// Atom of Projection: `policy.project(features, execution)` gives an embedding.
template <class P>
concept ProjectsPoints =
    requires(const P& policy, matrix_view<const float> features, const execution& where) {
        { policy.project(features, where) } -> std::same_as<embedding>;
    };

/// Atom: a policy is a plain value.
template <class P>
concept PlainValue = std::copyable<P>;

/// A type that places n samples of d features (n x d, row-major) in m dimensions, m = 2 for the plane.
/// Semantics: constant; one row out per row in, same order; finite for finite input; the same bits for the
/// same input, options and seed on any number of threads.
/// Models: identity, pca, umap<Metric, Search>, pacmap<Metric, Search>, local_map<Metric, Search>,
/// tsne<Metric, Search>.
/// Cost: stated by each.
template <class P>
concept Projection = PlainValue<P> && ProjectsPoints<P>;

} // namespace topoprune
