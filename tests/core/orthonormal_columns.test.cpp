// SPDX-License-Identifier: MIT
#include <topoprune/core/detail/orthonormal_columns.hpp>
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

Eigen::MatrixXd normal_columns(std::int64_t rows, std::int64_t columns) {
    const random_stream random(9, 1);
    Eigen::MatrixXd result(rows, columns);
    for (std::int64_t i = 0; i < result.size(); ++i)
        result.data()[i] = random.normal(static_cast<std::uint64_t>(i));
    return result;
}

double deviation(const Eigen::MatrixXd& q) {
    const Eigen::MatrixXd products = q.transpose() * q;
    return (products - Eigen::MatrixXd::Identity(q.cols(), q.cols())).cwiseAbs().maxCoeff();
}

} // namespace

TEST_CASE("the columns become an orthonormal basis of their span") {
    for (const std::int64_t columns : {1, 2, 20, 50}) {
        const Eigen::MatrixXd given = normal_columns(50, columns);
        Eigen::MatrixXd q = given;
        orthonormalize(q);
        CHECK(deviation(q) <= 1e-14);
        CHECK((given - q * (q.transpose() * given)).cwiseAbs().maxCoeff() <= 1e-13);
        CHECK((q.col(0) - given.col(0).normalized()).cwiseAbs().maxCoeff() <= 1e-15);
    }
}

TEST_CASE("nearly dependent columns become orthonormal to full precision") {
    Eigen::MatrixXd hilbert(30, 30);
    for (Eigen::Index i = 0; i < 30; ++i)
        for (Eigen::Index j = 0; j < 30; ++j)
            hilbert(i, j) = 1 / static_cast<double>(i + j + 1);
    orthonormalize(hilbert);
    CHECK(deviation(hilbert) <= 1e-14);
}

TEST_CASE("the basis is orthonormal whatever the rank") {
    Eigen::MatrixXd zero = Eigen::MatrixXd::Zero(8, 8);
    orthonormalize(zero);
    CHECK(deviation(zero) <= 1e-15);

    Eigen::MatrixXd equal = Eigen::MatrixXd::Constant(8, 8, 3.0);
    orthonormalize(equal);
    CHECK(deviation(equal) <= 1e-14);
    CHECK((equal.col(0).array() - std::sqrt(1.0 / 8)).abs().maxCoeff() <= 1e-15);

    Eigen::MatrixXd mixed = normal_columns(40, 12);
    mixed.col(4) = mixed.col(1) - 2 * mixed.col(2);
    mixed.col(7).setZero();
    const Eigen::MatrixXd given = mixed;
    orthonormalize(mixed);
    CHECK(deviation(mixed) <= 1e-14);
    CHECK((given - mixed * (mixed.transpose() * given)).cwiseAbs().maxCoeff() <= 1e-13);
}

TEST_CASE("no columns, and more columns than rows") {
    Eigen::MatrixXd none(5, 0);
    orthonormalize(none);
    CHECK(none.cols() == 0);
    Eigen::MatrixXd wide = normal_columns(2, 3);
    CHECK_THROWS_AS(orthonormalize(wide), std::invalid_argument);
}
