// SPDX-License-Identifier: MIT
#include <topoprune/density/detail/pairwise_kernel_sums.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

using namespace topoprune;

namespace {

/// The sum at point i as the documentation has it, number by number: eight sums for each block of columns.
double sum_at(const matrix<double>& points, Eigen::Index i, double unit) {
    const auto scaled = [&](Eigen::Index j, Eigen::Index c) { return (points(j, c) - points(0, c)) / unit; };
    constexpr auto block = static_cast<Eigen::Index>(detail::kernel_block);
    double result = 0;
    for (Eigen::Index begin = 0; begin < points.rows(); begin += block) {
        std::array<double, 8> s{};
        for (Eigen::Index j = begin; j < std::min(begin + block, points.rows()); ++j) {
            double square = 0;
            for (Eigen::Index c = 0; c < points.cols(); ++c) {
                const double apart = scaled(i, c) - scaled(j, c);
                square = multiply_add(apart, apart, square);
            }
            s[static_cast<std::size_t>((j - begin) % 8)] += detail::exponential(-square);
        }
        result += ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
    }
    return result;
}

} // namespace

TEST_CASE("sums of kernels have the bits of one order of additions, whatever the width of a vector") {
    for (const Eigen::Index n : {1, 5, 8, 29, 2100}) {
        matrix<double> points(n, 3);
        for (Eigen::Index k = 0; k < points.size(); ++k)
            points.data()[k] = std::fmod(0.618033988749895 * static_cast<double>(k + 1), 1.0);
        const double unit = 0.35;
        const std::vector<double> sums =
            detail::pairwise_kernel_sums<detail::gaussian_kernel>(matrix_view<const double>(points), unit)
                .sums(execution{});
        bool same = true;
        for (Eigen::Index i = 0; i < n; i += n > 100 ? 97 : 1)
            same = same && sums[static_cast<std::size_t>(i)] == sum_at(points, i, unit);
        CAPTURE(n);
        CHECK(same);
    }
}
