// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../filtration/complex_checks.hpp"
#include "../filtration/density_bifiltration.hpp"
#include "../homology/hilbert_signed_measure.hpp"
#include "../transport/exact_transport.hpp"
#include "../transport/ground_norm.hpp"
#include "../transport/transport.hpp"
#include "score.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune {

/// How persistent the features are that a sample takes part in. The optimal transport of the Hilbert signed
/// measure to zero matches each positive atom with negative ones; a sample scores
///     score_i = sum over matched pairs (a, b) that touch i of mass * |a - b|_1^power,
/// where a pair touches the ends of the edges and the vertices that put its two atoms where they are. A
/// sample that is all of these at once is counted once for each. Nothing moves: it is one look at what
/// signed_measure_transport climbs. High: long-lived holes open or close here.
///
/// Cost: that of one evaluation of signed_measure_transport without its derivative.
template <class B = density_bifiltration<>, class T = exact_transport<>>
struct pair_persistence {
    static_assert(Bifiltration<B>, "pair_persistence: bifiltration must model Bifiltration: build(points, "
                                   "execution) and add_pull_back const");
    static_assert(
        Transport<T>,
        "pair_persistence: transport must model Transport: to_zero(measure, execution) and between const");

    B bifiltration{};
    /// Must give a plan.
    T transport{};
    /// Degree of the homology, 1 = holes.
    int degree = 1;
    /// > 0. More lets the long pairs decide, which are what returns in another layout: with 2 the orders of
    /// two layouts agree better than with 1.
    double power = 2;

    /// Of one cloud (n x m): n numbers, >= 0, in units of the grades to the power.
    [[nodiscard]] std::vector<double> values(matrix_view<const double> points, const execution& where) const {
        require(power > 0 && std::isfinite(power), "pair_persistence", "power", power, "positive and finite");
        const auto complex =
            checked_complex(bifiltration.build(points, where), points.rows(), "pair_persistence");
        const signed_measure measure = hilbert_signed_measure(complex, degree, where);
        const transport_result moved = transport.to_zero(measure, where);
        require(moved.cost == 0 || !moved.plan.empty(), "pair_persistence", "the transport's plan", "empty",
                "a list of moves");
        std::vector<double> result(static_cast<std::size_t>(points.rows()), 0.0);
        for (const transport_move& move : moved.plan) {
            require(move.from >= 0 && move.to >= 0, "pair_persistence", "an atom of the transport's plan",
                    std::min(move.from, move.to), "at least 0");
            // What closes an unbalanced measure stands at a corner and has no pair.
            if (std::max(move.from, move.to) >= std::ssize(measure))
                continue;
            const atom& a = measure[static_cast<std::size_t>(move.from)];
            const atom& b = measure[static_cast<std::size_t>(move.to)];
            const double credit =
                static_cast<double>(move.mass) * std::pow(l1{}.cost(a.r - b.r, a.f - b.f), power);
            for (const std::int32_t sample : {a.edge_u, a.edge_v, a.vertex, b.edge_u, b.edge_v, b.vertex})
                if (sample >= 0)
                    result[static_cast<std::size_t>(sample)] += credit;
        }
        return result;
    }

    /// n numbers, every class by itself.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return column_by_class(samples, "persistence", where,
                               [&](matrix_view<const double> points) { return values(points, where); });
    }
};

static_assert(Score<pair_persistence<>>);
static_assert(ClassScore<pair_persistence<>>);

} // namespace topoprune
