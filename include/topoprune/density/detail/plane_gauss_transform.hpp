// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "gauss_accuracy.hpp"
#include "gauss_expansion.hpp"
#include "plane_boxes.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The sums of a Gaussian over n points of the plane at the points themselves, by expansions between boxes:
///
/// 1. the charges of a box become p x p moments  M_st = sum_j q_j T_s(x_j) T_t(y_j);
/// 2. moments move along their row to every column within reach, then along the columns to every box within
///    reach: the Gaussian is a product, so a move is a product of p x p matrices on the left, then one on the
///    right;
/// 3. what has come to a box is a polynomial in the place, evaluated and differentiated at its points.
///
/// Time: n p^2 and about 2 (2 reach + 1) p^3 multiply-adds a box that is not empty; p is 20 to 30.
/// Memory: 8 p^2 bytes a box, and as much for each column within reach of its row that needs it.
class plane_gauss_transform {
public:
    /// unit: length 1 of the kernel in units of the points; boxes of side side_of(accuracy, unit).
    plane_gauss_transform(std::shared_ptr<const plane_boxes> boxes, double unit,
                          const gauss_accuracy& accuracy)
        : accuracy_(accuracy), unit_(unit), side_(side_of(accuracy, unit)), shared_boxes_(std::move(boxes)),
          boxes_(*shared_boxes_) {
        find_moves();
    }

    [[nodiscard]] static double side_of(const gauss_accuracy& accuracy, double unit) {
        return plane_boxes::rounded_side(accuracy.side * unit);
    }

    /// Multiply-adds of one sum.
    [[nodiscard]] double work() const { return work(boxes_, accuracy_, moves_); }
    /// Were every box alone.
    [[nodiscard]] static double least_work(const plane_boxes& boxes, const gauss_accuracy& accuracy) {
        return work(boxes, accuracy, 2 * static_cast<double>(boxes.count()));
    }

    /// sum_j k(x_i - x_j) for all i.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> sums(const execution& where) const;

    /// gradient_i += sum_j (shares_i + shares_j) grad k(x_i - x_j), by units of the points.
    TOPOPRUNE_DECLARE void add_slopes(std::span<const double> shares, matrix_view<double> gradient,
                                      const execution& where) const;

private:
    using const_block = Eigen::Map<const Eigen::MatrixXd>;

    /// What has moved along one row of the grid: to which columns, ascending, and the place of the first.
    struct moved_row {
        std::vector<std::int64_t> columns;
        std::size_t first = 0;
    };

    /// Points that are expanded or evaluated at a time.
    static constexpr std::size_t chunk = 128;

    [[nodiscard]] static double work(const plane_boxes& boxes, const gauss_accuracy& accuracy, double moves) {
        const auto p = static_cast<double>(accuracy.value_terms);
        return p * p * (2 * static_cast<double>(boxes.order().size()) + p * moves);
    }

    [[nodiscard]] static Eigen::Map<const Eigen::ArrayXd> points_at(const std::vector<double>& values,
                                                                    std::size_t begin, std::size_t end) {
        return {values.data() + begin, static_cast<Eigen::Index>(end - begin)};
    }

    /// T_s(x) and T_t(y) at some points of a box.
    struct chunk_polynomials {
        Eigen::ArrayXXd x, y;

        chunk_polynomials(const plane_boxes& boxes, std::size_t begin, std::size_t end, std::int64_t p)
            : x(static_cast<Eigen::Index>(end - begin), p), y(static_cast<Eigen::Index>(end - begin), p) {
            write_chebyshev(points_at(boxes.x(), begin, end), x);
            write_chebyshev(points_at(boxes.y(), begin, end), y);
        }
    };

    /// The p x p block at a place of an array of them.
    [[nodiscard]] static const_block block(const Eigen::ArrayXd& blocks, std::size_t at, std::int64_t p) {
        return {blocks.data() + static_cast<std::int64_t>(at) * p * p, p, p};
    }
    [[nodiscard]] static Eigen::Map<Eigen::MatrixXd> block(Eigen::ArrayXd& blocks, std::size_t at,
                                                           std::int64_t p) {
        return {blocks.data() + static_cast<std::int64_t>(at) * p * p, p, p};
    }

    /// Where the moments of a row are needed: at the columns of the boxes of all rows within reach.
    TOPOPRUNE_DECLARE void find_moves();

    /// body(move, row) for every move to the column of a place from a row within reach.
    template <class Body>
    void for_arrivals(const box_place& place, const Body& body) const {
        const auto [first, last] = boxes_.near_rows(place.row, accuracy_.reach);
        for (std::size_t row = first; row < last; ++row) {
            const std::vector<std::int64_t>& columns = moved_rows_[row].columns;
            const auto found = std::lower_bound(columns.begin(), columns.end(), place.column);
            if (found != columns.end() && *found == place.column)
                body(moved_rows_[row].first + static_cast<std::size_t>(found - columns.begin()),
                     boxes_.rows()[row].row);
        }
    }

    /// body(box, begin, end) for at most `chunk` points of one box, in parallel.
    template <class Body>
    void for_chunks(const execution& where, const Body& body) const {
        std::vector<std::pair<std::size_t, std::size_t>> chunks;
        for (std::size_t box = 0; box < boxes_.count(); ++box)
            for (std::size_t begin = boxes_.begin(box); begin < boxes_.begin(box + 1); begin += chunk)
                chunks.emplace_back(box, begin);
        where.parallel_ranges(std::ssize(chunks), 8, [&](std::int64_t first, std::int64_t last) {
            where.check_interruption();
            for (std::int64_t c = first; c < last; ++c) {
                const auto [box, begin] = chunks[static_cast<std::size_t>(c)];
                body(box, begin, std::min(begin + chunk, boxes_.begin(box + 1)));
            }
        });
    }

    /// The polynomial of each box by the charges; no charges: all 1.
    TOPOPRUNE_DECLARE [[nodiscard]] Eigen::ArrayXd expand(std::span<const double> charges, std::int64_t p,
                                                          const execution& where) const;

    gauss_accuracy accuracy_;
    double unit_;
    double side_;
    std::shared_ptr<const plane_boxes> shared_boxes_;
    const plane_boxes& boxes_;
    /// For each row of boxes.
    std::vector<moved_row> moved_rows_;
    std::vector<std::size_t> row_of_move_;
    /// Products of p x p matrices in one sum.
    double moves_ = 0;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "plane_gauss_transform.ipp"
#endif
