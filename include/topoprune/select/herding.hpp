// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"

#include <Eigen/Core>

#include <limits>

namespace topoprune {

/// Herding (Welling 2009; Chen, Welling, Smola 2010): of each class one sample after another, the next always
/// the one that brings the mean of the kept ones nearest to the mean mu of the class,
///     argmin_j | (s + 1) mu - (sum of the s kept ones) - z_j |_2,
/// ties by least id. The mean of the first s differs from mu by O(1/s). Looks at no score. The larger of two
/// budgets contains the smaller.
/// Cost: O(b n_c d) for the b drawn of a class of n_c, in double precision. Memory: 8 (d + 1) bytes a sample.
struct herding {
    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        require_features(problem, "herding");
        return detail::draw_by_class(problem, "herding", where, [&](const detail::class_draw& draw) {
            return order_of_class(draw, where);
        });
    }

private:
    [[nodiscard]] static std::vector<std::int64_t> order_of_class(const detail::class_draw& draw,
                                                                  const execution& where) {
        const matrix<double> z =
            gather_rows<double>(draw.problem.features, std::span<const std::int64_t>(draw.members));
        const Eigen::VectorXd mean = z.colwise().sum().transpose() / static_cast<double>(z.rows());
        const Eigen::VectorXd halves = 0.5 * z.rowwise().squaredNorm();
        std::vector<char> taken(draw.members.size(), 0);
        // wanted = (s + 1) mu - sum; |wanted - z|^2 / 2 = |z|^2 / 2 - <wanted, z> + what is common to all.
        Eigen::VectorXd wanted = mean;
        std::vector<std::int64_t> order;
        std::int64_t left = draw.budget;
        const auto take = [&](std::size_t at) {
            taken[at] = 1;
            wanted += mean - z.row(static_cast<Eigen::Index>(at)).transpose();
            order.push_back(draw.members[at]);
            --left;
        };
        for (std::size_t at = 0; at < draw.members.size(); ++at)
            if (draw.problem.is_chosen(draw.members[at]))
                take(at);
        while (left > 0) {
            where.check_interruption();
            const Eigen::VectorXd cost = halves - z * wanted;
            std::size_t nearest = taken.size();
            for (std::size_t at = 0; at < taken.size(); ++at)
                if (!taken[at] && (nearest == taken.size() || cost[static_cast<Eigen::Index>(at)] <
                                                                  cost[static_cast<Eigen::Index>(nearest)]))
                    nearest = at;
            take(nearest);
        }
        return order;
    }
};

static_assert(Selector<herding>);

} // namespace topoprune
