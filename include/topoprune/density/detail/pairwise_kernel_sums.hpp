// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"
#include "../../core/exponential.hpp"
#include "../../core/matrix.hpp"
#include "../../core/simd.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The two sums of a kernel density estimate over pairs of points, in any dimension: a vector of columns at a
/// time, in blocks of columns that stay in the cache, added in one order whatever the width of a vector. Each
/// is one out-of-line function: were it inlined in two places, a compiler that contracts multiplies and adds
/// could do so differently there, and the same row would get other bits on another thread.
namespace topoprune::detail {

using kernel_batch = xsimd::batch<double>;

// GCC 12 takes the "undefined" operand inside its own AVX-512 intrinsics for a use of an uninitialized value.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

/// A kernel of points u in units of its own, given the square of |u|: its value k, 1 at 0, and its slope s
/// with grad k = -s u, 0 where the kernel has no gradient.
struct gaussian_kernel {
    /// exp(-|u|^2)
    [[nodiscard]] static kernel_batch value(const kernel_batch& square) { return exponential(-square); }
    [[nodiscard]] static kernel_batch slope(const kernel_batch& square) {
        return kernel_batch(2.0) * exponential(-square);
    }
};

struct exponential_kernel {
    /// exp(-|u|)
    [[nodiscard]] static kernel_batch value(const kernel_batch& square) {
        return exponential(-xsimd::sqrt(square));
    }
    TOPOPRUNE_DECLARE [[nodiscard]] static kernel_batch slope(const kernel_batch& square);
};

/// The points as one array per coordinate in units of the kernel, counted from the first point, and behind
/// them points far away, whose kernel is 0, so that a vector may begin at any of them. 8 m bytes a point.
class kernel_cloud {
public:
    /// Columns that are added up side by side.
    static constexpr std::size_t width = fixed_order_sum::width;

    /// unit: length 1 of the kernel in units of the points.
    TOPOPRUNE_DECLARE kernel_cloud(matrix_view<const double> points, double unit);

    [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
    [[nodiscard]] std::size_t points() const { return points_; }
    /// At least one vector beyond the points.
    [[nodiscard]] std::size_t padded_size() const { return padded_; }
    [[nodiscard]] double unit() const { return unit_; }
    [[nodiscard]] const double* coordinate(std::size_t k) const { return coordinates_.data() + k * padded_; }

private:
    /// Far enough that the kernel is exactly 0, near enough that its square is finite.
    static constexpr double far_away = 1e150;
    /// Points beyond are taken to lie there.
    static constexpr double farthest_point = 1e140;

    std::size_t dimensions_;
    std::size_t points_;
    std::size_t padded_;
    double unit_;
    std::vector<double> coordinates_;
};

/// Columns of one block: 16 KiB for each coordinate.
inline constexpr std::size_t kernel_block = 2048;
/// Rows of one task.
inline constexpr std::int64_t kernel_rows = 256;

/// A run of rows or of columns.
struct index_range {
    std::size_t begin = 0, end = 0;
};

/// |x_i - x_j|^2 for the vector of columns that begins at j; 1e300 for those at `end` and beyond.
TOPOPRUNE_DECLARE [[nodiscard]] kernel_batch squared_distances(const kernel_cloud& cloud, std::size_t i,
                                                               std::size_t j, std::size_t end);

/// sums_i += sum_j k(x_i - x_j) over the columns j, for the rows i.
template <class Kernel>
[[gnu::noinline]] void add_kernel_sums(const kernel_cloud& cloud, index_range rows, index_range columns,
                                       std::span<double> sums) {
    for (std::size_t block = columns.begin; block < columns.end; block += kernel_block) {
        const std::size_t end = std::min(block + kernel_block, columns.end);
        for (std::size_t i = rows.begin; i < rows.end; ++i) {
            fixed_order_sum sum;
            for (std::size_t j = block; j < end; j += kernel_batch::size)
                sum.add(j - block, Kernel::value(squared_distances(cloud, i, j, end)));
            sums[i] += sum.total();
        }
    }
}

/// gradient_i += sum_j (shares_i + shares_j) grad k(x_i - x_j) over the columns j, for the rows i, by units
/// of the points; shares: padded_size().
template <class Kernel>
[[gnu::noinline]] void add_kernel_slopes(const kernel_cloud& cloud, index_range rows, index_range columns,
                                         std::span<const double> shares, matrix_view<double> gradient) {
    std::vector<fixed_order_sum> pulls(cloud.dimensions());
    for (std::size_t block = columns.begin; block < columns.end; block += kernel_block) {
        const std::size_t end = std::min(block + kernel_block, columns.end);
        for (std::size_t i = rows.begin; i < rows.end; ++i) {
            std::fill(pulls.begin(), pulls.end(), fixed_order_sum{});
            const kernel_batch own_share(shares[i]);
            for (std::size_t j = block; j < end; j += kernel_batch::size) {
                const kernel_batch weight = Kernel::slope(squared_distances(cloud, i, j, end)) *
                                            (own_share + kernel_batch::load_unaligned(shares.data() + j));
                for (std::size_t k = 0; k < cloud.dimensions(); ++k)
                    pulls[k].add(j - block, weight * (kernel_batch(cloud.coordinate(k)[i]) -
                                                      kernel_batch::load_unaligned(cloud.coordinate(k) + j)));
            }
            for (std::size_t k = 0; k < cloud.dimensions(); ++k)
                gradient(static_cast<std::int64_t>(i), static_cast<std::int64_t>(k)) -=
                    pulls[k].total() / cloud.unit();
        }
    }
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// The sums over all pairs: n^2 kernels each, O(n m) memory.
template <class Kernel>
class pairwise_kernel_sums {
public:
    /// unit: length 1 of the kernel in units of the points.
    pairwise_kernel_sums(matrix_view<const double> points, double unit) : cloud_(points, unit) {}

    /// sum_j k((x_i - x_j) / unit) for all i.
    [[nodiscard]] std::vector<double> sums(const execution& where) const {
        std::vector<double> result(cloud_.points(), 0.0);
        for_rows(where, [&](index_range rows) {
            add_kernel_sums<Kernel>(cloud_, rows, {0, cloud_.points()}, result);
        });
        return result;
    }

    /// gradient += the derivative of sum_i shares_i sum_j k((x_i - x_j) / unit) by the points, the shares
    /// held fixed: point i as the query with its own share, as a sample with those of the others.
    void add_slopes(std::span<const double> shares, matrix_view<double> gradient,
                    const execution& where) const {
        std::vector<double> padded(shares.begin(), shares.end());
        padded.resize(cloud_.padded_size(), 0.0);
        for_rows(where, [&](index_range rows) {
            add_kernel_slopes<Kernel>(cloud_, rows, {0, cloud_.points()}, padded, gradient);
        });
    }

private:
    template <class Body>
    void for_rows(const execution& where, const Body& body) const {
        where.parallel_ranges(static_cast<std::int64_t>(cloud_.points()), kernel_rows,
                              [&](std::int64_t begin, std::int64_t end) {
                                  where.check_interruption();
                                  body({static_cast<std::size_t>(begin), static_cast<std::size_t>(end)});
                              });
    }

    kernel_cloud cloud_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "pairwise_kernel_sums.ipp"
#endif
