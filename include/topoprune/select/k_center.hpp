// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"

#include <Eigen/Core>

#include <limits>

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
        // Squared distance to the nearest center; -1 marks the centers themselves.
        std::vector<double> nearest(draw.members.size(), std::numeric_limits<double>::infinity());
        std::vector<std::int64_t> order;
        const auto take = [&](std::size_t at) {
            nearest[at] = -1;
            order.push_back(draw.members[at]);
            const auto center = z.row(static_cast<Eigen::Index>(at));
            for (std::size_t j = 0; j < nearest.size(); ++j)
                if (nearest[j] > 0)
                    nearest[j] =
                        std::min(nearest[j], (z.row(static_cast<Eigen::Index>(j)) - center).squaredNorm());
        };
        for (std::size_t at = 0; at < draw.members.size(); ++at)
            if (draw.problem.is_chosen(draw.members[at]))
                take(at);
        if (order.empty())
            take(first_of(draw, z, where));
        while (std::ssize(order) < draw.budget) {
            where.check_interruption();
            take(
                static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin()));
        }
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
        const Eigen::RowVectorXd mean = z.colwise().sum() / static_cast<double>(z.rows());
        const Eigen::VectorXd distances = (z.rowwise() - mean).rowwise().squaredNorm();
        return static_cast<std::size_t>(
            std::min_element(distances.data(), distances.data() + distances.size()) - distances.data());
    }
};

static_assert(Selector<k_center>);

} // namespace topoprune
