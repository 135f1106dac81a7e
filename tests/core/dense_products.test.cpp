// SPDX-License-Identifier: MIT
#include <topoprune/core/detail/dense_products.hpp>
#include <topoprune/core/matrix.hpp>
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <stdexcept>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

template <class M>
M normal_matrix(std::int64_t rows, std::int64_t columns, std::uint64_t stream) {
    const random_stream random(11, stream);
    M result(rows, columns);
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j)
            result(i, j) =
                static_cast<typename M::Scalar>(random.normal(static_cast<std::uint64_t>(i * columns + j)));
    return result;
}

template <class A, class B, class C>
double largest_error(const A& a, const B& b, const C& before, const C& after) {
    double error = 0;
    for (Eigen::Index i = 0; i < a.rows(); ++i)
        for (Eigen::Index j = 0; j < b.cols(); ++j) {
            auto sum = static_cast<long double>(before(i, j));
            for (Eigen::Index k = 0; k < a.cols(); ++k)
                sum += static_cast<long double>(a(i, k)) * static_cast<long double>(b(k, j));
            error = std::max(error, static_cast<double>(std::abs(sum - after(i, j))));
        }
    return error;
}

template <class A, class B, class C>
void check_product(std::int64_t rows, std::int64_t depth, std::int64_t columns, double tolerance) {
    CAPTURE(rows);
    CAPTURE(depth);
    CAPTURE(columns);
    const A a = normal_matrix<A>(rows, depth, 1);
    const B b = normal_matrix<B>(depth, columns, 2);
    const C before = normal_matrix<C>(rows, columns, 3);
    C c = before;
    add_product(a, b, c);
    CHECK(largest_error(a, b, before, c) <= tolerance * (1 + static_cast<double>(depth)));
}

} // namespace

TEST_CASE("products of all shapes and orders agree with those in higher precision") {
    constexpr std::array<std::array<std::int64_t, 3>, 12> shapes{{{0, 3, 4},
                                                                  {3, 0, 4},
                                                                  {3, 4, 0},
                                                                  {1, 1, 1},
                                                                  {6, 5, 16},
                                                                  {7, 5, 17},
                                                                  {13, 300, 33},
                                                                  {1, 600, 9},
                                                                  {9, 600, 1},
                                                                  {22, 22, 22},
                                                                  {64, 70, 31},
                                                                  {5, 256, 8}}};
    for (const auto& [rows, depth, columns] : shapes) {
        check_product<Eigen::MatrixXd, Eigen::MatrixXd, Eigen::MatrixXd>(rows, depth, columns, 1e-15);
        check_product<matrix<double>, Eigen::MatrixXd, Eigen::MatrixXd>(rows, depth, columns, 1e-15);
        check_product<Eigen::MatrixXd, matrix<double>, matrix<double>>(rows, depth, columns, 1e-15);
        check_product<matrix<double>, matrix<double>, matrix<double>>(rows, depth, columns, 1e-15);
        check_product<matrix<float>, Eigen::MatrixXf, matrix<float>>(rows, depth, columns, 1e-6);
    }
}

TEST_CASE("an entry has the same bits in any order of memory and in any block") {
    const auto a = normal_matrix<matrix<double>>(29, 531, 1);
    const auto b = normal_matrix<matrix<double>>(531, 41, 2);
    matrix<double> c = matrix<double>::Zero(29, 41);
    add_product(a, b, c);

    Eigen::MatrixXd by_columns = Eigen::MatrixXd::Zero(29, 41);
    add_product(Eigen::MatrixXd(a), Eigen::MatrixXd(b), by_columns);
    CHECK(by_columns == c);

    matrix<double> transposed = matrix<double>::Zero(41, 29);
    add_product(strided_view<const double>(b).transposed(), strided_view<const double>(a).transposed(),
                transposed);
    CHECK(transposed.transpose() == c);

    matrix<double> in_blocks = matrix<double>::Zero(29, 41);
    const strided_view<const double> all_a(a), all_b(b);
    for (std::int64_t i = 0; i < 29; ++i)
        for (std::int64_t j = 0; j < 41; j += 7)
            add_product(all_a.block(i, 0, 1, 531), all_b.block(0, j, 531, std::min<std::int64_t>(7, 41 - j)),
                        in_blocks.block(i, j, 1, std::min<std::int64_t>(7, 41 - j)));
    CHECK(in_blocks == c);

    // Neither rows nor columns of the result are contiguous.
    std::vector<double> sparse(29 * 41 * 6, 0.0);
    add_product(a, b, strided_view<double>(sparse.data(), 29, 41, 41 * 6, 3));
    for (std::int64_t i = 0; i < 29; ++i)
        for (std::int64_t j = 0; j < 41; ++j)
            REQUIRE(sparse[static_cast<std::size_t>(i * 41 * 6 + j * 3)] == c(i, j));
}

TEST_CASE("products are summed by ascending index") {
    matrix<double> a(1, 4), b(4, 1), c = matrix<double>::Zero(1, 1);
    a << 1, 1, 1, 1;
    b << 1e16, 1, -1e16, 1;
    add_product(a, b, c);
    CHECK(c(0, 0) == 1); // 1e16 + 1 rounds to 1e16
}

TEST_CASE("shapes that do not fit are refused") {
    const matrix<double> a = matrix<double>::Zero(2, 3), b = matrix<double>::Zero(4, 2);
    matrix<double> c = matrix<double>::Zero(2, 2);
    CHECK_THROWS_AS(add_product(a, b, c), std::invalid_argument);
    const matrix<double> fitting = matrix<double>::Zero(3, 2);
    matrix<double> wide = matrix<double>::Zero(2, 3), tall = matrix<double>::Zero(3, 2);
    CHECK_THROWS_AS(add_product(a, fitting, wide), std::invalid_argument);
    CHECK_THROWS_AS(add_product(a, fitting, tall), std::invalid_argument);
}
