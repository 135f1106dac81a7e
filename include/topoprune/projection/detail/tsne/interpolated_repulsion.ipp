// SPDX-License-Identifier: MIT
#pragma once

#include "interpolated_repulsion.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE void interpolated_repulsion::sum(const planar_positions& points, repulsion& result,
                                                  const execution& where) {
    const auto n = static_cast<std::int64_t>(points.size());
    result.forces.x.resize(points.size());
    result.forces.y.resize(points.size());
    placement_ = place_grid(points);
    bound_ = bound_ || placement_.bound;
    convolution_.prepare(placement_.grid, where);
    sort_into_bands(points);
    std::fill(convolution_.values().begin(), convolution_.values().end(), 0.0F);
    // A band writes a few rows of the next one, so all even ones go first, then all odd ones.
    const auto bands = static_cast<std::int64_t>(band_begins_.size()) - 1;
    for (const std::int64_t parity : {0, 1})
        where.parallel_for((bands + 1 - parity) / 2,
                           [&](std::int64_t pair) { spread_band(points, 2 * pair + parity); });
    convolution_.convolve(where);

    std::vector<double> shares(static_cast<std::size_t>((n + grain - 1) / grain));
    where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
        shares[static_cast<std::size_t>(begin / grain)] =
            gather(points, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), result.forces);
    });
    // All pairs, less each point with itself. The kernel is nowhere less than its least value, whatever
    // a coarse grid makes of it.
    const double count = static_cast<double>(n), least = convolution_.least();
    double above = -count * convolution_.peak();
    for (const double share : shares)
        above += share;
    result.normalization = count * (count - 1) * least + std::max(above, 0.0);
}

TOPOPRUNE_DEFINE grid_placement interpolated_repulsion::place_grid(const planar_positions& points) {
    const auto [left, right] = std::minmax_element(points.x.begin(), points.x.end());
    const auto [bottom, top] = std::minmax_element(points.y.begin(), points.y.end());
    const double width = static_cast<double>(*right) - static_cast<double>(*left);
    const double height = static_cast<double>(*top) - static_cast<double>(*bottom);
    const double side = std::max({width, height, 1e-30});
    grid_placement placement;
    double step = spacing;
    if (side < spacing * static_cast<double>(least_intervals))
        step = std::exp2(std::floor(2 * std::log2(side / static_cast<double>(least_intervals))) / 2);
    const double coarsest = side / static_cast<double>(most_nodes - 16);
    if (step < coarsest) {
        placement.bound = true;
        step = std::exp2(std::ceil(4 * std::log2(coarsest)) / 4);
    }
    placement.grid = {.columns = round_up(width / step), .rows = round_up(height / step), .spacing = step};
    placement.nodes_per_unit = static_cast<float>(1 / step);
    // Two nodes before the first point, for the spline's reach.
    placement.left = *left - static_cast<float>(2 * step);
    placement.bottom = *bottom - static_cast<float>(2 * step);
    return placement;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void interpolated_repulsion::sort_into_bands(const planar_positions& points) {
    const std::size_t n = points.size();
    const auto bands = static_cast<std::size_t>((placement_.grid.rows + band_rows - 1) / band_rows);
    band_begins_.assign(bands + 1, 0);
    band_of_.resize(n);
    order_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        band_of_[i] = static_cast<std::uint16_t>(along(points.y[i]).first / band_rows);
        ++band_begins_[band_of_[i] + std::size_t{1}];
    }
    for (std::size_t b = 1; b <= bands; ++b)
        band_begins_[b] += band_begins_[b - 1];
    std::vector<std::int32_t> next(band_begins_.begin(), band_begins_.end() - 1);
    for (std::size_t i = 0; i < n; ++i)
        order_[static_cast<std::size_t>(next[band_of_[i]]++)] = static_cast<std::int32_t>(i);
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void interpolated_repulsion::spread_band(const planar_positions& points,
                                                                      std::int64_t band) {
    float* values = convolution_.values().data();
    const std::int64_t columns = placement_.grid.columns;
    for (auto at = band_begins_[static_cast<std::size_t>(band)];
         at < band_begins_[static_cast<std::size_t>(band) + 1]; ++at) {
        const auto i = static_cast<std::size_t>(order_[static_cast<std::size_t>(at)]);
        const spline_weights x = across(points.x[i]), y = along(points.y[i]);
        float* corner = values + y.first * columns + x.first;
        for (std::size_t r = 0; r < 6; ++r)
            for (std::size_t c = 0; c < 8; ++c)
                corner[static_cast<std::int64_t>(r) * columns + static_cast<std::int64_t>(c)] +=
                    y.values[r] * x.values[c];
    }
}

TOPOPRUNE_DEFINE_OUT_OF_LINE double interpolated_repulsion::gather(const planar_positions& points,
                                                                   std::size_t begin, std::size_t end,
                                                                   planar_positions& forces) const {
    const float* values = convolution_.values().data();
    const std::int64_t columns = placement_.grid.columns;
    const float scale = -placement_.nodes_per_unit / 2;
    double share = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const spline_weights x = across(points.x[i]), y = along(points.y[i]);
        const float* corner = values + y.first * columns + x.first;
        std::array<float, 8> valued{}, sloped{};
        for (std::size_t r = 0; r < 6; ++r)
            for (std::size_t c = 0; c < 8; ++c) {
                const float phi =
                    corner[static_cast<std::int64_t>(r) * columns + static_cast<std::int64_t>(c)];
                valued[c] += y.values[r] * phi;
                sloped[c] += y.slopes[r] * phi;
            }
        float potential = 0, by_x = 0, by_y = 0;
        for (std::size_t c = 0; c < 6; ++c) {
            potential += x.values[c] * valued[c];
            by_x += x.slopes[c] * valued[c];
            by_y += x.values[c] * sloped[c];
        }
        forces.x[i] = scale * by_x;
        forces.y[i] = scale * by_y;
        share += static_cast<double>(potential);
    }
    return share;
}

} // namespace topoprune::detail
