// SPDX-License-Identifier: MIT
#pragma once

#include "graph_cut.hpp"

#include "detail/draw_by_class.hpp"
#include "detail/similarity_rows.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE selection graph_cut::select(const selection_problem& problem, const execution& where) const {
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

} // namespace topoprune
