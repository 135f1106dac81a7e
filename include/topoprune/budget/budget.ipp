// SPDX-License-Identifier: MIT
#pragma once

#include "budget.hpp"

#include "../core/checks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace topoprune {

TOPOPRUNE_DEFINE std::int64_t kept_total(const budget& keep, std::int64_t n) {
    if (const auto* count = std::get_if<keep_count>(&keep)) {
        require(count->value >= 1 && count->value <= n, "kept_total", "keep_count", count->value,
                "between 1 and the number of samples,", n);
        return count->value;
    }
    const double fraction = std::get<keep_fraction>(keep).value;
    require(fraction > 0 && fraction <= 1, "kept_total", "keep_fraction", fraction, "above 0 and at most 1");
    return n == 0 ? 0 : std::max<std::int64_t>(1, std::llround(fraction * static_cast<double>(n)));
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> largest_remainder(std::int64_t total,
                                                             std::span<const std::int64_t> sizes) {
    const std::int64_t all = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
    require(total >= 0 && total <= all, "largest_remainder", "total", total,
            "at least 0 and at most the sum of the sizes,", all);
    require(all < (std::int64_t{1} << 31), "largest_remainder", "the sum of the sizes", all, "below 2^31");
    std::vector<std::int64_t> parts;
    std::vector<std::int64_t> remainders;
    std::int64_t left = total;
    for (const std::int64_t size : sizes) {
        parts.push_back(all == 0 ? 0 : total * size / all);
        remainders.push_back(all == 0 ? 0 : total * size % all);
        left -= parts.back();
    }
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i)
        ++parts[order[i]];
    return parts;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> class_budgets(const budget& keep, const class_partition& classes) {
    std::vector<std::int64_t> sizes;
    for (std::int64_t c = 0; c < classes.count(); ++c)
        sizes.push_back(classes.size(c));
    return largest_remainder(kept_total(keep, classes.samples()), sizes);
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> water_fill(std::int64_t total, std::span<const std::int64_t> sizes,
                                                      std::span<const std::int64_t> least) {
    require(least.empty() || least.size() == sizes.size(), "water_fill", "the number of leasts", least.size(),
            "0 or the number of sizes,", sizes.size());
    const auto filled_to = [&](std::size_t b, std::int64_t level) {
        return std::clamp(level, least.empty() ? std::int64_t{0} : least[b], sizes[b]);
    };
    const auto sum_at = [&](std::int64_t level) {
        std::int64_t sum = 0;
        for (std::size_t b = 0; b < sizes.size(); ++b)
            sum += filled_to(b, level);
        return sum;
    };
    for (std::size_t b = 0; b < least.size(); ++b)
        require(least[b] >= 0 && least[b] <= sizes[b], "water_fill", "a least", least[b],
                "at least 0 and at most the size of the bin,", sizes[b]);
    const std::int64_t highest = sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
    require(total <= sum_at(highest), "water_fill", "total", total, "at most the sum of the sizes,",
            sum_at(highest));
    require(total >= sum_at(0), "water_fill", "total", total, "at least the sum of the leasts,", sum_at(0));
    std::int64_t level = 0, above = highest + 1;
    while (above - level > 1) {
        const std::int64_t middle = level + (above - level) / 2;
        (sum_at(middle) <= total ? level : above) = middle;
    }
    std::vector<std::int64_t> parts;
    for (std::size_t b = 0; b < sizes.size(); ++b)
        parts.push_back(filled_to(b, level));
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sizes[a] < sizes[b]; });
    std::int64_t left = total - sum_at(level);
    for (auto b = order.rbegin(); left > 0 && b != order.rend(); ++b)
        if (parts[*b] == level && level < sizes[*b]) {
            ++parts[*b];
            --left;
        }
    return parts;
}

} // namespace topoprune
