// SPDX-License-Identifier: MIT
#pragma once

#include "k_means.hpp"

#include "../core/checks.hpp"
#include "../core/detail/dense_products.hpp"
#include "../core/detail/dense_sums.hpp"
#include "../core/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace topoprune {

TOPOPRUNE_DEFINE k_means_result k_means::run(matrix_view<const float> points, const execution& where) const {
    require(clusters >= 1, "k_means", "clusters", clusters, "at least 1");
    require(most_iterations >= 1, "k_means", "most_iterations", most_iterations, "at least 1");
    require(points.rows() < std::numeric_limits<std::int32_t>::max(), "k_means", "the number of points",
            points.rows(), "less than 2^31");
    require_finite(points, "k_means", "points");
    const std::int64_t n = points.rows();
    if (n == 0)
        return {.converged = true};
    const product_form form =
        spherical ? cosine{}.prepare(points, where) : euclidean{}.prepare(points, where);
    matrix<float> centers = seeds(form, std::min(clusters, n), where);
    k_means_result result{.cluster = std::vector<std::int32_t>(static_cast<std::size_t>(n), -1),
                          .distance = std::vector<double>(static_cast<std::size_t>(n))};
    // What the distances hold meanwhile: raw, as of product_form.
    while (result.iterations < most_iterations) {
        where.check_interruption();
        ++result.iterations;
        if (!assign(form, centers, result, where)) {
            result.converged = true;
            break;
        }
        if (result.iterations < most_iterations)
            move_centers(form, result, centers, where);
    }
    for (double& distance : result.distance)
        distance = spherical ? cosine{}.to_distance(form.unit * distance + form.offset)
                             : euclidean{}.to_distance(form.unit * distance + form.offset);
    return result;
}

TOPOPRUNE_DEFINE double k_means::raw_distance(const product_form& form, std::int64_t i,
                                              const matrix<float>& centers, std::int64_t c) const {
    if (spherical && (form.rows.row(i).isZero(0) || centers.row(c).isZero(0)))
        return 1;
    return 0.5 * static_cast<double>(detail::squared_distance(matrix_view<const float>(form.rows).row(i),
                                                              matrix_view<const float>(centers).row(c)));
}

TOPOPRUNE_DEFINE matrix<float> k_means::seeds(const product_form& form, std::int64_t k,
                                              const execution& where) const {
    const std::int64_t n = form.rows.rows();
    const random_stream random(where.seed(), stream);
    matrix<float> centers(k, form.rows.cols());
    std::vector<double> nearest(static_cast<std::size_t>(n), std::numeric_limits<double>::infinity());
    auto next = static_cast<std::int64_t>(random.below(0, static_cast<std::uint64_t>(n)));
    for (std::int64_t c = 0; c < k; ++c) {
        centers.row(c) = form.rows.row(next);
        where.parallel_ranges(n, 4096, [&](std::int64_t begin, std::int64_t end) {
            where.check_interruption();
            for (std::int64_t i = begin; i < end; ++i) {
                double& least = nearest[static_cast<std::size_t>(i)];
                least = std::min(least, raw_distance(form, i, centers, c));
            }
        });
        const double total = std::accumulate(nearest.begin(), nearest.end(), 0.0);
        double left = random.uniform(static_cast<std::uint64_t>(c) + 1) * total;
        // The last that can be drawn stands for what rounding leaves over.
        for (std::int64_t i = 0; i < n; ++i)
            if (nearest[static_cast<std::size_t>(i)] > 0) {
                next = i;
                left -= nearest[static_cast<std::size_t>(i)];
                if (left < 0)
                    break;
            }
    }
    return centers;
}

TOPOPRUNE_DEFINE bool k_means::assign(const product_form& form, const matrix<float>& centers,
                                      k_means_result& result, const execution& where) const {
    const std::int64_t n = form.rows.rows();
    Eigen::RowVectorXf halves = Eigen::RowVectorXf::Constant(centers.rows(), 0.5F);
    for (std::int64_t c = 0; c < centers.rows() && !spherical; ++c)
        halves[c] = 0.5F * detail::squared_norm(matrix_view<const float>(centers).row(c));
    std::vector<std::uint8_t> changed(static_cast<std::size_t>((n + block - 1) / block), 0);
    where.parallel_ranges(n, block, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        matrix<float> products = matrix<float>::Zero(end - begin, centers.rows());
        detail::add_product(form.rows.middleRows(begin, end - begin),
                            detail::strided_view<const float>(centers).transposed(), products);
        Eigen::RowVectorXf raw(centers.rows());
        for (std::int64_t i = begin; i < end; ++i) {
            raw = halves - products.row(i - begin);
            // The least, by whole vectors, and then its first place.
            const auto best = static_cast<std::int32_t>(
                std::find(raw.data(), raw.data() + raw.size(), raw.minCoeff()) - raw.data());
            const auto at = static_cast<std::size_t>(i);
            if (result.cluster[at] != best)
                changed[static_cast<std::size_t>(begin / block)] = 1;
            result.cluster[at] = best;
            result.distance[at] = raw_distance(form, i, centers, best);
        }
    });
    return std::find(changed.begin(), changed.end(), 1) != changed.end();
}

TOPOPRUNE_DEFINE void k_means::move_centers(const product_form& form, const k_means_result& result,
                                            matrix<float>& centers, const execution& where) const {
    std::vector<std::vector<std::int32_t>> members(static_cast<std::size_t>(centers.rows()));
    for (std::size_t i = 0; i < result.cluster.size(); ++i)
        members[static_cast<std::size_t>(result.cluster[i])].push_back(static_cast<std::int32_t>(i));
    where.parallel_for(centers.rows(), [&](std::int64_t c) {
        const auto& own = members[static_cast<std::size_t>(c)];
        if (own.empty())
            return;
        Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(centers.cols());
        for (const std::int32_t i : own)
            sum += form.rows.row(i).cast<double>();
        const double length =
            spherical ? detail::norm(detail::entries(sum)) : static_cast<double>(own.size());
        if (length > 0)
            centers.row(c) = (sum / length).cast<float>();
    });
    if (std::none_of(members.begin(), members.end(), [](const auto& own) { return own.empty(); }))
        return;
    std::vector<std::int32_t> farthest(result.cluster.size());
    std::iota(farthest.begin(), farthest.end(), 0);
    std::sort(farthest.begin(), farthest.end(), [&](std::int32_t a, std::int32_t b) {
        const double x = result.distance[static_cast<std::size_t>(a)];
        const double y = result.distance[static_cast<std::size_t>(b)];
        return x != y ? x > y : a < b;
    });
    auto next = farthest.begin();
    for (std::size_t c = 0; c < members.size(); ++c)
        if (members[c].empty() && result.distance[static_cast<std::size_t>(*next)] > 0)
            centers.row(static_cast<Eigen::Index>(c)) = form.rows.row(*next++);
}

} // namespace topoprune
