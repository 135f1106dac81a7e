// SPDX-License-Identifier: MIT
#pragma once

#include "subset_selection.hpp"

namespace topoprune {

template <class S, class F>
selection_report subset_selection<S, F>::run(const dataset& data, const score_column& scores,
                                             const selection_request& request, run_options options,
                                             const neighbor_graph* neighbors) const {
    const execution where(std::move(options));
    const std::int64_t n = samples_of(data, scores);
    if constexpr (std::same_as<F, no_filter>)
        return choose({std::vector<std::uint8_t>(static_cast<std::size_t>(n), 1),
                       "no filter was asked for",
                       {},
                       std::vector<std::int32_t>(static_cast<std::size_t>(n), -1)},
                      data, scores, request, where, neighbors);
    else
        return choose(filter.apply(data, where), data, scores, request, where, neighbors);
}

template <class S, class F>
void subset_selection<S, F>::check(filter_result filtered, const dataset& data,
                                   const selection_request& request, const execution& where) const {
    detail::require_filter_answer(filtered, samples_of(data, {}), "subset_selection");
    (void)uncertainty_of(data, where);
    selection_report report;
    samples_at_hand at_hand(std::ssize(filtered.passes));
    take(std::move(filtered), at_hand, report);
    mark_given(request, at_hand);
    const class_partition classes = classes_of(request, data.labels, std::ssize(at_hand.passes));
    const std::vector<std::int64_t> drawable =
        count_by_class(classes, [&](std::size_t i) { return at_hand.is_drawable(i); });
    for (const std::size_t place : ascending(request, classes, at_hand)) {
        const std::vector<std::int64_t> budgets =
            budgets_of(request, request.keep[place], classes, at_hand, at_hand.required);
        for (std::int64_t c = 0; c < classes.count(); ++c)
            require_filled(request, classes.label(c), budgets[static_cast<std::size_t>(c)],
                           drawable[static_cast<std::size_t>(c)]);
    }
}

template <class S, class F>
selection_report subset_selection<S, F>::choose(filter_result filtered, const dataset& data,
                                                const score_column& scores, const selection_request& request,
                                                const execution& where,
                                                const neighbor_graph* neighbors) const {
    const std::int64_t n = samples_of(data, scores);
    check_part(data.features.rows(), n, "the number of feature rows");
    check_part(std::ssize(scores.values), n, "the number of scores");
    check_part(std::ssize(data.labels), n, "the number of labels");
    detail::require_filter_answer(filtered, n, "subset_selection");

    selection_report report;
    samples_at_hand at_hand(n);
    take(at_largest(std::move(filtered), data.labels, request), at_hand, report);
    mark_given(request, at_hand);
    const class_partition classes = classes_of(request, data.labels, n);
    const std::vector<double> uncertainty = uncertainty_of(data, where);
    const draw_inputs inputs{data, scores, uncertainty, classes, neighbors};

    report.subsets.resize(request.keep.size());
    std::vector<std::uint8_t> kept = at_hand.required;
    for (const std::size_t place : ascending(request, classes, at_hand)) {
        explained_subset& one = report.subsets[place];
        one = draw(request, request.keep[place], inputs, at_hand, kept, where, report);
        for (const std::int64_t row : one.chosen.kept)
            kept[static_cast<std::size_t>(row)] = 1;
    }
    return report;
}

template <class S, class F>
filter_result subset_selection<S, F>::at_largest(filter_result filtered, std::span<const std::int64_t> labels,
                                                 const selection_request& request) {
    if (filtered.least_share.empty())
        return filtered;
    detail::require_filter_answer(filtered, labels.empty() ? std::ssize(filtered.passes) : std::ssize(labels),
                                  "subset_selection");
    selection_report unused;
    samples_at_hand at_hand(std::ssize(filtered.passes));
    take(filtered, at_hand, unused);
    mark_given(request, at_hand);
    const class_partition classes = classes_of(request, labels, std::ssize(at_hand.passes));
    std::vector<std::uint8_t> passes(at_hand.passes.size(), 0);
    for (const budget_request& keep : request.keep) {
        const samples_at_hand now = at_hand.at(budgets_of(request, keep, classes, at_hand, at_hand.required),
                                               classes, at_hand.required);
        for (std::size_t i = 0; i < passes.size(); ++i)
            passes[i] = passes[i] != 0 || now.passes[i] != 0;
    }
    for (std::size_t i = 0; i < passes.size(); ++i)
        if (filtered.passes[i] && !passes[i]) {
            filtered.passes[i] = 0;
            if (!filtered.dropped_by.empty())
                filtered.dropped_by[i] = filtered.graded_by.empty() ? 0 : filtered.graded_by[i];
        }
    return filtered;
}

template <class S, class F>
auto subset_selection<S, F>::samples_at_hand::at(std::span<const std::int64_t> budgets,
                                                 const class_partition& classes,
                                                 const std::vector<std::uint8_t>& kept) const
    -> samples_at_hand {
    samples_at_hand now = *this;
    for (std::int64_t c = 0; c < classes.count() && !least_share.empty(); ++c) {
        const auto class_budget = static_cast<double>(budgets[static_cast<std::size_t>(c)]);
        const auto size = static_cast<double>(classes.size(c));
        std::vector<std::size_t> later;
        std::int64_t drawable_now = 0;
        for (const std::int64_t row : classes.members(c)) {
            const auto i = static_cast<std::size_t>(row);
            // A share that is met exactly is met, whatever the rounding of the product.
            if (passes[i] && !kept[i] && !excluded[i] && least_share[i] * size > class_budget * (1 + 1e-12)) {
                now.passes[i] = 0;
                later.push_back(i);
            }
            drawable_now += now.is_drawable(i);
        }
        const std::int64_t short_of =
            std::min(budgets[static_cast<std::size_t>(c)] - drawable_now, std::ssize(later));
        if (short_of <= 0)
            continue;
        std::stable_sort(later.begin(), later.end(),
                         [&](std::size_t a, std::size_t b) { return least_share[a] < least_share[b]; });
        for (std::int64_t at = 0; at < short_of; ++at)
            now.passes[later[static_cast<std::size_t>(at)]] = 1;
    }
    return now;
}

template <class S, class F>
std::vector<double> subset_selection<S, F>::uncertainty_of(const dataset& data,
                                                           const execution& where) const {
    if (!sees_uncertainty(selector) || data.labels.empty() ||
        (data.logits.columns() == 0 && data.dynamics.empty()))
        return {};
    // Of one class there is nothing to be uncertain of.
    if (data.logits.columns() == 1 &&
        std::all_of(data.labels.begin(), data.labels.end(), [](std::int64_t label) { return label == 0; }))
        return {};
    dataset outputs{.labels = data.labels, .logits = data.logits};
    if (data.logits.columns() == 0)
        outputs.dynamics = data.dynamics;
    std::vector<double> values = margin{}.column(outputs, where);
    for (double& value : values)
        value = 1 - value;
    return values;
}

template <class S, class F>
std::vector<std::int64_t> subset_selection<S, F>::samples_at_hand::drawable() const {
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < passes.size(); ++i)
        if (is_drawable(i))
            rows.push_back(static_cast<std::int64_t>(i));
    return rows;
}

