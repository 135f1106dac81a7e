// SPDX-License-Identifier: MIT
#pragma once

#include "checks.hpp"
#include "lifetime.hpp"

#include <Eigen/Core>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace topoprune {

/// The owner of a table of numbers: rows x columns, row-major, one sample per row.
template <class T>
using matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Atom of RowMajorMatrix: the numbers of a row are neighbors in memory, as far as the type tells. Of a row
/// of a column-major matrix, or a transposed column, it does not; matrix_view then looks when it is made.
template <class M>
concept HasRowsWithoutGaps =
    int(M::InnerStrideAtCompileTime) == 1 || int(M::InnerStrideAtCompileTime) == Eigen::Dynamic ||
    int(M::ColsAtCompileTime) == 1;

/// A type that is an Eigen matrix, map or block of `T`, row-major. A column-major one is refused here by the
/// compiler, because Eigen::Ref would accept and silently copy it.
template <class M, class T>
concept RowMajorMatrix = requires(M& m) {
    typename M::Scalar;
    { m.data() } -> std::convertible_to<T*>;
    { m.rows() } -> std::convertible_to<std::int64_t>;
    { m.cols() } -> std::convertible_to<std::int64_t>;
    { m.innerStride() } -> std::convertible_to<std::int64_t>;
    { m.outerStride() } -> std::convertible_to<std::int64_t>;
    requires std::same_as<typename M::Scalar, std::remove_const_t<T>>;
    requires bool(M::IsRowMajor);
    requires HasRowsWithoutGaps<M>;
};

namespace detail {

template <class M>
inline constexpr bool may_hold_a_copy = false;
template <class Plain, int Options, class Stride>
inline constexpr bool may_hold_a_copy<Eigen::Ref<const Plain, Options, Stride>> = true;

} // namespace detail

/// A type of Eigen whose values hold numbers of their own, which end with them: a matrix, an array, or a
/// reference to a constant one, which may hold a copy. Maps and blocks do not.
template <class M>
concept OwnsNumbers = detail::may_hold_a_copy<M> || requires {
    typename M::PlainObject;
    requires std::same_as<M, typename M::PlainObject>;
};

/// A view of rows x columns numbers that lie one row after another without gaps. It owns nothing and is two
/// words and a pointer long: pass it by value. `matrix_view<const float>` is the type of features (n x d),
/// `matrix_view<const double>` that of planar points (n x 2).
///
/// As a parameter it takes a matrix that a function has just returned, which lives as long as the call. A
/// view that stays behind would look at freed memory: `matrix_view<const float> view(load())` is refused, and
/// Clang warns of `matrix_view<const float> view = load()`, which looks to a compiler like a parameter. For
/// members see stored_view.
template <class T>
class TOPOPRUNE_IS_VIEW matrix_view {
public:
    matrix_view() = default;

    matrix_view(T* data, std::int64_t rows, std::int64_t columns)
        : data_(data), rows_(rows), columns_(columns) {
        require(rows >= 0, "matrix_view", "rows", rows, "at least 0");
        require(columns >= 0, "matrix_view", "columns", columns, "at least 0");
    }

    /// Throws std::invalid_argument for numbers with gaps between them.
    template <RowMajorMatrix<T> M>
        requires std::is_const_v<T>
    matrix_view(const M& m TOPOPRUNE_LIVES_AS_LONG) : matrix_view(m.data(), m.rows(), m.cols()) {
        require_no_gaps(m);
    }

    template <RowMajorMatrix<T> M>
        requires(!std::is_const_v<T>)
    matrix_view(M& m TOPOPRUNE_LIVES_AS_LONG) : matrix_view(m.data(), m.rows(), m.cols()) {
        require_no_gaps(m);
    }

    /// The numbers of a temporary end with the statement: give it a name.
    template <class M>
        requires(OwnsNumbers<std::remove_cvref_t<M>> && !std::is_lvalue_reference_v<M>)
    explicit matrix_view(M&&) = delete;
    template <class M>
        requires(OwnsNumbers<std::remove_cvref_t<M>> && !std::is_lvalue_reference_v<M>)
    matrix_view& operator=(M&&) = delete;

    /// A view to write through is also a view to read through.
    operator matrix_view<const T>() const
        requires(!std::is_const_v<T>)
    {
        return {data_, rows_, columns_};
    }

    [[nodiscard]] T* data() const { return data_; }
    [[nodiscard]] std::int64_t rows() const { return rows_; }
    [[nodiscard]] std::int64_t columns() const { return columns_; }
    [[nodiscard]] std::int64_t size() const { return rows_ * columns_; }
    [[nodiscard]] bool empty() const { return size() == 0; }

    T& operator()(std::int64_t row, std::int64_t column) const { return data_[row * columns_ + column]; }

    [[nodiscard]] std::span<T> row(std::int64_t row) const {
        return {data_ + row * columns_, static_cast<std::size_t>(columns_)};
    }

    /// The same numbers as Eigen sees them, without a copy.
    [[nodiscard]] auto eigen() const {
        using plain = matrix<std::remove_const_t<T>>;
        using mapped = std::conditional_t<std::is_const_v<T>, const plain, plain>;
        return Eigen::Map<mapped>(data_, rows_, columns_);
    }

private:
    template <class M>
    static void require_no_gaps(const M& m) {
        require(m.cols() <= 1 || m.innerStride() == 1, "matrix_view", "inner stride", m.innerStride(),
                "1: the numbers of a row lie side by side, as in a copy by .eval()");
        require(m.rows() <= 1 || m.outerStride() == m.cols(), "matrix_view", "outer stride", m.outerStride(),
                "the number of columns,", m.cols());
    }

    T* data_ = nullptr;
    std::int64_t rows_ = 0;
    std::int64_t columns_ = 0;
};

/// Throws std::invalid_argument naming the first row and column that is NaN or infinite.
template <class T>
void require_finite(matrix_view<T> values, std::string_view function, std::string_view argument) {
    for (std::int64_t i = 0; i < values.rows(); ++i)
        for (std::int64_t j = 0; j < values.columns(); ++j)
            if (!std::isfinite(values(i, j))) [[unlikely]] {
                std::ostringstream message;
                message << function << ": " << argument << " holds " << values(i, j) << " in row " << i
                        << ", column " << j << ", must be finite";
                throw std::invalid_argument(message.str());
            }
}

/// The rows `members` of `source`, in that order, as a matrix of `To`.
template <class To, class From, class Index>
matrix<To> gather_rows(matrix_view<From> source, std::span<const Index> members) {
    matrix<To> result(static_cast<Eigen::Index>(members.size()), source.columns());
    for (std::size_t i = 0; i < members.size(); ++i)
        for (std::int64_t j = 0; j < source.columns(); ++j)
            result(static_cast<Eigen::Index>(i), j) =
                static_cast<To>(source(static_cast<std::int64_t>(members[i]), j));
    return result;
}

} // namespace topoprune
