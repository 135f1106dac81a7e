// SPDX-License-Identifier: MIT
#pragma once

#include "../filter/misclassified.hpp"
#include "../select/stratified.hpp"
#include "pruner.hpp"

namespace topoprune {

/// The type of topocore().
using topocore_pruner =
    pruner<umap<>, persistence_score<>, density_score<>, weighted_sum, stratified, misclassified>;

/// The method of the TopoCore paper with the settings of its table 2: drops what the classifier gets wrong,
/// scores as `pruner{}` does, and draws at random from up to fifty strata of the combined score. In the
/// program `prune --preset topocore`.
///
///     topoprune::subset kept = topoprune::topocore().select(features, labels,
///     topoprune::keep_fraction{0.1});
[[nodiscard]] inline topocore_pruner topocore() {
    return {.selector = stratified{.strata = 50, .least_budget_per_stratum = 1}};
}

} // namespace topoprune
