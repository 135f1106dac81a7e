// SPDX-License-Identifier: MIT
#include <topoprune/core/detail/symmetric_eigen.hpp>
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

matrix<double> normal_symmetric(std::int64_t n, std::uint64_t stream) {
    const random_stream random(5, stream);
    matrix<double> result(n, n);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t j = 0; j <= i; ++j)
            result(i, j) = result(j, i) = random.normal(static_cast<std::uint64_t>(i * n + j));
    return result;
}

/// Residuals, orthonormality and order.
symmetric_eigenpairs checked(const matrix<double>& a) {
    const symmetric_eigenpairs found = symmetric_eigen(a);
    const Eigen::Index n = a.rows();
    REQUIRE(std::ssize(found.values) == n);
    REQUIRE(found.vectors.rows() == n);
    REQUIRE(found.vectors.cols() == n);
    CHECK(std::is_sorted(found.values.begin(), found.values.end()));
    const double scale = n > 0 ? a.cwiseAbs().maxCoeff() : 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        const Eigen::VectorXd v = found.vectors.row(i);
        CHECK((a * v - found.values[static_cast<std::size_t>(i)] * v).norm() <=
              1e-14 * static_cast<double>(n) * scale);
        for (Eigen::Index j = 0; j <= i; ++j)
            CHECK(std::abs(v.dot(found.vectors.row(j)) - (i == j)) <= 1e-13);
    }
    return found;
}

} // namespace

TEST_CASE("the path graph has the eigenvalues 2 - 2 cos(pi k / n)") {
    for (const std::int64_t n : {1, 2, 3, 17, 70}) {
        CAPTURE(n);
        matrix<double> laplacian = matrix<double>::Zero(n, n);
        for (std::int64_t i = 0; i + 1 < n; ++i) {
            laplacian(i, i) += 1;
            laplacian(i + 1, i + 1) += 1;
            laplacian(i, i + 1) = laplacian(i + 1, i) = -1;
        }
        const symmetric_eigenpairs found = checked(laplacian);
        for (std::int64_t k = 0; k < n; ++k)
            CHECK(std::abs(found.values[static_cast<std::size_t>(k)] -
                           (2 - 2 * std::cos(std::numbers::pi * static_cast<double>(k) /
                                             static_cast<double>(n)))) <= 1e-13);
    }
}

TEST_CASE("eigenvalues agree with those of another solver") {
    for (const std::int64_t n : {2, 5, 31, 32, 33, 100}) {
        CAPTURE(n);
        const matrix<double> a = normal_symmetric(n, static_cast<std::uint64_t>(n));
        const symmetric_eigenpairs found = checked(a);
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> other(a);
        for (std::int64_t i = 0; i < n; ++i)
            CHECK(std::abs(found.values[static_cast<std::size_t>(i)] - other.eigenvalues()[i]) <=
                  1e-12 * other.eigenvalues().cwiseAbs().maxCoeff());
    }
}

TEST_CASE("repeated eigenvalues have orthonormal eigenvectors") {
    // The complete graph: 0 once, n else.
    matrix<double> complete = matrix<double>::Constant(40, 40, -1);
    complete.diagonal().setConstant(39);
    const symmetric_eigenpairs found = checked(complete);
    CHECK(std::abs(found.values[0]) <= 1e-12);
    for (std::size_t i = 1; i < 40; ++i)
        CHECK(found.values[i] == doctest::Approx(40).epsilon(1e-14));

    const symmetric_eigenpairs equal = checked(matrix<double>::Identity(9, 9) * 3.0);
    CHECK(equal.values == std::vector<double>(9, 3.0));
    const symmetric_eigenpairs zero = checked(matrix<double>::Zero(9, 9));
    CHECK(zero.values == std::vector<double>(9, 0.0));
}

TEST_CASE("matrices of low rank converge") {
    const matrix<double> x = normal_symmetric(60, 3).leftCols(4);
    const symmetric_eigenpairs found = checked(x * x.transpose());
    for (std::size_t i = 0; i < 56; ++i)
        CHECK(std::abs(found.values[i]) <= 1e-13 * found.values.back());
    CHECK(found.values[56] > 1);
}

TEST_CASE("the scale of a matrix does not matter") {
    const matrix<double> a = normal_symmetric(12, 4);
    const symmetric_eigenpairs found = symmetric_eigen(a);
    for (const int exponent : {-900, -200, 200, 900}) {
        const symmetric_eigenpairs scaled = symmetric_eigen(a * std::ldexp(1.0, exponent));
        CHECK(scaled.vectors == found.vectors);
        for (std::size_t i = 0; i < 12; ++i)
            CHECK(scaled.values[i] == std::ldexp(found.values[i], exponent));
    }
}

TEST_CASE("a matrix without entries has no eigenpairs") {
    CHECK(symmetric_eigen(matrix<double>(0, 0)).values.empty());
    const symmetric_eigenpairs one = symmetric_eigen(matrix<double>::Constant(1, 1, -2.5));
    CHECK(one.values == std::vector<double>{-2.5});
    CHECK(std::abs(one.vectors(0, 0)) == 1);
}

TEST_CASE("what has no eigenvalues is refused") {
    CHECK_THROWS_AS((void)symmetric_eigen(matrix<double>::Zero(2, 3)), std::invalid_argument);
    for (const double value :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        matrix<double> a = normal_symmetric(5, 6);
        a(3, 1) = a(1, 3) = value;
        CHECK_THROWS_AS((void)symmetric_eigen(a), std::invalid_argument);
    }
}
