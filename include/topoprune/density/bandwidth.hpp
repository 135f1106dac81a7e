// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"

#include <cmath>
#include <concepts>
#include <cstdint>
#include <string_view>

namespace topoprune {

/// The bandwidth h of a kernel density estimate: a number, or a rule that derives one from the n points in m
/// dimensions. With the scale sigma = sqrt( (1/m) sum_k variance_k ), the root of the mean marginal variance
/// (denominator n - 1; Silverman 1986, section 4.3.2, page 87),
///
///     scott:      h = sigma n^(-1 / (m + 4))                       Scott 1992, equation 6.42
///     silverman:  h = sigma (4 / ((m + 2) n))^(1 / (m + 4))        Silverman 1986, equation 4.14
///
/// Both are best for one round Gaussian; for clusters they smooth too much. In the plane they are the same.
/// They scale with the points and do not see a shift. A cloud of no extent (one point, or all at one place)
/// has no scale: its h is 1.
class bandwidth {
public:
    /// In units of the points' coordinates; > 0, checked where it is used.
    template <class Number>
        requires std::integral<Number> || std::floating_point<Number>
    constexpr bandwidth(Number value) : value_(static_cast<double>(value)) {}

    [[nodiscard]] static constexpr bandwidth scott() { return bandwidth(rule::scott); }
    [[nodiscard]] static constexpr bandwidth silverman() { return bandwidth(rule::silverman); }

    /// Whether h moves with the points.
    [[nodiscard]] constexpr bool depends_on_points() const { return rule_ != rule::fixed; }

    /// h. Throws std::invalid_argument, in the name of `function`, for a number that is not positive and
    /// finite. Cost: O(n m).
    TOPOPRUNE_DECLARE [[nodiscard]] double value(matrix_view<const double> points,
                                                 std::string_view function) const;

    /// gradient += derivative * d h / d points: h (x_i - mean) / (sigma^2 m (n - 1)) for point i under a
    /// rule, 0 for a number or a cloud of no extent.
    TOPOPRUNE_DECLARE void add_pull_back(matrix_view<const double> points, double derivative,
                                         matrix_view<double> gradient) const;

private:
    enum class rule { fixed, scott, silverman };

    constexpr explicit bandwidth(rule r) : rule_(r) {}

    /// h / sigma
    [[nodiscard]] double factor(matrix_view<const double> points) const {
        const auto n = static_cast<double>(points.rows());
        const auto m = static_cast<double>(points.columns());
        return std::pow(rule_ == rule::silverman ? 4 / ((m + 2) * n) : 1 / n, 1 / (m + 4));
    }

    /// sigma; 0 without extent. Squares are taken of deviations over the largest, so none overflows.
    TOPOPRUNE_DECLARE [[nodiscard]] static double scale(matrix_view<const double> points);

    rule rule_ = rule::fixed;
    double value_ = 0;
};

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "bandwidth.ipp"
#endif
