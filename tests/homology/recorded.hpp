// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/io/npy.hpp>

#include "complexes.hpp"

#include <array>
#include <filesystem>
#include <string>

/// What tests/data/record_homology_golden.py recorded from other libraries.
namespace recorded {

using namespace topoprune;

inline const std::filesystem::path data = TOPOPRUNE_TEST_DATA;

inline matrix<double> points_of(int seed) {
    return read_npy_matrix<double>(data / "planar_golden" / ("points_" + std::to_string(seed) + ".npy"));
}

inline matrix<double> table(const std::string& what, int seed, int degree) {
    return read_npy_matrix<double>(
        data / "homology_golden" /
        (what + '_' + std::to_string(seed) + '_' + std::to_string(degree) + ".npy"));
}

struct cloud {
    int seed;
    double bandwidth;
    double threshold;
};
inline constexpr std::array clouds{cloud{20, 0.4, 10.0}, cloud{80, 0.4, 0.45}, cloud{5, 0.1, 0.2}};

inline bifiltered_complex rips_of(const cloud& c) {
    const matrix<double> points = points_of(c.seed);
    return complexes::flag(complexes::gaussian_codensity(points, c.bandwidth),
                           complexes::half_distance(points), c.threshold);
}

} // namespace recorded
