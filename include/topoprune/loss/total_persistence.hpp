// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../filtration/filtration.hpp"
#include "../filtration/weak_delaunay.hpp"
#include "../homology/barcode.hpp"
#include "../homology/rips_barcode.hpp"
#include "edge_pull_back.hpp"
#include "topological_loss.hpp"

#include <cmath>
#include <limits>

namespace topoprune {

/// The total persistence of the points under a filtration by scale,
///     value = sum over bars [b, d) of degree q that end of (d - b)^p
/// (Cohen-Steiner, Edelsbrunner, Harer, Mileyko 2010). More and longer-lived holes, or components that are
/// farther apart, give more. It sees no density; signed_measure_transport does.
///
/// The gradient goes bar by bar: p (d - b)^(p - 1) at the edge that sets the death and its opposite at the
/// one that sets the birth, each carried to its two ends. Scales must be half edge lengths.
///
/// Cost: that of the filtration and of its barcode; O(n log n) for points in the plane with weak_delaunay.
/// With rips no triangle is listed: `dimension` and `max_simplices` of it count for the edges alone.
template <class F = weak_delaunay>
struct total_persistence {
    static_assert(Filtration<F>,
                  "total_persistence: filtration must model Filtration: build(points, execution) const");

    F filtration{};
    /// q: 0 = components, 1 = holes, 2 = voids of rips or of a filtration that lists tetrahedra.
    int degree = 1;
    /// p, >= 1. More lets the long bars decide.
    double power = 1;

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        require(power >= 1 && std::isfinite(power), "total_persistence", "power", power,
                "finite and at least 1");
        const auto complex = build_for_barcode(filtration, points, where);
        loss_value result{0, matrix<double>::Zero(points.rows(), points.columns())};
        for (const bar& b : persistence_barcode(complex, degree, where)) {
            if (b.death == std::numeric_limits<double>::infinity())
                continue;
            const double life = b.death - b.birth;
            result.value += std::pow(life, power);
            const double derivative = power * std::pow(life, power - 1);
            pull_back_edge(points, complex, b.death_simplex, derivative, result.gradient);
            pull_back_edge(points, complex, b.birth_simplex, -derivative, result.gradient);
        }
        return result;
    }
};

static_assert(TopologicalLoss<total_persistence<>>);

} // namespace topoprune
