// SPDX-License-Identifier: MIT
#pragma once

#include "checks.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// What the high end of a score is.
///   hard       hard to learn: uncertain, forgotten, far from its class, rare
///   easy       easy to learn: certain, learned early, near its class, typical
///   valuable   what the author of the score keeps first; neither hard nor easy
///   unstated   nobody said: a column from a file
/// It is part of a score's type (`el2n::high`), and it travels with a column to the selector, so that a
/// selector which keeps the hard samples cannot be handed a score whose high end is easy unawares.
enum class high_end : std::uint8_t { hard, easy, valuable, unstated };

inline constexpr std::array<std::pair<std::string_view, high_end>, 4> high_end_names{
    {{"hard", high_end::hard},
     {"easy", high_end::easy},
     {"valuable", high_end::valuable},
     {"unstated", high_end::unstated}}};

[[nodiscard]] constexpr std::string_view high_end_name(high_end high) {
    return high_end_names[static_cast<std::size_t>(high)].first;
}

/// One number for every sample, and what a high one means.
struct score_column {
    std::vector<double> values;
    high_end high = high_end::unstated;
};

/// +1 if a high score is hard, -1 if it is easy: what to multiply a score by to make it a difficulty. Throws
/// std::invalid_argument, naming the function, if the high end is neither.
[[nodiscard]] inline double sign_of_difficulty(high_end high, std::string_view function) {
    require(high == high_end::hard || high == high_end::easy, function, "the high end of the score",
            high_end_name(high), "hard or easy");
    return high == high_end::hard ? 1.0 : -1.0;
}

} // namespace topoprune
