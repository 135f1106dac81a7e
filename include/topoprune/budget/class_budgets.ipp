// SPDX-License-Identifier: MIT
#pragma once

#include "class_budgets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int64_t> bounded_shares(std::int64_t total,
                                                          std::span<const std::int64_t> weights,
                                                          std::span<const std::int64_t> least,
                                                          std::span<const std::int64_t> most) {
    constexpr std::string_view function = "bounded_shares";
    require(least.size() == weights.size() && most.size() == weights.size(), function, "the number of bounds",
            least.size(), "the number of weights,", weights.size());
    std::int64_t all_least = 0, all_most = 0;
    for (std::size_t c = 0; c < weights.size(); ++c) {
        require(weights[c] >= 0, function, "a weight", weights[c], "at least 0");
        require(least[c] >= 0 && least[c] <= most[c], function, "a least part", least[c],
                "at least 0 and at most the most,", most[c]);
        all_least += least[c];
        all_most += most[c];
    }
    require(total >= all_least, function, "total", total, "at least the sum of the least parts,", all_least);
    require(total <= all_most, function, "total", total, "at most the sum of the most parts,", all_most);

    std::vector<std::int64_t> parts(weights.size(), 0);
    std::vector<std::size_t> open(weights.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    std::int64_t left = total;
    while (!open.empty()) {
        std::vector<std::int64_t> weight;
        for (const std::size_t c : open)
            weight.push_back(weights[c]);
        std::int64_t sum = std::accumulate(weight.begin(), weight.end(), std::int64_t{0});
        if (sum == 0) {
            std::fill(weight.begin(), weight.end(), std::int64_t{1});
            sum = std::ssize(weight);
        }
        require(sum < (std::int64_t{1} << 31) && total < (std::int64_t{1} << 31), function,
                "the sum of the weights or the total", std::max(sum, total), "below 2^31");
        // What the parts would gain and lose by their bounds, in units of 1 / sum.
        std::int64_t gained = 0, lost = 0;
        for (std::size_t at = 0; at < open.size(); ++at) {
            const std::int64_t quota = left * weight[at];
            gained += std::max<std::int64_t>(0, least[open[at]] * sum - quota);
            lost += std::max<std::int64_t>(0, quota - most[open[at]] * sum);
        }
        // The side that weighs more is settled: its parts stay at their bounds whatever the others do.
        std::vector<std::size_t> still_open;
        for (std::size_t at = 0; at < open.size(); ++at) {
            const std::size_t c = open[at];
            const std::int64_t quota = left * weight[at];
            if (gained >= lost && quota < least[c] * sum)
                parts[c] = least[c];
            else if (lost >= gained && quota > most[c] * sum)
                parts[c] = most[c];
            else
                still_open.push_back(c);
        }
        if (still_open.size() == open.size()) {
            std::vector<std::int64_t> remainders;
            std::int64_t rest = left;
            for (std::size_t at = 0; at < open.size(); ++at) {
                parts[open[at]] = left * weight[at] / sum;
                remainders.push_back(left * weight[at] % sum);
                rest -= parts[open[at]];
            }
            std::vector<std::size_t> order(open.size());
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::stable_sort(order.begin(), order.end(),
                             [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
            for (std::size_t at = 0; at < static_cast<std::size_t>(rest); ++at)
                ++parts[open[order[at]]];
            return parts;
        }
        left = total;
        for (std::size_t c = 0; c < parts.size(); ++c)
            if (std::find(still_open.begin(), still_open.end(), c) == still_open.end())
                left -= parts[c];
        open = std::move(still_open);
    }
    return parts;
}

} // namespace topoprune

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int64_t> share_weights(const class_shares& shares,
                                                         const class_partition& classes) {
    const auto count = static_cast<std::size_t>(classes.count());
    std::vector<std::int64_t> weights(count, 1);
    if (std::holds_alternative<proportional_shares>(shares))
        for (std::size_t c = 0; c < count; ++c)
            weights[c] = classes.size(static_cast<std::int64_t>(c));
    if (const auto* drop = std::get_if<error_shares>(&shares)) {
        require(drop->accuracy.size() == count, "class_budgets", "the number of accuracies",
                drop->accuracy.size(), "the number of classes,", count);
        const double unit =
            static_cast<double>(1 << 30) / static_cast<double>(std::max<std::size_t>(count, 1));
        for (std::size_t c = 0; c < count; ++c) {
            const double accuracy = drop->accuracy[c];
            require(accuracy >= 0 && accuracy <= 1, "class_budgets", "an accuracy", accuracy,
                    "between 0 and 1");
            weights[c] = std::llround((1 - accuracy) * unit);
        }
    }
    return weights;
}

} // namespace topoprune::detail

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<std::int64_t> class_budgets(const budget_request& keep,
                                                         const class_shares& shares,
                                                         const class_partition& classes,
                                                         const class_bounds& bounds) {
    const auto count = static_cast<std::size_t>(classes.count());
    require(bounds.chosen.size() == count && bounds.available.size() == count, "class_budgets",
            "the number of bounds", bounds.available.size(), "the number of classes,", count);
    require(bounds.least_per_class >= 0, "class_budgets", "least_per_class", bounds.least_per_class,
            "at least 0");
    if (const auto* each = std::get_if<keep_per_class>(&keep)) {
        require(each->value >= 0, "class_budgets", "keep_per_class", each->value, "at least 0");
        std::vector<std::int64_t> budgets;
        for (std::size_t c = 0; c < count; ++c)
            budgets.push_back(
                std::max(bounds.chosen[c],
                         std::min(bounds.available[c], std::max(each->value, bounds.least_per_class))));
        return budgets;
    }
    if (const auto* quota = std::get_if<keep_quota>(&keep)) {
        std::vector<std::int64_t> budgets(count, 0);
        for (const auto& [label, value] : quota->of_label) {
            std::size_t c = 0;
            while (c < count && classes.label(static_cast<std::int64_t>(c)) != label)
                ++c;
            require(c < count, "class_budgets", "the label of a quota", label, "the label of a class");
            require(value >= 0 && value <= bounds.available[c], "class_budgets", "a quota", value,
                    "at least 0 and at most the samples to be had of the class,", bounds.available[c]);
            budgets[c] = value;
        }
        for (std::size_t c = 0; c < count; ++c)
            require(budgets[c] >= bounds.chosen[c], "class_budgets", "a quota", budgets[c],
                    "at least the number of chosen samples of the class,", bounds.chosen[c]);
        return budgets;
    }
    const std::int64_t total = std::holds_alternative<keep_count>(keep)
                                   ? kept_total(std::get<keep_count>(keep), classes.samples())
                                   : kept_total(std::get<keep_fraction>(keep), classes.samples());
    std::vector<std::int64_t> least;
    for (std::size_t c = 0; c < count; ++c)
        least.push_back(std::max(bounds.chosen[c], std::min(bounds.least_per_class, bounds.available[c])));
    return bounded_shares(total, detail::share_weights(shares, classes), least, bounds.available);
}

} // namespace topoprune
