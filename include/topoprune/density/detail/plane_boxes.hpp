// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/matrix.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// A column and a row of the grid of boxes; ordered row by row.
struct box_place {
    std::int64_t row = 0;
    std::int64_t column = 0;

    friend auto operator<=>(const box_place&, const box_place&) = default;
};

/// The boxes [begin, end) of one row of the grid.
struct box_row {
    std::int64_t row = 0;
    std::size_t begin = 0, end = 0;
};

/// The points of the plane sorted into square boxes, empty boxes left out: O(n log n) time, 40 bytes a point.
class plane_boxes {
public:
    /// Boxes from the origin in each direction; beyond, the centers of the boxes would not be exact.
    static constexpr double most_boxes = 1 << 28;

    /// Rounded up to 24 bits, so that every center (b + 1/2) side is a double without rounding and a place in
    /// a box keeps all the digits of its point.
    [[nodiscard]] static double rounded_side(double side) {
        int exponent = 0;
        const double fraction = std::frexp(side, &exponent);
        return std::ldexp(std::ceil(std::ldexp(fraction, 24)), exponent - 24);
    }

    [[nodiscard]] static bool can_hold(matrix_view<const double> points, double side) {
        return points.columns() == 2 && std::isnormal(side) &&
               (points.empty() || points.eigen().cwiseAbs().maxCoeff() / side < most_boxes);
    }

    /// Needs can_hold(points, side); side = rounded_side(side).
    TOPOPRUNE_DECLARE plane_boxes(matrix_view<const double> points, double side);

    [[nodiscard]] std::size_t count() const { return places_.size(); }
    [[nodiscard]] const std::vector<box_place>& places() const { return places_; }
    /// Ascending.
    [[nodiscard]] const std::vector<box_row>& rows() const { return rows_; }

    /// The rows at most `reach` from a row: [first, last) of rows().
    TOPOPRUNE_DECLARE [[nodiscard]] std::pair<std::size_t, std::size_t> near_rows(std::int64_t row,
                                                                                  std::int64_t reach) const;

    /// The boxes of a row at most `reach` from a column: [first, last) of places().
    TOPOPRUNE_DECLARE [[nodiscard]] std::pair<std::size_t, std::size_t>
    near_boxes(const box_row& row, std::int64_t column, std::int64_t reach) const;

    /// The points of a box are those at [begin(box), begin(box + 1)) of the arrays below.
    [[nodiscard]] std::size_t begin(std::size_t box) const { return begins_[box]; }
    /// Ascending inside a box.
    [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }
    /// Coordinates from the center of the box, in half sides: in [-1, 1].
    [[nodiscard]] const std::vector<double>& x() const { return x_; }
    [[nodiscard]] const std::vector<double>& y() const { return y_; }

private:
    [[nodiscard]] static double local(double coordinate, std::int64_t box, double side) {
        const double center = (static_cast<double>(box) + 0.5) * side;
        return std::clamp((coordinate - center) / (0.5 * side), -1.0, 1.0);
    }

    std::vector<box_place> places_;
    std::vector<box_row> rows_;
    std::vector<std::size_t> begins_;
    std::vector<std::uint32_t> order_;
    std::vector<double> x_, y_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "plane_boxes.ipp"
#endif
