// SPDX-License-Identifier: MIT
#pragma once

#include "../core/dataset.hpp"
#include "../filter/misclassified.hpp"
#include "../projection/layout_source.hpp"
#include "../projection/umap.hpp"
#include "../score/column_estimate.hpp"
#include "../score/combiner.hpp"
#include "../score/density_score.hpp"
#include "../score/persistence_score.hpp"
#include "../select/stratified.hpp"
#include "pruning.hpp"
#include "subset_selection.hpp"

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace topoprune {

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
    /// Of stratified, if nothing else is said, the one that takes from each stratum the samples that stand
    /// for most others: better than a random draw wherever it was measured (docs/evaluation.md).
    Sel selector = default_selector();

    /// The kept samples. features: n x d, row-major, finite; labels: n.
    [[nodiscard]] subset select(matrix_view<const float> features, std::span<const std::int64_t> labels,
                                const budget& keep, run_options options = {}) const {
        return run({.features = features, .labels = labels}, keep, std::move(options)).chosen();
    }

    /// The kept samples with everything that led to them. Throws std::invalid_argument for input that does
    /// not fit together or is not finite, and `interrupted` if the run was stopped.
    [[nodiscard]] pruning run(const dataset& data, const budget& keep, run_options options = {}) const {
        const auto request = std::visit([](const auto& one) { return budget_request(one); }, keep);
        return run(data, selection_request{.keep = {request}}, std::move(options));
    }

    /// Several subsets of one scoring, each inside every larger one, with what else a request can say.
    /// Samples that must be kept are scored whatever the filter says of them.
    [[nodiscard]] pruning run(const dataset& data, const selection_request& request,
                              run_options options = {}) const {
        check(data);
        require(!request.keep.empty(), "pruner", "the number of subsets asked for", request.keep.size(),
                "at least 1");
        const execution where(std::move(options));
        pruning result;
        filter_result filtered =
            detail::timed(result.times, "filter", [&] { return filter.apply(data, where); });
        const subset_selection<Sel, F> selecting{filter, selector};
        selecting.check(filtered, data.labels, request);
        std::vector<std::uint8_t> scored = filtered.passes;
        for (const std::int64_t row : request.must_keep)
            if (row >= 0 && row < std::ssize(scored))
                scored[static_cast<std::size_t>(row)] = 1;
        const std::vector<std::int64_t> passed = passing(scored, data.samples());
        const class_partition passed_classes = classes_of(data.labels, passed);

        const picture placed = detail::timed(result.times, "projection", [&] {
            if (std::ssize(passed) == data.samples())
                return place(data.features, where);
            return place(gather_rows<float>(data.features, std::span<const std::int64_t>(passed)), where);
        });
        const embedding& projected = placed.first;

        const embedded_samples samples{projected.points, passed_classes,
                                       placed.layouts ? &*placed.layouts : nullptr};
        const column_estimate estimated =
            detail::timed(result.times, "persistence", [&] { return estimate_persistence(samples, where); });
        const std::vector<double>& by_persistence = estimated.values;
        const std::vector<double> by_density =
            detail::timed(result.times, "density", [&] { return density.column(samples, where); });
        const std::vector<double> score = combiner.combine(by_persistence, by_density, passed_classes);

        spread(projected.points, passed, data.samples(), result.embedding);
        spread(by_persistence, passed, data.samples(), result.persistence);
        if (!estimated.standard_error.empty())
            spread(estimated.standard_error, passed, data.samples(), result.persistence_error);
        spread(by_density, passed, data.samples(), result.density);
        spread(score, passed, data.samples(), result.score);

        const std::vector<std::uint8_t> passes = filtered.passes;
        selection_report report = detail::timed(result.times, "selection", [&] {
            return selecting.choose(std::move(filtered), {.features = data.features, .labels = data.labels},
                                    {result.score, high_end::unstated}, request, where);
        });
        result.notes.push_back(report.notes.front());
        add_notes(projected.notes, result);
        add_notes(estimated.notes, result);
        report.notes.erase(report.notes.begin());
        add_notes(report.notes, result);
        result.filters = std::move(report.filters);
        result.dropped_by = std::move(report.dropped_by);
        result.subsets = std::move(report.subsets);
        result.classes = summarize(class_partition(data.labels), passes, result.chosen());
        note_reliability(estimated, passed_classes, result);
        return result;
    }

private:
    [[nodiscard]] static Sel default_selector() {
        if constexpr (std::same_as<Sel, stratified>)
            return {.strata = 5, .draw = stratum_draw::facility_location};
        else
            return {};
    }

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

    static std::vector<class_summary>
    summarize(const class_partition& classes, const std::vector<std::uint8_t>& passes, const subset& chosen) {
        std::vector<class_summary> summary;
        for (std::int64_t c = 0; c < classes.count(); ++c) {
            class_summary of_class{.label = classes.label(c), .samples = classes.size(c)};
            for (const std::int64_t i : classes.members(c)) {
                const auto at = static_cast<std::size_t>(i);
                of_class.filtered += passes[at] == 0;
                of_class.kept += is_kept(chosen.reasons[at]);
                of_class.filled += chosen.reasons[at] == sample_reason::filled;
            }
            of_class.budget = of_class.kept;
            summary.push_back(of_class);
        }
        return summary;
    }

    static void note_reliability(const column_estimate& estimated, const class_partition& scored,
                                 pruning& result) {
        result.layouts = estimated.layouts;
        for (std::size_t at = 0; at < estimated.reliability.size(); ++at) {
            const std::int64_t label = scored.label(static_cast<std::int64_t>(at));
            std::find_if(result.classes.begin(), result.classes.end(), [&](const class_summary& c) {
                return c.label == label;
            })->reliability = estimated.reliability[at];
        }
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
};

} // namespace topoprune
