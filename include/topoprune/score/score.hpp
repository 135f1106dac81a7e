// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"

#include <algorithm>
#include <atomic>
#include <concepts>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <vector>

namespace topoprune {

/// The samples that a score looks at: where the projection put them, and their classes. Row i of every part
/// is sample i.
struct embedded_samples {
    /// n x m, row-major.
    matrix_view<const double> points;
    const class_partition& classes;
};

/// Atom of Score.
template <class S>
concept ScoresSamples = requires(const S& policy, const embedded_samples& samples, const execution& where) {
    { policy.column(samples, where) } -> std::same_as<std::vector<double>>;
};

/// A type that gives every sample one number.
/// Semantics: n finite numbers in the order of the samples; constant; the same bits on any number of threads;
/// renaming the classes changes nothing. What a high value means is said by each score.
/// Models: persistence_score<Loss, Optimizer>, density_score<Density>.
template <class S>
concept Score = std::copyable<S> && ScoresSamples<S>;

/// A column made class by class: values(points of the class, n_c x m) -> n_c numbers, the classes in
/// parallel, the largest first. Reports progress as `stage`.
template <class Values>
[[nodiscard]] std::vector<double> column_by_class(const embedded_samples& samples, std::string_view stage,
                                                  const execution& where, Values values) {
    require(samples.points.rows() == samples.classes.samples(), "column_by_class", "the number of points",
            samples.points.rows(), "the number of labels,", samples.classes.samples());
    std::vector<std::int64_t> order(static_cast<std::size_t>(samples.classes.count()));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
        return samples.classes.size(a) > samples.classes.size(b);
    });
    std::vector<double> column(static_cast<std::size_t>(samples.points.rows()));
    std::atomic<std::int64_t> done{0};
    where.parallel_for(std::ssize(order), [&](std::int64_t task) {
        const auto members = samples.classes.members(order[static_cast<std::size_t>(task)]);
        const matrix<double> points = gather_rows<double>(samples.points, members);
        const std::vector<double> of_class = values(matrix_view<const double>(points));
        require(of_class.size() == members.size(), "column_by_class", "the number of values", of_class.size(),
                "the size of the class,", members.size());
        for (std::size_t i = 0; i < members.size(); ++i)
            column[static_cast<std::size_t>(members[i])] = of_class[i];
        where.report_progress(stage, ++done, std::ssize(order));
    });
    return column;
}

} // namespace topoprune
