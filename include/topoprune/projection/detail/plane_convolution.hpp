// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/execution.hpp"

#include <unsupported/Eigen/FFT>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace topoprune::detail {

/// A length of at least `least` that the transform does fast: 20 times a product of 2s, 3s and 5s. Its last
/// step then takes 5 at a time, which a compiler vectorizes: 1.5 times faster than lengths without a 5.
[[nodiscard]] inline std::int64_t fast_transform_length(std::int64_t least) {
    for (std::int64_t part = std::max<std::int64_t>((least + 19) / 20, 1);; ++part) {
        std::int64_t rest = part;
        for (const std::int64_t factor : {2, 3, 5})
            while (rest % factor == 0)
                rest /= factor;
        if (rest == 1)
            return 20 * part;
    }
}

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
    void prepare(const plane_grid& grid, const execution& where) {
        if (grid == grid_)
            return;
        grid_ = grid;
        width_ = fast_transform_length(2 * (grid.columns + margin));
        height_ = fast_transform_length(2 * (grid.rows + margin));
        const std::int64_t half_width = width_ / 2, half_height = height_ / 2;
        const double reach_x = grid.spacing * static_cast<double>(half_width);
        const double reach_y = grid.spacing * static_cast<double>(half_height);
        farthest_ = reach_x * reach_x + reach_y * reach_y;
        rows_.assign(static_cast<std::size_t>((grid.rows + lines - 1) / lines), {});
        columns_.assign(static_cast<std::size_t>((frequencies() + lines - 1) / lines), {});
        spectrum_.resize(static_cast<std::size_t>(grid.rows * frequencies()));
        values_.resize(static_cast<std::size_t>(grid.rows * grid.columns));
        for (auto* transforms : {&rows_, &columns_})
            for (real_transform& transform : *transforms)
                transform.SetFlag(
                    static_cast<real_transform::Flag>(static_cast<int>(real_transform::HalfSpectrum) |
                                                      static_cast<int>(real_transform::Unscaled)));
        transform_kernel(where);
    }

    [[nodiscard]] const plane_grid& grid() const { return grid_; }
    [[nodiscard]] double least() const { return 1 / (1 + farthest_); }
    /// K at distance 0: 1 - least().
    [[nodiscard]] double peak() const { return farthest_ / (1 + farthest_); }

    /// rows x columns of the grid, row-major: charges before convolve(), phi after it.
    [[nodiscard]] std::vector<float>& values() { return values_; }
    [[nodiscard]] const std::vector<float>& values() const { return values_; }

    void convolve(const execution& where) {
        where.parallel_ranges(grid_.rows, lines,
                              [&](std::int64_t begin, std::int64_t end) { transform_rows(begin, end); });
        where.parallel_ranges(frequencies(), lines,
                              [&](std::int64_t begin, std::int64_t end) { filter_columns(begin, end); });
        where.parallel_ranges(grid_.rows, lines,
                              [&](std::int64_t begin, std::int64_t end) { restore_rows(begin, end); });
    }

