// SPDX-License-Identifier: MIT
#pragma once

#include "../filtration/complex_checks.hpp"
#include "../filtration/density_bifiltration.hpp"
#include "../homology/hilbert_signed_measure.hpp"
#include "../transport/exact_transport.hpp"
#include "../transport/transport.hpp"
#include "atom_pull_back.hpp"
#include "topological_loss.hpp"

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
/// Any bifiltration serves whose measure has total mass 0: those of planar triangulations and of
/// function_delaunay always have, a Rips complex up to a threshold only if no hole is left open at it; else
/// give the transport a corner.
///
/// Cost: that of its parts; for n points in the plane with the defaults O(n log n) for the density and the
/// measure, and a transport between about 0.4 n atoms of each sign.
template <class B = density_bifiltration<>, class T = exact_transport<>>
struct signed_measure_transport {
    static_assert(Bifiltration<B>, "signed_measure_transport: bifiltration must model Bifiltration: "
                                   "build(points, execution) and add_pull_back const");
    static_assert(Transport<T>, "signed_measure_transport: transport must model Transport: to_zero(measure, "
                                "execution) and between const");

    B bifiltration{};
    T transport{};
    /// Degree of the homology, 1 = holes. Degree 0 has mass that never dies, which this loss refuses.
    int degree = 1;

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const;
};

static_assert(TopologicalLoss<signed_measure_transport<>>);

} // namespace topoprune

#include "signed_measure_transport.ipp"
