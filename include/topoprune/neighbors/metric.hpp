// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "../core/compiled.hpp"
#include "../core/execution.hpp"
#include "../core/matrix.hpp"
#include "detail/centered_sums.hpp"
#include "detail/pair_sums.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune {

/// n samples rewritten so that comparing two of them is one dot product, and comparing all of them a product
/// of matrices:
///     raw(i, j) = halves[i] + halves[j] - <rows_i, rows_j>.
/// 4 (d + 1) bytes a sample.
struct product_form {
    /// n x d, row-major.
    matrix<float> rows;
    /// n; halves[i] >= |rows_i|^2 / 2.
    std::vector<float> halves;
    /// What one unit of raw is worth, and what raw 0 is: Metric::to_distance is asked for
    /// unit * raw(i, j) + offset.
    double unit = 1;
    double offset = 0;
};

/// Atom of Metric: `metric.prepare(points, execution)` rewrites n x d points for matrix products.
template <class M>
concept ComparesByProducts =
    requires(const M& metric, matrix_view<const float> points, const execution& where) {
        { metric.prepare(points, where) } -> std::same_as<product_form>;
    };

/// Atom of Metric: `metric.to_distance(raw)` turns a comparison value into a distance.
template <class M>
concept ConvertsToDistance = requires(const M& metric, double raw) {
    { metric.to_distance(raw) } -> std::same_as<double>;
};

/// `metric.write_unrounded_row(x, row)` writes in double, for one sample of d features, what prepare rounds
/// to float: the halved squared distance of two such rows, divided by form.unit, differs from that of the
/// rows of the product form by the rounding of the latter alone. Rows may be moved, all by the same vector.
/// What a metric may add to a Metric: searches can then compare samples that lie so near one another that
/// prepared rows do not tell them apart. A metric chosen at run time may say by gives_unrounded_rows() that
/// the one it stands for has none.
template <class M>
concept GivesUnroundedRows = requires(const M& metric, std::span<const float> x, std::span<double> row) {
    { metric.write_unrounded_row(x, row) } -> std::same_as<void>;
};

/// Whether samples without a direction are alike under the metric; see Metric.
template <class M>
[[nodiscard]] constexpr bool compares_directions(const M& metric) {
    if constexpr (requires { bool(metric.compares_directions()); })
        return metric.compares_directions();
    else
        return requires { requires M::compares_directions; };
}

/// Whether the metric sums squared differences of features; see Metric.
template <class M>
[[nodiscard]] constexpr bool measures_differences(const M& metric) {
    if constexpr (requires { bool(metric.measures_differences()); })
        return metric.measures_differences();
    else
        return requires { requires M::measures_differences; };
}

/// Whether write_unrounded_row may be called.
template <class M>
[[nodiscard]] constexpr bool gives_unrounded_rows(const M& metric) {
    if constexpr (requires { bool(metric.gives_unrounded_rows()); })
        return metric.gives_unrounded_rows();
    else
        return GivesUnroundedRows<M>;
}

/// Atom of Metric: `metric.distance(x, y)` measures two samples of d features.
template <class M>
concept MeasuresPairs = requires(const M& metric, std::span<const float> x, std::span<const float> y) {
    { metric.distance(x, y) } -> std::same_as<double>;
};

/// A type that tells how far apart two samples are.
/// Semantics: `distance` is the reference, accumulated in double; symmetric and finite. `to_distance` is
/// increasing, and to_distance(unit * raw(i, j) + offset) is distance(x_i, x_j) up to the rounding of raw in
/// float. raw is half a squared Euclidean distance: of the rows themselves, or of rows lengthened by a
/// coordinate of their own where halves[i] > |rows_i|^2 / 2. From this a search bounds that rounding.
/// A metric may say `static constexpr bool compares_directions = true`: a sample at a distance above 0 from
/// itself is then, to the last bit, at that distance from everything, and searches treat all such samples as
/// one. And `static constexpr bool measures_differences = true`, if it GivesUnroundedRows: it sums squared
/// differences of features, so that the rounding of a distance is small beside the distance, not only beside
/// the rows. A metric chosen at run time says either by a member function of that name.
/// Models: correlation, cosine, euclidean, inner_product.
/// Cost: prepare O(n d), distance O(d).
template <class M>
concept Metric = std::copyable<M> && ComparesByProducts<M> && ConvertsToDistance<M> && MeasuresPairs<M>;

