// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/projection/detail/tsne/plane_convolution.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

/// Quintic B-splines around every node: 66, 26 and 1 of 120 to the nodes 0, 1 and 2 away. Smooths the
/// interior of a grid.
std::vector<double> smooth(const std::vector<double>& values, const plane_grid& grid) {
    constexpr std::array<double, 5> spline{1.0 / 120, 26.0 / 120, 66.0 / 120, 26.0 / 120, 1.0 / 120};
    std::vector<double> result(values.size(), 0.0);
    for (std::int64_t r = 2; r + 2 < grid.rows; ++r)
        for (std::int64_t c = 2; c + 2 < grid.columns; ++c)
            for (std::int64_t dr = -2; dr <= 2; ++dr)
                for (std::int64_t dc = -2; dc <= 2; ++dc)
                    result[static_cast<std::size_t>(r * grid.columns + c)] +=
                        spline[static_cast<std::size_t>(dr + 2)] * spline[static_cast<std::size_t>(dc + 2)] *
                        values[static_cast<std::size_t>((r + dr) * grid.columns + c + dc)];
    return result;
}

} // namespace

TEST_CASE("transform lengths are fast and not much too long") {
    for (std::int64_t least = 1; least < 2200; ++least) {
        const std::int64_t length = fast_transform_length(least);
        CHECK(length >= least);
        CHECK(length % 20 == 0);
        CHECK(static_cast<double>(length) <= 1.25 * static_cast<double>(least) + 20);
    }
}

TEST_CASE("splines carry the kernel from node to node") {
    for (const plane_grid& grid :
         {plane_grid{40, 25, 0.4}, plane_grid{12, 64, 1.5}, plane_grid{20, 20, 1e-3}}) {
        plane_convolution convolution;
        convolution.prepare(grid, execution{});
        // A charge at node (5, 5) and one of -2 at (7, 10), as the splines spread them.
        std::vector<double> charges(static_cast<std::size_t>(grid.rows * grid.columns), 0.0);
        charges[static_cast<std::size_t>(5 * grid.columns + 5)] = 1;
        charges[static_cast<std::size_t>(10 * grid.columns + 7)] = -2;
        const std::vector<double> spread = smooth(charges, grid);
        std::transform(spread.begin(), spread.end(), convolution.values().begin(),
                       [](double q) { return static_cast<float>(q); });
        convolution.convolve(execution{});
        const std::vector<double> found =
            smooth({convolution.values().begin(), convolution.values().end()}, grid);
        const double tolerance = 1e-5 * convolution.peak();
        for (std::int64_t r = 2; r + 2 < grid.rows; ++r)
            for (std::int64_t c = 2; c + 2 < grid.columns; ++c) {
                const auto kernel = [&](std::int64_t row, std::int64_t column) {
                    const double x = grid.spacing * static_cast<double>(c - column);
                    const double y = grid.spacing * static_cast<double>(r - row);
                    return 1 / (1 + x * x + y * y) - convolution.least();
                };
                const double expected = kernel(5, 5) - 2 * kernel(10, 7);
                CHECK(std::abs(found[static_cast<std::size_t>(r * grid.columns + c)] - expected) < tolerance);
            }
    }
}
