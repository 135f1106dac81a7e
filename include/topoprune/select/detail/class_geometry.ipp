// SPDX-License-Identifier: MIT
#pragma once

#include "class_geometry.hpp"

#include "all_pairs.hpp"

#include <algorithm>
#include <functional>
#include <span>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<std::int32_t>
farthest_similarities(const similarity_rows& rows, std::int64_t centers, const execution& where) {
    const std::size_t n = rows.size();
    // The similarity of each sample to the nearest center.
    std::vector<std::int32_t> nearest(n, -1), similar(rows.stride()), farthest;
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
        farthest.push_back(nearest[next]);
    }
    return farthest;
}

TOPOPRUNE_DEFINE double covering_radius(const similarity_rows& rows, std::int64_t centers,
                                        const execution& where) {
    if (centers >= static_cast<std::int64_t>(rows.size()))
        return 0;
    return similarity_rows::distance(farthest_similarities(rows, centers, where).back());
}

TOPOPRUNE_DEFINE std::vector<double> neighbor_distances(const similarity_rows& rows, std::int64_t k,
                                                        const execution& where) {
    const std::size_t n = rows.size();
    std::vector<double> distances(n, 0.0);
    const std::size_t wanted = std::min(static_cast<std::size_t>(k), n > 0 ? n - 1 : 0);
    if (wanted == 0)
        return distances;
    // The most similar so far of every sample, as heaps whose front is the least of them.
    std::vector<std::int32_t> most(n * wanted, -1), least(n, -1);
    const auto meet = [&](std::size_t i, std::int32_t similarity) {
        const auto heap = std::span(most).subspan(i * wanted, wanted);
        std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
        heap.back() = similarity;
        std::push_heap(heap.begin(), heap.end(), std::greater<>{});
        least[i] = heap.front();
    };
    visit_all_pairs(rows, where,
                    [&](std::size_t i, std::size_t first, std::span<const std::int32_t> similar) {
                        for (std::size_t at = first == i ? 1 : 0; at < similar.size(); ++at) {
                            if (similar[at] > least[i])
                                meet(i, similar[at]);
                            if (similar[at] > least[first + at])
                                meet(first + at, similar[at]);
                        }
                    });
    for (std::size_t i = 0; i < n; ++i)
        distances[i] = similarity_rows::distance(least[i]);
    return distances;
}

} // namespace topoprune::detail
