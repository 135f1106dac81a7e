// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "detail/coverage_gains.hpp"
#include "detail/draw_by_class.hpp"
#include "large_classes.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace topoprune {

/// How the greedy rule finds the next sample.
///   lazy         exact: a gain can only shrink, so a sample is measured anew only when it comes to the top
///   of
///                the queue of its old gains (Minoux 1978)
///   stochastic   the best of a random sample of (n_c / b) log(1 / epsilon) candidates (Mirzasoleiman et al.
///                2015); expected value within epsilon of the greedy one
enum class greedy_search { lazy, stochastic };

/// Facility location (Nemhauser, Wolsey, Fisher 1978; Wei, Iyer, Bilmes 2015): of each class one sample after
/// another, the next always the one that gains most of
///     f(S) = sum_i max_{j in S} s_ij,   s_ij = (1 + cos of the angle between z_i and z_j) / 2 in [0, 1],
/// over all samples i of the class, ties at random; f of the kept is at least 1 - 1/e of the best possible.
/// Keeps samples that stand for many others. A zero vector is as similar to all as a right angle. Looks at no
/// score. With lazy search the larger of two budgets contains the smaller.
/// Similarities are rounded to multiples of 2^-23, about their error in float; gains of these are exact.
/// Cost: a gain is O(n_c d), made anew from the features, until at most 256 samples would gain from this one;
/// then they are listed, and it is O(256). lazy: n_c gains for the second sample, then as many as come to the
/// top, at worst b n_c; stochastic: n_c log(1 / epsilon) in all. Memory: of the classes at work, 4 d + 2,100
/// bytes a sample at most, most of them for its list; no table of similarities. A class of more than
/// large.most_compared samples is drawn in parts, lazily whatever the search, at a small loss and at a cost
/// in proportion to its size: see large_classes.
struct facility_location {
    greedy_search search = greedy_search::lazy;
    /// For stochastic search, in (0, 1).
    double epsilon = 0.1;
    large_classes large{};

    TOPOPRUNE_DECLARE [[nodiscard]] selection select(const selection_problem& problem,
                                                     const execution& where) const;

    /// The members of one class in the order in which they are wanted, chosen ones first: `budget` of them.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> order_of_class(const detail::class_draw& draw,
                                                                             const execution& where) const;

private:
    static constexpr std::uint64_t stream = 0x464c4f43ULL;

    template <class Take>
    void stochastically(const detail::class_draw& draw, const execution& where, detail::coverage_gains& now,
                        const std::vector<std::int64_t>& order, Take take) const {
        const random_stream of_class =
            random_stream(where.seed(), stream).child(static_cast<std::uint64_t>(draw.label));
        std::vector<std::size_t> open;
        for (std::size_t j = 0; j < now.size(); ++j)
            if (!now.is_taken(j))
                open.push_back(j);
        const auto candidates = static_cast<std::size_t>(std::ceil(
            static_cast<double>(now.size()) / static_cast<double>(draw.budget) * std::log(1 / epsilon)));
        std::vector<std::int64_t> gains;
        while (std::ssize(order) < draw.budget) {
            where.check_interruption();
            const random_stream of_round = of_class.child(order.size());
            const std::size_t tried = std::min(std::max<std::size_t>(candidates, 1), open.size());
            for (std::size_t t = 0; t < tried; ++t)
                std::swap(open[t], open[t + static_cast<std::size_t>(of_round.below(t, open.size() - t))]);
            gains.resize(tried);
            for (std::size_t t = 0; t < tried; t += detail::coverage_gains::at_once) {
                const std::size_t count = std::min(detail::coverage_gains::at_once, tried - t);
                now.measure(std::span(open).subspan(t, count), std::span(gains).subspan(t, count));
            }
            std::size_t best = 0;
            for (std::size_t t = 1; t < tried; ++t)
                if (gains[t] > gains[best] || (gains[t] == gains[best] && open[t] < open[best]))
                    best = t;
            take(open[best]);
            std::swap(open[best], open.back());
            open.pop_back();
        }
    }
};

static_assert(Selector<facility_location>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "facility_location.ipp"
#endif
