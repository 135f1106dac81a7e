// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "exact_repulsion.hpp"
#include "plane_convolution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace topoprune::detail {

/// Where points of the plane lie on a grid.
struct grid_placement {
    plane_grid grid;
    float left = 0, bottom = 0; // of the first node
    float nodes_per_unit = 1;
    /// The grid was to have more nodes than a side may have; it is coarser than the kernel asks for.
    bool bound = false;
};

/// The quintic B-spline around a point: the first of the six nodes it reaches, what each of them weighs, and
/// the derivatives of these by the coordinate in units of nodes. Two zeros fill up the width of a vector.
struct spline_weights {
    std::int64_t first = 0;
    std::array<float, 8> values{}, slopes{};
};

[[nodiscard, gnu::always_inline]] inline spline_weights
spline_around(float coordinate, float origin, float nodes_per_unit, std::int64_t nodes) {
    const float u = (coordinate - origin) * nodes_per_unit;
    spline_weights result;
    // Rounding may carry the outermost points over the edge by a hair.
    result.first = std::clamp<std::int64_t>(static_cast<std::int64_t>(u) - 2, 0, nodes - 8);
    const float t = u - static_cast<float>(result.first + 2), s = 1 - t;
    const auto inner = [](float x) { return (66 + x * x * (-60 + x * x * (30 - 10 * x))) / 120; };
    const auto outer = [](float x) {
        return (26 + x * (-50 + x * (20 + x * (20 + x * (-20 + 5 * x))))) / 120;
    };
    const auto inner_slope = [](float x) { return x * (-12 + x * x * (12 - 5 * x)) / 12; };
    const auto outer_slope = [](float x) { return (-10 + x * (8 + x * (12 + x * (-16 + 5 * x)))) / 24; };
    const float t2 = t * t, s2 = s * s;
    result.values = {s2 * s2 * s / 120, outer(t), inner(t), inner(s), outer(s), t2 * t2 * t / 120, 0, 0};
    result.slopes = {
        -s2 * s2 / 24, outer_slope(t), inner_slope(t), -inner_slope(s), -outer_slope(s), t2 * t2 / 24, 0, 0};
    return result;
}

/// The forces of exact_repulsion by smooth particle mesh (Essmann et al. 1995), the convolution of t-SNE by
/// Fourier transforms (Linderman et al. 2019) reduced to one:
///
/// 1. each point spreads a charge of 1 to 6 x 6 nodes of a grid by quintic B-splines;
/// 2. one convolution with the kernel w gives the potential phi at the nodes;
/// 3. the same splines carry phi back: sum_j w_ij^2 (y_i - y_j) = -1/2 grad phi(y_i), and
///    Z = sum_i phi(y_i) - n.
///
/// The root of the mean squared error of the forces is below 10^-4 of theirs while the picture is smaller
/// than 1, about 4 x 10^-3 for 60,000 points spread over 200 x 200, and 10^-2 where points are so few that
/// each feels but its own grid cell. It falls with the sixth power of the spacing. These errors stand still
/// while points move and hold them back a little: less error, less final divergence.
///
/// Nodes lie `spacing` apart, or closer where the picture is small: at least `least_intervals` span its
/// longer side. Spacings and sizes are rounded to a ladder, so that the transformed kernel serves many
/// iterations. A side has at most `most_nodes` nodes; of a wider picture the grid is coarser, which blurs
/// the repulsion between neighbors, and bound() tells so.
///
/// Time O(n + m log m) for m nodes; memory 24 bytes a node and 4 bytes a point.
class interpolated_repulsion {
public:
    static constexpr double spacing = 0.4;
    static constexpr std::int64_t least_intervals = 24;
    static constexpr std::int64_t most_nodes = 1024;

    /// Adds up all forces on the points, n x 2, finite. The same bits on any number of threads.
    TOPOPRUNE_DECLARE void sum(const planar_positions& points, repulsion& result, const execution& where);

    /// Whether a grid was ever held to most_nodes.
    [[nodiscard]] bool bound() const { return bound_; }
    [[nodiscard]] const grid_placement& placement() const { return placement_; }

private:
    static constexpr std::int64_t grain = 1024;
    static constexpr std::int64_t band_rows = 8;

    TOPOPRUNE_DECLARE [[nodiscard]] static grid_placement place_grid(const planar_positions& points);

    /// Nodes for so many intervals: 8 more, and up to a sixteenth more, so that sizes change seldom.
    [[nodiscard]] static std::int64_t round_up(double intervals) {
        const std::int64_t nodes = static_cast<std::int64_t>(std::ceil(intervals)) + 8;
        const std::int64_t rung = std::max<std::int64_t>(8, nodes / 32 * 2);
        return (nodes + rung - 1) / rung * rung;
    }

    [[nodiscard]] spline_weights across(float x) const {
        return spline_around(x, placement_.left, placement_.nodes_per_unit, placement_.grid.columns);
    }
    [[nodiscard]] spline_weights along(float y) const {
        return spline_around(y, placement_.bottom, placement_.nodes_per_unit, placement_.grid.rows);
    }

    /// Counting sort of the points by the band of their first row, stable.
    TOPOPRUNE_DECLARE void sort_into_bands(const planar_positions& points);

    TOPOPRUNE_DECLARE void spread_band(const planar_positions& points, std::int64_t band);

    /// Forces on the points begin ... end - 1; returns the sum of phi over them.
    TOPOPRUNE_DECLARE [[nodiscard]] double gather(const planar_positions& points, std::size_t begin,
                                                  std::size_t end, planar_positions& forces) const;

    plane_convolution convolution_;
    grid_placement placement_;
    bool bound_ = false;
    std::vector<std::uint16_t> band_of_;
    std::vector<std::int32_t> band_begins_, order_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "interpolated_repulsion.ipp"
#endif
