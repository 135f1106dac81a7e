// SPDX-License-Identifier: MIT
#pragma once

#include "../compiled.hpp"
#include "../matrix.hpp"
#include "dense_sums.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
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
    TOPOPRUNE_DECLARE [[nodiscard]] symmetric_eigenpairs solve();

private:
    /// By a power of two, so that no square overflows or vanishes and no bits are lost.
    TOPOPRUNE_DECLARE void scale_to_one();

    [[nodiscard]] std::span<double> entries() { return {a_.data(), static_cast<std::size_t>(a_.size())}; }

    [[nodiscard]] std::span<double> row(std::size_t i, std::size_t count) {
        return {a_.data() + i * size_, count};
    }

    /// From the last row to the first: the reflection I - u u^T / h takes what is left of diagonal of row i
    /// to a multiple of the last unit vector. Only the lower triangle is read; row i keeps u, h_[i] keeps h.
    TOPOPRUNE_DECLARE void reduce();

    [[nodiscard]] double& a(std::size_t i, std::size_t j) { return a_.data()[i * size_ + j]; }

    /// A := (I - u u^T / h) A (I - u u^T / h) = A - u q^T - q u^T with p = A u / h, q = p - u (u^T p) / 2 h,
    /// the lower triangle of the leading block of A.
    TOPOPRUNE_DECLARE void reflect_both_sides(std::span<const double> u, double h, std::span<double> p);

    /// a_ := the transpose of the product of all reflections, its rows being what the eigenvectors of the
    /// tridiagonal matrix are combined from.
    TOPOPRUNE_DECLARE void form_transformation();

    /// A rotation of rows i and i + 1.
    struct rotation {
        double c, s;
    };

    TOPOPRUNE_DECLARE void diagonalize();

    /// One implicit QL step of the block first, ..., last with the eigenvalue of its leading 2 x 2 block that
    /// is nearer to its first entry as the shift. rotations[k] is that of rows first + k and first + k + 1.
    TOPOPRUNE_DECLARE void step(std::size_t first, std::size_t last, std::vector<rotation>& rotations);

    /// From the last rotation to the first, some columns at a time, which stay in the cache meanwhile.
    TOPOPRUNE_DECLARE void rotate_rows(std::size_t first, std::span<const rotation> rotations);

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

    TOPOPRUNE_DECLARE [[nodiscard]] symmetric_eigenpairs sorted();

    std::size_t size_;
    int exponent_ = 0;
    matrix<double> a_;
    std::vector<double> diagonal_, beside_, h_;
};

/// All eigenpairs of a symmetric matrix, of which the lower triangle is read: 9 n^3 operations about, 24 n^2
/// bytes. The same bits whatever the vector instructions of the machine. Throws std::invalid_argument for
/// another shape or for a number that is not finite, std::runtime_error if the iterations do not converge.
TOPOPRUNE_DECLARE [[nodiscard]] symmetric_eigenpairs symmetric_eigen(const matrix<double>& symmetric);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "symmetric_eigen.ipp"
#endif
