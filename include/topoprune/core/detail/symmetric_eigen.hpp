// SPDX-License-Identifier: MIT
#pragma once

#include "../checks.hpp"
#include "../matrix.hpp"
#include "dense_sums.hpp"

#include <xsimd/xsimd.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// The eigenpairs of a symmetric matrix by ascending eigenvalue. Row i of `vectors` is the unit eigenvector
/// of values[i]; its sign means nothing.
struct symmetric_eigenpairs {
    std::vector<double> values;
    matrix<double> vectors;
};

/// Householder's reduction to a tridiagonal matrix, then the QL algorithm with implicit shifts (Golub and Van
/// Loan 2013, sections 8.3.1 and 8.3.3). Along the rows of the matrices, in fixed orders.
class symmetric_eigensolver {
public:
    explicit symmetric_eigensolver(const matrix<double>& symmetric)
        : size_(static_cast<std::size_t>(symmetric.rows())), a_(symmetric), diagonal_(size_), beside_(size_),
          h_(size_) {}

    /// Throws std::runtime_error if the iterations do not converge.
    [[nodiscard]] symmetric_eigenpairs solve() {
        scale_to_one();
        reduce();
        form_transformation();
        diagonalize();
        return sorted();
    }

private:
    /// By a power of two, so that no square overflows or vanishes and no bits are lost.
    void scale_to_one() {
        double largest = 0;
        for (const double value : entries())
            largest = std::max(largest, std::abs(value));
        if (largest > 0)
            exponent_ = std::ilogb(largest);
        for (double& value : entries())
            value = std::scalbn(value, -exponent_);
    }

    [[nodiscard]] std::span<double> entries() { return {a_.data(), static_cast<std::size_t>(a_.size())}; }

    [[nodiscard]] std::span<double> row(std::size_t i, std::size_t count) {
        return {a_.data() + i * size_, count};
    }

    /// From the last row to the first: the reflection I - u u^T / h takes what is left of diagonal of row i
    /// to a multiple of the last unit vector. Only the lower triangle is read; row i keeps u, h_[i] keeps h.
    void reduce() {
        std::vector<double> p(size_);
        for (std::size_t i = size_; i-- > 1;) {
            const std::span<double> u = row(i, i);
            const double square = squared_norm(u.first(i - 1));
            diagonal_[i] = a(i, i);
            if (square <= std::numeric_limits<double>::min()) {
                beside_[i] = u[i - 1];
                h_[i] = 0;
                continue;
            }
            const double last = u[i - 1];
            const double length = std::copysign(std::sqrt(square + last * last), last);
            beside_[i] = -length;
            u[i - 1] = last + length;
            h_[i] = square + last * last + last * length;
            reflect_both_sides(u, h_[i], std::span(p).first(i));
        }
        if (size_ > 0)
            diagonal_[0] = a(0, 0);
    }

    [[nodiscard]] double& a(std::size_t i, std::size_t j) { return a_.data()[i * size_ + j]; }

    /// A := (I - u u^T / h) A (I - u u^T / h) = A - u q^T - q u^T with p = A u / h, q = p - u (u^T p) / 2 h,
    /// the lower triangle of the leading block of A.
    void reflect_both_sides(std::span<const double> u, double h, std::span<double> p) {
        std::fill(p.begin(), p.end(), 0.0);
        for (std::size_t j = 0; j < u.size(); ++j) {
            p[j] = p[j] + dot(row(j, j + 1), u.first(j + 1));
            add_multiple(u[j], row(j, j), p.first(j));
        }
        for (double& value : p)
            value /= h;
        add_multiple(-dot(u, p) / (2 * h), u, p);
        for (std::size_t j = 0; j < u.size(); ++j) {
            add_multiple(-u[j], p.first(j + 1), row(j, j + 1));
            add_multiple(-p[j], u.first(j + 1), row(j, j + 1));
        }
    }

    /// a_ := the transpose of the product of all reflections, its rows being what the eigenvectors of the
    /// tridiagonal matrix are combined from.
    void form_transformation() {
        std::vector<double> products(size_);
        for (std::size_t i = 0; i < size_; ++i) {
            if (h_[i] != 0) {
                const std::span<const double> u = row(i, i);
                const std::span<double> combined = std::span(products).first(i);
                std::fill(combined.begin(), combined.end(), 0.0);
                for (std::size_t k = 0; k < i; ++k)
                    add_multiple(u[k], row(k, i), combined);
                for (std::size_t k = 0; k < i; ++k)
                    add_multiple(-u[k] / h_[i], combined, row(k, i));
            }
            for (std::size_t k = 0; k < i; ++k)
                a(i, k) = a(k, i) = 0;
            a(i, i) = 1;
        }
        for (std::size_t i = 0; i < size_; ++i)
            for (std::size_t k = 0; k < i; ++k)
                std::swap(a(i, k), a(k, i));
    }

    /// A rotation of rows i and i + 1.
    struct rotation {
        double c, s;
    };

