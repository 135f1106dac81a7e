// SPDX-License-Identifier: MIT
#pragma once

#include "semantic_duplicates.hpp"

#include "../core/detail/dense_sums.hpp"
#include "../neighbors/k_means.hpp"
#include "detail/preferred_order.hpp"

#include <algorithm>
#include <cmath>

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

    filter_result result{std::vector<std::uint8_t>(static_cast<std::size_t>(data.samples()), 0),
                         "of samples with a cosine above " + std::to_string(1 - epsilon) +
                             " within a cluster one was kept"};
    const matrix_view<const float> rows(unit.rows);
    where.parallel_for(clusters, [&](std::int64_t c) {
        where.check_interruption();
        std::vector<std::int32_t> kept;
        for (const std::int32_t i : members[static_cast<std::size_t>(c)])
            if (std::none_of(kept.begin(), kept.end(), [&](std::int32_t j) {
                    return 1 - static_cast<double>(detail::dot(rows.row(i), rows.row(j))) < epsilon;
                })) {
                kept.push_back(i);
                result.passes[static_cast<std::size_t>(i)] = 1;
            }
    });
    return result;
}

} // namespace topoprune
