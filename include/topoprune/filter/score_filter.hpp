// SPDX-License-Identifier: MIT
#pragma once

#include "../core/random.hpp"
#include "../score/area_under_margin.hpp"
#include "../score/dataset_score.hpp"
#include "../score/margin.hpp"
#include "filter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

/// Filters made of scores: they stand here because scores stand after filters.
namespace topoprune {

/// Drops the share of all samples that a score finds hardest, rounded down; ties at random, by the seed and
/// the row number: with the area under the margin the cut that coverage-centric selection and pruning of
/// mislabeled samples begin with. The cost of the score and O(n log n).
template <DatasetScore S = area_under_margin>
    requires(S::high != high_end::valuable)
struct hardest_share {
    static constexpr std::string_view name = "hardest share";

    S score{};
    /// In [0, 1).
    double share = 0.1;

    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
        require(share >= 0 && share < 1, "hardest_share", "share", share, "at least 0 and below 1");
        const std::vector<double> column = score.column(data, where);
        require(std::ssize(column) == data.samples(), "hardest_share", "the number of values of its score",
                column.size(), "the number of samples,", data.samples());
        const double sign = sign_of_difficulty(S::high, "hardest_share");
        std::vector<std::size_t> order(column.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const random_stream random(where.seed(), stream);
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return column[a] != column[b] ? sign * column[a] > sign * column[b]
                                          : random.bits(a) < random.bits(b);
        });
        const auto dropped = static_cast<std::size_t>(std::floor(share * static_cast<double>(column.size())));
        filter_result result{std::vector<std::uint8_t>(column.size(), 1),
                             "the hardest " + std::to_string(dropped) + " samples were filtered"};
        for (std::size_t at = 0; at < dropped; ++at)
            result.passes[order[at]] = 0;
        return result;
    }

private:
    static constexpr std::uint64_t stream = 0x48415244ULL;
};

/// Drops samples whose score is below a bound, or above one: with the margin and 0, those that the classifier
/// gets wrong. The cost of the score.
template <class S = margin>
struct score_between {
    static_assert(
        DatasetScore<S>,
        "score_between: score must model DatasetScore: column(data, execution) const and a static high");

    static constexpr std::string_view name = "score bounds";

    S score{};
    double lowest = 0;
    double highest = std::numeric_limits<double>::infinity();

    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
        require(lowest <= highest, "score_between", "lowest", lowest, "at most highest,", highest);
        filter_result result{{}, "samples whose score is out of bounds were filtered"};
        for (const double value : score.column(data, where))
            result.passes.push_back(value >= lowest && value <= highest);
        return result;
    }
};

static_assert(Filter<hardest_share<>>);
static_assert(Filter<score_between<>>);

} // namespace topoprune
