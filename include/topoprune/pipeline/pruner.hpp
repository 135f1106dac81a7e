// SPDX-License-Identifier: MIT
#pragma once

#include "../core/dataset.hpp"
#include "../core/random.hpp"
#include "../filter/misclassified.hpp"
#include "../projection/layout_source.hpp"
#include "../projection/umap.hpp"
#include "../score/column_estimate.hpp"
#include "../score/combiner.hpp"
#include "../score/density_score.hpp"
#include "../score/persistence_score.hpp"
#include "../select/stratified.hpp"
#include "pruning.hpp"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

/// What to do with a class whose samples, after the filter, are fewer than its budget: fill the budget with a
/// random draw from the class's filtered samples, or stop with std::invalid_argument naming the class.
enum class short_class { fill, stop };

/// Chooses which samples to keep: filter, project all that passes to the plane, score each class by the
/// displacement of its points and by their density, combine, draw by strata. The parts are policies, composed
/// at compile time; without any, the pruner has the settings of TopoCore (table 2):
///
///     topoprune::subset kept = topoprune::pruner{}.select(features, labels, topoprune::keep_fraction{0.1});
///
/// Cost: that of the projection, which dominates, plus `steps` times n_c^2 exponentials per class. Memory: a
/// few hundred bytes a sample beside the features; nothing of size n x n.
template <Projection P = umap<>, Score S = persistence_score<>, Score D = density_score<>,
          Combiner C = weighted_sum, Selector Sel = stratified, Filter F = misclassified>
struct pruner {
    F filter{};
    P projection{};
    S persistence{};
    D density{};
    C combiner{};
    Sel selector{};
    short_class when_class_is_short = short_class::fill;

    /// The kept samples. features: n x d, row-major, finite; labels: n.
    [[nodiscard]] subset select(matrix_view<const float> features, std::span<const std::int64_t> labels,
                                const budget& keep, run_options options = {}) const {
        return run({.features = features, .labels = labels}, keep, std::move(options)).chosen;
    }

    /// The kept samples with everything that led to them. Throws std::invalid_argument for input that does
    /// not fit together or is not finite, and `interrupted` if the run was stopped.
    [[nodiscard]] pruning run(const dataset& data, const budget& keep, run_options options = {}) const {
        check(data);
        const execution where(std::move(options));
        const class_partition classes(data.labels);
        const std::vector<std::int64_t> budgets = class_budgets(keep, classes);

        pruning result;
        const filter_result filtered =
            detail::timed(result.times, "filter", [&] { return filter.apply(data, where); });
        result.notes.push_back(filtered.note);
        const std::vector<std::int64_t> passed = passing(filtered.passes, data.samples());
        const class_partition passed_classes = classes_of(data.labels, passed);
        result.classes = summarize(classes, filtered.passes, budgets);
        note_short_classes(result);

        const picture placed = detail::timed(result.times, "projection", [&] {
            if (std::ssize(passed) == data.samples())
                return place(data.features, where);
            return place(gather_rows<float>(data.features, std::span<const std::int64_t>(passed)), where);
        });
        const embedding& projected = placed.first;
        add_notes(projected.notes, result);

        const embedded_samples samples{projected.points, passed_classes,
                                       placed.layouts ? &*placed.layouts : nullptr};
        const column_estimate estimated =
            detail::timed(result.times, "persistence", [&] { return estimate_persistence(samples, where); });
        add_notes(estimated.notes, result);
        const std::vector<double>& by_persistence = estimated.values;
        const std::vector<double> by_density =
            detail::timed(result.times, "density", [&] { return density.column(samples, where); });
        const std::vector<double> score = combiner.combine(by_persistence, by_density, passed_classes);

        const std::vector<std::int64_t> drawable = drawable_budgets(result.classes, passed_classes);
        const selection drawn = detail::timed(result.times, "selection", [&] {
            return selector.select({score, passed_classes, drawable}, where);
        });

        spread(projected.points, passed, data.samples(), result.embedding);
        spread(by_persistence, passed, data.samples(), result.persistence);
        if (!estimated.standard_error.empty())
            spread(estimated.standard_error, passed, data.samples(), result.persistence_error);
        note_reliability(estimated, result);
        spread(by_density, passed, data.samples(), result.density);
        spread(score, passed, data.samples(), result.score);
        result.stratum.assign(static_cast<std::size_t>(data.samples()), -1);
        for (std::size_t i = 0; i < passed.size(); ++i)
            result.stratum[static_cast<std::size_t>(passed[i])] = drawn.stratum[i];
        settle(drawn, passed, classes, where.seed(), result);
        return result;
    }

private:
    static constexpr std::uint64_t fill_stream = 0x46494c4cULL;

