// SPDX-License-Identifier: MIT
#pragma once

#include "../compiled.hpp"
#include "../matrix.hpp"
#include "../simd.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

/// Sums over the entries of vectors, whose bits do not depend on the vector instructions of the machine.
namespace topoprune::detail {

/// The number of partial sums: entry i is added to partial sum i modulo this number. Four of the widest
/// vectors hold them, so that additions need not wait for one another.
template <class T>
inline constexpr std::size_t partial_sum_count = 256 / sizeof(T);

/// The numbers from `from` on, `count` of them, and zeros beyond.
template <class T>
[[nodiscard]] std::array<T, partial_sum_count<T>> padded(const T* from, std::size_t count) {
    std::array<T, partial_sum_count<T>> result{};
    std::copy_n(from, count, result.begin());
    return result;
}

/// The sum of term(x_i, y_i, ...) for i < count in a fixed order: the partial sums by ascending i, then
/// halves added to halves. `term` takes vectors of numbers; of zeros it is zero.
template <class T, class Term, class... Pointers>
[[nodiscard]] T sum_of_terms(std::size_t count, const Term& term, Pointers... entries) {
    using batch = xsimd::batch<T>;
    constexpr std::size_t lanes = partial_sum_count<T>, vectors = lanes / batch::size;
    std::array<batch, vectors> partial;
    partial.fill(batch(T{0}));
    const auto add = [&](const auto*... from) {
        for (std::size_t v = 0; v < vectors; ++v)
            partial[v] = partial[v] + term(batch::load_unaligned(from + v * batch::size)...);
    };
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
        add((entries + i)...);
    if (i < count)
        add(padded<T>(entries + i, count - i).data()...);
    for (std::size_t half = vectors / 2; half > 0; half /= 2)
        for (std::size_t v = 0; v < half; ++v)
            partial[v] = partial[v] + partial[v + half];
    std::array<T, batch::size> sums;
    partial[0].store_unaligned(sums.data());
    for (std::size_t half = batch::size / 2; half > 0; half /= 2)
        for (std::size_t lane = 0; lane < half; ++lane)
            sums[lane] = sums[lane] + sums[lane + half];
    return sums[0];
}

/// All entries of a vector or matrix of Eigen that owns them, in the order of memory.
template <class M>
[[nodiscard]] std::span<const typename M::Scalar> entries(const Eigen::PlainObjectBase<M>& m) {
    return {m.data(), static_cast<std::size_t>(m.size())};
}

[[nodiscard]] inline double sum(std::span<const double> x) {
    return sum_of_terms<double>(x.size(), [](const auto& a) { return a; }, x.data());
}

/// Of vectors of the same length, as below.
[[nodiscard]] inline double dot(std::span<const double> x, std::span<const double> y) {
    return sum_of_terms<double>(
        x.size(), [](const auto& a, const auto& b) { return a * b; }, x.data(), y.data());
}

[[nodiscard]] inline float dot(std::span<const float> x, std::span<const float> y) {
    return sum_of_terms<float>(
        x.size(), [](const auto& a, const auto& b) { return a * b; }, x.data(), y.data());
}

[[nodiscard]] inline double squared_norm(std::span<const double> x) {
    return dot(x, x);
}
[[nodiscard]] inline float squared_norm(std::span<const float> x) {
    return dot(x, x);
}

TOPOPRUNE_DECLARE [[nodiscard]] double norm(std::span<const double> x);

[[nodiscard]] inline double squared_distance(std::span<const double> x, std::span<const double> y) {
    return sum_of_terms<double>(
        x.size(), [](const auto& a, const auto& b) { return (a - b) * (a - b); }, x.data(), y.data());
}

[[nodiscard]] inline float squared_distance(std::span<const float> x, std::span<const float> y) {
    return sum_of_terms<float>(
        x.size(), [](const auto& a, const auto& b) { return (a - b) * (a - b); }, x.data(), y.data());
}

/// The sums of the columns, by ascending row.
TOPOPRUNE_DECLARE [[nodiscard]] Eigen::RowVectorXd column_sums(matrix_view<const double> values);

[[nodiscard]] inline Eigen::RowVectorXd column_means(matrix_view<const double> values) {
    return column_sums(values) / static_cast<double>(values.rows());
}

/// For each row the sum of a(i, j) b(i, j), by ascending j.
TOPOPRUNE_DECLARE [[nodiscard]] Eigen::ArrayXd row_dots(const Eigen::ArrayXXd& a, const Eigen::ArrayXXd& b);

/// y += a x
TOPOPRUNE_DECLARE void add_multiple(double a, std::span<const double> x, std::span<double> y);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "dense_sums.ipp"
#endif
