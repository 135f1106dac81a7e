// SPDX-License-Identifier: MIT
#pragma once

#include "permute_rows.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE void permute_rows(product_form& form, const std::vector<std::int32_t>& order) {
    const auto row = [&](std::size_t place) {
        return std::span(form.rows.data() + static_cast<Eigen::Index>(place) * form.rows.cols(),
                         static_cast<std::size_t>(form.rows.cols()));
    };
    std::vector<bool> placed(order.size(), false);
    std::vector<float> first_row(static_cast<std::size_t>(form.rows.cols()));
    for (std::size_t start = 0; start < order.size(); ++start) {
        if (placed[start])
            continue;
        std::ranges::copy(row(start), first_row.begin());
        const float first_half = form.halves[start];
        std::size_t to = start;
        for (auto from = static_cast<std::size_t>(order[to]); from != start;
             to = std::exchange(from, static_cast<std::size_t>(order[from]))) {
            placed[to] = true;
            std::ranges::copy(row(from), row(to).begin());
            form.halves[to] = form.halves[from];
        }
        placed[to] = true;
        std::ranges::copy(first_row, row(to).begin());
        form.halves[to] = first_half;
    }
}

} // namespace topoprune::detail
