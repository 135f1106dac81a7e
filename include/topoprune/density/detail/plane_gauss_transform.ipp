// SPDX-License-Identifier: MIT
#pragma once

#include "plane_gauss_transform.hpp"

#include "../../core/detail/dense_products.hpp"
#include "../../core/detail/dense_sums.hpp"

#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::vector<double> plane_gauss_transform::sums(const execution& where) const {
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

TOPOPRUNE_DEFINE void plane_gauss_transform::add_slopes(std::span<const double> shares,
                                                        matrix_view<double> gradient,
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

TOPOPRUNE_DEFINE void plane_gauss_transform::find_moves() {
    for (const box_row& row : boxes_.rows()) {
        moved_row moved{.columns = {}, .first = row_of_move_.size()};
        const auto [first_row, last_row] = boxes_.near_rows(row.row, accuracy_.reach);
        for (std::size_t box = boxes_.rows()[first_row].begin; box < boxes_.rows()[last_row - 1].end; ++box)
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

TOPOPRUNE_DEFINE Eigen::ArrayXd plane_gauss_transform::expand(std::span<const double> charges, std::int64_t p,
                                                              const execution& where) const {
    std::vector<Eigen::MatrixXd> expansions;
    for (std::int64_t d = -accuracy_.reach; d <= accuracy_.reach; ++d)
        expansions.push_back(gauss_expansion(p, 0.5 * side_ / unit_, static_cast<double>(d) * side_ / unit_));
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
            add_product(expansion(column, boxes_.places()[box].column), block(std::as_const(moments), box, p),
                        block(moved, move, p));
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

} // namespace topoprune::detail
