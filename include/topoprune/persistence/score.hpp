// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "../projection/layout_source.hpp"

#include <atomic>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <vector>

namespace topoprune {

/// The samples that a score looks at: where the projection put them, and their classes. Row i of every part
/// is sample i.
struct embedded_samples {
    /// n x m, row-major.
    matrix_view<const double> points;
    const class_partition& classes;
    /// Further draws of the projection, of which `points` is the first; null if there are none.
    const layout_source* layouts = nullptr;
};

/// Atom of Score.
template <class S>
concept ScoresSamples = requires(const S& policy, const embedded_samples& samples, const execution& where) {
    { policy.column(samples, where) } -> std::same_as<std::vector<double>>;
};

/// A type that gives every sample one number.
/// Semantics: n finite numbers in the order of the samples; constant; the same bits on any number of threads;
/// renaming the classes changes nothing. What a high value means is said by each score.
/// Models: persistence_score<Loss, Optimizer>, gradient_norm<Loss>, pair_persistence<Bifiltration,
/// Transport>, mode_persistence<Density, Filtration>, merge_height<Density, Filtration>, hole_persistence,
/// barcode_effect, stable_persistence_score<Score>, density_score<Density>.
template <class S>
concept Score = std::copyable<S> && ScoresSamples<S>;

/// Atom of ClassScore.
template <class S>
concept ScoresCloud = requires(const S& policy, matrix_view<const double> points, const execution& where) {
    { policy.values(points, where) } -> std::same_as<std::vector<double>>;
};

/// A type that gives every point of one class (n x m, row-major, n >= 0) a number, by its place among the
/// others alone.
/// Semantics: n finite numbers in the order of the points; constant; the same bits on any number of threads.
/// Models: persistence_score<Loss, Optimizer>, gradient_norm<Loss>, pair_persistence<Bifiltration,
/// Transport>, mode_persistence<Density, Filtration>, merge_height<Density, Filtration>, hole_persistence,
/// barcode_effect.
template <class S>
concept ClassScore = std::copyable<S> && ScoresCloud<S>;

namespace detail {

/// |row i|_2
TOPOPRUNE_DECLARE [[nodiscard]] double row_norm(const matrix<double>& rows, std::int64_t i);

} // namespace detail

/// The classes, the largest first: the order in which to hand them to threads.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> classes_by_size(const class_partition& classes);

/// A column made class by class: values(points of the class, n_c x m) -> n_c numbers, the classes in
/// parallel, the largest first. Reports progress as `stage`.
template <class Values>
[[nodiscard]] std::vector<double> column_by_class(const embedded_samples& samples, std::string_view stage,
                                                  const execution& where, Values values) {
    require(samples.points.rows() == samples.classes.samples(), "column_by_class", "the number of points",
            samples.points.rows(), "the number of labels,", samples.classes.samples());
    const std::vector<std::int64_t> order = classes_by_size(samples.classes);
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

#if !defined(TOPOPRUNE_COMPILED)
#include "score.ipp"
#endif
