// SPDX-License-Identifier: MIT
#pragma once

#include "../checks.hpp"
#include "../simd.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Products of dense matrices. Their bits do not depend on the vector instructions of the machine, on its
/// caches, or on how the result is cut into blocks.
namespace topoprune::detail {

/// A view of a matrix whose entry (i, j) is data[i row_stride + j column_stride]: of a matrix of either
/// order, of a block of one, or of a transpose.
template <class T>
struct strided_view {
    T* data = nullptr;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::int64_t row_stride = 0;
    std::int64_t column_stride = 0;

    strided_view(T* data_, std::int64_t rows_, std::int64_t columns_, std::int64_t row_stride_,
                 std::int64_t column_stride_)
        : data(data_), rows(rows_), columns(columns_), row_stride(row_stride_),
          column_stride(column_stride_) {}

    /// Of a matrix, map or block of Eigen.
    template <class M>
        requires requires(M& m) {
            { m.data() } -> std::convertible_to<T*>;
            { m.rowStride() } -> std::convertible_to<std::int64_t>;
        }
    strided_view(M&& m) : strided_view(m.data(), m.rows(), m.cols(), m.rowStride(), m.colStride()) {}

    /// A view to write through is also a view to read through.
    operator strided_view<const T>() const
        requires(!std::is_const_v<T>)
    {
        return {data, rows, columns, row_stride, column_stride};
    }

    [[nodiscard]] strided_view transposed() const { return {data, columns, rows, column_stride, row_stride}; }

    [[nodiscard]] strided_view block(std::int64_t row, std::int64_t column, std::int64_t row_count,
                                     std::int64_t column_count) const {
        return {data + row * row_stride + column * column_stride, row_count, column_count, row_stride,
                column_stride};
    }

    [[nodiscard]] T& operator()(std::int64_t row, std::int64_t column) const {
        return data[row * row_stride + column * column_stride];
    }
};

/// The product of blocks of `depth` columns and rows is summed by ascending index from 0, and the sums of
/// blocks are added to C one after another. Products are rounded before they are added.
inline constexpr std::int64_t product_depth = 256;

/// One call computes up to 6 rows and 2 vectors of columns, whose sums stay in registers. A panel holds the
/// rows of B that they need, side by side and filled up with zeros.
template <class T>
class product_kernel {
public:
    explicit product_kernel(strided_view<T> c) : c_(c) {}

    void add(strided_view<const T> a, strided_view<const T> b) {
        for (std::int64_t begin = 0; begin < a.columns; begin += product_depth) {
            const std::int64_t depth = std::min(product_depth, a.columns - begin);
            add_block(a.block(0, begin, a.rows, depth), b.block(begin, 0, depth, b.columns));
        }
    }

private:
    using batch = xsimd::batch<T>;
    static constexpr auto lanes = static_cast<std::int64_t>(batch::size);

    void add_block(strided_view<const T> a, strided_view<const T> b) {
        for (std::int64_t column = 0; column < c_.columns;) {
            const std::int64_t left = c_.columns - column;
            if (left > lanes) {
                add_columns<2>(a, b, column, std::min(left, 2 * lanes));
                column += 2 * lanes;
            } else {
                add_columns<1>(a, b, column, left);
                column += lanes;
            }
        }
    }

    template <std::size_t Vectors>
    void add_columns(strided_view<const T> a, strided_view<const T> b, std::int64_t column,
                     std::int64_t width) {
        fill_panel<Vectors>(b, column, width);
        std::int64_t row = 0;
        for (; row + 6 <= a.rows; row += 6)
            add_tile<6, Vectors>(a, row, column, width);
        if (row + 4 <= a.rows) {
            add_tile<4, Vectors>(a, row, column, width);
            row += 4;
        }
        if (row + 2 <= a.rows) {
            add_tile<2, Vectors>(a, row, column, width);
            row += 2;
        }
        if (row < a.rows)
            add_tile<1, Vectors>(a, row, column, width);
    }

