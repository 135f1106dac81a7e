// SPDX-License-Identifier: MIT
#pragma once

#include "pruner.hpp"

namespace topoprune {

template <class P, class S, class D, class C, class Sel, class F>
pruning pruner<P, S, D, C, Sel, F>::run(const dataset& data, const budget& keep, run_options options) const {
    const auto request = std::visit([](const auto& one) { return budget_request(one); }, keep);
    return run(data, selection_request{.keep = {request}}, std::move(options));
}

template <class P, class S, class D, class C, class Sel, class F>
pruning pruner<P, S, D, C, Sel, F>::run(const dataset& data, const selection_request& request,
                                        run_options options) const {
    check(data);
    require(!request.keep.empty(), "pruner", "the number of subsets asked for", request.keep.size(),
            "at least 1");
    const execution where(std::move(options));
    pruning result;
    filter_result filtered = detail::timed(result.times, "filter", [&] { return filter.apply(data, where); });
    detail::require_filter_answer(filtered, data.samples(), "pruner");
    const subset_selection<Sel, F> selecting{filter, selector};
    selecting.check(filtered, data, request, where);
    filtered = selecting.at_largest(std::move(filtered), data.labels, request);
    std::vector<std::uint8_t> scored = filtered.passes;
    for (const std::int64_t row : request.must_keep)
        if (row >= 0 && row < std::ssize(scored))
            scored[static_cast<std::size_t>(row)] = 1;
    const std::vector<std::int64_t> passed = passing(scored);
    const class_partition passed_classes = classes_of(data.labels, passed);

    const picture placed = detail::timed(result.times, "projection", [&] {
        if (std::ssize(passed) == data.samples())
            return place(data.features, where);
        return place(gather_rows<float>(data.features, std::span<const std::int64_t>(passed)), where);
    });
    const embedding& projected = placed.first;
    const std::int64_t n = std::ssize(passed);
    detail::require_projection_answer(projected, n, "pruner");

    const embedded_samples samples{projected.points, passed_classes,
                                   placed.layouts ? &*placed.layouts : nullptr};
    const column_estimate estimated =
        detail::timed(result.times, "persistence", [&] { return estimate_persistence(samples, where); });
    detail::require_estimate_answer(estimated, n, passed_classes.count(), "pruner");
    const std::vector<double>& by_persistence = estimated.values;
    const std::vector<double> by_density =
        detail::timed(result.times, "density", [&] { return density.column(samples, where); });
    detail::require_column_answer(by_density, n, "density score", "pruner");
    const std::vector<double> score = combiner.combine(by_persistence, by_density, passed_classes);
    detail::require_column_answer(score, n, "combiner", "pruner");

    spread(projected.points, passed, data.samples(), result.embedding);
    spread(by_persistence, passed, data.samples(), result.persistence);
    if (!estimated.standard_error.empty())
        spread(estimated.standard_error, passed, data.samples(), result.persistence_error);
    spread(by_density, passed, data.samples(), result.density);
    spread(score, passed, data.samples(), result.score);

    selection_report report = detail::timed(result.times, "selection", [&] {
        return selecting.choose(std::move(filtered),
                                {.features = data.features, .labels = data.labels, .logits = data.logits},
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
    result.classes = summarize(class_partition(data.labels), result);
    note_reliability(estimated, passed_classes, result);
    return result;
}

template <class P, class S, class D, class C, class Sel, class F>
auto pruner<P, S, D, C, Sel, F>::place(matrix_view<const float> features, const execution& where) const
    -> picture {
    if constexpr (EstimatesColumn<S> && DrawsLayouts<P>) {
        layout_source layouts = projection.layouts(features, where);
        embedding first = std::move(layouts.draw(0, 1, where).front());
        return {std::move(first), std::move(layouts)};
    } else {
        return {projection.project(features, where), std::nullopt};
    }
}

template <class P, class S, class D, class C, class Sel, class F>
column_estimate pruner<P, S, D, C, Sel, F>::estimate_persistence(const embedded_samples& samples,
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

template <class P, class S, class D, class C, class Sel, class F>
void pruner<P, S, D, C, Sel, F>::check(const dataset& data) {
    const std::int64_t n = data.features.rows();
    require(n >= 1, "pruner", "the number of samples", n, "at least 1");
    require(std::ssize(data.labels) == n, "pruner", "the number of labels", data.labels.size(),
            "the number of samples,", n);
    require_finite(data.features, "pruner", "features");
}

template <class P, class S, class D, class C, class Sel, class F>
std::vector<std::int64_t> pruner<P, S, D, C, Sel, F>::passing(const std::vector<std::uint8_t>& passes) {
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < passes.size(); ++i)
        if (passes[i])
            rows.push_back(static_cast<std::int64_t>(i));
    return rows;
}

template <class P, class S, class D, class C, class Sel, class F>
class_partition pruner<P, S, D, C, Sel, F>::classes_of(std::span<const std::int64_t> labels,
                                                       const std::vector<std::int64_t>& rows) {
    std::vector<std::int64_t> selected;
    selected.reserve(rows.size());
    for (const std::int64_t row : rows)
        selected.push_back(labels[static_cast<std::size_t>(row)]);
    return class_partition(selected);
}

template <class P, class S, class D, class C, class Sel, class F>
std::vector<class_summary> pruner<P, S, D, C, Sel, F>::summarize(const class_partition& classes,
                                                                 const pruning& result) {
    std::vector<class_summary> summary;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        class_summary of_class{.label = classes.label(c), .samples = classes.size(c)};
        for (const std::int64_t i : classes.members(c)) {
            const auto at = static_cast<std::size_t>(i);
            const sample_reason reason = result.chosen().reasons[at];
            of_class.filtered += was_filtered(result.subsets.front(), result.dropped_by, at);
            of_class.kept += is_kept(reason);
            of_class.filled += reason == sample_reason::filled;
        }
        of_class.budget = of_class.kept;
        summary.push_back(of_class);
    }
    return summary;
}

template <class P, class S, class D, class C, class Sel, class F>
void pruner<P, S, D, C, Sel, F>::note_reliability(const column_estimate& estimated,
                                                  const class_partition& scored, pruning& result) {
    result.layouts = estimated.layouts;
    for (std::size_t at = 0; at < estimated.reliability.size(); ++at) {
        const std::int64_t label = scored.label(static_cast<std::int64_t>(at));
        std::find_if(result.classes.begin(), result.classes.end(), [&](const class_summary& c) {
            return c.label == label;
        })->reliability = estimated.reliability[at];
    }
}

template <class P, class S, class D, class C, class Sel, class F>
void pruner<P, S, D, C, Sel, F>::spread(const std::vector<double>& values,
                                        const std::vector<std::int64_t>& rows, std::int64_t n,
                                        std::vector<double>& column) {
    column.assign(static_cast<std::size_t>(n), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < rows.size(); ++i)
        column[static_cast<std::size_t>(rows[i])] = values[i];
}

template <class P, class S, class D, class C, class Sel, class F>
void pruner<P, S, D, C, Sel, F>::spread(const matrix<double>& values, const std::vector<std::int64_t>& rows,
                                        std::int64_t n, matrix<double>& table) {
    table.setConstant(n, values.cols(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < rows.size(); ++i)
        table.row(rows[i]) = values.row(static_cast<Eigen::Index>(i));
}

} // namespace topoprune
