// SPDX-License-Identifier: MIT
#pragma once

#include "ascending_order.hpp"

#include <array>
#include <bit>
#include <cstddef>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int32_t> ascending_order(std::span<const double> keys) {
    constexpr std::size_t digits = 6, bits = 11, values = std::size_t{1} << bits;
    struct item {
        std::uint64_t key;
        std::int32_t number;
    };
    const auto digit_of = [](const item& i, std::size_t digit) {
        return static_cast<std::size_t>(i.key >> (bits * digit)) % values;
    };
    std::vector<item> items, sorted(keys.size());
    items.reserve(keys.size());
    std::array<std::array<std::int32_t, values>, digits> counts{};
    for (const double key : keys) {
        // The bits of a double ascend with it, but those of negative ones descend and come after.
        const auto own = std::bit_cast<std::uint64_t>(key + 0.0);
        const std::uint64_t sign = std::uint64_t{1} << 63;
        items.push_back({(own & sign) != 0 ? ~own : own | sign, static_cast<std::int32_t>(items.size())});
        for (std::size_t digit = 0; digit < digits; ++digit)
            ++counts[digit][digit_of(items.back(), digit)];
    }
    for (std::size_t digit = 0; digit < digits; ++digit) {
        std::int32_t begin = 0;
        for (std::int32_t& count : counts[digit]) {
            const std::int32_t size = count;
            count = begin;
            begin += size;
        }
        for (const item& i : items)
            sorted[static_cast<std::size_t>(counts[digit][digit_of(i, digit)]++)] = i;
        items.swap(sorted);
    }
    std::vector<std::int32_t> order;
    order.reserve(keys.size());
    for (const item& i : items)
        order.push_back(i.number);
    return order;
}

} // namespace topoprune::detail
