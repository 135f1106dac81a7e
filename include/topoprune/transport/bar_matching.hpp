// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/execution.hpp"
#include "../homology/barcode.hpp"
#include "detail/bar_assignment.hpp"
#include "ground_norm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

namespace topoprune {

/// An optimal matching of the bars of one barcode with those of another.
struct bar_matching {
    /// The Wasserstein distance.
    double distance = 0;
    /// For each bar of the first barcode the bar of the second that it is matched with, or -1 for the
    /// diagonal (or if it is left out).
    std::vector<std::int32_t> partner;
    /// d distance / d (birth, death) of each bar of the first barcode; 0 by a death that never comes, and
    /// everywhere if the distance is 0.
    std::vector<std::array<double, 2>> gradient;
};

/// A norm on the plane of births and deaths: l1, l2 or l_infinity.
template <class Norm>
concept BarNorm = GroundNorm<Norm> && !std::same_as<Norm, squared_l2>;

/// The Wasserstein distance of order p between two barcodes and the matching that attains it,
///
///     W_p = (min over matchings of sum norm(x - y)^p)^(1 / p)
///
/// over the matched pairs x, y of (birth, death), where every bar may be matched with the diagonal instead,
/// at its distance from that (Cohen-Steiner, Edelsbrunner, Harer, Mileyko 2010, with l_infinity). A bar is
/// (d - b) / 2 from it in l_infinity, (d - b) / sqrt(2) in l2, d - b in l1.
///
/// Bars that never end are matched among themselves in the order of their births, which is optimal; there
/// must be as many of them in both barcodes, or none in the second: then those of the first are left out.
///
/// Throws std::invalid_argument otherwise, for power outside [1, infinity), and for a bar with a birth that
/// is not finite or a death before it. Where matchings tie, the one returned depends on the order of the bars
/// alone.
///
/// Cost: bars that are all born at one time, as in degree 0, are assigned along a line in O(a b) time and
/// O(b sqrt(a)) memory for a and b bars. Others cost what a minimum-cost flow does on the pairs
/// that are closer to each other than to the diagonal, found column by column: O(a + b) memory beside the
/// pairs that were found, a * b evaluations of the norm a round, in parallel. To choose the matching, costs
/// are rounded to 2^-48 of the largest distance to the diagonal, to the power, for up to 4,095 bars, in
/// proportion more beyond.
template <BarNorm Norm = l_infinity>
[[nodiscard]] bar_matching match_bars(const barcode& from, const barcode& to, double power, const Norm& norm,
                                      const execution& where) {
    require(power >= 1 && std::isfinite(power), "match_bars", "power", power, "finite and at least 1");
    const detail::split_bars first(from, "match_bars"), second(to, "match_bars");
    require(second.endless.empty() || first.endless.size() == second.endless.size(), "match_bars",
            "the number of bars that never end", first.endless.size(), "that of the other barcode,",
            second.endless.size());
    double longest = std::max(first.longest, second.longest);
    for (std::size_t i = 0; i < second.endless.size(); ++i)
        longest = std::max(longest, std::abs(from[first.endless[i]].birth - to[second.endless[i]].birth));
    require(std::isfinite(longest), "match_bars", "a distance of births", longest, "finite");
    bar_matching result{0, std::vector<std::int32_t>(from.size(), -1),
                        std::vector<std::array<double, 2>>(from.size(), {0, 0})};
    if (longest == 0)
        return result;
    const detail::bar_costs<Norm> costs(norm, power, longest);
    std::vector<bool> is_taken(to.size(), false);
    const detail::bars_to_assign<detail::bar_costs<Norm>> ending{costs, from, first.ending, to,
                                                                 second.ending};
    for (const auto& [i, j] : detail::assign_bars(ending, where)) {
        result.partner[i] = static_cast<std::int32_t>(j);
        is_taken[j] = true;
    }
    for (std::size_t i = 0; i < second.endless.size(); ++i)
        result.partner[first.endless[i]] = static_cast<std::int32_t>(second.endless[i]);

    double sum = 0; // of norms to the power
    for (const std::size_t j : second.ending)
        if (!is_taken[j])
            sum += costs.to_power(costs.to_diagonal(to[j]));
    for (std::size_t i = 0; i < from.size(); ++i) {
        double length = 0;
        std::array<double, 2> derivative{};
        if (result.partner[i] >= 0)
            std::tie(length, derivative) =
                costs.with_derivative(from[i], to[static_cast<std::size_t>(result.partner[i])]);
        else if (from[i].death < std::numeric_limits<double>::infinity())
            std::tie(length, derivative) = costs.to_diagonal_with_derivative(from[i]);
        sum += costs.to_power(length);
        for (const std::size_t k : {0U, 1U})
            result.gradient[i][k] = std::pow(length, power - 1) * derivative[k];
    }
    result.distance = costs.unscaled(std::pow(sum, 1 / power));
    const double factor = sum > 0 ? std::pow(sum, 1 / power - 1) : 0.0;
    for (auto& [by_birth, by_death] : result.gradient) {
        by_birth *= factor;
        by_death *= factor;
    }
    return result;
}

} // namespace topoprune
