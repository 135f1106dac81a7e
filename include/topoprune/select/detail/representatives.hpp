// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "coverage_gains.hpp"
#include "draw_by_class.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// Takes the best of the open samples until `budget` are taken (Minoux 1978): a gain can only shrink, so a
/// sample is measured anew only when it comes to the top of the queue of its old gains. take(sample, gain).
template <class Take>
void take_lazily(std::int64_t taken, std::int64_t budget, coverage_gains& now, Take take,
                 const execution& where) {
    struct offer {
        std::int64_t gain;
        std::size_t sample;
        std::int64_t round;
        bool operator<(const offer& other) const {
            return gain != other.gain ? gain < other.gain : sample > other.sample;
        }
    };
    constexpr std::size_t at_once = coverage_gains::at_once;
    std::vector<std::size_t> open;
    for (std::size_t j = 0; j < now.size(); ++j)
        if (!now.is_taken(j))
            open.push_back(j);
    std::vector<std::int64_t> gains(open.size());
    where.parallel_ranges(std::ssize(open), at_once, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        const auto first = static_cast<std::size_t>(begin), count = static_cast<std::size_t>(end - begin);
        now.measure(std::span(open).subspan(first, count), std::span(gains).subspan(first, count));
    });
    std::vector<offer> offers;
    std::int64_t round = taken;
    for (std::size_t at = 0; at < open.size(); ++at)
        offers.push_back({gains[at], open[at], round});
    std::priority_queue<offer> queue(std::less<offer>{}, std::move(offers));
    std::vector<std::size_t> group;
    std::array<std::int64_t, at_once> group_gains{};
    while (round < budget) {
        where.check_interruption();
        if (queue.top().round == round) {
            take(queue.top().sample, queue.top().gain);
            queue.pop();
            ++round;
            continue;
        }
        // Those that come next in the queue will be measured next, and cost less together. To measure too
        // many changes nothing.
        const std::size_t most = now.is_listed(queue.top().sample) ? 1 : at_once;
        group.clear();
        while (group.size() < most && !queue.empty() && queue.top().round < round) {
            group.push_back(queue.top().sample);
            queue.pop();
        }
        now.measure(group, group_gains);
        for (std::size_t a = 0; a < group.size(); ++a)
            queue.push({group_gains[a], group[a], round});
    }
}

/// The samples of a class in the order in which the greedy rule of facility location wants them, chosen ones
/// first: `budget` of them. Ties by the order of the members.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> representatives_of(const class_draw& draw,
                                                                             const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "representatives.ipp"
#endif
