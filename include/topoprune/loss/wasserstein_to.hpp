// SPDX-License-Identifier: MIT
#pragma once

#include "../filtration/filtration.hpp"
#include "../filtration/weak_delaunay.hpp"
#include "../homology/rips_barcode.hpp"
#include "../transport/bar_matching.hpp"
#include "edge_pull_back.hpp"
#include "topological_loss.hpp"

#include <cstddef>

namespace topoprune {

/// How far the barcode of the points is from a given one: the Wasserstein distance of order p with matching
/// to the diagonal (match_bars),
///     value = (min over matchings of sum norm((b, d) - (b', d'))^p)^(1 / p).
/// More is farther away. To move points towards the topology of the target, turn it around:
///
///     weighted_loss{-1.0, wasserstein_to{.target = persistence_barcode(rips{}.graph(model, where), 1)}}
///
/// Classes that live forever (one component; holes that a threshold leaves open) are matched among themselves
/// by their births. The target must have as many of them as the points, or none: then they do not count.
///
/// The gradient is that of the optimal matching, by the envelope theorem: norm^(p - 1) / value^(p - 1) times
/// the derivative of the norm, at the edges that set birth and death; 0 where the value is 0. Scales must be
/// half edge lengths.
///
/// Cost: that of the filtration, of its barcode and of match_bars.
template <class F = weak_delaunay, BarNorm Norm = l_infinity>
struct wasserstein_to {
    static_assert(Filtration<F>,
                  "wasserstein_to: filtration must model Filtration: build(points, execution) const");

    F filtration{};
    /// The barcode to compare with, in half edge lengths. Only births and deaths count. Throws if a death
    /// lies before its birth.
    barcode target{};
    /// 0 = components, 1 = holes, 2 = voids of rips or of a filtration that lists tetrahedra.
    int degree = 1;
    /// p, >= 1. More lets the bars decide that are farthest from their partners.
    double power = 1;
    /// l1, l2 or l_infinity, on the plane of births and deaths.
    Norm norm{};

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        const auto complex = build_for_barcode(filtration, points, where);
        const barcode bars = persistence_barcode(complex, degree, where);
        const bar_matching matching = match_bars(bars, target, power, norm, where);
        loss_value result{matching.distance, matrix<double>::Zero(points.rows(), points.columns())};
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const auto [by_birth, by_death] = matching.gradient[i];
            pull_back_edge(points, complex, bars[i].birth_simplex, by_birth, result.gradient);
            pull_back_edge(points, complex, bars[i].death_simplex, by_death, result.gradient);
        }
        return result;
    }
};

static_assert(TopologicalLoss<wasserstein_to<>>);

} // namespace topoprune