    /// Where the projection puts the samples, and what draws it again where the score wants that.
    struct picture {
        embedding first;
        std::optional<layout_source> layouts;
    };

    [[nodiscard]] picture place(matrix_view<const float> features, const execution& where) const {
        if constexpr (EstimatesColumn<S> && DrawsLayouts<P>) {
            layout_source layouts = projection.layouts(features, where);
            embedding first = std::move(layouts.draw(0, 1, where).front());
            return {std::move(first), std::move(layouts)};
        } else {
            return {projection.project(features, where), std::nullopt};
        }
    }

    [[nodiscard]] column_estimate estimate_persistence(const embedded_samples& samples,
                                                       const execution& where) const {
        if constexpr (EstimatesColumn<S>)
            return persistence.estimate(samples, where);
        else
            return {.values = persistence.column(samples, where),
                    .standard_error = {},
                    .reliability = {},
                    .measurements = 1,
                    .layouts = 1,
                    .reached = false,
                    .notes = {}};
    }

    static void add_notes(const std::vector<std::string>& notes, pruning& result) {
        result.notes.insert(result.notes.end(), notes.begin(), notes.end());
    }

    static void check(const dataset& data) {
        const std::int64_t n = data.features.rows();
        require(n >= 1, "pruner", "the number of samples", n, "at least 1");
        require(std::ssize(data.labels) == n, "pruner", "the number of labels", data.labels.size(),
                "the number of samples,", n);
        require_finite(data.features, "pruner", "features");
    }

    static std::vector<std::int64_t> passing(const std::vector<std::uint8_t>& passes, std::int64_t n) {
        require(std::ssize(passes) == n, "pruner", "the size of the filter's mask", passes.size(),
                "the number of samples,", n);
        std::vector<std::int64_t> rows;
        for (std::size_t i = 0; i < passes.size(); ++i)
            if (passes[i])
                rows.push_back(static_cast<std::int64_t>(i));
        return rows;
    }

    static class_partition classes_of(std::span<const std::int64_t> labels,
                                      const std::vector<std::int64_t>& rows) {
        std::vector<std::int64_t> selected;
        selected.reserve(rows.size());
        for (const std::int64_t row : rows)
            selected.push_back(labels[static_cast<std::size_t>(row)]);
        return class_partition(selected);
    }

    static std::vector<class_summary> summarize(const class_partition& classes,
                                                const std::vector<std::uint8_t>& passes,
                                                const std::vector<std::int64_t>& budgets) {
        std::vector<class_summary> summary;
        for (std::int64_t c = 0; c < classes.count(); ++c) {
            class_summary of_class{.label = classes.label(c),
                                   .samples = classes.size(c),
                                   .budget = budgets[static_cast<std::size_t>(c)]};
            for (const std::int64_t i : classes.members(c))
                of_class.filtered += passes[static_cast<std::size_t>(i)] == 0;
            of_class.filled =
                std::max<std::int64_t>(0, of_class.budget - (of_class.samples - of_class.filtered));
            of_class.kept = of_class.budget;
            summary.push_back(of_class);
        }
        return summary;
    }

