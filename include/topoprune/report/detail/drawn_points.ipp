// SPDX-License-Identifier: MIT
#pragma once

#include "drawn_points.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE drawn_points::drawn_points(const matrix<double>& embedding, const class_partition& classes,
                                            const std::vector<sample_reason>& reasons)
    : embedding_(embedding) {
    for (std::int64_t c = 0; c < classes.count(); ++c)
        for (const std::int64_t i : classes.members(c)) {
            if (has_place(i))
                (is_kept(reasons[static_cast<std::size_t>(i)]) ? kept : pruned).push_back(i);
        }
    for (const auto* rows : {&pruned, &kept})
        for (const std::int64_t i : *rows)
            for (const int k : {0, 1}) {
                low_[k] = std::min(low_[k], value(i, k));
                high_[k] = std::max(high_[k], value(i, k));
            }
}

} // namespace topoprune::detail
