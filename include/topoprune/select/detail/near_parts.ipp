// SPDX-License-Identifier: MIT
#pragma once

#include "near_parts.hpp"

#include "../../core/detail/dense_sums.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace topoprune::detail {

/// The samples as unit vectors; a zero vector stays one.
inline matrix<float> unit_vectors(matrix_view<const float> features, std::span<const std::int64_t> members) {
    matrix<float> rows = gather_rows<float>(features, members);
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        double square = 0;
        for (const float value : rows.row(i))
            square += static_cast<double>(value) * static_cast<double>(value);
        const double norm = std::sqrt(square);
        for (float& value : rows.row(i))
            value = norm > 0 ? static_cast<float>(static_cast<double>(value) / norm) : 0.0F;
    }
    return rows;
}

/// Orders [begin, end) so that those up to the middle lie before the others along the direction in which
/// they vary most.
inline void halve_along_widest(const matrix<float>& rows, std::span<std::size_t> part) {
    const matrix_view<const float> view(rows);
    const auto row = [&](std::size_t i) { return view.row(static_cast<std::int64_t>(i)); };
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(rows.cols());
    for (const std::size_t i : part)
        sum += rows.row(static_cast<Eigen::Index>(i)).cast<double>();
    const Eigen::RowVectorXf mean = (sum / static_cast<double>(part.size())).cast<float>();
    // From the sample farthest from the mean: not at a right angle to what is looked for, but for chance.
    Eigen::RowVectorXf along = mean;
    float longest = -1;
    for (const std::size_t i : part)
        if (const float square = squared_distance(row(i), entries(mean)); square > longest) {
            longest = square;
            along = rows.row(static_cast<Eigen::Index>(i)) - mean;
        }
    constexpr int rounds = 6;
    for (int round = 0; round < rounds; ++round) {
        const float offset = dot(entries(mean), entries(along));
        sum.setZero();
        for (const std::size_t i : part)
            sum += static_cast<double>(dot(row(i), entries(along)) - offset) *
                   rows.row(static_cast<Eigen::Index>(i)).cast<double>();
        const double square = squared_norm(entries(sum));
        if (!(square > 0))
            break;
        along = (sum / std::sqrt(square)).cast<float>();
    }
    std::vector<std::pair<float, std::size_t>> places;
    places.reserve(part.size());
    for (const std::size_t i : part)
        places.emplace_back(dot(row(i), entries(along)), i);
    std::nth_element(places.begin(), places.begin() + std::ssize(places) / 2, places.end());
    std::transform(places.begin(), places.end(), part.begin(),
                   [](const auto& place) { return place.second; });
}

TOPOPRUNE_DEFINE std::vector<std::vector<std::size_t>> near_parts(matrix_view<const float> features,
                                                                  std::span<const std::int64_t> members,
                                                                  std::int64_t most, const execution& where) {
    const matrix<float> rows = unit_vectors(features, members);
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::span<std::size_t>> cuts{order};
    while (std::ssize(cuts.back()) > most) {
        std::vector<std::span<std::size_t>> halves(2 * cuts.size());
        where.parallel_for(std::ssize(cuts), [&](std::int64_t at) {
            where.check_interruption();
            const auto place = static_cast<std::size_t>(at);
            halve_along_widest(rows, cuts[place]);
            halves[2 * place] = cuts[place].first(cuts[place].size() / 2);
            halves[2 * place + 1] = cuts[place].subspan(cuts[place].size() / 2);
        });
        cuts = std::move(halves);
    }
    std::vector<std::vector<std::size_t>> parts;
    for (const std::span<std::size_t> cut : cuts) {
        parts.emplace_back(cut.begin(), cut.end());
        std::sort(parts.back().begin(), parts.back().end());
    }
    return parts;
}

} // namespace topoprune::detail
