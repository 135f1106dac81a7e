// SPDX-License-Identifier: MIT
#pragma once

#include "kept_mask.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::uint8_t> kept_mask(std::span<const std::int64_t> kept, std::int64_t samples,
                                                     std::string_view function) {
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(samples), 0);
    for (const std::int64_t i : kept) {
        require(i >= 0 && i < samples, function, "a kept row number", i,
                "at least 0 and below the number of samples,", samples);
        std::uint8_t& place = mask[static_cast<std::size_t>(i)];
        require(place == 0, function, "a kept row number", i, "listed once");
        place = 1;
    }
    return mask;
}

} // namespace topoprune::detail