    void diagonalize() {
        if (size_ == 0)
            return;
        std::rotate(beside_.begin(), beside_.begin() + 1, beside_.end());
        beside_.back() = 0; // beside_[i] now couples i and i + 1
        double norm = 0;
        for (std::size_t i = 0; i < size_; ++i)
            norm = std::max(norm, std::abs(diagonal_[i]) + std::abs(beside_[i]));
        const double negligible = std::numeric_limits<double>::epsilon() * norm;
        // Two to three steps an eigenvalue are usual.
        std::size_t steps = 0;
        const std::size_t most_steps = 30 * size_;
        std::vector<rotation> rotations;
        for (std::size_t first = 0; first < size_;) {
            std::size_t last = first;
            while (last + 1 < size_ && std::abs(beside_[last]) > negligible)
                ++last;
            if (last == first) {
                beside_[first++] = 0;
                continue;
            }
            if (++steps > most_steps)
                throw std::runtime_error("symmetric_eigen: the QL iterations did not converge");
            step(first, last, rotations);
            rotate_rows(first, rotations);
        }
    }

    /// One implicit QL step of the block first, ..., last with the eigenvalue of its leading 2 x 2 block that
    /// is nearer to its first entry as the shift. rotations[k] is that of rows first + k and first + k + 1.
    void step(std::size_t first, std::size_t last, std::vector<rotation>& rotations) {
        rotations.assign(last - first, {1, 0});
        const double half = (diagonal_[first + 1] - diagonal_[first]) / (2 * beside_[first]);
        const double root = std::sqrt(half * half + 1);
        double g = diagonal_[last] - diagonal_[first] + beside_[first] / (half + std::copysign(root, half));
        double s = 1, c = 1, p = 0;
        for (std::size_t i = last; i-- > first;) {
            const double f = s * beside_[i], b = c * beside_[i];
            const double length = std::sqrt(f * f + g * g);
            beside_[i + 1] = length;
            if (length == 0) { // the block falls apart here
                diagonal_[i + 1] -= p;
                beside_[last] = 0;
                return;
            }
            s = f / length;
            c = g / length;
            g = diagonal_[i + 1] - p;
            const double t = (diagonal_[i] - g) * s + 2 * c * b;
            p = s * t;
            diagonal_[i + 1] = g + p;
            g = c * t - b;
            rotations[i - first] = {c, s};
        }
        diagonal_[first] -= p;
        beside_[first] = g;
        beside_[last] = 0;
    }

    /// From the last rotation to the first, some columns at a time, which stay in the cache meanwhile.
    void rotate_rows(std::size_t first, std::span<const rotation> rotations) {
        using batch = xsimd::batch<double>;
        constexpr std::size_t width = 32;
        static_assert(width % batch::size == 0);
        std::size_t column = 0;
        for (; column + width <= size_; column += width)
            rotate_columns<batch, width / batch::size>(first, rotations, column);
        for (; column + batch::size <= size_; column += batch::size)
            rotate_columns<batch, 1>(first, rotations, column);
        for (; column < size_; ++column) {
            double upper = a(first + rotations.size(), column);
            for (std::size_t k = rotations.size(); k-- > 0;) {
                const auto [c, s] = rotations[k];
                const double lower = a(first + k, column);
                a(first + k + 1, column) = s * lower + c * upper;
                upper = c * lower - s * upper;
            }
            a(first, column) = upper;
        }
    }

    template <class Batch, std::size_t Vectors>
    void rotate_columns(std::size_t first, std::span<const rotation> rotations, std::size_t column) {
        std::array<Batch, Vectors> upper;
        for (std::size_t v = 0; v < Vectors; ++v)
            upper[v] = Batch::load_unaligned(&a(first + rotations.size(), column + v * Batch::size));
        for (std::size_t k = rotations.size(); k-- > 0;) {
            const Batch c(rotations[k].c), s(rotations[k].s);
            double* const from = &a(first + k, column);
            double* const to = &a(first + k + 1, column);
            for (std::size_t v = 0; v < Vectors; ++v) {
                const Batch lower = Batch::load_unaligned(from + v * Batch::size);
                (s * lower + c * upper[v]).store_unaligned(to + v * Batch::size);
                upper[v] = c * lower - s * upper[v];
            }
        }
        for (std::size_t v = 0; v < Vectors; ++v)
            upper[v].store_unaligned(&a(first, column + v * Batch::size));
    }

    [[nodiscard]] symmetric_eigenpairs sorted() {
        std::vector<std::size_t> order(size_);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t i, std::size_t j) { return diagonal_[i] < diagonal_[j]; });
        symmetric_eigenpairs result{.values = {}, .vectors = matrix<double>(a_.rows(), a_.cols())};
        for (std::size_t i = 0; i < size_; ++i) {
            result.values.push_back(std::scalbn(diagonal_[order[i]], exponent_));
            const std::span<const double> vector = row(order[i], size_);
            std::copy(vector.begin(), vector.end(), result.vectors.data() + i * size_);
        }
        return result;
    }

    std::size_t size_;
    int exponent_ = 0;
    matrix<double> a_;
    std::vector<double> diagonal_, beside_, h_;
};

/// All eigenpairs of a symmetric matrix, of which the lower triangle is read: 9 n^3 operations about, 24 n^2
/// bytes. The same bits whatever the vector instructions of the machine. Throws std::invalid_argument for
/// another shape or for a number that is not finite, std::runtime_error if the iterations do not converge.
[[nodiscard, gnu::noinline]] inline symmetric_eigenpairs symmetric_eigen(const matrix<double>& symmetric) {
    require(symmetric.rows() == symmetric.cols(), "symmetric_eigen", "the number of columns",
            symmetric.cols(), "that of the rows,", symmetric.rows());
    require_finite(matrix_view<const double>(symmetric), "symmetric_eigen", "the matrix");
    return symmetric_eigensolver(symmetric).solve();
}

} // namespace topoprune::detail
