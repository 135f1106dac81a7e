// SPDX-License-Identifier: MIT
#pragma once

#include "topological_loss.hpp"

#include <tuple>
#include <utility>

namespace topoprune {

/// A loss times a factor. A negative factor turns ascent into descent: the points are moved towards less of
/// this topology.
template <class L>
struct weighted_loss {
    static_assert(
        TopologicalLoss<L>,
        "weighted_loss: loss must model TopologicalLoss: value_and_gradient(points, execution) const");

    double weight = 1;
    L loss{};

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        loss_value result = loss.value_and_gradient(points, where);
        result.value *= weight;
        result.gradient *= weight;
        return result;
    }
};

template <class L>
weighted_loss(double, L) -> weighted_loss<L>;

/// The sum of losses at the same points, added in the order given:
///
///     sum_of_losses{weighted_loss{1.0, signed_measure_transport{}}, weighted_loss{-0.1,
///     total_persistence{}}}
///
/// Cost: that of its parts, one after another.
template <class... Parts>
    requires(sizeof...(Parts) > 0)
struct sum_of_losses {
    static_assert(
        (TopologicalLoss<Parts> && ...),
        "sum_of_losses: each part must model TopologicalLoss: value_and_gradient(points, execution) const");

    std::tuple<Parts...> parts;

    explicit sum_of_losses(Parts... given) : parts(std::move(given)...) {}

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        loss_value sum{0, matrix<double>::Zero(points.rows(), points.columns())};
        const auto add = [&](const auto& part) {
            const loss_value one = evaluate_loss(part, points, "sum_of_losses", where);
            sum.value += one.value;
            sum.gradient += one.gradient;
        };
        std::apply([&](const auto&... part) { (add(part), ...); }, parts);
        return sum;
    }
};

} // namespace topoprune
