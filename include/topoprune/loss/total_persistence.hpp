// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../filtration/detail/half_length.hpp"
#include "../filtration/filtration.hpp"
#include "../filtration/weak_delaunay.hpp"
#include "../homology/barcode.hpp"
#include "topological_loss.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
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
template <Filtration F = weak_delaunay>
struct total_persistence {
    F filtration{};
    /// q: 0 = components, 1 = holes, 2 = voids of a filtration that lists tetrahedra.
    int degree = 1;
    /// p, >= 1. More lets the long bars decide.
    double power = 1;

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        require(power >= 1 && std::isfinite(power), "total_persistence", "power", power,
                "finite and at least 1");
        const auto complex = filtration.build(points, where);
        loss_value result{0, matrix<double>::Zero(points.rows(), points.columns())};
        const auto add = [&](std::int32_t edge, double derivative) {
            if (edge < 0)
                return;
            const auto& ends = complex.edges[static_cast<std::size_t>(edge)];
            detail::add_half_length(
                points, {point_of(complex, ends.u), point_of(complex, ends.v), derivative}, result.gradient);
        };
        for (const bar& b : persistence_barcode(complex, degree, where)) {
            if (b.death == std::numeric_limits<double>::infinity())
                continue;
            const double life = b.death - b.birth;
            result.value += std::pow(life, power);
            const double derivative = power * std::pow(life, power - 1);
            add(b.death_simplex, derivative);
            add(b.birth_simplex, -derivative);
        }
        return result;
    }

private:
    /// The vertices of a slice are some of the points.
    template <class C>
    static std::int32_t point_of(const C& complex, std::int32_t vertex) {
        if constexpr (requires { complex.points; })
            return complex.points[static_cast<std::size_t>(vertex)];
        else
            return vertex;
    }
};

static_assert(TopologicalLoss<total_persistence<>>);

} // namespace topoprune
