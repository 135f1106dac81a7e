// SPDX-License-Identifier: MIT
#include <topoprune/core/matrix.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>
#include <type_traits>
#include <vector>

using namespace topoprune;

static_assert(std::is_convertible_v<const matrix<float>&, matrix_view<const float>>);
static_assert(std::is_convertible_v<matrix<float>&, matrix_view<float>>);
static_assert(!std::is_convertible_v<const matrix<float>&, matrix_view<float>>); // because it would write
static_assert(
    !std::is_convertible_v<const Eigen::MatrixXf&, matrix_view<const float>>); // because of its order
static_assert(
    !std::is_convertible_v<const matrix<double>&, matrix_view<const float>>); // because of its numbers

TEST_CASE("a view reads and writes the rows of its owner") {
    matrix<double> owner(2, 3);
    owner << 1, 2, 3, 4, 5, 6;
    const matrix_view<double> view = owner;
    CHECK(view(1, 0) == 4);
    CHECK(view.row(1)[2] == 6);
    view(0, 2) = 9;
    CHECK(owner(0, 2) == 9);
    CHECK(matrix_view<const double>(view).eigen() == owner);
    CHECK(matrix_view<const double>().empty());
}

TEST_CASE("a map with gaps between its rows is refused") {
    std::vector<float> numbers(12, 0.0F);
    const Eigen::Map<const matrix<float>, 0, Eigen::OuterStride<>> gaps(numbers.data(), 3, 2,
                                                                        Eigen::OuterStride<>(4));
    CHECK_THROWS_WITH_AS((void)matrix_view<const float>(gaps),
                         "matrix_view: outer stride is 4, must be the number of columns, 2",
                         std::invalid_argument);
}

namespace {

/// Looks at `expression` through a view, and whether it sees the same numbers, was refused by a sentence, or
/// is no matrix that has a view.
enum class seen { same, others, refused, no_view };

template <class M>
seen look_at(const M& expression) {
    if constexpr (!std::is_convertible_v<const M&, matrix_view<const float>>) {
        return seen::no_view;
    } else {
        try {
            const matrix_view<const float> view = expression;
            if (view.rows() != expression.rows() || view.columns() != expression.cols())
                return seen::others;
            for (Eigen::Index i = 0; i < expression.rows(); ++i)
                for (Eigen::Index j = 0; j < expression.cols(); ++j)
                    if (view(i, j) != expression(i, j))
                        return seen::others;
            return seen::same;
        } catch (const std::invalid_argument&) {
            return seen::refused;
        }
    }
}

} // namespace

