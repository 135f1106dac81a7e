// SPDX-License-Identifier: MIT
#pragma once

#include "../core/dataset.hpp"
#include "../core/direction.hpp"
#include "../core/execution.hpp"

#include <concepts>
#include <vector>

namespace topoprune {

/// Atom of DatasetScore.
template <class S>
concept ScoresDataset = requires(const S& policy, const dataset& data, const execution& where) {
    { policy.column(data, where) } -> std::same_as<std::vector<double>>;
};

/// Atom of DatasetScore: `S::high`, known to the compiler.
template <class S>
concept StatesHighEnd = requires {
    { S::high } -> std::convertible_to<high_end>;
    requires S::high != high_end::unstated;
};

/// A type that gives every sample of a dataset one number, from its features or from what a classifier said
/// of it, and says what a high number means.
/// Semantics: n finite numbers in the order of the samples; constant; the same bits on any number of threads.
/// Throws std::invalid_argument naming the part of the dataset that it needs and did not get.
/// Models: el2n, entropy, margin, area_under_margin, forgetting, tdds, dual, dual_beta, center_distance,
/// prototypicality, knn_shapley, zcore, fdmat.
template <class S>
concept DatasetScore = std::copyable<S> && ScoresDataset<S> && StatesHighEnd<S>;

/// The column of a score together with its high end, as selectors take it.
template <DatasetScore S>
[[nodiscard]] score_column column_of(const S& score, const dataset& data, const execution& where) {
    return {score.column(data, where), S::high};
}

} // namespace topoprune