    void note_short_classes(pruning& result) const {
        for (const class_summary& c : result.classes) {
            if (c.filled == 0)
                continue;
            require(when_class_is_short == short_class::fill, "pruner",
                    "the number of samples of class " + std::to_string(c.label) + " that pass the filter",
                    c.samples - c.filtered, "at least the budget of the class,", c.budget);
            result.notes.push_back(
                "class " + std::to_string(c.label) + ": " + std::to_string(c.samples - c.filtered) +
                " samples pass the filter, " + std::to_string(c.filled) +
                " filtered ones were drawn to fill its budget of " + std::to_string(c.budget));
        }
    }

    /// The budgets of the classes that still have samples, in their order: what the selector may draw.
    static std::vector<std::int64_t> drawable_budgets(const std::vector<class_summary>& summary,
                                                      const class_partition& passed_classes) {
        std::vector<std::int64_t> budgets;
        for (const class_summary& c : summary)
            if (c.samples > c.filtered)
                budgets.push_back(c.budget - c.filled);
        require(std::ssize(budgets) == passed_classes.count(), "pruner", "the number of drawable classes",
                budgets.size(), "the number of classes that pass,", passed_classes.count());
        return budgets;
    }

    /// The reliabilities of the classes that still have samples, in their order.
    static void note_reliability(const column_estimate& estimated, pruning& result) {
        result.layouts = estimated.layouts;
        auto next = estimated.reliability.begin();
        for (class_summary& c : result.classes)
            if (c.samples > c.filtered && next != estimated.reliability.end())
                c.reliability = *next++;
    }

    static void spread(const std::vector<double>& values, const std::vector<std::int64_t>& rows,
                       std::int64_t n, std::vector<double>& column) {
        column.assign(static_cast<std::size_t>(n), std::numeric_limits<double>::quiet_NaN());
        for (std::size_t i = 0; i < rows.size(); ++i)
            column[static_cast<std::size_t>(rows[i])] = values[i];
    }

    static void spread(const matrix<double>& values, const std::vector<std::int64_t>& rows, std::int64_t n,
                       matrix<double>& table) {
        table.setConstant(n, values.cols(), std::numeric_limits<double>::quiet_NaN());
        for (std::size_t i = 0; i < rows.size(); ++i)
            table.row(rows[i]) = values.row(static_cast<Eigen::Index>(i));
    }

    /// Writes down what became of every sample, and fills the classes that are short.
    static void settle(const selection& drawn, const std::vector<std::int64_t>& passed,
                       const class_partition& classes, std::uint64_t seed, pruning& result) {
        std::vector<sample_reason>& reasons = result.chosen.reasons;
        reasons.assign(static_cast<std::size_t>(classes.samples()), sample_reason::misclassified);
        for (const std::int64_t row : passed)
            reasons[static_cast<std::size_t>(row)] = sample_reason::pruned;
        for (const std::int64_t i : drawn.kept)
            reasons[static_cast<std::size_t>(passed[static_cast<std::size_t>(i)])] = sample_reason::kept;
        for (std::int64_t c = 0; c < classes.count(); ++c) {
            const class_summary& summary = result.classes[static_cast<std::size_t>(c)];
            std::vector<std::int64_t> dropped;
            for (const std::int64_t i : classes.members(c))
                if (reasons[static_cast<std::size_t>(i)] == sample_reason::misclassified)
                    dropped.push_back(i);
            draw_without_replacement(
                dropped, static_cast<std::size_t>(summary.filled),
                random_stream(seed, fill_stream).child(static_cast<std::uint64_t>(summary.label)));
            for (const std::int64_t i : dropped)
                reasons[static_cast<std::size_t>(i)] = sample_reason::filled;
        }
        for (std::size_t i = 0; i < reasons.size(); ++i)
            if (reasons[i] == sample_reason::kept || reasons[i] == sample_reason::filled)
                result.chosen.kept.push_back(static_cast<std::int64_t>(i));
    }
};

} // namespace topoprune
