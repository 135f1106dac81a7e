// SPDX-License-Identifier: MIT
#pragma once

#include "strata.hpp"

#include "../../budget/budget.hpp"
#include "../coverage.hpp"
#include "../facility_location.hpp"
#include "farthest_first.hpp"

#include <cmath>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::int32_t stratum_of_width(double score, double low, double high, std::int64_t count) {
    if (!(high > low))
        return 0;
    // Halved where the difference of two finite numbers is none; half of the least number is none either.
    const double scale = std::isfinite(high - low) ? 1 : 0.5;
    const double position =
        (scale * score - scale * low) / (scale * high - scale * low) * static_cast<double>(count);
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(position)), 0, count - 1));
}

TOPOPRUNE_DEFINE std::vector<std::size_t> quantile_begins(std::span<const double> sorted,
                                                          std::int64_t count) {
    std::vector<std::size_t> begins;
    for (std::int64_t part = 0; part < count; ++part) {
        const auto place =
            static_cast<std::size_t>(part * std::ssize(sorted) / std::max<std::int64_t>(count, 1));
        begins.push_back(sorted.empty() ? 0
                                        : static_cast<std::size_t>(
                                              std::lower_bound(sorted.begin(), sorted.end(), sorted[place]) -
                                              sorted.begin()));
    }
    return begins;
}

TOPOPRUNE_DEFINE std::vector<std::size_t> k_means_begins(std::span<const double> sorted, std::int64_t count) {
    std::vector<std::size_t> begins = quantile_begins(sorted, count);
    // Shifted and scaled to [0, 1]: sums of huge values stay finite.
    std::vector<double> value(sorted.size()), sums(sorted.size() + 1, 0.0);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double scale = std::isfinite(sorted.back() - sorted.front()) ? 1 : 0.5;
        const double range = scale * sorted.back() - scale * sorted.front();
        value[i] = range > 0 ? (scale * sorted[i] - scale * sorted.front()) / range : 0.0;
        sums[i + 1] = sums[i] + value[i];
    }
    for (int round = 0; round < 100; ++round) {
        std::vector<double> means;
        for (std::size_t part = 0; part < begins.size(); ++part) {
            const std::size_t end = part + 1 < begins.size() ? begins[part + 1] : sorted.size();
            if (end > begins[part])
                means.push_back((sums[end] - sums[begins[part]]) / static_cast<double>(end - begins[part]));
        }
        std::vector<std::size_t> next{0};
        for (std::size_t part = 1; part < means.size(); ++part)
            next.push_back(static_cast<std::size_t>(
                std::lower_bound(value.begin(), value.end(), 0.5 * (means[part - 1] + means[part])) -
                value.begin()));
        if (next == begins)
            break;
        begins = std::move(next);
    }
    return begins;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> spread_of(const class_draw& draw,
                                                     std::span<const std::int64_t> chosen,
                                                     std::span<const std::int64_t> others, std::int64_t count,
                                                     const execution& where) {
    if (count == 0)
        return {};
    std::vector<std::int64_t> all(chosen.begin(), chosen.end());
    all.insert(all.end(), others.begin(), others.end());
    sort_at_random(all, draw.problem, random_stream(where.seed(), tie_stream));
    const matrix<double> z = gather_rows<double>(draw.problem.features, std::span<const std::int64_t>(all));
    std::vector<std::size_t> centers;
    for (std::size_t at = 0; at < all.size(); ++at)
        if (draw.problem.is_chosen(all[at]))
            centers.push_back(at);
    const std::size_t given = centers.size();
    if (centers.empty())
        centers.push_back(nearest_to_mean(z));
    std::vector<std::int64_t> taken;
    for (const std::size_t at : farthest_first(z, centers, given + static_cast<std::size_t>(count), where))
        if (!draw.problem.is_chosen(all[at]))
            taken.push_back(all[at]);
    return taken;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> most_representative_of(const class_draw& draw,
                                                                  std::span<const std::int64_t> chosen,
                                                                  std::span<const std::int64_t> others,
                                                                  std::int64_t count, stratum_draw how,
                                                                  const execution& where) {
    if (count == 0)
        return {};
    class_draw stratum{draw.problem, draw.label, {chosen.begin(), chosen.end()}, std::ssize(chosen) + count};
    stratum.members.insert(stratum.members.end(), others.begin(), others.end());
    sort_at_random(stratum.members, draw.problem, random_stream(where.seed(), tie_stream));
    std::vector<std::int64_t> taken;
    for (const std::int64_t i : how == stratum_draw::coverage
                                    ? coverage{}.order_of_class(stratum, where)
                                    : facility_location{}.order_of_class(stratum, where))
        if (!draw.problem.is_chosen(i))
            taken.push_back(i);
    return taken;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t>
take_from_strata(const class_draw& draw, std::span<const std::int64_t> items,
                 std::span<const std::int32_t> strata, std::int64_t count, std::int64_t total,
                 stratum_draw how, const random_stream& random, const execution& where) {
    std::vector<std::vector<std::int64_t>> bins(static_cast<std::size_t>(count)), chosen(bins);
    std::vector<std::int64_t> sizes(bins.size(), 0), least(bins.size(), 0);
    for (std::size_t at = 0; at < items.size(); ++at) {
        const auto stratum = static_cast<std::size_t>(strata[at]);
        ++sizes[stratum];
        least[stratum] += draw.problem.is_chosen(items[at]);
        (draw.problem.is_chosen(items[at]) ? chosen : bins)[stratum].push_back(items[at]);
    }
    const std::vector<std::int64_t> parts = water_fill(total, sizes, least);
    std::vector<std::int64_t> taken;
    for (std::size_t b = 0; b < bins.size(); ++b) {
        const std::int64_t part = parts[b] - least[b];
        if (how == stratum_draw::random)
            sort_at_random(bins[b], draw.problem, random);
        else if (how == stratum_draw::highest_score)
            sort_with_random_ties(bins[b], draw.problem, where,
                                  [&](std::int64_t i) { return -draw.score(i); });
        else if (how == stratum_draw::k_center)
            bins[b] = spread_of(draw, chosen[b], bins[b], part, where);
        else
            bins[b] = most_representative_of(draw, chosen[b], bins[b], part, how, where);
        taken.insert(taken.end(), bins[b].begin(), bins[b].begin() + part);
    }
    return taken;
}

} // namespace topoprune::detail
