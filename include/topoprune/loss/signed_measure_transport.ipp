// SPDX-License-Identifier: MIT
#pragma once

#include "signed_measure_transport.hpp"

namespace topoprune {

template <class B, class T>
loss_value signed_measure_transport<B, T>::value_and_gradient(matrix_view<const double> points,
                                                              const execution& where) const {
    const auto complex =
        checked_complex(bifiltration.build(points, where), points.rows(), "signed_measure_transport");
    const signed_measure measure = hilbert_signed_measure(complex, degree, where);
    const transport_result moved = transport.to_zero(measure, where);
    loss_value result{moved.cost, matrix<double>::Zero(points.rows(), points.columns())};
    pull_back_atoms(bifiltration, points, complex, measure, moved.gradient, result.gradient, where);
    return result;
}

} // namespace topoprune
