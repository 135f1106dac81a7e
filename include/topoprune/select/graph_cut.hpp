// SPDX-License-Identifier: MIT
#pragma once

#include "detail/draw_by_class.hpp"
#include "detail/similarity_rows.hpp"

#include <cmath>
#include <span>
#include <vector>

namespace topoprune {

/// Graph cut (Iyer et al. 2021; in DeepCore and submodlib): of each class one sample after another, the next
/// always the one that gains most of
///     f(S) = representation * sum_i sum_{j in S} s_ij - sum_{j, k in S} s_jk,
/// s_ij = (1 + cos) / 2 over all samples of the class; the gain of j is representation * sum_i s_ij - 2
/// sum_{k in S} s_jk - s_jj. Ties by least id. Keeps samples that are like many others and unlike each other.
/// Looks at no score. The larger of two budgets contains the smaller.
/// Cost: O((b + 1) n_c d). Memory: 4 d + 12 bytes a sample, no table of similarities: the first sum needs
/// only the sum of the unit vectors.
struct graph_cut {
    /// >= 0; f is monotone from 2 on.
    double representation = 2;

    [[nodiscard]] selection select(const selection_problem& problem, const execution& where) const {
        require_features(problem, "graph_cut");
        require(representation >= 0 && std::isfinite(representation), "graph_cut", "representation",
                representation, "at least 0 and finite");
        return detail::draw_by_class(problem, "graph_cut", where, [&](const detail::class_draw& draw) {
            const detail::similarity_rows rows(problem.features, draw.members);
            std::vector<double> gain = rows.sums();
            std::vector<std::int32_t> similar(rows.stride());
            std::vector<char> taken(gain.size(), 0);
            std::vector<std::int64_t> order;
            for (double& value : gain)
                value *= representation;
            const auto take = [&](std::size_t j) {
                taken[j] = 1;
                order.push_back(draw.members[j]);
                rows.to_all(std::span(&j, 1), similar);
                for (std::size_t i = 0; i < gain.size(); ++i)
                    gain[i] -= 2 * static_cast<double>(similar[i]);
            };
            for (std::size_t j = 0; j < gain.size(); ++j)
                if (problem.is_chosen(draw.members[j]))
                    take(j);
            while (std::ssize(order) < draw.budget) {
                where.check_interruption();
                std::size_t best = gain.size();
                for (std::size_t j = 0; j < gain.size(); ++j)
                    if (!taken[j] && (best == gain.size() || gain[j] > gain[best]))
                        best = j;
                take(best);
            }
            return order;
        });
    }
};

static_assert(Selector<graph_cut>);

} // namespace topoprune