template <class S, class F>
subset_selection<S, F>::problem_parts::problem_parts(matrix_view<const float> all_features,
                                                     const score_column& column,
                                                     std::span<const double> all_uncertainty,
                                                     const class_partition& all,
                                                     std::vector<std::int64_t> drawable)
    : rows(std::move(drawable)), high(column.high) {
    std::vector<std::int64_t> own;
    for (const std::int64_t row : rows) {
        own.push_back(all.label(all.class_of(row)));
        scores.push_back(column.values.empty() ? 0.0 : column.values[static_cast<std::size_t>(row)]);
        if (!all_uncertainty.empty())
            uncertainty.push_back(all_uncertainty[static_cast<std::size_t>(row)]);
    }
    classes = class_partition(own);
    if (std::ssize(rows) == all.samples()) {
        features = all_features;
    } else if (all_features.rows() > 0) {
        gathered = gather_rows<float>(all_features, std::span<const std::int64_t>(rows));
        features = gathered;
    }
}

template <class S, class F>
void subset_selection<S, F>::mark(const std::vector<std::int64_t>& rows, std::vector<std::uint8_t>& flags,
                                  std::int64_t n, std::string_view what) {
    for (const std::int64_t row : rows) {
        require(row >= 0 && row < n, "subset_selection", what, row,
                "at least 0 and below the number of samples,", n);
        flags[static_cast<std::size_t>(row)] = 1;
    }
}

