// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"

#include <unsupported/Eigen/FFT>

#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace topoprune::detail {

/// A length of at least `least` that the transform does fast: 20 times a product of 2s, 3s and 5s. Its last
/// step then takes 5 at a time, which a compiler vectorizes: 1.5 times faster than lengths without a 5.
TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t fast_transform_length(std::int64_t least);

/// A rectangle of nodes and its distance from one to the next.
struct plane_grid {
    std::int64_t columns = 0; // along x
    std::int64_t rows = 0;    // along y
    double spacing = 1;

    [[nodiscard]] bool operator==(const plane_grid&) const = default;
};

/// The sums phi(a) = sum_b C(a - b) q(b) over the nodes of a grid, where C is such that quintic B-splines
/// carry the charges q to the nodes and phi back from them:
///     sum_ab B(u - a) C(a - b) B(v - b) = K(|u - v|) where u and v are nodes, and close to it in between.
/// K is the heavy-tailed kernel less a constant: 1 / (1 + d^2) - least(), with least() its value at the
/// greatest distance; so points that lie close together do not lose their differences in a large common
/// value.
///
/// By Fourier transforms of real numbers of at least twice the size in each direction, which keeps the grid
/// from meeting its periodic images. The same bits on any number of threads.
/// Time O(m log m), memory 24 bytes for each of the m nodes, the kernel included.
class plane_convolution {
public:
    plane_convolution() = default;

    /// Prepares for the grid; returns at once if it is the current one.
    TOPOPRUNE_DECLARE void prepare(const plane_grid& grid, const execution& where);

    [[nodiscard]] const plane_grid& grid() const { return grid_; }
    [[nodiscard]] double least() const { return 1 / (1 + farthest_); }
    /// K at distance 0: 1 - least().
    [[nodiscard]] double peak() const { return farthest_ / (1 + farthest_); }

    /// rows x columns of the grid, row-major: charges before convolve(), phi after it.
    [[nodiscard]] std::vector<float>& values() { return values_; }
    [[nodiscard]] const std::vector<float>& values() const { return values_; }

    TOPOPRUNE_DECLARE void convolve(const execution& where);

private:
    using real_transform = Eigen::FFT<float>;
    using complex = std::complex<float>;

    /// Rows or columns of a task. Each task has a transform of its own, as these are not shared by threads.
    static constexpr std::int64_t lines = 8;
    /// Nodes beyond the grid, in which the tails of the inverse splines fade to 10^-5.
    static constexpr std::int64_t margin = 16;

    [[nodiscard]] std::int64_t frequencies() const { return width_ / 2 + 1; }

    TOPOPRUNE_DECLARE void transform_rows(std::int64_t begin, std::int64_t end);

    TOPOPRUNE_DECLARE void restore_rows(std::int64_t begin, std::int64_t end);

    /// Columns to frequencies, times the kernel, and back.
    TOPOPRUNE_DECLARE void filter_columns(std::int64_t begin, std::int64_t end);

    /// The spectrum of a quintic B-spline sampled at the nodes.
    [[nodiscard]] static double spline_spectrum(std::int64_t frequency, std::int64_t length) {
        const double angle =
            2 * std::numbers::pi * static_cast<double>(frequency) / static_cast<double>(length);
        return (33 + 26 * std::cos(angle) + std::cos(2 * angle)) / 60;
    }

    /// The spectrum of the kernel over the four spline factors, two for each end. The kernel is even, so its
    /// spectrum is real; half of each direction tells the rest. In double, as the division amplifies the
    /// rounding of the highest frequencies 3000 times.
    TOPOPRUNE_DECLARE void transform_kernel(const execution& where);

    /// 1 / (1 + d^2) - 1 / (1 + D^2) without the cancellation.
    TOPOPRUNE_DECLARE [[nodiscard]] double kernel_at(std::int64_t columns, std::int64_t rows) const;

    plane_grid grid_;
    std::int64_t width_ = 0, height_ = 0; // of the transforms
    double farthest_ = 0;                 // squared
    std::vector<float> kernel_;           // frequencies x height, column after column
    std::vector<float> values_;
    std::vector<complex> spectrum_;
    std::vector<real_transform> rows_, columns_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "plane_convolution.ipp"
#endif
