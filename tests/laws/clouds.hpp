// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>

/// Clouds in the plane that tests share: n x 2, the same for the same seed.
namespace clouds {

using topoprune::matrix;
using topoprune::random_stream;

inline matrix<double> normal(std::int64_t n, std::uint64_t seed, double scale = 1.0,
                             std::int64_t columns = 2) {
    const random_stream random(seed, 1);
    matrix<double> points(n, columns);
    for (std::int64_t i = 0; i < n * columns; ++i)
        points.data()[i] = scale * random.normal(static_cast<std::uint64_t>(i));
    return points;
}

/// A noisy circle: one large hole.
inline matrix<double> circle(std::int64_t n, std::uint64_t seed, double noise = 0.05) {
    const random_stream random(seed, 2);
    matrix<double> points(n, 2);
    for (std::int64_t i = 0; i < n; ++i) {
        const double angle = 2 * std::numbers::pi * random.uniform(static_cast<std::uint64_t>(3 * i));
        points(i, 0) = std::cos(angle) + noise * random.normal(static_cast<std::uint64_t>(3 * i + 1));
        points(i, 1) = std::sin(angle) + noise * random.normal(static_cast<std::uint64_t>(3 * i + 2));
    }
    return points;
}

/// Points of a small integer lattice, drawn with repetition: ties of every length, duplicates, cocircular
/// quadruples and collinear runs.
inline matrix<double> lattice(std::int64_t n, std::uint64_t seed, std::uint64_t side) {
    const random_stream random(seed, 3);
    matrix<double> points(n, 2);
    for (std::int64_t i = 0; i < 2 * n; ++i)
        points.data()[i] = static_cast<double>(random.below(static_cast<std::uint64_t>(i), side));
    return points;
}

/// Four clusters of width 1e-9 in a cloud of width 1.
inline matrix<double> near_clusters(std::int64_t n, std::uint64_t seed) {
    const random_stream random(seed, 5);
    matrix<double> points(n, 2);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto at = static_cast<std::uint64_t>(3 * i);
        const std::uint64_t cluster = random.below(at, 4);
        points(i, 0) = 0.3 + 0.5 * static_cast<double>(cluster % 2) + 1e-9 * random.uniform(at + 1);
        points(i, 1) = 0.1 + 0.7 * static_cast<double>(cluster / 2) + 1e-9 * random.uniform(at + 2);
    }
    return points;
}

/// Points on one straight line, some of them repeated.
inline matrix<double> line(std::int64_t n, std::uint64_t seed) {
    const random_stream random(seed, 4);
    matrix<double> points(n, 2);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto t = static_cast<double>(random.below(static_cast<std::uint64_t>(i), 40));
        points(i, 0) = 3 * t;
        points(i, 1) = 1 - t;
    }
    return points;
}

} // namespace clouds
