// SPDX-License-Identifier: MIT
#pragma once

#include "entropic_potentials.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE entropic_side::entropic_side(const std::vector<weighted_point>& points, double total_mass)
    : at(points.size()), potential(points.size(), 0.0), exponent(at.r.size(), -1e300) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        at.r[i] = points[i].r;
        at.f[i] = points[i].f;
        share.push_back(static_cast<double>(points[i].mass) / total_mass);
    }
}

} // namespace topoprune::detail
