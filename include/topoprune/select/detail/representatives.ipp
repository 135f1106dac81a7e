// SPDX-License-Identifier: MIT
#pragma once

#include "representatives.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int64_t> representatives_of(const class_draw& draw,
                                                              const execution& where) {
    coverage_gains now(similarity_rows(draw.problem.features, draw.members));
    std::vector<std::int64_t> order;
    const auto take = [&](std::size_t j, std::int64_t = 0) {
        now.take(j);
        order.push_back(draw.members[j]);
    };
    for (std::size_t j = 0; j < now.size(); ++j)
        if (draw.problem.is_chosen(draw.members[j]))
            take(j);
    // The gains of the first sample are the sums of its similarities, which come without any pair. What all
    // would gain after it is then measured at once.
    if (order.empty() && draw.budget > 0 && now.size() > 0) {
        const std::vector<double> sums = now.first_gains();
        take(static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin()));
    }
    if (std::ssize(order) < draw.budget)
        take_lazily(std::ssize(order), draw.budget, now, take, where);
    return order;
}

} // namespace topoprune::detail
