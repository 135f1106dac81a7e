// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"
#include "detail/farthest_first.hpp"

namespace topoprune {

/// The first sample of k_center.
///   nearest_to_mean   the one nearest to the mean of the class: no chance at all
///   random            a uniform draw
enum class first_center { nearest_to_mean, random };

/// The greedy k-center rule (Gonzalez 1985; Sener, Savarese 2018): of each class one sample after another,
/// the next always the one that is farthest, in l2, from all that are kept; ties by least id. The largest
/// distance of a sample to the kept ones is at most twice the least possible. Covers, and so gathers
/// outliers: on noisy labels put a filter before it. Looks at no score. Chosen samples are centers from the
/// start. The larger of two budgets contains the smaller.
/// Cost: O(b n_c d) for the b drawn of a class of n_c, in double precision. Memory: 8 (d + 2) bytes a sample,
/// no table of distances.
struct k_center {
    first_center first = first_center::nearest_to_mean;

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        require_features(problem, "k_center");
        return detail::draw_by_class(problem, "k_center", where, [&](const detail::class_draw& draw) {
            return order_of_class(draw, where);
        });
    }

private:
    static constexpr std::uint64_t stream = 0x4b43454e544552ULL;

    [[nodiscard]] std::vector<std::int64_t> order_of_class(const detail::class_draw& draw,
                                                           const execution& where) const {
        const matrix<double> z =
            gather_rows<double>(draw.problem.features, std::span<const std::int64_t>(draw.members));
        std::vector<std::size_t> centers;
        for (std::size_t at = 0; at < draw.members.size(); ++at)
            if (draw.problem.is_chosen(draw.members[at]))
                centers.push_back(at);
        if (centers.empty())
            centers.push_back(first_of(draw, z, where));
        std::vector<std::int64_t> order;
        for (const std::size_t at :
             detail::farthest_first(z, centers, static_cast<std::size_t>(draw.budget), where))
            order.push_back(draw.members[at]);
        return order;
    }

    [[nodiscard]] std::size_t first_of(const detail::class_draw& draw, const matrix<double>& z,
                                       const execution& where) const {
        if (first == first_center::random) {
            std::vector<std::int64_t> order = draw.members;
            detail::sort_at_random(order, draw.problem, random_stream(where.seed(), stream));
            return static_cast<std::size_t>(
                std::find(draw.members.begin(), draw.members.end(), order.front()) - draw.members.begin());
        }
        return detail::nearest_to_mean(z);
    }
};

static_assert(Selector<k_center>);

} // namespace topoprune
