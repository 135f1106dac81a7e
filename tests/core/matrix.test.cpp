// SPDX-License-Identifier: MIT
#include <topoprune/core/matrix.hpp>

#include <doctest/doctest.h>

#include <limits>
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
