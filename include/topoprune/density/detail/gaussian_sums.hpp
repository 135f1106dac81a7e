// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/matrix.hpp"

#include <xsimd/xsimd.hpp>

#include <array>
#include <limits>
#include <vector>

/// The two sums of a Gaussian kernel density estimate, row by row, a vector of columns at a time.
/// Each is one out-of-line function: were it inlined in two places, the compiler could contract its
/// multiplies and adds differently there, and the same row would get other bits on another thread.
namespace topoprune::detail {

// GCC 12 takes the "undefined" operand inside its own AVX-512 intrinsics for a use of an uninitialized value.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

/// The points as one array per coordinate, scaled by 1 / (h sqrt 2) so that the kernel is exp(-|u|^2), padded
/// to whole vectors by points at infinity, whose kernel is 0.
class gaussian_cloud {
public:
    using batch = xsimd::batch<double>;
    static constexpr std::size_t lanes = batch::size;

    gaussian_cloud(matrix_view<const double> points, double bandwidth)
        : dimensions_(static_cast<std::size_t>(points.columns())),
          padded_((static_cast<std::size_t>(points.rows()) + lanes - 1) / lanes * lanes),
          scale_(1.0 / (bandwidth * std::sqrt(2.0))), coordinates_(dimensions_ * padded_, 0.0) {
        for (std::size_t k = 0; k < dimensions_; ++k) {
            for (std::int64_t i = 0; i < points.rows(); ++i)
                coordinates_[k * padded_ + static_cast<std::size_t>(i)] =
                    points(i, static_cast<std::int64_t>(k)) * scale_;
            for (std::size_t i = static_cast<std::size_t>(points.rows()); i < padded_; ++i)
                coordinates_[k * padded_ + i] = far_away;
        }
    }

    [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
    [[nodiscard]] std::size_t padded_size() const { return padded_; }
    [[nodiscard]] double scale() const { return scale_; }
    [[nodiscard]] const double* coordinate(std::size_t k) const { return coordinates_.data() + k * padded_; }

private:
    /// Far enough that the kernel is exactly 0, near enough that its square is finite.
    static constexpr double far_away = 1e150;

    std::size_t dimensions_;
    std::size_t padded_;
    double scale_;
    std::vector<double> coordinates_;
};

[[nodiscard]] inline double sum_of_lanes(const gaussian_cloud::batch& values) {
    std::array<double, gaussian_cloud::lanes> lanes;
    values.store_unaligned(lanes.data());
    double sum = 0;
    for (const double lane : lanes)
        sum += lane;
    return sum;
}

/// exp(-|x_i - x_j|^2) for the vector of columns that begins at j; 0 where the square exceeds 700, beyond
/// which the vector exponential leaves the normal numbers.
[[nodiscard]] inline gaussian_cloud::batch kernel_values(const gaussian_cloud& cloud, std::size_t i,
                                                         std::size_t j) {
    using batch = gaussian_cloud::batch;
    batch square(0.0);
    for (std::size_t k = 0; k < cloud.dimensions(); ++k) {
        const batch difference =
            batch(cloud.coordinate(k)[i]) - batch::load_unaligned(cloud.coordinate(k) + j);
        square = xsimd::fma(difference, difference, square);
    }
    const batch limit(700.0);
    return xsimd::select(square < limit, xsimd::exp(-xsimd::min(square, limit)), batch(0.0));
}

/// sums_i = sum_j exp(-|x_i - x_j|^2) for i in [begin, end).
[[gnu::noinline]] inline void kernel_sums(const gaussian_cloud& cloud, std::int64_t begin, std::int64_t end,
                                          std::vector<double>& sums) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
        gaussian_cloud::batch sum(0.0);
        for (std::size_t j = 0; j < cloud.padded_size(); j += gaussian_cloud::lanes)
            sum += kernel_values(cloud, i, j);
        sums[i] = sum_of_lanes(sum);
    }
}

/// gradient_i -= (1/h^2) sum_j k_ij (shares_i + shares_j) (x_i - x_j) for i in [begin, end);
/// shares: padded_size(), zero beyond the points.
[[gnu::noinline]] inline void add_kernel_pull_back(const gaussian_cloud& cloud, std::int64_t begin,
                                                   std::int64_t end, const std::vector<double>& shares,
                                                   matrix_view<double> gradient) {
    using batch = gaussian_cloud::batch;
    // The cloud is scaled by 1 / (h sqrt 2): 1/h^2 of a true difference is sqrt(2)/h = 2 scale of a scaled
    // one.
    const double factor = 2.0 * cloud.scale();
    std::vector<batch> pulls(cloud.dimensions(), batch(0.0));
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
        std::fill(pulls.begin(), pulls.end(), batch(0.0));
        const batch own_share(shares[i]);
        for (std::size_t j = 0; j < cloud.padded_size(); j += gaussian_cloud::lanes) {
            const batch weight =
                kernel_values(cloud, i, j) * (own_share + batch::load_unaligned(shares.data() + j));
            for (std::size_t k = 0; k < cloud.dimensions(); ++k)
                pulls[k] = xsimd::fma(
                    weight, batch(cloud.coordinate(k)[i]) - batch::load_unaligned(cloud.coordinate(k) + j),
                    pulls[k]);
        }
        for (std::size_t k = 0; k < cloud.dimensions(); ++k)
            gradient(static_cast<std::int64_t>(i), static_cast<std::int64_t>(k)) -=
                factor * sum_of_lanes(pulls[k]);
    }
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

} // namespace topoprune::detail
