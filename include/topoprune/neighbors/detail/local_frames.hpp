// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "all_pairs.hpp"
#include "candidate_lists.hpp"
#include "product_tiles.hpp"

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

/// Pairs of samples compared by float products in frames of their own, for samples that lie so near one
/// another, beside their distance from the mean of all, that float does not tell them apart.
namespace topoprune::detail {

/// The rows of a product form in double, row i that of the sample in place i, in the same units:
///     raw(i, j) = |row_i - row_j|^2 / 2 + surplus_i + surplus_j.
/// 8 d + 4 bytes a sample.
struct unrounded_rows {
    /// n x d, row-major.
    matrix<double> rows;
    /// n; what halves exceed |row|^2 / 2 by: 1/2 for samples without a direction, else 0.
    std::vector<float> surpluses;
};

/// O(n d).
template <GivesUnroundedRows M>
[[nodiscard]] unrounded_rows
write_unrounded_rows(matrix_view<const float> points, const M& metric, const product_form& form,
                     std::span<const std::int32_t> order, const execution& where) {
    const std::int64_t n = points.rows(), d = points.columns();
    unrounded_rows result{.rows = matrix<double>(n, d),
                          .surpluses = std::vector<float>(static_cast<std::size_t>(n), 0.0F)};
    const double length_unit = std::sqrt(form.unit);
    where.parallel_ranges(n, 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t place = begin; place < end; ++place) {
            const std::int64_t i = order[static_cast<std::size_t>(place)];
            metric.write_unrounded_row(points.row(i), {result.rows.row(place).data(), points.row(i).size()});
            result.rows.row(place) /= length_unit;
            const double half = form.halves[static_cast<std::size_t>(i)];
            const double surplus = half - 0.5 * form.rows.row(i).template cast<double>().squaredNorm();
            // Less is the rounding of rows and halves.
            if (surplus > 0x1p-22 * half + 0x1p-126)
                result.surpluses[static_cast<std::size_t>(place)] = static_cast<float>(surplus);
        }
    });
    return result;
}

/// A ball that holds at least half of some samples: where most of them are, whatever the others.
struct local_frame {
    Eigen::RowVectorXd center;
    double radius = 0;
    /// A power of two that brings the radius near 1, so that no square of a difference within it is lost.
    double scale = 1;
};

/// Of four samples of the range the one with the least median distance from all; the center is the mean of
/// those within that distance, so that no outlier moves it. O(d) a sample.
TOPOPRUNE_DECLARE [[nodiscard]] local_frame frame_of(const matrix<double>& rows, sample_range samples);

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
    /// In double.
    TOPOPRUNE_DECLARE [[nodiscard]] double raw(std::int64_t i, std::int64_t j) const;

    const unrounded_rows& source_;
    std::int64_t block_;
    std::vector<local_frame> frames_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "local_frames.ipp"
#endif
