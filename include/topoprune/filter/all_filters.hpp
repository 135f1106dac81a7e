// SPDX-License-Identifier: MIT
#pragma once

#include "filter.hpp"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace topoprune {

/// Applies one more filter to all samples and joins it to the result so far: what it drops, and none dropped
/// before, is on record under its name. Where two filters ask for a least share, the larger counts.
template <Filter F>
void join_filter(const F& filter, const dataset& data, const execution& where, filter_result& result) {
    const filter_result own = filter.apply(data, where);
    require(own.passes.size() == result.passes.size(), "join_filter", "the size of a filter's mask",
            own.passes.size(), "the number of samples,", result.passes.size());
    require(own.least_share.empty() || own.least_share.size() == own.passes.size(), "join_filter",
            "the number of a filter's least shares", own.least_share.size(), "0 or the number of samples,",
            own.passes.size());
    const auto place = static_cast<std::int32_t>(result.names.size());
    result.names.emplace_back(filter_name<F>());
    const bool is_graded = !own.least_share.empty();
    if (is_graded && result.least_share.empty()) {
        result.least_share.assign(result.passes.size(), 0.0);
        result.graded_by.assign(result.passes.size(), -1);
    }
    std::int64_t dropped = 0;
    for (std::size_t i = 0; i < own.passes.size(); ++i)
        if (own.passes[i] == 0 && result.passes[i] != 0) {
            result.passes[i] = 0;
            result.dropped_by[i] = place;
            ++dropped;
        } else if (is_graded && own.least_share[i] > result.least_share[i]) {
            result.least_share[i] = own.least_share[i];
            result.graded_by[i] = place;
        }
    if (place == 0)
        result.note = own.note;
    else
        result.note +=
            "; " + own.note + " (it dropped " + std::to_string(dropped) + " that had passed so far)";
}

/// Several filters, each of which looks at all samples; a sample passes if it passes them all. The first that
/// drops a sample is on record as its reason. The cost is the sum of theirs.
///
///     all_filters{misclassified{}, exact_duplicates{}}
template <class... F>
struct all_filters {
    static_assert((Filter<F> && ...), "all_filters: each must model Filter: apply(data, execution) const");

    static constexpr std::string_view name = "several filters";

    std::tuple<F...> filters;

    all_filters() = default;
    all_filters(F... each) : filters(std::move(each)...) {}

    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
        const auto n = static_cast<std::size_t>(data.samples());
        filter_result result{std::vector<std::uint8_t>(n, 1), "", {}, std::vector<std::int32_t>(n, -1)};
        std::apply([&](const F&... each) { (join_filter(each, data, where, result), ...); }, filters);
        return result;
    }
};

static_assert(Filter<all_filters<no_filter, given_mask>>);

} // namespace topoprune
