// SPDX-License-Identifier: MIT
#pragma once

#include "../core/detail/dense_sums.hpp"
#include "../neighbors/k_means.hpp"
#include "detail/preferred_order.hpp"
#include "filter.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace topoprune {

/// Which of two semantic duplicates is the one to keep.
///   far_from_center   the harder one, as the authors prefer
///   near_to_center    the more typical one
///   preference        the one with the higher number in `preference`
enum class duplicate_kept { far_from_center, near_to_center, preference };

/// SemDeDup (Abbas et al. 2023): within each cluster of a spherical k-means, in the order of `kept_first`, a
/// sample is dropped if its cosine with one that is kept already is above 1 - epsilon. The released code
/// compares with all earlier ones, kept or not, and so drops both ends of a chain of near pairs; here, as in
/// the paper, every dropped sample has a kept one that near. Labels are not looked at.
/// Cost: that of k_means, then O(sum of m^2 d) over the clusters of m samples; no table. Memory: 4 d + 20
/// bytes a sample.
struct semantic_duplicates {
    static constexpr std::string_view name = "semantic duplicates";

    /// In [0, 2].
    double epsilon = 0.05;
    /// >= 1. More clusters are faster and may part a pair of duplicates.
    std::int64_t clusters = 100;
    duplicate_kept kept_first = duplicate_kept::far_from_center;
    /// n numbers, for duplicate_kept::preference.
    std::vector<double> preference{};

    [[nodiscard]] filter_result apply(const dataset& data, const execution& where) const {
        require(epsilon >= 0 && epsilon <= 2, "semantic_duplicates", "epsilon", epsilon, "between 0 and 2");
        require_features(data, "semantic_duplicates");
        const k_means_result found =
            k_means{.clusters = clusters, .spherical = true}.run(data.features, where);
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
};

static_assert(Filter<semantic_duplicates>);

} // namespace topoprune
