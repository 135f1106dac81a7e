// SPDX-License-Identifier: MIT
#include <topoprune/core/detail/dense_sums.hpp>
#include <topoprune/core/random.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

std::vector<double> normal_vector(std::size_t size, std::uint64_t stream) {
    const random_stream random(7, stream);
    std::vector<double> x(size);
    for (std::size_t i = 0; i < size; ++i)
        x[i] = random.normal(i);
    return x;
}

/// The order that is promised: 32 partial sums, then halves added to halves.
double ordered_dot(const std::vector<double>& x, const std::vector<double>& y) {
    std::array<double, 32> sums{};
    for (std::size_t i = 0; i < x.size(); ++i) {
        const volatile double product = x[i] * y[i]; // keeps the compiler from fusing it with the sum
        sums[i % 32] += product;
    }
    for (std::size_t half = 16; half > 0; half /= 2)
        for (std::size_t i = 0; i < half; ++i)
            sums[i] += sums[i + half];
    return sums[0];
}

} // namespace

TEST_CASE("sums of any length are taken in the promised order, to the last bit") {
    for (std::size_t size = 0; size < 100; ++size) {
        CAPTURE(size);
        const std::vector<double> x = normal_vector(size, 1), y = normal_vector(size, 2);
        CHECK(sum(x) == ordered_dot(x, std::vector<double>(size, 1.0)));
        CHECK(std::abs(dot(x, y) - ordered_dot(x, y)) <= 1e-14);
        CHECK(squared_norm(x) == dot(x, x));
        CHECK(norm(x) == std::sqrt(dot(x, x)));
        std::vector<double> apart(size);
        for (std::size_t i = 0; i < size; ++i)
            apart[i] = x[i] - y[i];
        CHECK(std::abs(squared_distance(x, y) - squared_norm(apart)) <= 1e-13);
        CHECK(squared_distance(x, x) == 0);
    }
}

TEST_CASE("sums of floats are near those in higher precision") {
    for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 500U}) {
        const std::vector<double> wide_x = normal_vector(size, 3), wide_y = normal_vector(size, 4);
        const std::vector<float> x(wide_x.begin(), wide_x.end()), y(wide_y.begin(), wide_y.end());
        double product = 0, distance = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const auto a = static_cast<double>(x[i]), b = static_cast<double>(y[i]);
            product += a * b;
            distance += (a - b) * (a - b);
        }
        CHECK(static_cast<double>(dot(x, y)) == doctest::Approx(product).epsilon(1e-5));
        CHECK(static_cast<double>(squared_distance(x, y)) == doctest::Approx(distance).epsilon(1e-5));
        CHECK(squared_norm(x) == dot(x, x));
    }
}

TEST_CASE("a number that is not one spreads to the sum") {
    std::vector<double> x(40, 1.0);
    for (const std::size_t at : {0U, 15U, 32U, 39U}) {
        x[at] = std::numeric_limits<double>::quiet_NaN();
        CHECK(std::isnan(sum(x)));
        CHECK(std::isnan(dot(x, x)));
        x[at] = 1;
    }
    CHECK(sum(x) == 40);
}

TEST_CASE("columns and rows are summed one entry after another") {
    matrix<double> values(3, 2);
    values << 1, 1e16, 2, 1, 4, -1e16;
    CHECK(column_sums(values) == Eigen::RowVector2d(7, 0)); // 1e16 + 1 rounds to 1e16
    CHECK(column_means(values) == Eigen::RowVector2d(7.0 / 3, 0));
    CHECK(column_sums(matrix<double>(0, 2)) == Eigen::RowVector2d(0, 0));

    Eigen::ArrayXXd a(2, 3), b(2, 3);
    a << 1e16, 1, -1e16, 1, 2, 3;
    b << 1, 1, 1, 4, 5, 6;
    const Eigen::ArrayXd sums = row_dots(a, b);
    CHECK(sums(0) == 0);
    CHECK(sums(1) == 32);
    CHECK(row_dots(Eigen::ArrayXXd(0, 3), Eigen::ArrayXXd(0, 3)).size() == 0);
}

TEST_CASE("a multiple of a vector is added to another") {
    for (std::size_t size = 0; size < 20; ++size) {
        std::vector<double> x(size), y(size);
        for (std::size_t i = 0; i < size; ++i) {
            x[i] = static_cast<double>(i);
            y[i] = 100;
        }
        add_multiple(-2, x, y);
        for (std::size_t i = 0; i < size; ++i)
            CHECK(y[i] == 100 - 2 * static_cast<double>(i));
    }
}
