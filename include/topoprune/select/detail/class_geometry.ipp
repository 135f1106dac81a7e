// SPDX-License-Identifier: MIT
#pragma once

#include "class_geometry.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace topoprune::detail {

TOPOPRUNE_DEFINE double covering_radius(const similarity_rows& rows, std::int64_t centers,
                                        const execution& where) {
    const std::size_t n = rows.size();
    if (centers >= static_cast<std::int64_t>(n))
        return 0;
    // The similarity of each sample to the nearest center.
    std::vector<std::int32_t> nearest(n, -1), similar(rows.stride());
    const std::vector<double> sums = rows.sums();
    auto next = static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
    for (std::int64_t taken = 0; taken < centers; ++taken) {
        where.check_interruption();
        rows.to_all(std::span(&next, 1), similar);
        // A product with itself is 1 but for rounding.
        similar[next] = similarity_rows::one;
        for (std::size_t i = 0; i < n; ++i)
            nearest[i] = std::max(nearest[i], similar[i]);
        next = static_cast<std::size_t>(std::min_element(nearest.begin(), nearest.end()) - nearest.begin());
    }
    return similarity_rows::distance(nearest[next]);
}

TOPOPRUNE_DEFINE std::vector<double> neighbor_distances(const similarity_rows& rows, std::int64_t k,
                                                        const execution& where) {
    constexpr std::size_t at_once = similarity_rows::at_once;
    const std::size_t n = rows.size();
    std::vector<double> distances(n, 0.0);
    const std::size_t wanted = std::min(static_cast<std::size_t>(k), n > 0 ? n - 1 : 0);
    if (wanted == 0)
        return distances;
    where.parallel_ranges(std::ssize(distances), at_once, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        std::vector<std::int32_t> similar(at_once * rows.stride());
        std::array<std::size_t, at_once> samples{};
        const auto first = static_cast<std::size_t>(begin), count = static_cast<std::size_t>(end - begin);
        for (std::size_t a = 0; a < count; ++a)
            samples[a] = first + a;
        rows.to_all(std::span(samples.data(), count), similar);
        // The most similar so far; the least of them comes first.
        std::vector<std::int32_t> most;
        for (std::size_t a = 0; a < count; ++a) {
            const std::int32_t* const row = similar.data() + a * rows.stride();
            most.clear();
            for (std::size_t i = 0; i < n; ++i) {
                if (i == first + a || (most.size() == wanted && row[i] <= most.front()))
                    continue;
                if (most.size() == wanted) {
                    std::pop_heap(most.begin(), most.end(), std::greater<>{});
                    most.pop_back();
                }
                most.push_back(row[i]);
                std::push_heap(most.begin(), most.end(), std::greater<>{});
            }
            distances[first + a] = similarity_rows::distance(most.front());
        }
    });
    return distances;
}

} // namespace topoprune::detail