TEST_CASE("a view of an expression shows its numbers or is refused") {
    Eigen::MatrixXf by_column(3, 4);
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 4; ++j)
            by_column(i, j) = static_cast<float>(10 * i + j);
    const matrix<float> by_row = by_column;
    const Eigen::Matrix<float, 3, 4> fixed_by_column = by_column;
    const Eigen::Matrix<float, 3, 4, Eigen::RowMajor> fixed_by_row = by_column;

    // Numbers side by side, whatever the expression.
    CHECK(look_at(by_row) == seen::same);
    CHECK(look_at(by_row.row(1)) == seen::same);
    CHECK(look_at(by_row.row(1).segment(1, 2)) == seen::same);
    CHECK(look_at(by_row.topRows(2)) == seen::same);
    CHECK(look_at(by_row.leftCols(2).topRows(1)) == seen::same);
    CHECK(look_at(by_row.block(0, 0, 3, 4).block(1, 1, 1, 2)) == seen::same);
    CHECK(look_at(by_row.array()) == seen::same);
    CHECK(look_at(by_column.transpose()) == seen::same);
    CHECK(look_at(by_column.col(1).transpose()) == seen::same);
    CHECK(look_at(by_column.transpose().row(1)) == seen::same);
    CHECK(look_at(by_column.row(1).eval()) == seen::same);
    CHECK(look_at(fixed_by_row) == seen::same);
    CHECK(look_at(fixed_by_row.row(1)) == seen::same);
    CHECK(look_at(fixed_by_column.transpose()) == seen::same);
    CHECK(look_at(Eigen::Ref<const matrix<float>>(by_row)) == seen::same);
    CHECK(look_at(Eigen::VectorXf(by_column.col(1)).transpose()) == seen::same);

    // Gaps that the type does not tell of.
    CHECK(look_at(by_column.row(1)) == seen::refused);
    CHECK(look_at(by_column.block(0, 0, 2, 3).row(1)) == seen::refused);
    CHECK(look_at(by_column.array().row(1)) == seen::refused);
    CHECK(look_at(by_row.col(2).transpose()) == seen::refused);
    CHECK(look_at(by_row.leftCols(3).diagonal().transpose()) == seen::refused);
    CHECK(look_at(by_row.leftCols(2)) == seen::refused);
    CHECK(look_at(by_row.leftCols(1)) == seen::refused);
    CHECK(look_at(Eigen::Ref<const Eigen::RowVectorXf, 0, Eigen::InnerStride<>>(by_column.row(1))) ==
          seen::refused);
    using any_strides = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
    std::vector<float> numbers(30);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<float>(i);
    const auto map = [&](Eigen::Index rows, Eigen::Index columns, Eigen::Index outer, Eigen::Index inner) {
        return Eigen::Map<const matrix<float>, 0, any_strides>(numbers.data() + 4, rows, columns,
                                                               any_strides(outer, inner));
    };
    for (const Eigen::Index rows : {0, 1, 2, 3})
        for (const Eigen::Index columns : {0, 1, 2, 3})
            for (const Eigen::Index outer : {0, 1, 2, 3, 4, 6})
                for (const Eigen::Index inner : {-1, 0, 1, 2})
                    CHECK(look_at(map(rows, columns, outer, inner)) != seen::others);
    CHECK(look_at(map(2, 3, 3, 1)) == seen::same);
    CHECK(look_at(map(2, 3, 3, 2)) == seen::refused);
    CHECK(look_at(map(1, 3, 9, 1)) == seen::same);

    // Gaps that it does tell of, and what is not row by row.
    CHECK(look_at(fixed_by_column.row(1)) == seen::no_view);
    CHECK(look_at(fixed_by_row.col(1).transpose()) == seen::no_view);
    CHECK(look_at(Eigen::Map<const Eigen::RowVectorXf, 0, Eigen::InnerStride<2>>(numbers.data(), 4)) ==
          seen::no_view);
    CHECK(look_at(by_column) == seen::no_view);
    CHECK(look_at(by_row.row(1).reverse()) == seen::no_view);
    CHECK(look_at(by_row + by_row) == seen::no_view);

    CHECK_THROWS_WITH_AS((void)matrix_view<const float>(by_column.row(1)),
                         "matrix_view: inner stride is 3, must be 1: the numbers of a row lie side by side, "
                         "as in a copy by .eval()",
                         std::invalid_argument);
}

TEST_CASE("the first number that is not finite is named by row and column") {
    matrix<float> values = matrix<float>::Zero(3, 2);
    CHECK_NOTHROW(require_finite(matrix_view<const float>(values), "f", "x"));
    values(2, 1) = -std::numeric_limits<float>::infinity();
    CHECK_THROWS_WITH_AS(require_finite(matrix_view<const float>(values), "f", "x"),
                         "f: x holds -inf in row 2, column 1, must be finite", std::invalid_argument);
}

TEST_CASE("rows are gathered in the order asked for") {
    matrix<float> values(3, 1);
    values << 10, 20, 30;
    const std::vector<std::int64_t> rows{2, 0, 2};
    const matrix<double> gathered =
        gather_rows<double>(matrix_view<const float>(values), std::span<const std::int64_t>(rows));
    REQUIRE(gathered.rows() == 3);
    CHECK(gathered(0, 0) == 30);
    CHECK(gathered(1, 0) == 10);
}
