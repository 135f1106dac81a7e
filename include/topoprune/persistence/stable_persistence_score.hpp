// SPDX-License-Identifier: MIT
#pragma once

#include "../combine/normalization.hpp"
#include "../core/checks.hpp"
#include "../core/random.hpp"
#include "../projection/layout_source.hpp"
#include "column_estimate.hpp"
#include "pair_persistence.hpp"
#include "score.hpp"
#include "split_halves.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// A persistence score that knows how far it can be trusted. One layout of the features gives scores whose
/// order within a class hardly returns with the next seed; this is the mean over several layouts of the same
/// graph, and over random parts of each class in each of them, taken until the order of the samples would
/// come out again as surely as asked:
///
///     for each layout: cut every class at random into `parts`, `rounds` times; score each part by itself;
///                      a measurement of a sample is the mean over the rounds
///     after every few layouts: estimate, per class, the rank correlation with another such run
///                              (split_halves); stop when it is at least `reliability` in every class, or
///                              the budget is spent
///
/// The estimate says what was reached, and of every sample the standard error. Where the projection draws no
/// other layouts, the measurements are those of one layout: the reliability then is one of the random parts
/// alone and says nothing of other seeds, and a note says so.
///
/// Cost: layouts (each a descent of the projection) times rounds times the score of all classes. Memory: 136
/// bytes a sample for the sums, 16 m + 8 for each layout drawn at once, at most 8.
template <class S = pair_persistence<>>
struct stable_persistence_score {
    static_assert(ClassScore<S>,
                  "stable_persistence_score: score must model ClassScore: values(points, execution) const");

    /// What is measured in each part.
    S score{};
    /// Rank correlation within every class that another run should have with this one, in (0, 1). More takes
    /// more layouts: r / (1 - r) times a constant.
    double reliability = 0.75;
    /// Layouts, or measurements of the one layout, before the first look and at most; multiples of 4, >= 4.
    int least_layouts = 4;
    int most_layouts = 64;
    /// How many parts a class is cut into, >= 1; 1 scores it as it is. More parts smooth more, and see less
    /// of small features.
    int parts = 3;
    /// Cuts a layout, >= 1. With the pairs' persistence the parts vary more than the layouts do, and a cut
    /// costs less than a layout.
    int rounds = 12;
    /// How the scores of a part are brought to a common scale before they are averaged. As they are, they
    /// agree better than as ranks: the long-lived pairs are what returns.
    normalization scale = normalization::none;
    /// Time after which no further layout is begun, in seconds. Set, the result depends on the machine;
    /// unset: none, and the result is the same everywhere.
    std::optional<double> seconds{};

    /// n means, in the unit of `scale`.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return estimate(samples, where).values;
    }

    /// Throws std::invalid_argument for an option outside its range.
    [[nodiscard]] column_estimate estimate(const embedded_samples& samples, const execution& where) const;

private:
    static constexpr std::uint64_t halves_stream = 0x68616c766573; // "halves"
    static constexpr std::uint64_t parts_stream = 0x7061727473;    // "parts"
    /// Layouts that are held at the same time.
    static constexpr std::int64_t at_once = 8;
    /// The reliability of a smaller class is estimated too roughly to wait for, unless all are as small.
    static constexpr std::int64_t least_class = 30;

    void check(const embedded_samples& samples) const;

    [[nodiscard]] bool draws_layouts(const embedded_samples& samples) const {
        return samples.layouts != nullptr && samples.layouts->available() >= least_layouts;
    }

    [[nodiscard]] std::int64_t most_of(const embedded_samples& samples) const;

    /// The measurements first, ..., first + count - 1 of those planned: n numbers each.
    [[nodiscard]] std::vector<std::vector<double>> measure(const embedded_samples& samples,
                                                           std::int64_t first, std::int64_t count,
                                                           std::int64_t planned,
                                                           const execution& where) const;

    void measure_class(matrix_view<const double> points, std::span<const std::int64_t> members,
                       const random_stream& random, std::vector<double>& column,
                       const execution& where) const;

    /// The least of the classes that are large enough for an estimate, or of all; 1 if no class has an order.
    static double least_of(const std::vector<double>& reached, const class_partition& classes);

    /// As many measurements as Spearman and Brown's formula wants, at most twice as many as there are.
    [[nodiscard]] std::int64_t next_plan(std::int64_t count, double least, std::int64_t most) const;

    [[nodiscard]] std::vector<std::string> notes_of(const column_estimate& of, double least,
                                                    bool draws) const;

    static std::string hundredths(double value);
};

static_assert(Score<stable_persistence_score<>>);
static_assert(EstimatesColumn<stable_persistence_score<>>);

} // namespace topoprune

#include "stable_persistence_score.ipp"
