// SPDX-License-Identifier: MIT
#pragma once

#include "../core/matrix.hpp"
#include "explained_subset.hpp"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// What happened to a class: of its samples, `filtered` were dropped by the filter, whatever became of them
/// then; `kept` is its budget, of which `filled` were taken back from the filtered ones because too few
/// others were left. Samples that are kept because they must be are among `kept`.
struct class_summary {
    std::int64_t label = 0;
    std::int64_t samples = 0;
    std::int64_t filtered = 0;
    std::int64_t budget = 0;
    std::int64_t kept = 0;
    std::int64_t filled = 0;
    /// Of the persistence score within the class, if the score estimates it; see column_estimate.
    std::optional<double> reliability{};
};

/// How long a stage took, by the wall clock.
struct stage_time {
    std::string stage;
    double seconds = 0;
};

/// Everything that a run of a pruner found. All columns have one entry per sample of the input, in its order;
/// samples that were not scored, because the filter dropped them and nothing required them, have NaN in the
/// numbers.
struct pruning {
    /// One for each budget asked for, in that order.
    std::vector<explained_subset> subsets;
    /// n x m.
    matrix<double> embedding;
    std::vector<double> persistence;
    /// Standard errors of the persistence scores; empty if the score is measured once.
    std::vector<double> persistence_error;
    std::vector<double> density;
    std::vector<double> score;
    /// The filters by name, and the place among them of the first that dropped each sample; -1 where none
    /// did.
    std::vector<std::string> filters;
    std::vector<std::int32_t> dropped_by;
    /// Layouts of the projection that the persistence score is over.
    std::int64_t layouts = 1;
    /// Of the first subset, in ascending order of the labels.
    std::vector<class_summary> classes;
    std::vector<stage_time> times;
    /// What the stages decided on their way: what was filtered, fallbacks taken, classes that fell short.
    std::vector<std::string> notes;

    /// The first subset.
    [[nodiscard]] const subset& chosen() const { return subsets.front().chosen; }
    [[nodiscard]] const std::vector<std::int32_t>& stratum() const { return subsets.front().stratum; }

    /// Whether sample i has scores: it passed the filter at the largest budget, or must be kept.
    [[nodiscard]] bool is_scored(std::size_t i) const {
        const bool dropped = i < dropped_by.size() && dropped_by[i] >= 0;
        return (!dropped || chosen().reasons[i] == sample_reason::required) &&
               !(std::isnan(persistence[i]) && std::isnan(density[i]) && std::isnan(score[i]));
    }
};

namespace detail {

/// Runs `work`, adds its time to the list under `stage`, and passes its result on.
template <class Work>
auto timed(std::vector<stage_time>& times, std::string stage, Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    auto result = std::forward<Work>(work)();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    times.push_back({std::move(stage), seconds.count()});
    return result;
}

} // namespace detail

} // namespace topoprune
