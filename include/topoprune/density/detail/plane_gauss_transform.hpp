// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/dense_products.hpp"
#include "../../core/detail/dense_sums.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "gauss_accuracy.hpp"
#include "gauss_expansion.hpp"
#include "plane_boxes.hpp"

#include <algorithm>
#include <cmath>
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
    [[nodiscard]] std::vector<double> sums(const execution& where) const {
        const std::int64_t p = accuracy_.value_terms;
        const Eigen::ArrayXd local = expand({}, p, where);
        std::vector<double> result(boxes_.order().size());
        for_chunks(where, [&](std::size_t box, std::size_t begin, std::size_t end) {
            const chunk_polynomials at(boxes_, begin, end, p);
            Eigen::ArrayXXd by_y = Eigen::ArrayXXd::Zero(at.x.rows(), p);
            add_product(at.x, block(local, box, p), by_y);
            const Eigen::ArrayXd values = row_dots(by_y, at.y);
            for (std::size_t c = begin; c < end; ++c)
                result[boxes_.order()[c]] = values(static_cast<Eigen::Index>(c - begin));
        });
        return result;
    }

    /// gradient_i += sum_j (shares_i + shares_j) grad k(x_i - x_j), by units of the points.
    void add_slopes(std::span<const double> shares, matrix_view<double> gradient,
                    const execution& where) const {
        const std::int64_t p = accuracy_.slope_terms;
        const Eigen::ArrayXd ones = expand({}, p, where);
        const Eigen::ArrayXd shared = expand(shares, p, where);
        for_chunks(where, [&](std::size_t box, std::size_t begin, std::size_t end) {
            const chunk_polynomials at(boxes_, begin, end, p);
            const auto count = static_cast<Eigen::Index>(end - begin);
            Eigen::ArrayXXd slopes(count, p);
            Eigen::ArrayXd own(count);
            for (std::size_t c = begin; c < end; ++c)
                own(static_cast<Eigen::Index>(c - begin)) = shares[boxes_.order()[c]];
            const auto polynomial_of_y = [&](const Eigen::ArrayXXd& of_x) {
                const Eigen::ArrayXXd weighted = of_x.colwise() * own;
                Eigen::ArrayXXd result = Eigen::ArrayXXd::Zero(count, p);
                add_product(weighted, block(ones, box, p), result);
                add_product(of_x, block(shared, box, p), result);
                return result;
            };
            const Eigen::ArrayXXd by_y = polynomial_of_y(at.x);
            write_chebyshev_slopes(points_at(boxes_.y(), begin, end), at.y, slopes);
            const Eigen::ArrayXd pull_y = row_dots(by_y, slopes);
            write_chebyshev_slopes(points_at(boxes_.x(), begin, end), at.x, slopes);
            const Eigen::ArrayXd pull_x = row_dots(polynomial_of_y(slopes), at.y);
            for (std::size_t c = begin; c < end; ++c) {
                const auto i = static_cast<std::int64_t>(boxes_.order()[c]);
                gradient(i, 0) += pull_x(static_cast<Eigen::Index>(c - begin)) / (0.5 * side_);
                gradient(i, 1) += pull_y(static_cast<Eigen::Index>(c - begin)) / (0.5 * side_);
            }
        });
    }

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
    void find_moves() {
        for (const box_row& row : boxes_.rows()) {
            moved_row moved{.columns = {}, .first = row_of_move_.size()};
            const auto [first_row, last_row] = boxes_.near_rows(row.row, accuracy_.reach);
            for (std::size_t box = boxes_.rows()[first_row].begin; box < boxes_.rows()[last_row - 1].end;
                 ++box)
                moved.columns.push_back(boxes_.places()[box].column);
            std::sort(moved.columns.begin(), moved.columns.end());
            moved.columns.erase(std::unique(moved.columns.begin(), moved.columns.end()), moved.columns.end());
            std::erase_if(moved.columns, [&](std::int64_t column) {
                const auto [first, last] = boxes_.near_boxes(row, column, accuracy_.reach);
                moves_ += static_cast<double>(last - first);
                return first == last;
            });
            row_of_move_.insert(row_of_move_.end(), moved.columns.size(), moved_rows_.size());
            moved_rows_.push_back(std::move(moved));
        }
        for (const box_place& place : boxes_.places())
            for_arrivals(place, [&](std::size_t, std::int64_t) { ++moves_; });
    }

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
    [[nodiscard]] Eigen::ArrayXd expand(std::span<const double> charges, std::int64_t p,
                                        const execution& where) const {
        std::vector<Eigen::MatrixXd> expansions;
        for (std::int64_t d = -accuracy_.reach; d <= accuracy_.reach; ++d)
            expansions.push_back(
                gauss_expansion(p, 0.5 * side_ / unit_, static_cast<double>(d) * side_ / unit_));
        const auto expansion = [&](std::int64_t to, std::int64_t from) -> const Eigen::MatrixXd& {
            return expansions[static_cast<std::size_t>(to - from + accuracy_.reach)];
        };

        Eigen::ArrayXd moments = Eigen::ArrayXd::Zero(std::ssize(boxes_.places()) * p * p);
        where.parallel_for(std::ssize(boxes_.places()), [&](std::int64_t task) {
            where.check_interruption();
            const auto box = static_cast<std::size_t>(task);
            for (std::size_t begin = boxes_.begin(box); begin < boxes_.begin(box + 1); begin += chunk) {
                const std::size_t end = std::min(begin + chunk, boxes_.begin(box + 1));
                chunk_polynomials at(boxes_, begin, end, p);
                for (std::size_t c = begin; c < end && !charges.empty(); ++c)
                    at.y.row(static_cast<Eigen::Index>(c - begin)) *= charges[boxes_.order()[c]];
                add_product(strided_view<const double>(at.x).transposed(), at.y, block(moments, box, p));
            }
        });

        Eigen::ArrayXd moved = Eigen::ArrayXd::Zero(std::ssize(row_of_move_) * p * p);
        where.parallel_for(std::ssize(row_of_move_), [&](std::int64_t task) {
            where.check_interruption();
            const auto move = static_cast<std::size_t>(task);
            const std::size_t row = row_of_move_[move];
            const std::int64_t column = moved_rows_[row].columns[move - moved_rows_[row].first];
            const auto [first, last] = boxes_.near_boxes(boxes_.rows()[row], column, accuracy_.reach);
            for (std::size_t box = first; box < last; ++box)
                add_product(expansion(column, boxes_.places()[box].column),
                            block(std::as_const(moments), box, p), block(moved, move, p));
        });

        // The moments have been used up; the polynomials take their place.
        moments.setZero();
        where.parallel_for(std::ssize(boxes_.places()), [&](std::int64_t task) {
            const auto box = static_cast<std::size_t>(task);
            const box_place place = boxes_.places()[box];
            for_arrivals(place, [&](std::size_t move, std::int64_t row) {
                add_product(block(std::as_const(moved), move, p),
                            strided_view<const double>(expansion(place.row, row)).transposed(),
                            block(moments, box, p));
            });
        });
        return moments;
    }

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
