// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "similarity_rows.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Visits every pair i <= j of samples once, in half the time of all rows: visit(i, first, similarities) for
/// the similarities of i to first, first + 1, ..., first >= i. A visit may write to what belongs to i and to
/// these others: visits that share one of them are made one after another, in no certain order, so that what
/// is written must not depend on it.
///
/// The samples are cut into blocks; in round r block a meets block (r - a) mod blocks, so that the meetings
/// of a round touch different blocks, and may run at once. O(n^2 d / 2), and 16 KB for each meeting at work.
template <class Visit>
void visit_all_pairs(const similarity_rows& rows, const execution& where, Visit visit) {
    constexpr std::size_t at_once = similarity_rows::at_once, width = similarity_rows::width;
    // The features of a block stay near the processor while it meets another.
    constexpr std::size_t block = 512;
    static_assert(block % width == 0 && block % at_once == 0);
    const std::size_t n = rows.size(), blocks = (n + block - 1) / block;
    const auto meet = [&](std::size_t a, std::size_t b) {
        where.check_interruption();
        std::vector<std::int32_t> similar(at_once * block);
        std::array<std::size_t, at_once> samples{};
        for (std::size_t group = a * block; group < std::min(n, (a + 1) * block); group += at_once) {
            const std::size_t count = std::min(at_once, n - group);
            for (std::size_t k = 0; k < count; ++k)
                samples[k] = group + k;
            // Within one block only from the group on.
            const std::size_t begin = a == b ? group / width * width : b * block;
            const std::size_t end = std::min(rows.stride(), (b + 1) * block);
            rows.to_range(std::span(samples.data(), count), begin, end, similar);
            for (std::size_t k = 0; k < count; ++k) {
                const std::size_t first = a == b ? group + k : begin;
                visit(group + k, first,
                      std::span<const std::int32_t>(similar).subspan(k * (end - begin) + first - begin,
                                                                     std::min(n, end) - first));
            }
        }
    };
    for (std::size_t round = 0; round < blocks; ++round) {
        std::vector<std::size_t> lower;
        for (std::size_t a = 0; a < blocks; ++a)
            if (a <= (round + blocks - a) % blocks)
                lower.push_back(a);
        where.parallel_for(std::ssize(lower), [&](std::int64_t at) {
            const std::size_t a = lower[static_cast<std::size_t>(at)];
            meet(a, (round + blocks - a) % blocks);
        });
    }
}

} // namespace topoprune::detail
