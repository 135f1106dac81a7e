// SPDX-License-Identifier: MIT
#pragma once

#include "byte_pilot.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE bool bytes_resolve(const pilot_samples<float>& pilots, const byte_rows& rows,
                                    std::int64_t width) {
    std::int64_t resolved = 0;
    for (std::size_t p = 0; p < pilots.places.size(); ++p) {
        const auto i = static_cast<std::size_t>(pilots.places[p]);
        const float* raws = pilots.raws.row(static_cast<Eigen::Index>(p)).data();
        std::int64_t near = 0;
        for (std::size_t j = 0; j < static_cast<std::size_t>(rows.samples); ++j) {
            const float bound = rows.errors[i] * rows.lengths[j] + rows.rounded_lengths[i] * rows.errors[j];
            near += raws[j] - bound <= pilots.kth[p];
        }
        resolved += near <= width;
    }
    return 16 * resolved >= 15 * std::ssize(pilots.places);
}

} // namespace topoprune::detail
