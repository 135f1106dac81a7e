// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "pairwise_kernel_sums.hpp"
#include "plane_boxes.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The sums of a kernel over the pairs of points of the plane whose boxes lie at most `reach` rows and
/// columns apart: for a bandwidth so small that a point has few others within reach. The points stand in the
/// order of their boxes, so those within reach in one row of boxes are one run.
///
/// Time: one kernel for each such pair. Memory: some 60 bytes a point.
template <class Kernel>
class plane_near_sums {
public:
    /// unit: length 1 of the kernel in units of the points.
    plane_near_sums(matrix_view<const double> points, std::shared_ptr<const plane_boxes> boxes, double unit,
                    std::int64_t reach)
        : boxes_(std::move(boxes)), reach_(reach),
          cloud_(gather_rows<double>(points, std::span(boxes_->order())), unit) {}

    /// Kernels of one sum, those counted that fill up vectors.
    [[nodiscard]] static double work(const plane_boxes& boxes, std::int64_t reach) {
        double kernels = 0;
        for (std::size_t box = 0; box < boxes.count(); ++box)
            for_runs(boxes, box, reach, [&](index_range run) {
                kernels += static_cast<double>(boxes.begin(box + 1) - boxes.begin(box)) *
                           static_cast<double>(run.end - run.begin + kernel_cloud::width);
            });
        return kernels;
    }

    /// sum_j k((x_i - x_j) / unit) for all i.
    [[nodiscard]] std::vector<double> sums(const execution& where) const {
        std::vector<double> sorted(cloud_.points(), 0.0);
        for_boxes(where, [&](index_range members, index_range run) {
            add_kernel_sums<Kernel>(cloud_, members, run, sorted);
        });
        std::vector<double> result(sorted.size());
        for (std::size_t c = 0; c < sorted.size(); ++c)
            result[boxes_->order()[c]] = sorted[c];
        return result;
    }

    /// gradient += the derivative of sum_i shares_i sum_j k((x_i - x_j) / unit) by the points, the shares
    /// held fixed.
    void add_slopes(std::span<const double> shares, matrix_view<double> gradient,
                    const execution& where) const {
        std::vector<double> sorted_shares(cloud_.padded_size(), 0.0);
        for (std::size_t c = 0; c < cloud_.points(); ++c)
            sorted_shares[c] = shares[boxes_->order()[c]];
        matrix<double> sorted = matrix<double>::Zero(gradient.rows(), gradient.columns());
        const matrix_view<double> slopes(sorted);
        for_boxes(where, [&](index_range members, index_range run) {
            add_kernel_slopes<Kernel>(cloud_, members, run, sorted_shares, slopes);
        });
        for (std::size_t c = 0; c < cloud_.points(); ++c)
            gradient.eigen().row(boxes_->order()[c]) += sorted.row(static_cast<Eigen::Index>(c));
    }

private:
    /// body(run) for every run of points within reach of a box.
    template <class Body>
    static void for_runs(const plane_boxes& boxes, std::size_t box, std::int64_t reach, const Body& body) {
        const box_place place = boxes.places()[box];
        const auto [first_row, last_row] = boxes.near_rows(place.row, reach);
        for (std::size_t row = first_row; row < last_row; ++row) {
            const auto [first, last] = boxes.near_boxes(boxes.rows()[row], place.column, reach);
            if (first < last)
                body(index_range{boxes.begin(first), boxes.begin(last)});
        }
    }

    /// body(members, run) for every box and every run within its reach, in parallel over the boxes.
    template <class Body>
    void for_boxes(const execution& where, const Body& body) const {
        where.parallel_ranges(
            static_cast<std::int64_t>(boxes_->count()), 16, [&](std::int64_t begin, std::int64_t end) {
                where.check_interruption();
                for (auto box = static_cast<std::size_t>(begin); box < static_cast<std::size_t>(end); ++box)
                    for_runs(*boxes_, box, reach_, [&](index_range run) {
                        body({boxes_->begin(box), boxes_->begin(box + 1)}, run);
                    });
            });
    }

    std::shared_ptr<const plane_boxes> boxes_;
    std::int64_t reach_;
    kernel_cloud cloud_;
};

} // namespace topoprune::detail
