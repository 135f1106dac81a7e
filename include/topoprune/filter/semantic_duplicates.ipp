// SPDX-License-Identifier: MIT
#pragma once

#include "semantic_duplicates.hpp"

#include "../core/detail/dense_sums.hpp"
#include "../neighbors/k_means.hpp"
#include "detail/preferred_order.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace topoprune {

TOPOPRUNE_DEFINE filter_result semantic_duplicates::apply(const dataset& data, const execution& where) const {
    require(epsilon >= 0 && epsilon <= 2, "semantic_duplicates", "epsilon", epsilon, "between 0 and 2");
    require_features(data, "semantic_duplicates");
    const k_means_result found = k_means{.clusters = clusters, .spherical = true}.run(data.features, where);
    const product_form unit = cosine{}.prepare(data.features, where);

    std::vector<double> order_by = found.distance;
    if (kept_first == duplicate_kept::preference)
        order_by = preference;
    else if (kept_first == duplicate_kept::near_to_center)
        for (double& value : order_by)
            value = -value;
    std::vector<std::vector<std::int32_t>> members(static_cast<std::size_t>(clusters));
    for (const std::int32_t i : detail::preferred_order(data.samples(), order_by, "semantic_duplicates"))
        members[static_cast<std::size_t>(found.cluster[static_cast<std::size_t>(i)])].push_back(i);

    const auto n = static_cast<std::size_t>(data.samples());
    std::vector<std::uint8_t> passes(n, 0), conflicting(n, 0);
    const auto label = [&](std::int32_t i) {
        return data.labels.empty() ? 0 : data.labels[static_cast<std::size_t>(i)];
    };
    const matrix_view<const float> rows(unit.rows);
    where.parallel_for(clusters, [&](std::int64_t c) {
        where.check_interruption();
        const std::vector<std::int32_t>& ordered = members[static_cast<std::size_t>(c)];
        const auto are_near = [&](std::int32_t i, std::int32_t j) {
            return 1 - static_cast<double>(detail::dot(rows.row(i), rows.row(j))) < epsilon;
        };
        for (std::size_t a = 0; a < ordered.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) {
                std::uint8_t &one = conflicting[static_cast<std::size_t>(ordered[a])],
                             &other = conflicting[static_cast<std::size_t>(ordered[b])];
                if ((one == 0 || other == 0) && label(ordered[a]) != label(ordered[b]) &&
                    are_near(ordered[a], ordered[b]))
                    one = other = 1;
            }
        std::vector<std::int32_t> kept;
        for (const std::int32_t i : ordered) {
            if (across_labels == duplicates_across_labels::drop_all &&
                conflicting[static_cast<std::size_t>(i)] != 0)
                continue;
            if (std::none_of(kept.begin(), kept.end(), [&](std::int32_t j) {
                    return (across_labels == duplicates_across_labels::keep_one || label(i) == label(j)) &&
                           are_near(i, j);
                })) {
                kept.push_back(i);
                passes[static_cast<std::size_t>(i)] = 1;
            }
        }
    });
    std::string note =
        detail::note_of_duplicates("with a cosine above " + std::to_string(1 - epsilon) + " within a cluster",
                                   passes, conflicting, across_labels);
    return {std::move(passes), std::move(note)};
}

} // namespace topoprune
