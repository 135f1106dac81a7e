// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"
#include "../core/direction.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../neighbors/neighbor_graph.hpp"

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune {

/// What a selector is asked: n samples with one score each, their classes, and how many to draw of each
/// class. The first three are always there; a selector that needs more of the rest says so by
/// std::invalid_argument, and what is empty was not given. Without labels all samples are one class.
struct selection_problem {
    std::span<const double> scores;
    const class_partition& classes;
    /// One per class, at least 0 and at most the size of the class. Chosen samples count.
    std::span<const std::int64_t> budgets;
    /// What a high score means.
    high_end high = high_end::unstated;
    /// n x d, row-major.
    matrix_view<const float> features{};
    /// n numbers, at least 0: how uncertain a classifier is of each label. 1 - margin, in [0, 2], where the
    /// outputs of one are there (see margin); empty if not.
    std::span<const double> uncertainty{};
    /// A graph over the n samples, made once and used by every selector that walks along neighbors.
    const neighbor_graph* neighbors = nullptr;
    /// n flags, 1 = is chosen already: must be among the kept, counts in the budget, and the others are drawn
    /// in its presence. Must-keep samples are given so, and so is the smaller subset inside a larger one.
    std::span<const std::uint8_t> chosen{};
    /// n different numbers that name the samples; the row numbers if empty. Ties are broken by, and
    /// random numbers are, hashes of seed and id: what is drawn does not depend on the order of the rows.
    std::span<const std::int64_t> ids{};

    [[nodiscard]] std::int64_t id(std::int64_t i) const {
        return ids.empty() ? i : ids[static_cast<std::size_t>(i)];
    }
    [[nodiscard]] bool is_chosen(std::int64_t i) const {
        return !chosen.empty() && chosen[static_cast<std::size_t>(i)] != 0;
    }
};

/// What it answers.
struct selection {
    /// The drawn samples, ascending.
    std::vector<std::int64_t> kept;
    /// The stratum of every sample within its class, from 0; all 0 where a selector knows none.
    std::vector<std::int32_t> stratum;
    /// Place of every kept sample in the order in which its class was drawn, from 0; -1 for the others. Empty
    /// where a selector knows none.
    std::vector<std::int64_t> rank{};
};

/// Atom of Selector.
template <class S>
concept DrawsSamples = requires(const S& policy, const selection_problem& problem, const execution& where) {
    { policy.select(problem, where) } -> std::same_as<selection>;
};

/// A type that draws samples by their scores.
/// Semantics: exactly budgets[c] samples of class c, none twice, all chosen ones among them; constant; the
/// same draw for the same seed, in whatever order the rows come if they have ids; the whole class for a
/// budget of its size.
/// Models: random_subset, weighted_random, top, moderate_window, difficulty_window, stratified,
/// coverage_centric, herding, k_center, facility_location, coverage, graph_cut, message_passing.
template <class S>
concept Selector = std::copyable<S> && DrawsSamples<S>;

/// Whether a selector looks at features: what its `sees_features()` says, and true if it has none. Features
/// are not gathered for a selector that does not.
template <Selector S>
[[nodiscard]] constexpr bool sees_features(const S& selector) {
    if constexpr (requires {
                      { selector.sees_features() } -> std::same_as<bool>;
                  })
        return selector.sees_features();
    else
        return true;
}

/// Whether a selector looks at the uncertainty: what its `sees_uncertainty()` says, and false if it has none.
template <Selector S>
[[nodiscard]] constexpr bool sees_uncertainty(const S& selector) {
    if constexpr (requires {
                      { selector.sees_uncertainty() } -> std::same_as<bool>;
                  })
        return selector.sees_uncertainty();
    else
        return false;
}

/// Throws std::invalid_argument unless the parts of the problem fit together and every score is finite.
TOPOPRUNE_DECLARE void check_selection_problem(const selection_problem& problem, std::string_view function);

/// Throws std::invalid_argument unless every sample has features, and they are finite.
inline void require_features(const selection_problem& problem, std::string_view function) {
    require(problem.features.rows() == problem.classes.samples(), function, "the number of feature rows",
            problem.features.rows(), "the number of samples,", problem.classes.samples());
    require_finite(problem.features, function, "features");
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "selector.ipp"
#endif
