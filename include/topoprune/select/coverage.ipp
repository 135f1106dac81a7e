// SPDX-License-Identifier: MIT
#pragma once

#include "coverage.hpp"

#include "../combine/normalization.hpp"
#include "detail/class_geometry.hpp"
#include "detail/coverage_gains.hpp"
#include "detail/draw_in_parts.hpp"
#include "detail/near_parts.hpp"
#include "detail/representatives.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace topoprune {

namespace detail {

/// Divides by the mean, if that is positive; else all are 1.
inline void scale_to_mean_one(std::vector<double>& values) {
    const double mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    for (double& value : values)
        value = mean > 0 ? value / mean : 1.0;
}

/// Multiplies each weight by the value to the power of the exponent.
inline void multiply_by_power(std::vector<double>& weights, std::vector<double> values, double exponent,
                              double least) {
    scale_to_mean_one(values);
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] *= std::pow(std::max(values[i], least), exponent);
}

/// In place of each value -log(1 - (rank - 1/2) / n), rank by ascending value, of equal ones the mean.
inline std::vector<double> exponential_by_rank(std::vector<double> values) {
    const auto n = static_cast<double>(values.size());
    normalize_by_rank(values);
    for (double& value : values)
        value = -std::log1p(-(value * (n - 1) + 0.5) / n);
    return values;
}

/// Integers in proportion to the weights, of a sum of at most coverage_gains::most_weight; all equal if the
/// weights are all 0.
inline std::vector<std::int32_t> integer_weights(const std::vector<double>& weights) {
    constexpr double most = 0x1p30;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(sum > 0))
        return std::vector<std::int32_t>(weights.size(), 1);
    // Rounding up adds at most 1/2 to each.
    const double total =
        static_cast<double>(coverage_gains::most_weight) - static_cast<double>(weights.size());
    const double scale = std::min(total / sum, most / *std::max_element(weights.begin(), weights.end()));
    std::vector<std::int32_t> integers;
    integers.reserve(weights.size());
    for (const double weight : weights)
        integers.push_back(static_cast<std::int32_t>(std::llround(weight * scale)));
    return integers;
}

} // namespace detail

TOPOPRUNE_DEFINE void coverage::check() const {
    constexpr std::string_view function = "coverage";
    if (bandwidth.fixed)
        require(*bandwidth.fixed > 0 && *bandwidth.fixed <= 2, function, "bandwidth.fixed", *bandwidth.fixed,
                "above 0 and at most 2");
    require(bandwidth.radius_share > 0 && std::isfinite(bandwidth.radius_share), function,
            "bandwidth.radius_share", bandwidth.radius_share, "positive and finite");
    const auto require_non_negative = [&](double value, std::string_view name) {
        require(value >= 0 && std::isfinite(value), function, name, value, "at least 0 and finite");
    };
    // A value is at most n times the mean: products of the powers stay finite.
    const auto require_exponent = [&](double value, std::string_view name) {
        require(value >= 0 && value <= 10, function, name, value, "at least 0 and at most 10");
    };
    require_exponent(weights.sparsity_exponent, "weights.sparsity_exponent");
    require_exponent(weights.score_exponent, "weights.score_exponent");
    require_exponent(weights.uncertainty_exponent, "weights.uncertainty_exponent");
    require_non_negative(weights.uncertainty_half_share, "weights.uncertainty_half_share");
    require_non_negative(weights.uncertainty_half_count, "weights.uncertainty_half_count");
    require(weights.sparsity_neighbors >= 1 && weights.sparsity_neighbors <= 1000, function,
            "weights.sparsity_neighbors", weights.sparsity_neighbors, "at least 1 and at most 1000");
    large.check(function);
}

