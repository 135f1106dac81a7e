// SPDX-License-Identifier: MIT
#pragma once

#include "../filtration/density_bifiltration.hpp"
#include "../homology/hilbert_signed_measure.hpp"
#include "../transport/exact_transport.hpp"
#include "../transport/transport.hpp"
#include "topological_loss.hpp"

#include <vector>

namespace topoprune {

/// OT(mu, 0): the transport cost between the positive and the negative part of the Hilbert signed measure mu
/// of a bifiltration (TopoCore, eq. 1; Scoccola et al. 2024). Large when holes are large and live through
/// many densities; pruning ascends it.
///
///     signed_measure_transport{density_bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = 0.4}}}
///
/// The gradient goes atom by atom: the transport plan gives d cost / d (r, f), the edge of the atom carries r
/// to its two ends, the density carries f to all points.
///
/// Cost: that of its parts; for n points in the plane with the defaults n^2 exponentials three times, O(n log
/// n) for the measure, and a transport between about 0.4 n atoms of each sign.
template <Bifiltration B = density_bifiltration<>, Transport T = exact_transport<>>
struct signed_measure_transport {
    B bifiltration{};
    T transport{};
    /// Degree of the homology, 1 = holes. Degree 0 has mass that never dies, which this loss refuses.
    int degree = 1;

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        const auto complex = bifiltration.build(points, where);
        const signed_measure measure = hilbert_signed_measure(complex, degree, where);
        const transport_result moved = transport.to_zero(measure, where);
        loss_value result{moved.cost, matrix<double>::Zero(points.rows(), points.columns())};
        add_pull_back(points, complex, measure, moved, result.gradient, where);
        return result;
    }

private:
    /// d cost / d (r, f) of every atom, handed to the edge and the vertex that put the atom there.
    template <BifilteredComplex C>
    void add_pull_back(matrix_view<const double> points, const C& complex, const signed_measure& measure,
                       const transport_result& moved, matrix_view<double> gradient,
                       const execution& where) const {
        std::vector<scale_derivative> by_scale;
        by_scale.reserve(measure.size());
        std::vector<double> by_codensity(static_cast<std::size_t>(points.rows()), 0.0);
        for (std::size_t a = 0; a < measure.size(); ++a) {
            const auto [by_r, by_f] = moved.gradient[a];
            if (measure[a].edge_u >= 0)
                by_scale.push_back({measure[a].edge_u, measure[a].edge_v, by_r});
            by_codensity[static_cast<std::size_t>(measure[a].vertex)] += by_f;
        }
        bifiltration.add_pull_back(points, complex, by_scale, by_codensity, gradient, where);
    }
};

static_assert(TopologicalLoss<signed_measure_transport<>>);

} // namespace topoprune