private:
    using real_transform = Eigen::FFT<float>;
    using complex = std::complex<float>;

    /// Rows or columns of a task. Each task has a transform of its own, as these are not shared by threads.
    static constexpr std::int64_t lines = 8;
    /// Nodes beyond the grid, in which the tails of the inverse splines fade to 10^-5.
    static constexpr std::int64_t margin = 16;

    [[nodiscard]] std::int64_t frequencies() const { return width_ / 2 + 1; }

    [[gnu::noinline]] void transform_rows(std::int64_t begin, std::int64_t end) {
        auto& transform = rows_[static_cast<std::size_t>(begin / lines)];
        std::vector<float> row(static_cast<std::size_t>(width_), 0.0F);
        for (std::int64_t r = begin; r < end; ++r) {
            std::copy_n(values_.data() + r * grid_.columns, grid_.columns, row.data());
            transform.fwd(spectrum_.data() + r * frequencies(), row.data(), width_);
        }
    }

    [[gnu::noinline]] void restore_rows(std::int64_t begin, std::int64_t end) {
        auto& transform = rows_[static_cast<std::size_t>(begin / lines)];
        std::vector<float> row(static_cast<std::size_t>(width_));
        for (std::int64_t r = begin; r < end; ++r) {
            transform.inv(row.data(), spectrum_.data() + r * frequencies(), width_);
            std::copy_n(row.data(), grid_.columns, values_.data() + r * grid_.columns);
        }
    }

    /// Columns to frequencies, times the kernel, and back.
    [[gnu::noinline]] void filter_columns(std::int64_t begin, std::int64_t end) {
        auto& transform = columns_[static_cast<std::size_t>(begin / lines)];
        const std::int64_t count = end - begin;
        std::vector<complex> column(static_cast<std::size_t>(count * height_)),
            changed(static_cast<std::size_t>(height_));
        for (std::int64_t r = 0; r < grid_.rows; ++r)
            for (std::int64_t c = 0; c < count; ++c)
                column[static_cast<std::size_t>(c * height_ + r)] =
                    spectrum_[static_cast<std::size_t>(r * frequencies() + begin + c)];
        for (std::int64_t c = 0; c < count; ++c) {
            complex* values = column.data() + c * height_;
            transform.fwd(changed.data(), values, height_);
            const float* factors = kernel_.data() + (begin + c) * height_;
            for (std::int64_t r = 0; r < height_; ++r)
                changed[static_cast<std::size_t>(r)] *= factors[r];
            transform.inv(values, changed.data(), height_);
        }
        for (std::int64_t r = 0; r < grid_.rows; ++r)
            for (std::int64_t c = 0; c < count; ++c)
                spectrum_[static_cast<std::size_t>(r * frequencies() + begin + c)] =
                    column[static_cast<std::size_t>(c * height_ + r)];
    }

    /// The spectrum of a quintic B-spline sampled at the nodes.
    [[nodiscard]] static double spline_spectrum(std::int64_t frequency, std::int64_t length) {
        const double angle =
            2 * std::numbers::pi * static_cast<double>(frequency) / static_cast<double>(length);
        return (33 + 26 * std::cos(angle) + std::cos(2 * angle)) / 60;
    }

    /// The spectrum of the kernel over the four spline factors, two for each end. The kernel is even, so its
    /// spectrum is real; half of each direction tells the rest. In double, as the division amplifies the
    /// rounding of the highest frequencies 3000 times.
    void transform_kernel(const execution& where) {
        const std::int64_t half = height_ / 2 + 1;
        std::vector<double> along_rows(static_cast<std::size_t>(half * frequencies()));
        where.parallel_ranges(half, lines, [&](std::int64_t begin, std::int64_t end) {
            Eigen::FFT<double> transform;
            transform.SetFlag(Eigen::FFT<double>::HalfSpectrum);
            std::vector<double> row(static_cast<std::size_t>(width_));
            std::vector<std::complex<double>> changed(static_cast<std::size_t>(width_));
            for (std::int64_t r = begin; r < end; ++r) {
                for (std::int64_t c = 0; c < width_; ++c)
                    row[static_cast<std::size_t>(c)] = kernel_at(std::min(c, width_ - c), r);
                transform.fwd(changed.data(), row.data(), width_);
                for (std::int64_t c = 0; c < frequencies(); ++c)
                    along_rows[static_cast<std::size_t>(r * frequencies() + c)] =
                        changed[static_cast<std::size_t>(c)].real();
            }
        });
        kernel_.resize(static_cast<std::size_t>(frequencies() * height_));
        const double count = static_cast<double>(width_ * height_); // the transforms are not scaled
        where.parallel_ranges(frequencies(), lines, [&](std::int64_t begin, std::int64_t end) {
            Eigen::FFT<double> transform;
            transform.SetFlag(Eigen::FFT<double>::HalfSpectrum);
            std::vector<double> column(static_cast<std::size_t>(height_));
            std::vector<std::complex<double>> changed(static_cast<std::size_t>(height_));
            for (std::int64_t c = begin; c < end; ++c) {
                for (std::int64_t r = 0; r < height_; ++r)
                    column[static_cast<std::size_t>(r)] =
                        along_rows[static_cast<std::size_t>(std::min(r, height_ - r) * frequencies() + c)];
                transform.fwd(changed.data(), column.data(), height_);
                const double of_column = spline_spectrum(c, width_);
                for (std::int64_t r = 0; r < height_; ++r) {
                    const double splines = of_column * spline_spectrum(r, height_);
                    const auto at = static_cast<std::size_t>(std::min(r, height_ - r));
                    kernel_[static_cast<std::size_t>(c * height_ + r)] =
                        static_cast<float>(changed[at].real() / (splines * splines * count));
                }
            }
        });
    }

    /// 1 / (1 + d^2) - 1 / (1 + D^2) without the cancellation.
    [[nodiscard]] double kernel_at(std::int64_t columns, std::int64_t rows) const {
        const double x = grid_.spacing * static_cast<double>(columns),
                     y = grid_.spacing * static_cast<double>(rows);
        const double squared = x * x + y * y;
        return (farthest_ - squared) / ((1 + squared) * (1 + farthest_));
    }

    plane_grid grid_;
    std::int64_t width_ = 0, height_ = 0; // of the transforms
    double farthest_ = 0;                 // squared
    std::vector<float> kernel_;           // frequencies x height, column after column
    std::vector<float> values_;
    std::vector<complex> spectrum_;
    std::vector<real_transform> rows_, columns_;
};

} // namespace topoprune::detail
