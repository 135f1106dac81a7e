// SPDX-License-Identifier: MIT
#pragma once

#include "exact_predicates.hpp"

#include "exact_sign.hpp"

#include <cmath>

namespace topoprune::detail {

/// Underflow can only add errors far below this to determinants of coordinates of magnitude at most 1.
inline constexpr double underflow_allowance = 1e-290;
inline constexpr double rounding_unit = 0x1p-53;

TOPOPRUNE_DEFINE int orientation(const coordinates<2>& a, const coordinates<2>& b, const coordinates<2>& c) {
    const double left = (a[0] - c[0]) * (b[1] - c[1]);
    const double right = (a[1] - c[1]) * (b[0] - c[0]);
    const double value = left - right;
    constexpr double relative = (3 + 16 * rounding_unit) * rounding_unit;
    const double bound = relative * (std::abs(left) + std::abs(right)) + underflow_allowance;
    if (std::abs(value) > bound) [[likely]]
        return value > 0 ? 1 : -1;
    return exact_sign<2, 3>({a, b, c});
}

TOPOPRUNE_DEFINE int in_sphere(const coordinates<2>& a, const coordinates<2>& b, const coordinates<2>& c,
                               const coordinates<2>& d) {
    const double ax = a[0] - d[0], ay = a[1] - d[1];
    const double bx = b[0] - d[0], by = b[1] - d[1];
    const double cx = c[0] - d[0], cy = c[1] - d[1];
    const double bxcy = bx * cy, cxby = cx * by, a_square = ax * ax + ay * ay;
    const double cxay = cx * ay, axcy = ax * cy, b_square = bx * bx + by * by;
    const double axby = ax * by, bxay = bx * ay, c_square = cx * cx + cy * cy;
    const double value = a_square * (bxcy - cxby) + b_square * (cxay - axcy) + c_square * (axby - bxay);
    const double magnitude = (std::abs(bxcy) + std::abs(cxby)) * a_square +
                             (std::abs(cxay) + std::abs(axcy)) * b_square +
                             (std::abs(axby) + std::abs(bxay)) * c_square;
    constexpr double relative = (10 + 96 * rounding_unit) * rounding_unit;
    if (std::abs(value) > relative * magnitude + underflow_allowance) [[likely]]
        return value > 0 ? 1 : -1;
    return exact_sign<2, 4>({a, b, c, d});
}

TOPOPRUNE_DEFINE int orientation(const coordinates<3>& a, const coordinates<3>& b, const coordinates<3>& c,
                                 const coordinates<3>& d) {
    const double ax = a[0] - d[0], ay = a[1] - d[1], az = a[2] - d[2];
    const double bx = b[0] - d[0], by = b[1] - d[1], bz = b[2] - d[2];
    const double cx = c[0] - d[0], cy = c[1] - d[1], cz = c[2] - d[2];
    const double bxcy = bx * cy, cxby = cx * by, cxay = cx * ay, axcy = ax * cy, axby = ax * by,
                 bxay = bx * ay;
    const double value = az * (bxcy - cxby) + bz * (cxay - axcy) + cz * (axby - bxay);
    const double magnitude = (std::abs(bxcy) + std::abs(cxby)) * std::abs(az) +
                             (std::abs(cxay) + std::abs(axcy)) * std::abs(bz) +
                             (std::abs(axby) + std::abs(bxay)) * std::abs(cz);
    constexpr double relative = (7 + 56 * rounding_unit) * rounding_unit;
    if (std::abs(value) > relative * magnitude + underflow_allowance) [[likely]]
        return value > 0 ? 1 : -1;
    return exact_sign<3, 4>({a, b, c, d});
}

TOPOPRUNE_DEFINE int in_sphere(const coordinates<3>& a, const coordinates<3>& b, const coordinates<3>& c,
                               const coordinates<3>& d, const coordinates<3>& e) {
    const double ax = a[0] - e[0], ay = a[1] - e[1], az = a[2] - e[2];
    const double bx = b[0] - e[0], by = b[1] - e[1], bz = b[2] - e[2];
    const double cx = c[0] - e[0], cy = c[1] - e[1], cz = c[2] - e[2];
    const double dx = d[0] - e[0], dy = d[1] - e[1], dz = d[2] - e[2];
    struct minor {
        double value, magnitude;
    };
    const auto cross = [](double px, double py, double qx, double qy) {
        const double left = px * qy, right = qx * py;
        return minor{left - right, std::abs(left) + std::abs(right)};
    };
    const minor ab = cross(ax, ay, bx, by), bc = cross(bx, by, cx, cy), cd = cross(cx, cy, dx, dy);
    const minor da = cross(dx, dy, ax, ay), ac = cross(ax, ay, cx, cy), bd = cross(bx, by, dx, dy);
    const double abc = az * bc.value - bz * ac.value + cz * ab.value;
    const double bcd = bz * cd.value - cz * bd.value + dz * bc.value;
    const double cda = cz * da.value + dz * ac.value + az * cd.value;
    const double dab = dz * ab.value + az * bd.value + bz * da.value;
    const double a_square = ax * ax + ay * ay + az * az, b_square = bx * bx + by * by + bz * bz;
    const double c_square = cx * cx + cy * cy + cz * cz, d_square = dx * dx + dy * dy + dz * dz;
    const double value = (d_square * abc - c_square * dab) + (b_square * cda - a_square * bcd);
    const double x = std::abs(az), y = std::abs(bz), z = std::abs(cz), w = std::abs(dz);
    const double magnitude = (cd.magnitude * y + bd.magnitude * z + bc.magnitude * w) * a_square +
                             (da.magnitude * z + ac.magnitude * w + cd.magnitude * x) * b_square +
                             (ab.magnitude * w + bd.magnitude * x + da.magnitude * y) * c_square +
                             (bc.magnitude * x + ac.magnitude * y + ab.magnitude * z) * d_square;
    constexpr double relative = (16 + 224 * rounding_unit) * rounding_unit;
    if (std::abs(value) > relative * magnitude + underflow_allowance) [[likely]]
        return value > 0 ? 1 : -1;
    return exact_sign<3, 5>({a, b, c, d, e});
}

} // namespace topoprune::detail
