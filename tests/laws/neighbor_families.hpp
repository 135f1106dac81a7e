// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Features that are hard for an exact search of neighbors: rows that single precision does not tell apart,
/// many ties, many equal rows.
namespace neighbor_families {

using topoprune::matrix;
using topoprune::random_stream;

/// n x d, entry(i, c) in row i and column c.
template <class Entry>
matrix<float> tabulate(std::int64_t n, std::int64_t d, const Entry& entry) {
    matrix<float> points(n, d);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t c = 0; c < d; ++c)
            points(i, c) = static_cast<float>(entry(i, c));
    return points;
}

inline double normal(std::uint64_t seed, std::int64_t d, std::int64_t i, std::int64_t c) {
    return random_stream(seed, 0).normal(static_cast<std::uint64_t>(i * d + c));
}

inline std::uint64_t below(std::int64_t d, std::int64_t i, std::int64_t c, std::uint64_t bound) {
    return random_stream(3, 0).below(static_cast<std::uint64_t>(i * d + c), bound);
}

inline matrix<float> random_rows(std::int64_t n, std::int64_t d) {
    return tabulate(n, d, [&](auto i, auto c) { return normal(1, d, i, c); });
}

/// Normal centers of width 1, members around them at a scale.
inline matrix<float> clusters(std::int64_t n, std::int64_t d, std::int64_t centers, double scale) {
    return tabulate(
        n, d, [&](auto i, auto c) { return normal(2, d, i % centers, c) + scale * normal(1, d, i, c); });
}

/// Cluster c of 10 at scale 10^-c.
inline matrix<float> clusters_of_scales(std::int64_t n, std::int64_t d) {
    return tabulate(n, d, [&](auto i, auto c) {
        return normal(2, d, i % 10, c) + std::pow(10.0, -static_cast<double>(i % 10)) * normal(1, d, i, c);
    });
}

/// Row i at scale base^-(i mod count), around 0.
inline matrix<float> scales(std::int64_t n, std::int64_t d, double base, std::int64_t count) {
    return tabulate(n, d, [&](auto i, auto c) {
        return std::pow(base, -static_cast<double>(i % count)) * normal(1, d, i, c);
    });
}

/// One row longer than all others.
inline matrix<float> outlier(std::int64_t n, std::int64_t d, double length) {
    return tabulate(n, d, [&](auto i, auto c) { return (i == n / 3 ? length : 1.0) * normal(1, d, i, c); });
}

inline matrix<float> offset(std::int64_t n, std::int64_t d, double by) {
    return tabulate(n, d, [&](auto i, auto c) { return by + normal(1, d, i, c); });
}

/// Rows of `ones` ones, drawn with repetition, and zeros.
inline matrix<float> sparse(std::int64_t n, std::int64_t d, std::int64_t ones) {
    matrix<float> points = matrix<float>::Zero(n, d);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t t = 0; t < ones; ++t)
            points(i, static_cast<Eigen::Index>(below(d, i, t, static_cast<std::uint64_t>(d)))) = 1;
    return points;
}

inline matrix<float> integers(std::int64_t n, std::int64_t d, std::uint64_t side) {
    return tabulate(n, d, [&](auto i, auto c) { return below(d, i, c, side); });
}

struct family {
    std::string name;
    std::function<matrix<float>(std::int64_t n, std::int64_t d)> make;
};

inline std::vector<family> all() {
    return {
        {"clusters, 1e-2", [](auto n, auto d) { return clusters(n, d, 10, 1e-2); }},
        {"clusters, 1e-3", [](auto n, auto d) { return clusters(n, d, 10, 1e-3); }},
        {"clusters, 1e-4", [](auto n, auto d) { return clusters(n, d, 10, 1e-4); }},
        {"clusters, 1e-5", [](auto n, auto d) { return clusters(n, d, 10, 1e-5); }},
        {"clusters, 1e-6", [](auto n, auto d) { return clusters(n, d, 10, 1e-6); }},
        {"100 clusters, 1e-5", [](auto n, auto d) { return clusters(n, d, 100, 1e-5); }},
        {"clusters of scales", [](auto n, auto d) { return clusters_of_scales(n, d); }},
        {"scales 10^-i", [](auto n, auto d) { return scales(n, d, 10.0, 7); }},
        {"scales 2^-i", [](auto n, auto d) { return scales(n, d, 2.0, 100); }},
        {"outlier, 1e5", [](auto n, auto d) { return outlier(n, d, 1e5); }},
        {"outlier, 1e8", [](auto n, auto d) { return outlier(n, d, 1e8); }},
        {"outlier, 1e25", [](auto n, auto d) { return outlier(n, d, 1e25); }},
        {"offset, 1e2", [](auto n, auto d) { return offset(n, d, 1e2); }},
        {"offset, 1e3", [](auto n, auto d) { return offset(n, d, 1e3); }},
        {"offset, 1e5", [](auto n, auto d) { return offset(n, d, 1e5); }},
        {"one-hot", [](auto n, auto d) { return sparse(n, d, 1); }},
        {"two ones", [](auto n, auto d) { return sparse(n, d, 2); }},
        {"five ones", [](auto n, auto d) { return sparse(n, d, 5); }},
        {"equal",
         [](auto n, auto d) { return tabulate(n, d, [&](auto, auto c) { return normal(1, d, 0, c); }); }},
        {"half zero",
         [](auto n, auto d) {
             return tabulate(n, d, [&](auto i, auto c) { return i % 2 == 0 ? normal(1, d, i, c) : 0.0; });
         }},
        {"integers 0..1", [](auto n, auto d) { return integers(n, d, 2); }},
        {"integers 0..3", [](auto n, auto d) { return integers(n, d, 4); }},
        {"lattice",
         [](auto n, auto d) {
             return tabulate(n, d, [&](auto i, auto c) {
                 return c < 2 ? static_cast<double>(below(d, i, c, 100)) : 0.0;
             });
         }},
        {"line",
         [](auto n, auto d) {
             return tabulate(n, d,
                             [&](auto i, auto c) { return static_cast<double>(i) * normal(2, d, 0, c); });
         }},
        {"line of integers",
         [](auto n, auto d) { return tabulate(n, d, [](auto i, auto) { return static_cast<double>(i); }); }},
    };
}

} // namespace neighbor_families
