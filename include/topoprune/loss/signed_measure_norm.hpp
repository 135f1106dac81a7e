// SPDX-License-Identifier: MIT
#pragma once

#include "../filtration/complex_checks.hpp"
#include "../filtration/density_bifiltration.hpp"
#include "../homology/hilbert_signed_measure.hpp"
#include "../transport/ground_norm.hpp"
#include "atom_pull_back.hpp"
#include "topological_loss.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace topoprune {

/// The mean signed length of the atoms of the Hilbert signed measure mu of a bifiltration,
///     value = -(1 / K) sum_a mass_a |(r_a, f_a)|,   K = sum_a |mass_a|,
/// which is 0 for a measure without atoms. It is what the examples of multipers minimize as `norm_loss`, with
/// the sign turned, so that more is more topology, as for every loss here.
///
/// With l1, degree 1 and codensities >= 0 only the marginals of mu count: K times the value is the total
/// persistence of the holes of the whole complex under scale, plus that of its holes under codensity at the
/// largest scale. The second is 0 where dense parts have no holes of their own, and always for a complex that
/// is contractible at every codensity. signed_measure_transport is the loss that sees scale and codensity
/// together.
///
/// Cost: that of the bifiltration and of its measure.
template <class B = density_bifiltration<>, GroundNorm Norm = l1>
struct signed_measure_norm {
    static_assert(Bifiltration<B>, "signed_measure_norm: bifiltration must model Bifiltration: build(points, "
                                   "execution) and add_pull_back const");

    B bifiltration{};
    /// The length of a grade. squared_l2 weighs long-lived holes more.
    Norm norm{};
    /// Degree of the homology, 0 = components, 1 = holes.
    int degree = 1;

    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        const auto complex =
            checked_complex(bifiltration.build(points, where), points.rows(), "signed_measure_norm");
        const signed_measure measure = hilbert_signed_measure(complex, degree, where);
        loss_value result{0, matrix<double>::Zero(points.rows(), points.columns())};
        std::int64_t weight = 0;
        for (const atom& a : measure)
            weight += std::abs(a.mass);
        if (weight == 0)
            return result;
        std::vector<std::array<double, 2>> by_grade;
        by_grade.reserve(measure.size());
        for (const atom& a : measure) {
            const double share = -static_cast<double>(a.mass) / static_cast<double>(weight);
            result.value += share * norm.cost(a.r, a.f);
            const auto [by_r, by_f] = norm.derivative(a.r, a.f);
            by_grade.push_back({share * by_r, share * by_f});
        }
        pull_back_atoms(bifiltration, points, complex, measure, by_grade, result.gradient, where);
        return result;
    }
};

static_assert(TopologicalLoss<signed_measure_norm<>>);

} // namespace topoprune