    template <std::size_t Vectors>
    void fill_panel(strided_view<const T> b, std::int64_t column, std::int64_t width) {
        constexpr auto stride = static_cast<std::int64_t>(Vectors) * lanes;
        if (width == stride && b.column_stride == 1) {
            for (std::int64_t k = 0; k < b.rows; ++k)
                std::copy_n(&b(k, column), stride, panel_.data() + k * stride);
            return;
        }
        if (width < stride)
            std::fill_n(panel_.begin(), b.rows * stride, T{0});
        for (std::int64_t j = 0; j < width; ++j) {
            const T* from = &b(0, column + j);
            for (std::int64_t k = 0; k < b.rows; ++k)
                panel_[static_cast<std::size_t>(k * stride + j)] = from[k * b.row_stride];
        }
    }

    template <std::size_t Rows, std::size_t Vectors>
    void add_tile(strided_view<const T> a, std::int64_t row, std::int64_t column, std::int64_t width) {
        std::array<batch, Rows * Vectors> sums;
        sums.fill(batch(T{0}));
        const T* from = &a(row, 0);
        const T* panel = panel_.data();
        for (std::int64_t k = 0; k < a.columns; ++k) {
            std::array<batch, Vectors> b;
            for (std::size_t v = 0; v < Vectors; ++v)
                b[v] = batch::load_aligned(panel + v * batch::size);
            for (std::size_t r = 0; r < Rows; ++r) {
                const batch factor(from[static_cast<std::int64_t>(r) * a.row_stride]);
                for (std::size_t v = 0; v < Vectors; ++v)
                    sums[r * Vectors + v] = sums[r * Vectors + v] + factor * b[v];
            }
            from += a.column_stride;
            panel += Vectors * batch::size;
        }
        T* to = &c_(row, column);
        if (c_.column_stride == 1 && width == static_cast<std::int64_t>(Vectors) * lanes) {
            for (std::size_t r = 0; r < Rows; ++r, to += c_.row_stride)
                for (std::size_t v = 0; v < Vectors; ++v)
                    (batch::load_unaligned(to + v * batch::size) + sums[r * Vectors + v])
                        .store_unaligned(to + v * batch::size);
            return;
        }
        std::array<T, Rows * Vectors * batch::size> all;
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i].store_unaligned(all.data() + i * batch::size);
        const T* from_sums = all.data();
        for (std::size_t r = 0; r < Rows; ++r, to += c_.row_stride, from_sums += Vectors * batch::size)
            for (std::int64_t j = 0; j < width; ++j) {
                T& sum = to[j * c_.column_stride];
                sum = sum + from_sums[j];
            }
    }

    strided_view<T> c_;
    alignas(64) std::array<T, static_cast<std::size_t>(2 * product_depth * lanes)> panel_;
};

template <class T>
void add_product_of(strided_view<const T> a, strided_view<const T> b, strided_view<T> c) {
    require(a.rows == c.rows && a.columns == b.rows && b.columns == c.columns, "add_product",
            "the number of rows of B", b.rows, "the columns of A, with the other shapes of C,", a.columns);
    if (c.rows == 0 || c.columns == 0 || a.columns == 0)
        return;
    // Rows of C should be contiguous; the transpose has the same products and sums.
    if (c.column_stride != 1 && c.row_stride == 1)
        product_kernel<T>(c.transposed()).add(b.transposed(), a.transposed());
    else
        product_kernel<T>(c).add(a, b);
}

/// C += A B. C overlaps neither A nor B.
[[gnu::noinline]] inline void add_product(strided_view<const double> a, strided_view<const double> b,
                                          strided_view<double> c) {
    add_product_of(a, b, c);
}

[[gnu::noinline]] inline void add_product(strided_view<const float> a, strided_view<const float> b,
                                          strided_view<float> c) {
    add_product_of(a, b, c);
}

} // namespace topoprune::detail
