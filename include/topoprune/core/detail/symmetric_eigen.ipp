// SPDX-License-Identifier: MIT
#pragma once

#include "symmetric_eigen.hpp"

#include "../checks.hpp"
#include "../simd.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace topoprune::detail {

TOPOPRUNE_DEFINE symmetric_eigenpairs symmetric_eigensolver::solve() {
    scale_to_one();
    reduce();
    form_transformation();
    diagonalize();
    return sorted();
}

TOPOPRUNE_DEFINE void symmetric_eigensolver::scale_to_one() {
    double largest = 0;
    for (const double value : entries())
        largest = std::max(largest, std::abs(value));
    if (largest > 0)
        exponent_ = std::ilogb(largest);
    for (double& value : entries())
        value = std::scalbn(value, -exponent_);
}

TOPOPRUNE_DEFINE void symmetric_eigensolver::reduce() {
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

TOPOPRUNE_DEFINE void symmetric_eigensolver::reflect_both_sides(std::span<const double> u, double h,
                                                                std::span<double> p) {
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

TOPOPRUNE_DEFINE void symmetric_eigensolver::form_transformation() {
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

TOPOPRUNE_DEFINE void symmetric_eigensolver::diagonalize() {
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

TOPOPRUNE_DEFINE void symmetric_eigensolver::step(std::size_t first, std::size_t last,
                                                  std::vector<rotation>& rotations) {
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

TOPOPRUNE_DEFINE void symmetric_eigensolver::rotate_rows(std::size_t first,
                                                         std::span<const rotation> rotations) {
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

TOPOPRUNE_DEFINE symmetric_eigenpairs symmetric_eigensolver::sorted() {
    std::vector<std::size_t> order(size_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
        return std::pair(diagonal_[i], i) < std::pair(diagonal_[j], j);
    });
    symmetric_eigenpairs result{.values = {}, .vectors = matrix<double>(a_.rows(), a_.cols())};
    for (std::size_t i = 0; i < size_; ++i) {
        result.values.push_back(std::scalbn(diagonal_[order[i]], exponent_));
        const std::span<const double> vector = row(order[i], size_);
        std::copy(vector.begin(), vector.end(), result.vectors.data() + i * size_);
    }
    return result;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE symmetric_eigenpairs symmetric_eigen(const matrix<double>& symmetric) {
    require(symmetric.rows() == symmetric.cols(), "symmetric_eigen", "the number of columns",
            symmetric.cols(), "that of the rows,", symmetric.rows());
    require_finite(matrix_view<const double>(symmetric), "symmetric_eigen", "the matrix");
    return symmetric_eigensolver(symmetric).solve();
}

} // namespace topoprune::detail
