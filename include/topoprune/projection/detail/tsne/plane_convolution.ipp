// SPDX-License-Identifier: MIT
#pragma once

#include "plane_convolution.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::int64_t fast_transform_length(std::int64_t least) {
    for (std::int64_t part = std::max<std::int64_t>((least + 19) / 20, 1);; ++part) {
        std::int64_t rest = part;
        for (const std::int64_t factor : {2, 3, 5})
            while (rest % factor == 0)
                rest /= factor;
        if (rest == 1)
            return 20 * part;
    }
}

TOPOPRUNE_DEFINE void plane_convolution::prepare(const plane_grid& grid, const execution& where) {
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
            transform.SetFlag(static_cast<real_transform::Flag>(
                static_cast<int>(real_transform::HalfSpectrum) | static_cast<int>(real_transform::Unscaled)));
    transform_kernel(where);
}

TOPOPRUNE_DEFINE void plane_convolution::convolve(const execution& where) {
    where.parallel_ranges(grid_.rows, lines,
                          [&](std::int64_t begin, std::int64_t end) { transform_rows(begin, end); });
    where.parallel_ranges(frequencies(), lines,
                          [&](std::int64_t begin, std::int64_t end) { filter_columns(begin, end); });
    where.parallel_ranges(grid_.rows, lines,
                          [&](std::int64_t begin, std::int64_t end) { restore_rows(begin, end); });
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void plane_convolution::transform_rows(std::int64_t begin, std::int64_t end) {
    auto& transform = rows_[static_cast<std::size_t>(begin / lines)];
    std::vector<float> row(static_cast<std::size_t>(width_), 0.0F);
    for (std::int64_t r = begin; r < end; ++r) {
        std::copy_n(values_.data() + r * grid_.columns, grid_.columns, row.data());
        transform.fwd(spectrum_.data() + r * frequencies(), row.data(), width_);
    }
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void plane_convolution::restore_rows(std::int64_t begin, std::int64_t end) {
    auto& transform = rows_[static_cast<std::size_t>(begin / lines)];
    std::vector<float> row(static_cast<std::size_t>(width_));
    for (std::int64_t r = begin; r < end; ++r) {
        transform.inv(row.data(), spectrum_.data() + r * frequencies(), width_);
        std::copy_n(row.data(), grid_.columns, values_.data() + r * grid_.columns);
    }
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void plane_convolution::filter_columns(std::int64_t begin, std::int64_t end) {
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

TOPOPRUNE_DEFINE void plane_convolution::transform_kernel(const execution& where) {
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

TOPOPRUNE_DEFINE double plane_convolution::kernel_at(std::int64_t columns, std::int64_t rows) const {
    const double x = grid_.spacing * static_cast<double>(columns),
                 y = grid_.spacing * static_cast<double>(rows);
    const double squared = x * x + y * y;
    return (farthest_ - squared) / ((1 + squared) * (1 + farthest_));
}

} // namespace topoprune::detail
