// SPDX-License-Identifier: MIT
#pragma once

#include "../budget/class_budgets.hpp"
#include "../core/dataset.hpp"
#include "../core/direction.hpp"
#include "../core/random.hpp"
#include "../filter/filter.hpp"
#include "../filter/misclassified.hpp"
#include "../filter/noise_adapted.hpp"
#include "../score/margin.hpp"
#include "../select/random_subset.hpp"
#include "../select/selector.hpp"
#include "../select/subset.hpp"
#include "detail/policy_answers.hpp"
#include "explained_subset.hpp"
#include "selection_request.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// Draws subsets by one selector, with or without scores, features and labels:
///
///     auto report = subset_selection{.selector = k_center{}}.run(
///         {.features = features, .labels = labels}, {}, {.keep = {keep_fraction{0.1}}});
///
/// Several subsets are drawn from the smallest to the largest, each with the one before it as chosen: every
/// class budget is met exactly at every size, and a greedy selector draws just what it would draw at the
/// largest size alone. Without labels all samples are one class.
/// Cost: that of the filter and of the selector, once for each subset. Memory: 24 bytes a sample and subset.
template <class S = random_subset, class F = no_filter>
struct subset_selection {
    static_assert(Selector<S>,
                  "subset_selection: selector must model Selector: select(problem, execution) const");
    static_assert(Filter<F>, "subset_selection: filter must model Filter: apply(data, execution) const");

    F filter{};
    S selector{};

    /// scores: n of them, or none where the selector looks at none. data.features may be empty if scores are
    /// given. neighbors: a graph over the n samples, or null.
    [[nodiscard]] selection_report run(const dataset& data, const score_column& scores,
                                       const selection_request& request, run_options options = {},
                                       const neighbor_graph* neighbors = nullptr) const;

    /// Throws std::invalid_argument where `choose` would, scores and selector aside: before long work on
    /// them.
    void check(filter_result filtered, const dataset& data, const selection_request& request,
               const execution& where) const;

    /// What a filter lets pass at one of the budgets: of one that is stricter where less is kept, samples
    /// that pass at none are dropped. `choose` begins with it.
    [[nodiscard]] static filter_result at_largest(filter_result filtered,
                                                  std::span<const std::int64_t> labels,
                                                  const selection_request& request);

    /// The same where the filter was applied before. Scores of samples that it dropped and that need not be
    /// kept are not looked at.
    [[nodiscard]] selection_report choose(filter_result filtered, const dataset& data,
                                          const score_column& scores, const selection_request& request,
                                          const execution& where,
                                          const neighbor_graph* neighbors = nullptr) const;

private:
    static constexpr std::uint64_t fill_stream = 0x46494c4c53ULL;

    /// What may be drawn, as flags of all samples.
    struct samples_at_hand {
        explicit samples_at_hand(std::int64_t n)
            : passes(static_cast<std::size_t>(n), 1), required(passes.size(), 0), excluded(passes.size(), 0) {
        }

        std::vector<std::uint8_t> passes, required, excluded;
        /// Of a filter that is stricter where less is kept; see filter_result.
        std::vector<double> least_share{};
        std::vector<std::int32_t> graded_by{};

        [[nodiscard]] bool is_drawable(std::size_t i) const {
            return required[i] || (passes[i] && !excluded[i]);
        }
        [[nodiscard]] std::vector<std::int64_t> drawable() const;
        /// What may be drawn at budgets of the classes: the samples whose least share is reached, with those
        /// of the least shares where a class would fall short, and those that are kept already.
        [[nodiscard]] samples_at_hand at(std::span<const std::int64_t> budgets,
                                         const class_partition& classes,
                                         const std::vector<std::uint8_t>& kept) const;
    };

    /// The rows that may be drawn, with all that a selector may want of them.
    struct problem_parts {
        problem_parts(matrix_view<const float> all_features, const score_column& column,
                      std::span<const double> all_uncertainty, const class_partition& all,
                      std::vector<std::int64_t> drawable);
        problem_parts(const problem_parts&) = delete;
        problem_parts& operator=(const problem_parts&) = delete;
        ~problem_parts() = default;

        std::vector<std::int64_t> rows;
        high_end high;
        std::vector<double> scores, uncertainty;
        class_partition classes;
        matrix<float> gathered;
        matrix_view<const float> features;
    };

    [[nodiscard]] static std::int64_t samples_of(const dataset& data, const score_column& scores) {
        return std::max({data.samples(), std::ssize(scores.values), std::ssize(data.labels)});
    }

    static void check_part(std::int64_t size, std::int64_t n, std::string_view what) {
        require(size == 0 || size == n, "subset_selection", what, size, "0 or the number of samples,", n);
    }

    static void mark(const std::vector<std::int64_t>& rows, std::vector<std::uint8_t>& flags, std::int64_t n,
                     std::string_view what);

    static void mark_given(const selection_request& request, samples_at_hand& at_hand);

    [[nodiscard]] static class_partition classes_of(const selection_request& request,
                                                    std::span<const std::int64_t> labels, std::int64_t n);

    static void require_filled(const selection_request& request, std::int64_t label,
                               std::int64_t class_budget, std::int64_t drawable);

    static void take(filter_result filtered, samples_at_hand& at_hand, selection_report& report);

    [[nodiscard]] static std::vector<std::int64_t> count_by_class(const class_partition& classes,
                                                                  auto holds) {
        std::vector<std::int64_t> counts(static_cast<std::size_t>(classes.count()), 0);
        for (std::int64_t i = 0; i < classes.samples(); ++i)
            counts[static_cast<std::size_t>(classes.class_of(i))] += holds(static_cast<std::size_t>(i));
        return counts;
    }

    /// The budgets of all classes, with `kept` in them.
    [[nodiscard]] static std::vector<std::int64_t>
    budgets_of(const selection_request& request, const budget_request& keep, const class_partition& classes,
               const samples_at_hand& at_hand, const std::vector<std::uint8_t>& kept);

    /// The places of the budgets, the smallest total first.
    [[nodiscard]] static std::vector<std::size_t> ascending(const selection_request& request,
                                                            const class_partition& classes,
                                                            const samples_at_hand& at_hand);

    /// 1 - margin where the selector looks at it and there are outputs to make it of; else nothing.
    [[nodiscard]] std::vector<double> uncertainty_of(const dataset& data, const execution& where) const;

    /// What the draws of all budgets share.
    struct draw_inputs {
        const dataset& data;
        const score_column& scores;
        std::span<const double> uncertainty;
        const class_partition& classes;
        const neighbor_graph* neighbors;
    };

    [[nodiscard]] explained_subset draw(const selection_request& request, const budget_request& keep,
                                        const draw_inputs& inputs, const samples_at_hand& all,
                                        const std::vector<std::uint8_t>& kept, const execution& where,
                                        selection_report& report) const;

    [[nodiscard]] static sample_reason dropped(const selection_report& report, const samples_at_hand& at_hand,
                                               std::size_t i);

    /// Takes `count` of the class's dropped samples back, in a random order that is the same at every size.
    static void fill(const selection_request& request, const class_partition& classes, std::int64_t c,
                     std::int64_t class_budget, std::int64_t drawable, const samples_at_hand& at_hand,
                     std::uint64_t seed, explained_subset& one, selection_report& report);
};

} // namespace topoprune

#include "subset_selection.ipp"
