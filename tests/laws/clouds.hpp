// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

/// Clouds that tests share, the same for the same seed; n x 2 where nothing else is said.
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

/// Features offset + scale * z with normal z, n x d.
inline matrix<float> normal_features(std::int64_t n, std::int64_t d, std::uint64_t seed, double scale = 1.0,
                                     double offset = 0.0) {
    const random_stream random(seed, static_cast<std::uint64_t>(d));
    matrix<float> points(n, d);
    for (std::int64_t c = 0; c < n * d; ++c)
        points.data()[c] = static_cast<float>(offset + scale * random.normal(static_cast<std::uint64_t>(c)));
    return points;
}

/// Features in {0, ..., side - 1}, n x d: few values, many ties, duplicates, and zero vectors.
inline matrix<float> lattice_features(std::int64_t n, std::int64_t d, std::uint64_t seed,
                                      std::uint64_t side) {
    const random_stream random(seed, static_cast<std::uint64_t>(d));
    matrix<float> points(n, d);
    for (std::int64_t c = 0; c < n * d; ++c)
        points.data()[c] = static_cast<float>(random.below(static_cast<std::uint64_t>(c), side));
    return points;
}

/// Normal clouds of d features around `centers` drawn points, n x d.
inline matrix<float> clusters(std::int64_t n, std::int64_t d, std::int64_t centers) {
    const random_stream random(11, 1), of_center(11, 2);
    matrix<float> points(n, d);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t c = 0; c < d; ++c)
            points(i, c) =
                static_cast<float>(4 * of_center.normal(static_cast<std::uint64_t>(i % centers * d + c)) +
                                   random.normal(static_cast<std::uint64_t>(i * d + c)));
    return points;
}

/// Clusters of 4 features that a projection may stumble over: every sample twice, 40 copies of each of six,
/// zero vectors.
inline std::vector<matrix<float>> degenerate_clusters() {
    matrix<float> doubled = clusters(200, 4, 3), many_copies = clusters(240, 4, 240),
                  with_zeros = clusters(120, 4, 3);
    doubled.bottomRows(100) = doubled.topRows(100);
    for (Eigen::Index i = 0; i < 240; ++i)
        many_copies.row(i) = many_copies.row(i % 6);
    with_zeros.topRows(40).setZero();
    return {doubled, many_copies, with_zeros};
}

} // namespace clouds
