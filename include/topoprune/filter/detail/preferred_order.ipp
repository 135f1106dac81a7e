// SPDX-License-Identifier: MIT
#pragma once

#include "preferred_order.hpp"

#include "../../core/checks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int32_t> preferred_order(std::int64_t n, std::span<const double> preference,
                                                           std::string_view function) {
    require(preference.empty() || std::ssize(preference) == n, function, "the number of preferences",
            preference.size(), "0 or the number of samples,", n);
    for (const double value : preference)
        require(!std::isnan(value), function, "a preference", value, "a number");
    std::vector<std::int32_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    if (!preference.empty())
        std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
            return preference[static_cast<std::size_t>(a)] > preference[static_cast<std::size_t>(b)];
        });
    return order;
}

} // namespace topoprune::detail
