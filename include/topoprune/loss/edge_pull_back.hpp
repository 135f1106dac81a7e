// SPDX-License-Identifier: MIT
#pragma once

#include "../core/matrix.hpp"
#include "../filtration/half_length.hpp"

#include <cstddef>
#include <cstdint>

namespace topoprune {

/// Adds the pull-back of a derivative by the scale that an edge of a complex or graph sets, half the length
/// between two points, to gradient (n x m); nothing for edge -1.
template <class Complex>
void pull_back_edge(matrix_view<const double> points, const Complex& complex, std::int32_t edge,
                    double derivative, matrix_view<double> gradient) {
    if (edge < 0)
        return;
    if constexpr (requires { complex.points_of(edge); }) { // an edge may enter with another one
        const auto [u, v] = complex.points_of(edge);
        add_half_length(points, {u, v, derivative}, gradient);
    } else {
        const auto& ends = complex.edges[static_cast<std::size_t>(edge)];
        if constexpr (requires { complex.points; }) // the vertices of a slice are some of the points
            add_half_length(points,
                            {complex.points[static_cast<std::size_t>(ends.u)],
                             complex.points[static_cast<std::size_t>(ends.v)], derivative},
                            gradient);
        else
            add_half_length(points, {ends.u, ends.v, derivative}, gradient);
    }
}

} // namespace topoprune
