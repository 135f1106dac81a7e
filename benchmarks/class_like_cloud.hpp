// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>

/// Six overlapping blobs on a ring, n x 2: as ragged as one class of a UMAP embedding. The same for the same
/// n.
inline topoprune::matrix<double> class_like_cloud(std::int64_t n) {
    const topoprune::random_stream random(1, 1);
    topoprune::matrix<double> points(n, 2);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto at = static_cast<std::uint64_t>(4 * i);
        const double angle = static_cast<double>(random.below(at, 6)) * std::numbers::pi / 3;
        points(i, 0) = 2.2 * std::cos(angle) + 0.5 * random.normal(at + 1);
        points(i, 1) = 2.2 * std::sin(angle) + 0.5 * random.normal(at + 2);
    }
    return points;
}
