// SPDX-License-Identifier: MIT
#pragma once

#include "bisection_order.hpp"

#include "../../core/detail/dense_sums.hpp"

#include <algorithm>
#include <numeric>

namespace topoprune::detail {

TOPOPRUNE_DEFINE even_parts leaves_of(std::int64_t samples, std::int64_t leaf_size) {
    even_parts parts{.samples = samples, .level = 0};
    while ((samples + parts.count() - 1) / parts.count() > leaf_size)
        ++parts.level;
    return parts;
}

TOPOPRUNE_DEFINE std::vector<std::int32_t> bisection_order::order() {
    // The first cuts share out the projections, the others the parts.
    const int shared_levels = std::min(leaves_.level, levels_in_common);
    for (int level = 0; level < shared_levels; ++level)
        cut_level({leaves_.samples, level});
    const even_parts crown{leaves_.samples, shared_levels};
    where_.parallel_for(crown.count(), [&](std::int64_t part) {
        where_.check_interruption();
        cut_part(crown, part);
    });
    std::vector<std::int32_t> result(samples_.size());
    std::transform(samples_.begin(), samples_.end(), result.begin(),
                   [](const projected_sample& s) { return s.id; });
    where_.parallel_for(leaves_.count(), [&](std::int64_t leaf) {
        std::sort(result.begin() + leaves_.begin(leaf), result.begin() + leaves_.end(leaf));
    });
    return result;
}

TOPOPRUNE_DEFINE Eigen::RowVectorXf bisection_order::direction(const even_parts& parts,
                                                               std::int64_t part) const {
    const std::int64_t begin = parts.begin(part);
    const auto size = static_cast<std::uint64_t>(parts.end(part) - begin);
    const random_stream draws = random_.child(static_cast<std::uint64_t>(parts.count() + part));
    const auto drawn = [&](std::uint64_t index) {
        return rows_.row(
            samples_[static_cast<std::size_t>(begin) + static_cast<std::size_t>(draws.below(index, size))]
                .id);
    };
    Eigen::RowVectorXf longest = drawn(0) - drawn(1);
    for (std::uint64_t index = 2; index < 6; index += 2) {
        Eigen::RowVectorXf other = drawn(index) - drawn(index + 1);
        if (squared_norm(entries(other)) > squared_norm(entries(longest)))
            longest = other;
    }
    return longest;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void bisection_order::project(const Eigen::RowVectorXf& along,
                                                           std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
        projected_sample& sample = samples_[static_cast<std::size_t>(i)];
        sample.value = dot(entries(along), matrix_view<const float>(rows_).row(sample.id));
    }
}

TOPOPRUNE_DEFINE void bisection_order::halve(const even_parts& parts, std::int64_t part) {
    const even_parts halves{parts.samples, parts.level + 1};
    const auto first = samples_.begin();
    std::nth_element(first + parts.begin(part), first + halves.begin(2 * part + 1), first + parts.end(part));
}

TOPOPRUNE_DEFINE void bisection_order::cut_level(const even_parts& parts) {
    std::vector<Eigen::RowVectorXf> directions(static_cast<std::size_t>(parts.count()));
    where_.parallel_for(parts.count(), [&](std::int64_t part) {
        directions[static_cast<std::size_t>(part)] = direction(parts, part);
    });
    constexpr std::int64_t pieces = 64;
    where_.parallel_for(parts.count() * pieces, [&](std::int64_t task) {
        where_.check_interruption();
        const std::int64_t part = task / pieces, piece = task % pieces;
        const std::int64_t begin = parts.begin(part), size = parts.end(part) - begin;
        project(directions[static_cast<std::size_t>(part)], begin + size * piece / pieces,
                begin + size * (piece + 1) / pieces);
    });
    where_.parallel_for(parts.count(), [&](std::int64_t part) { halve(parts, part); });
}

TOPOPRUNE_DEFINE void bisection_order::cut_part(const even_parts& parts, std::int64_t part) {
    if (parts.level == leaves_.level)
        return;
    project(direction(parts, part), parts.begin(part), parts.end(part));
    halve(parts, part);
    const even_parts halves{parts.samples, parts.level + 1};
    cut_part(halves, 2 * part);
    cut_part(halves, 2 * part + 1);
}

} // namespace topoprune::detail