/// What a metric, which may be anybody's, makes of the points. Throws std::invalid_argument that names the
/// function unless it is a row and a half for each point. O(1) beside the metric.
template <Metric M>
[[nodiscard]] product_form prepare_points(const M& metric, matrix_view<const float> points,
                                          std::string_view function, const execution& where) {
    product_form form = metric.prepare(points, where);
    require(form.rows.rows() == points.rows(), function, "the number of rows that the metric prepared",
            form.rows.rows(), "the number of points,", points.rows());
    require(form.rows.cols() == points.columns(), function, "the number of columns that the metric prepared",
            form.rows.cols(), "that of the points,", points.columns());
    require(std::ssize(form.halves) == points.rows(), function,
            "the number of halves that the metric prepared", form.halves.size(), "the number of points,",
            points.rows());
    return form;
}

namespace detail {

/// Each sample minus the number center(sample), brought to length 1 (or 0), with halves 1/2:
/// raw = 1 - cos of the angle between two such rows.
template <class Center>
[[nodiscard]] product_form unit_rows(matrix_view<const float> points, const Center& center,
                                     const execution& where) {
    product_form form{.rows = matrix<float>(points.rows(), points.columns()),
                      .halves = std::vector<float>(static_cast<std::size_t>(points.rows()), 0.5F)};
    where.parallel_ranges(points.rows(), 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const auto x = points.row(i);
            const double middle = center(x);
            const double length = std::sqrt(sum_centered_products(x, middle, x, middle).xx);
            const double scale = length > 0 ? 1.0 / length : 0.0;
            for (std::int64_t c = 0; c < points.columns(); ++c)
                form.rows(i, c) = static_cast<float>((static_cast<double>(points(i, c)) - middle) * scale);
        }
    });
    return form;
}

/// The row of unit_rows before its rounding to float.
inline void write_unit_row(std::span<const float> x, double middle, std::span<double> row) {
    const double length = std::sqrt(sum_centered_products(x, middle, x, middle).xx);
    const double scale = length > 0 ? 1.0 / length : 0.0;
    for (std::size_t c = 0; c < x.size(); ++c)
        row[c] = (static_cast<double>(x[c]) - middle) * scale;
}

} // namespace detail

/// 1 - cos of the angle between two samples, in [0, 2]. A zero vector has no direction: it counts as one of
/// its own, orthogonal to all others, and is at distance 1 from everything, other zero vectors included.
struct cosine {
    /// All samples without a direction are at one distance from everything.
    static constexpr bool compares_directions = true;

    /// Rows of length 1 (or 0), halves 1/2: raw = 1 - cos.
    [[nodiscard]] product_form prepare(matrix_view<const float> points, const execution& where) const {
        return detail::unit_rows(points, [](std::span<const float>) { return 0.0; }, where);
    }

    void write_unrounded_row(std::span<const float> x, std::span<double> row) const {
        detail::write_unit_row(x, 0.0, row);
    }

    [[nodiscard]] double to_distance(double raw) const { return std::clamp(raw, 0.0, 2.0); }

    /// Exactly 0 for equal samples.
    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        return detail::angular_distance(detail::sum_products(x, y));
    }
};

/// The l2 distance sqrt(sum_c (x_c - y_c)^2).
struct euclidean {
    static constexpr bool measures_differences = true;

    /// Rows minus their common mean, which keeps the cancellation in raw = |x - y|^2 / 2 small, in units of
    /// a power of two that keeps squares from overflowing.
    TOPOPRUNE_DECLARE [[nodiscard]] product_form prepare(matrix_view<const float> points,
                                                         const execution& where) const;

    /// The sample itself: differences do not depend on the mean.
    void write_unrounded_row(std::span<const float> x, std::span<double> row) const {
        std::copy(x.begin(), x.end(), row.begin());
    }

    [[nodiscard]] double to_distance(double raw) const { return std::sqrt(2.0 * std::max(raw, 0.0)); }

    [[nodiscard]] double distance(std::span<const float> x, std::span<const float> y) const {
        return std::sqrt(detail::sum_squared_differences(x, y));
    }
};

static_assert(Metric<cosine> && GivesUnroundedRows<cosine>);
static_assert(Metric<euclidean> && GivesUnroundedRows<euclidean>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "metric.ipp"
#endif