TOPOPRUNE_DEFINE selection coverage::select(const selection_problem& problem, const execution& where) const {
    check();
    require_features(problem, "coverage");
    return detail::draw_by_class(problem, "coverage", where,
                                 [&](const detail::class_draw& draw) { return order_of_class(draw, where); });
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> coverage::order_of_class(const detail::class_draw& draw,
                                                                    const execution& where) const {
    if (draw.members.empty() || draw.budget == 0)
        return {};
    if (std::ssize(draw.members) > large.most_compared)
        return order_of_large_class(draw, where);
    detail::similarity_rows rows(draw.problem.features, draw.members);
    std::vector<double> distances;
    if (weights.sparsity_exponent > 0)
        distances = detail::neighbor_distances(rows, weights.sparsity_neighbors, where);
    std::vector<std::int32_t> counted = detail::integer_weights(weights_of(draw, std::move(distances)));
    if (kernel == coverage_kernel::gaussian) {
        const double width = width_for([&] { return detail::covering_radius(rows, draw.budget, where); });
        rows = std::move(rows).with_kernel(width);
    }
    detail::coverage_gains now(std::move(rows), std::move(counted));
    std::vector<std::int64_t> order;
    const auto take = [&](std::size_t j, std::int64_t = 0) {
        now.take(j);
        order.push_back(draw.members[j]);
    };
    for (std::size_t j = 0; j < now.size(); ++j)
        if (draw.problem.is_chosen(draw.members[j]))
            take(j);
    if (std::ssize(order) < draw.budget)
        detail::take_lazily(std::ssize(order), draw.budget, now, take, where);
    return order;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> coverage::order_of_large_class(const detail::class_draw& draw,
                                                                          const execution& where) const {
    const detail::class_parts parts =
        detail::near_parts(draw.problem.features, draw.members, large.part, where);
    const auto rows_of_part = [&](std::int64_t part) {
        return detail::rows_of(draw, parts[static_cast<std::size_t>(part)]);
    };
    std::vector<double> distances;
    if (weights.sparsity_exponent > 0) {
        distances.resize(draw.members.size());
        where.parallel_for(std::ssize(parts), [&](std::int64_t part) {
            const std::vector<double> of_part =
                detail::neighbor_distances(rows_of_part(part), weights.sparsity_neighbors, where);
            for (std::size_t at = 0; at < of_part.size(); ++at)
                distances[parts[static_cast<std::size_t>(part)][at]] = of_part[at];
        });
    }
    const std::vector<std::int32_t> counted = detail::integer_weights(weights_of(draw, std::move(distances)));
    detail::covered_measure measure{.weights = counted};
    if (kernel == coverage_kernel::gaussian)
        measure.bandwidth = width_for([&] {
            return draw.budget <= large.in_overview()
                       ? detail::covering_radius(detail::similarity_rows(draw.problem.features, draw.members),
                                                 draw.budget, where)
                       : detail::covering_radius_in_parts(std::ssize(parts), draw.budget, rows_of_part,
                                                          where);
        });
    return detail::order_in_parts(draw, parts, large, measure, where);
}

TOPOPRUNE_DEFINE std::vector<double> coverage::weights_of(const detail::class_draw& draw,
                                                          std::vector<double> distances) const {
    const auto column = [&](auto value_of) {
        std::vector<double> values;
        values.reserve(draw.members.size());
        for (const std::int64_t i : draw.members)
            values.push_back(value_of(i));
        return values;
    };
    std::vector<double> product(draw.members.size(), 1.0);
    if (weights.sparsity_exponent > 0)
        detail::multiply_by_power(product, std::move(distances), weights.sparsity_exponent, 0.1);
    if (weights.score_exponent > 0) {
        const double sign = sign_of_end(weights.heavy, draw.problem.high, "coverage");
        // Halved, so that the difference of two finite numbers is finite.
        std::vector<double> values = column([&](std::int64_t i) { return sign * draw.score(i) / 2; });
        const double least = *std::min_element(values.begin(), values.end());
        const double range = *std::max_element(values.begin(), values.end()) - least;
        for (double& value : values)
            value = range > 0 ? (value - least) / range : 1.0;
        detail::multiply_by_power(product, std::move(values), weights.score_exponent, 0.1);
    }
    if (sees_uncertainty() && !draw.problem.uncertainty.empty()) {
        const auto kept = static_cast<double>(draw.budget), all = static_cast<double>(draw.members.size());
        const double faded = kept / (kept + weights.uncertainty_half_share * all) * kept /
                             (kept + weights.uncertainty_half_count);
        std::vector<double> uncertainty =
            column([&](std::int64_t i) { return draw.problem.uncertainty[static_cast<std::size_t>(i)]; });
        detail::multiply_by_power(product, detail::exponential_by_rank(std::move(uncertainty)),
                                  weights.uncertainty_exponent * faded, 1e-3);
    }
    return product;
}

} // namespace topoprune