template <class S, class F>
void subset_selection<S, F>::mark_given(const selection_request& request, samples_at_hand& at_hand) {
    const std::int64_t n = std::ssize(at_hand.passes);
    mark(request.must_keep, at_hand.required, n, "a row that must be kept");
    mark(request.never_keep, at_hand.excluded, n, "a row that must not be kept");
    for (std::size_t i = 0; i < at_hand.required.size(); ++i)
        require(!(at_hand.required[i] && at_hand.excluded[i]), "subset_selection",
                "a row that must be kept and must not,", i, "one of both only");
}

template <class S, class F>
class_partition subset_selection<S, F>::classes_of(const selection_request& request,
                                                   std::span<const std::int64_t> labels, std::int64_t n) {
    if (labels.empty() || request.one_pool)
        return class_partition(std::vector<std::int64_t>(static_cast<std::size_t>(n), 0));
    return class_partition(labels);
}

template <class S, class F>
void subset_selection<S, F>::require_filled(const selection_request& request, std::int64_t label,
                                            std::int64_t class_budget, std::int64_t drawable) {
    require(class_budget <= drawable || request.when_class_is_short == short_budget::fill, "subset_selection",
            "the number of samples of class " + std::to_string(label) + " that may be drawn", drawable,
            "at least its budget,", class_budget);
}

template <class S, class F>
void subset_selection<S, F>::take(filter_result filtered, samples_at_hand& at_hand,
                                  selection_report& report) {
    at_hand.passes = std::move(filtered.passes);
    at_hand.least_share = std::move(filtered.least_share);
    at_hand.graded_by = std::move(filtered.graded_by);
    report.notes.push_back(std::move(filtered.note));
    report.filters = std::move(filtered.names);
    report.dropped_by = std::move(filtered.dropped_by);
    if (!report.dropped_by.empty())
        return;
    if constexpr (!std::same_as<F, no_filter>)
        report.filters.emplace_back(filter_name<F>());
    for (const std::uint8_t passes : at_hand.passes)
        report.dropped_by.push_back(passes ? -1 : 0);
}

template <class S, class F>
std::vector<std::int64_t>
subset_selection<S, F>::budgets_of(const selection_request& request, const budget_request& keep,
                                   const class_partition& classes, const samples_at_hand& at_hand,
                                   const std::vector<std::uint8_t>& kept) {
    return class_budgets(keep, request.shares, classes,
                         {.chosen = count_by_class(classes, [&](std::size_t i) { return kept[i] != 0; }),
                          .available = count_by_class(classes,
                                                      [&](std::size_t i) {
                                                          return request.when_class_is_short ==
                                                                         short_budget::redistribute
                                                                     ? at_hand.is_drawable(i)
                                                                     : !at_hand.excluded[i];
                                                      }),
                          .least_per_class = request.least_per_class});
}

template <class S, class F>
std::vector<std::size_t> subset_selection<S, F>::ascending(const selection_request& request,
                                                           const class_partition& classes,
                                                           const samples_at_hand& at_hand) {
    std::vector<std::int64_t> totals;
    for (const budget_request& keep : request.keep) {
        const auto budgets = budgets_of(request, keep, classes, at_hand, at_hand.required);
        totals.push_back(std::accumulate(budgets.begin(), budgets.end(), std::int64_t{0}));
    }
    std::vector<std::size_t> order(totals.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return totals[a] != totals[b] ? totals[a] < totals[b] : a < b;
    });
    return order;
}

