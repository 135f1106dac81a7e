// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/class_partition.hpp"
#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"
#include "../../select/subset.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace topoprune::detail {

/// Most points that the picture draws, and how many of them the kept ones may take.
inline constexpr std::int64_t most_drawn_points = 200'000;
inline constexpr std::int64_t most_drawn_kept_points = 150'000;

/// The points that have a place in the first two columns of an embedding, and that place on a grid of 4096
/// steps along the longer side.
class drawn_points {
public:
    TOPOPRUNE_DECLARE drawn_points(const matrix<double>& embedding, const class_partition& classes,
                                   const std::vector<sample_reason>& reasons);

    /// Row numbers, class by class, ascending in each; pruned are all that were not kept.
    std::vector<std::int64_t> pruned;
    std::vector<std::int64_t> kept;

    [[nodiscard]] bool empty() const { return pruned.empty() && kept.empty(); }
    /// The sides of the picture in grid steps, at most 4095.
    [[nodiscard]] std::int64_t width() const { return step(high_[0], 0); }
    [[nodiscard]] std::int64_t height() const { return step(high_[1], 1); }
    [[nodiscard]] std::int64_t step_of(std::int64_t row, int column) const {
        return step(value(row, column), column);
    }

private:
    [[nodiscard]] double value(std::int64_t row, int column) const {
        return column < embedding_.cols() ? embedding_(row, column) : 0.0;
    }

    [[nodiscard]] bool has_place(std::int64_t row) const {
        return embedding_.cols() > 0 && std::isfinite(value(row, 0)) && std::isfinite(value(row, 1));
    }

    [[nodiscard]] std::int64_t step(double coordinate, int column) const {
        const double side = std::max(high_[0] - low_[0], high_[1] - low_[1]);
        return side > 0 && std::isfinite(side) ? std::lround(4095 * ((coordinate - low_[column]) / side)) : 0;
    }

    const matrix<double>& embedding_;
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    double low_[2] = {infinity, infinity};
    double high_[2] = {-infinity, -infinity};
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "drawn_points.ipp"
#endif
