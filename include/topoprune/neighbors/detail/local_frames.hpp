// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/lifetime.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "all_pairs.hpp"
#include "candidate_lists.hpp"
#include "product_tiles.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

/// Pairs of samples compared by float products in frames of their own, for samples that lie so near one
/// another, beside their distance from the mean of all, that float does not tell them apart.
namespace topoprune::detail {

/// The rows of a product form in double, row i that of the sample in place i of an order, in the same units:
///     raw(i, j) = |row_i - row_j|^2 / 2 + surplus_i + surplus_j.
/// They are made from the samples when they are asked for: all of them would take twice the memory of the
/// samples. A view of what it is made from. 4 bytes a sample.
class unrounded_rows {
public:
    template <GivesUnroundedRows M>
    unrounded_rows(matrix_view<const float> points TOPOPRUNE_LIVES_AS_LONG,
                   const M& metric TOPOPRUNE_LIVES_AS_LONG, const product_form& form,
                   std::span<const std::int32_t> order, const execution& where)
        : samples_(points.rows()), columns_(points.columns()),
          surpluses_(static_cast<std::size_t>(points.rows()), 0.0F),
          write_([points, &metric, order, length_unit = std::sqrt(form.unit)](std::int64_t place,
                                                                              std::span<double> row) {
              metric.write_unrounded_row(points.row(order[static_cast<std::size_t>(place)]), row);
              for (double& coordinate : row)
                  coordinate /= length_unit;
          }) {
        where.parallel_ranges(samples_, 256, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t place = begin; place < end; ++place)
                surpluses_[static_cast<std::size_t>(place)] =
                    surplus_of(form, order[static_cast<std::size_t>(place)]);
        });
    }

    [[nodiscard]] std::int64_t samples() const { return samples_; }
    [[nodiscard]] std::int64_t columns() const { return columns_; }
    /// What halves exceed |row|^2 / 2 by: 1/2 for samples without a direction, else 0.
    [[nodiscard]] double surplus(std::int64_t place) const {
        return double{surpluses_[static_cast<std::size_t>(place)]};
    }
    /// row: d numbers. O(d).
    void write(std::int64_t place, Eigen::RowVectorXd& row) const {
        write_(place, {row.data(), static_cast<std::size_t>(row.size())});
    }

private:
    TOPOPRUNE_DECLARE static float surplus_of(const product_form& form, std::int64_t sample);

    std::int64_t samples_;
    std::int64_t columns_;
    std::vector<float> surpluses_;
    std::function<void(std::int64_t, std::span<double>)> write_;
};

/// A ball that holds at least half of some samples: where most of them are, whatever the others.
struct local_frame {
    Eigen::RowVectorXd center;
    double radius = 0;
    /// A power of two that brings the radius near 1, so that no square of a difference within it is lost.
    double scale = 1;
};

/// Of four samples of the range the one with the least median distance from all; the center is the mean of
/// those within that distance, so that no outlier moves it. O(d) a sample.
TOPOPRUNE_DECLARE [[nodiscard]] local_frame frame_of(const unrounded_rows& source, sample_range samples);

/// Samples of a range in the coordinates of a frame, in float, and what bounds the rounding.
///
/// With x = scale (row - center), cut off at 2^50, u the unit roundoff and m = d + 4, the float product of
/// two such rows errs by at most g |x_i| |x_j|, g = m u / (1 - 2 m u) (Higham 2002, eq. 3.5), and the
/// roundings of rows, halves and sums add up to less than 16 u (|x_i|^2 + |x_j|^2) / 2. So rows are
/// lengthened by the coordinate sqrt(g) |x|, halves lose the share 16 u and what products below the normal
/// numbers lose, and
///     halves_i + halves_j - <rows_i, rows_j>
/// is at most scale^2 raw(i, j), as no cut lengthens a difference, and near it where the center is near.
struct framed_rows {
    /// samples x (d + 1), row-major.
    matrix<float> rows;
    std::vector<float> halves;

    TOPOPRUNE_DECLARE void assign(const unrounded_rows& source, sample_range samples,
                                  const local_frame& frame);
};

/// Compares ranges of samples for offer_all_pairs, in the smaller of the frames of the two. A pair that is a
/// candidate but lies far from the center, where the bound says little, is measured in double. The values are
/// lower bounds of sqrt(raw(i, j)): squares of what float can hold may be beyond it. Ranges must be those of
/// offer_all_pairs.
class framed_products {
public:
    static constexpr std::int64_t most_columns = tile_columns;
    /// Beyond, the bound of the rounding does not hold.
    static constexpr std::int64_t most_coordinates = std::int64_t{1} << 20;

    TOPOPRUNE_DECLARE framed_products(const unrounded_rows& source, const execution& where);

    TOPOPRUNE_DECLARE void offer(sample_range rows, sample_range columns, candidate_lists& lists) const;

    /// The share of itself by which a value may lie below raw.
    static constexpr double most_error = 0x1p-10;

private:
    /// Two rows in double.
    struct row_pair {
        Eigen::RowVectorXd first, second;
    };
    /// raw(i, j) in double.
    TOPOPRUNE_DECLARE [[nodiscard]] double raw(std::int64_t i, std::int64_t j, row_pair& room) const;

    const unrounded_rows& source_;
    std::int64_t block_;
    std::vector<local_frame> frames_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "local_frames.ipp"
#endif
