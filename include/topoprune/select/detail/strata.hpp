// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "draw_by_class.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace topoprune {

/// How the scores of a class are cut into strata.
///   equal_width   the range [min, max] into parts of equal width
///   quantile      the order into parts of equal number; equal scores stay together
///   k_means       the parts whose scores lie nearest to their means (Lloyd 1982, from the quantiles)
enum class stratum_cut { equal_width, quantile, k_means };

/// What is taken of a stratum.
///   random              a uniform draw
///   highest_score       the highest scores, ties at random
///   k_center            the sample nearest to the mean, then always the one farthest from those taken (see
///                       k_center): needs features
///   facility_location   the samples that stand for the others of the stratum best (see facility_location):
///                       needs features
///   coverage            the same under other kernels and weights (see coverage): needs features
enum class stratum_draw { random, highest_score, k_center, facility_location, coverage };

/// Whether a draw looks at features.
[[nodiscard]] constexpr bool sees_features(stratum_draw draw) {
    return draw == stratum_draw::k_center || draw == stratum_draw::facility_location ||
           draw == stratum_draw::coverage;
}

} // namespace topoprune

namespace topoprune::detail {

/// The stratum of a score in [low, high] cut into `count` of equal width. Every score is in exactly one, the
/// highest too, whatever its sign.
TOPOPRUNE_DECLARE [[nodiscard]] std::int32_t stratum_of_width(double score, double low, double high,
                                                              std::int64_t count);

/// The first place of each of `count` parts of equal number among sorted values, moved down so that equal
/// values stay together; some parts may be empty.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::size_t> quantile_begins(std::span<const double> sorted,
                                                                         std::int64_t count);

/// Lloyd's rule on sorted values, from the quantiles: the parts are runs of the order, so that an iteration
/// is a few bisections and prefix sums. Stops when no part changes, or after 100 rounds.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::size_t> k_means_begins(std::span<const double> sorted,
                                                                        std::int64_t count);

/// The stratum, from 0 to count - 1, of every item by its score. O(m log m).
template <class Score>
[[nodiscard]] std::vector<std::int32_t> strata_of(std::span<const std::int64_t> items, std::int64_t count,
                                                  stratum_cut cut, Score score) {
    std::vector<double> sorted;
    for (const std::int64_t i : items)
        sorted.push_back(score(i));
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::int32_t> strata;
    if (cut == stratum_cut::equal_width) {
        for (const std::int64_t i : items)
            strata.push_back(stratum_of_width(score(i), sorted.front(), sorted.back(), count));
        return strata;
    }
    const std::vector<std::size_t> begins =
        cut == stratum_cut::quantile ? quantile_begins(sorted, count) : k_means_begins(sorted, count);
    for (const std::int64_t i : items) {
        const auto place = static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), score(i)) -
                                                    sorted.begin());
        // The last part that begins at or before the place: of parts that begin alike all but one are empty.
        strata.push_back(static_cast<std::int32_t>(std::upper_bound(begins.begin(), begins.end(), place) -
                                                   begins.begin() - 1));
    }
    return strata;
}

/// The items of a stratum that are not chosen, `count` of them, farthest first: chosen ones are centers.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
spread_of(const class_draw& draw, std::span<const std::int64_t> chosen, std::span<const std::int64_t> others,
          std::int64_t count, const execution& where);

/// The items of a stratum that are not chosen, `count` of them, those that stand for most others first, by
/// facility location or by coverage; the chosen stand for others too.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
most_representative_of(const class_draw& draw, std::span<const std::int64_t> chosen,
                       std::span<const std::int64_t> others, std::int64_t count, stratum_draw how,
                       const execution& where);

/// Takes `total` of the items, spread over their strata by water-filling, chosen ones first.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
take_from_strata(const class_draw& draw, std::span<const std::int64_t> items,
                 std::span<const std::int32_t> strata, std::int64_t count, std::int64_t total,
                 stratum_draw how, const random_stream& random, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "strata.ipp"
#endif
