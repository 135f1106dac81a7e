// SPDX-License-Identifier: MIT
#pragma once

#include "local_join.hpp"

#include "../../core/detail/dense_sums.hpp"
#include "../../core/matrix.hpp"

#include <algorithm>
#include <atomic>

namespace topoprune::detail {

TOPOPRUNE_DEFINE link_table::link_table(const link_lists& lists, std::int64_t samples, std::int64_t width,
                                        const execution& where)
    : width_(static_cast<std::size_t>(width)), counts_(static_cast<std::size_t>(samples), 0),
      entries_(static_cast<std::size_t>(samples) * width_) {
    const std::vector<std::int64_t> begins = count_listings(lists, samples, where);
    std::vector<projected_sample> listings(static_cast<std::size_t>(begins.back()));
    // Filled in any order; sorting makes it one.
    std::vector<std::int32_t> filled(static_cast<std::size_t>(samples), 0);
    where.parallel_ranges(samples, 4096, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            for (std::size_t c = 0; c < lists.entries_of(i).size(); ++c) {
                const std::int32_t entry = lists.entries_of(i)[c];
                const auto to = static_cast<std::size_t>(link_lists::id_of(entry));
                const std::int32_t place =
                    std::atomic_ref(filled[to]).fetch_add(1, std::memory_order_relaxed);
                listings[static_cast<std::size_t>(begins[to] + place)] = {
                    lists.values_of(i)[c], link_lists::is_fresh(entry) ? static_cast<std::int32_t>(i)
                                                                       : ~static_cast<std::int32_t>(i)};
            }
    });
    where.parallel_ranges(samples, 1024, [&](std::int64_t begin, std::int64_t end) {
        std::vector<projected_sample> both;
        for (std::int64_t i = begin; i < end; ++i) {
            both.assign(listings.begin() + begins[static_cast<std::size_t>(i)],
                        listings.begin() + begins[static_cast<std::size_t>(i) + 1]);
            for (std::size_t c = 0; c < lists.entries_of(i).size(); ++c)
                both.push_back({lists.values_of(i)[c], lists.entries_of(i)[c]});
            write(i, both);
        }
    });
}

TOPOPRUNE_DEFINE std::vector<std::int64_t>
link_table::count_listings(const link_lists& lists, std::int64_t samples, const execution& where) {
    std::vector<std::int64_t> begins(static_cast<std::size_t>(samples) + 1, 0);
    where.parallel_ranges(samples, 4096, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            for (const std::int32_t entry : lists.entries_of(i))
                std::atomic_ref(begins[static_cast<std::size_t>(link_lists::id_of(entry)) + 1])
                    .fetch_add(1, std::memory_order_relaxed);
    });
    for (std::size_t i = 1; i < begins.size(); ++i)
        begins[i] += begins[i - 1];
    return begins;
}

TOPOPRUNE_DEFINE void link_table::write(std::int64_t sample, std::vector<projected_sample>& both) {
    std::sort(both.begin(), both.end());
    const auto at = static_cast<std::size_t>(sample);
    std::int32_t* entries = entries_.data() + at * width_;
    std::size_t count = 0;
    for (std::size_t c = 0; c < both.size() && count < width_; ++c) {
        const std::int32_t id = link_lists::id_of(both[c].id);
        if (std::none_of(entries, entries + count,
                         [&](std::int32_t entry) { return link_lists::id_of(entry) == id; }))
            entries[count++] = both[c].id;
    }
    counts_[at] = static_cast<std::int32_t>(count);
}

TOPOPRUNE_DEFINE void local_join::join(std::int64_t sample) {
    collect(sample);
    compare(sample);
    for (const std::int32_t id : met_)
        seen_[static_cast<std::size_t>(id) / 64] = 0;
}

TOPOPRUNE_DEFINE bool local_join::meet(std::int32_t id) {
    std::uint64_t& word = seen_[static_cast<std::size_t>(id) / 64];
    const std::uint64_t bit = std::uint64_t{1} << (static_cast<std::size_t>(id) % 64);
    if ((word & bit) != 0)
        return false;
    word |= bit;
    met_.push_back(id);
    return true;
}

TOPOPRUNE_DEFINE void local_join::collect(std::int64_t sample) {
    met_.clear();
    (void)meet(static_cast<std::int32_t>(sample));
    for (const std::int32_t entry : lists_.entries_of(sample))
        (void)meet(link_lists::id_of(entry));
    known_ = met_.size();
    for (const std::int32_t first : links_.entries_of(sample))
        for (const std::int32_t second : links_.entries_of(link_lists::id_of(first)))
            if (link_lists::is_fresh(first) || link_lists::is_fresh(second))
                (void)meet(link_lists::id_of(second));
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void local_join::compare(std::int64_t sample) {
    const matrix_view<const float> rows(form_.rows);
    const std::span<const float> own = rows.row(sample);
    const float half = form_.halves[static_cast<std::size_t>(sample)];
    for (std::size_t c = known_; c < met_.size(); ++c) {
        const std::int32_t id = met_[c];
        const float raw = half + form_.halves[static_cast<std::size_t>(id)] - dot(own, rows.row(id));
        lists_.offer(sample, raw, id);
    }
}

} // namespace topoprune::detail