template <class S, class F>
explained_subset subset_selection<S, F>::draw(const selection_request& request, const budget_request& keep,
                                              const draw_inputs& inputs, const samples_at_hand& all,
                                              const std::vector<std::uint8_t>& kept, const execution& where,
                                              selection_report& report) const {
    const class_partition& classes = inputs.classes;
    const auto n = static_cast<std::size_t>(classes.samples());
    const std::vector<std::int64_t> budgets = budgets_of(request, keep, classes, all, kept);
    const samples_at_hand at_hand = all.at(budgets, classes, kept);
    const matrix_view<const float> features =
        sees_features(selector) ? matrix_view<const float>(inputs.data.features) : matrix_view<const float>();
    const problem_parts parts(features, inputs.scores, inputs.uncertainty, classes, at_hand.drawable());
    const std::vector<std::int64_t> drawable =
        count_by_class(classes, [&](std::size_t i) { return at_hand.is_drawable(i); });

    explained_subset one{{{}, std::vector<sample_reason>(n, sample_reason::pruned)},
                         std::vector<std::int32_t>(n, -1),
                         std::vector<std::int64_t>(n, -1)};
    for (std::size_t i = 0; i < n; ++i)
        if (!at_hand.is_drawable(i))
            one.chosen.reasons[i] =
                at_hand.excluded[i] ? sample_reason::excluded : dropped(report, at_hand, i);

    std::vector<std::int64_t> asked;
    for (std::int64_t c = 0; c < classes.count(); ++c) {
        const auto at = static_cast<std::size_t>(c);
        if (drawable[at] > 0)
            asked.push_back(std::min(budgets[at], drawable[at]));
        if (budgets[at] > drawable[at])
            fill(request, classes, c, budgets[at], drawable[at], at_hand, where.seed(), one, report);
    }
    std::vector<std::uint8_t> chosen;
    for (const std::int64_t row : parts.rows)
        chosen.push_back(kept[static_cast<std::size_t>(row)]);
    const selection_problem problem{.scores = parts.scores,
                                    .classes = parts.classes,
                                    .budgets = asked,
                                    .high = parts.high,
                                    .features = parts.features,
                                    .uncertainty = parts.uncertainty,
                                    .neighbors = inputs.neighbors,
                                    .chosen = chosen,
                                    .ids = parts.rows};
    const selection drawn = selector.select(problem, where);
    detail::require_selector_answer(drawn, problem, "subset_selection");
    for (std::size_t at = 0; at < parts.rows.size(); ++at) {
        const auto row = static_cast<std::size_t>(parts.rows[at]);
        one.stratum[row] = drawn.stratum[at];
        if (!drawn.rank.empty())
            one.rank[row] = drawn.rank[at];
    }
    for (const std::int64_t at : drawn.kept) {
        const auto row = static_cast<std::size_t>(parts.rows[static_cast<std::size_t>(at)]);
        one.chosen.reasons[row] = at_hand.required[row] ? sample_reason::required : sample_reason::kept;
    }
    for (std::size_t i = 0; i < n; ++i) {
        require(!kept[i] || is_kept(one.chosen.reasons[i]), "subset_selection",
                "the selector's answer, which leaves out the chosen row", i, "one with all chosen rows");
        if (is_kept(one.chosen.reasons[i]))
            one.chosen.kept.push_back(static_cast<std::int64_t>(i));
    }
    return one;
}

template <class S, class F>
sample_reason subset_selection<S, F>::dropped(const selection_report& report, const samples_at_hand& at_hand,
                                              std::size_t i) {
    // A sample that is dropped at this budget alone is on record by the filter that asks for a larger one.
    std::int32_t by = report.dropped_by[i];
    if (by < 0)
        by = at_hand.graded_by.empty() ? 0 : at_hand.graded_by[i];
    if (by < 0 || by >= std::ssize(report.filters)) // a result of a filter that has no name here
        return sample_reason::filtered;
    const std::string& name = report.filters[static_cast<std::size_t>(by)];
    return name == misclassified::name || name == noise_adapted::name ? sample_reason::misclassified
                                                                      : sample_reason::filtered;
}

template <class S, class F>
void subset_selection<S, F>::fill(const selection_request& request, const class_partition& classes,
                                  std::int64_t c, std::int64_t class_budget, std::int64_t drawable,
                                  const samples_at_hand& at_hand, std::uint64_t seed, explained_subset& one,
                                  selection_report& report) {
    const std::int64_t count = class_budget - drawable;
    const std::string label = std::to_string(classes.label(c));
    require_filled(request, classes.label(c), class_budget, drawable);
    std::vector<std::int64_t> dropped_rows;
    for (const std::int64_t i : classes.members(c)) {
        const auto at = static_cast<std::size_t>(i);
        if (!at_hand.is_drawable(at) && !at_hand.excluded[at])
            dropped_rows.push_back(i);
    }
    const random_stream random(seed, fill_stream);
    std::sort(dropped_rows.begin(), dropped_rows.end(), [&](std::int64_t a, std::int64_t b) {
        return random.bits(static_cast<std::uint64_t>(a)) < random.bits(static_cast<std::uint64_t>(b));
    });
    for (std::int64_t at = 0; at < count; ++at)
        one.chosen.reasons[static_cast<std::size_t>(dropped_rows[static_cast<std::size_t>(at)])] =
            sample_reason::filled;
    report.notes.push_back("class " + label + ": " + std::to_string(drawable) + " samples may be drawn, " +
                           std::to_string(count) + " filtered ones were drawn to fill its budget of " +
                           std::to_string(class_budget));
}

} // namespace topoprune
