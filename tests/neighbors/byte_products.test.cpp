// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/neighbors/detail/byte_pilot.hpp>
#include <topoprune/neighbors/detail/byte_products.hpp>
#include <topoprune/neighbors/metric.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

using namespace topoprune;

namespace {

/// Normal, and with every third feature cut off at 0; the last sample is 100 times as long.
matrix<float> features(std::int64_t n, std::int64_t d, double offset) {
    const random_stream random(5, static_cast<std::uint64_t>(d));
    matrix<float> points(n, d);
    for (std::int64_t c = 0; c < n * d; ++c) {
        const double value = offset + random.normal(static_cast<std::uint64_t>(c));
        points.data()[c] = static_cast<float>(c % 3 == 0 ? std::max(value, 0.0) : value);
    }
    points.row(n - 1) *= 100.0F;
    return points;
}

std::vector<std::int32_t> unchanged_order(std::int64_t n) {
    std::vector<std::int32_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    return order;
}

/// Every pair through byte_products; the bounds as an n x n matrix.
matrix<double> all_bounds(const product_form& form) {
    const std::int64_t n = form.rows.rows();
    const auto rows = detail::quantize_rows(form, unchanged_order(n), execution{});
    detail::candidate_lists lists(n, n - 1);
    detail::offer_all_pairs(n, detail::byte_products{rows}, lists, execution({.threads = 2}));
    matrix<double> bounds = matrix<double>::Constant(n, n, std::nan(""));
    std::vector<detail::candidate_lists::candidate> list;
    for (std::int64_t i = 0; i < n; ++i) {
        lists.take(i, list);
        REQUIRE(list.size() == static_cast<std::size_t>(n - 1));
        for (const auto& [value, j] : list)
            bounds(i, j) = static_cast<double>(value);
    }
    return bounds;
}

/// x_i . x_j in double.
double product(const matrix<float>& x, std::int64_t i, std::int64_t j) {
    const float *a = x.data() + i * x.cols(), *b = x.data() + j * x.cols();
    double sum = 0;
    for (std::int64_t c = 0; c < x.cols(); ++c)
        sum += static_cast<double>(a[c]) * static_cast<double>(b[c]);
    return sum;
}

template <Metric M>
void check_bounds(const matrix<float>& points, const M& metric) {
    const product_form form = metric.prepare(points, execution{});
    const matrix<double> bounds = all_bounds(form);
    std::vector<double> lengths;
    for (std::int64_t i = 0; i < points.rows(); ++i)
        lengths.push_back(std::sqrt(product(form.rows, i, i)));
    double highest = -1, widest = 0;
    for (std::int64_t i = 0; i < points.rows(); ++i)
        for (std::int64_t j = 0; j < points.rows(); ++j)
            if (i != j) {
                const double raw = static_cast<double>(form.halves[static_cast<std::size_t>(i)]) +
                                   static_cast<double>(form.halves[static_cast<std::size_t>(j)]) -
                                   product(form.rows, i, j);
                highest = std::max(highest, bounds(i, j) - raw);
                const double both =
                    lengths[static_cast<std::size_t>(i)] * lengths[static_cast<std::size_t>(j)];
                if (both > 0)
                    widest = std::max(widest, (raw - bounds(i, j)) / both);
            }
    CHECK(highest <= 0);
    CHECK(widest < 0.05); // 2 sqrt(d / 12) steps of a 255th of the range, for normal features
}

} // namespace

TEST_CASE("bounds from bytes never exceed the comparison value and stay near it") {
    if (!detail::processor_multiplies_bytes()) {
        MESSAGE("left out: this processor does not multiply bytes");
        return;
    }
    for (const std::int64_t d : {1, 4, 65, 512}) {
        CAPTURE(d);
        check_bounds(features(200, d, 0.0), euclidean{});
        check_bounds(features(1100, d, 2.0), cosine{});
    }
    check_bounds(features(130, 3000, 30.0), cosine{});
}

TEST_CASE("samples that 256 steps hold exactly have bounds that are nearly values") {
    if (!detail::processor_multiplies_bytes())
        return;
    const random_stream random(6, 0);
    matrix<float> points(150, 64);
    for (std::int64_t c = 0; c < points.size(); ++c)
        points.data()[c] = static_cast<float>(random.below(static_cast<std::uint64_t>(c), 256));
    points.leftCols(1).setZero();
    points.rightCols(1).setConstant(255);
    const product_form form = cosine{}.prepare(points, execution{});
    const matrix<double> bounds = all_bounds(form);
    for (std::int64_t i = 1; i < points.rows(); ++i)
        CHECK(bounds(i, 0) == doctest::Approx(1 - form.rows.row(i).dot(form.rows.row(0))).epsilon(1e-4));
}

TEST_CASE("bytes are trusted with pictures and not with principal components") {
    const std::int64_t n = 3000, d = 160;
    const auto resolve = [&](const auto& metric, const matrix<float>& points) {
        const product_form form = metric.prepare(points, execution{});
        const std::vector<std::int32_t> order = unchanged_order(n);
        return detail::bytes_resolve(detail::compare_pilots(form, order, 15, execution{}),
                                     detail::quantize_rows(form, order, execution{}), 54);
    };
    const random_stream random(7, 0);
    matrix<float> pictures(n, d), components(n, d);
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t c = 0; c < d; ++c) {
            const auto at = static_cast<std::uint64_t>(i * d + c);
            pictures(i, c) = static_cast<float>(c == 0 ? 255 : random.below(at, 256));
            components(i, c) =
                static_cast<float>(random.normal(at) * std::exp(-0.1 * static_cast<double>(c)));
        }
    components.col(0) *= 100.0F;
    CHECK(resolve(cosine{}, pictures));
    CHECK_FALSE(resolve(euclidean{}, components));
}
