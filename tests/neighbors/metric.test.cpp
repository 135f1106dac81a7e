// SPDX-License-Identifier: MIT
#include <topoprune/core/random.hpp>
#include <topoprune/neighbors/metric.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

using namespace topoprune;

namespace {

matrix<float> scaled_and_shifted_points(std::int64_t n, std::int64_t d, double scale, double offset) {
    const random_stream random(5, 1);
    matrix<float> points(n, d);
    for (std::int64_t c = 0; c < n * d; ++c)
        points.data()[c] = static_cast<float>(offset + scale * random.normal(static_cast<std::uint64_t>(c)));
    return points;
}

template <Metric M>
void check_products_agree(const M& metric, matrix_view<const float> points, double tolerance) {
    const product_form form = metric.prepare(points, execution{});
    for (std::int64_t i = 0; i < points.rows(); ++i) {
        const auto half_square = 0.5 * static_cast<double>(form.rows.row(i).squaredNorm());
        CHECK(static_cast<double>(form.halves[static_cast<std::size_t>(i)]) >= half_square - 1e-6);
        for (std::int64_t j = 0; j < i; ++j) {
            const double raw = static_cast<double>(form.halves[static_cast<std::size_t>(i)]) +
                               static_cast<double>(form.halves[static_cast<std::size_t>(j)]) -
                               form.rows.row(i).cast<double>().dot(form.rows.row(j).cast<double>());
            CHECK(metric.to_distance(form.unit * raw) ==
                  doctest::Approx(metric.distance(points.row(i), points.row(j))).epsilon(tolerance));
        }
    }
}

/// A metric without `to_distance` is none.
struct half_a_metric {
    product_form prepare(matrix_view<const float>, const execution&) const { return {}; }
    double distance(std::span<const float>, std::span<const float>) const { return 0; }
};
static_assert(!Metric<half_a_metric>); // because a search could not bound the rounding of its products

} // namespace

TEST_CASE("distances of vectors whose angle or length is known") {
    const std::array<float, 3> east{2, 0, 0}, north{0, 3, 0}, west{-1, 0, 0}, diagonal{1, 1, 0};
    CHECK(cosine{}.distance(east, north) == 1.0);
    CHECK(cosine{}.distance(east, west) == 2.0);
    CHECK(cosine{}.distance(east, diagonal) == doctest::Approx(1.0 - std::sqrt(0.5)).epsilon(1e-15));
    CHECK(euclidean{}.distance(east, north) == doctest::Approx(std::sqrt(13.0)).epsilon(1e-15));
    CHECK(euclidean{}.distance(east, west) == 3.0);
}

TEST_CASE("equal samples are at distance exactly 0, also equal up to a power of two under cosine") {
    const auto points = scaled_and_shifted_points(20, 37, 3.7, 0.1);
    const matrix_view<const float> view(points);
    for (std::int64_t i = 0; i < points.rows(); ++i) {
        CHECK(cosine{}.distance(view.row(i), view.row(i)) == 0.0);
        CHECK(euclidean{}.distance(view.row(i), view.row(i)) == 0.0);
        const matrix<float> doubled = 4.0F * points.row(i);
        CHECK(cosine{}.distance(view.row(i), matrix_view<const float>(doubled).row(0)) == 0.0);
    }
}

TEST_CASE("a zero vector is at cosine distance 1 from everything") {
    const std::array<float, 2> zero{0, 0}, any{1, -5};
    CHECK(cosine{}.distance(zero, any) == 1.0);
    CHECK(cosine{}.distance(any, zero) == 1.0);
    CHECK(cosine{}.distance(zero, zero) == 1.0);
    const matrix<float> points = matrix<float>::Zero(2, 3);
    const product_form form = cosine{}.prepare(points, execution{});
    CHECK(form.rows.isZero(0.0F));
    CHECK(form.halves[0] + form.halves[1] == 1.0F);
}

TEST_CASE("products of prepared rows give the distances") {
    for (const std::int64_t d : {1, 2, 7, 8, 9, 64, 133}) {
        check_products_agree(cosine{}, scaled_and_shifted_points(12, d, 2.0, 0.5), 1e-6);
        check_products_agree(euclidean{}, scaled_and_shifted_points(12, d, 2.0, 0.5), 1e-6);
    }
    // Far from the origin and at the ends of the range of float, centering and units keep the digits.
    check_products_agree(euclidean{}, scaled_and_shifted_points(12, 5, 1.0, 1000.0), 1e-6);
    check_products_agree(euclidean{}, scaled_and_shifted_points(12, 5, 1e25, 0.0), 1e-6);
    check_products_agree(euclidean{}, scaled_and_shifted_points(12, 5, 1e-25, 0.0), 1e-6);
    check_products_agree(cosine{}, scaled_and_shifted_points(12, 5, 1e25, 0.0), 1e-6);
    check_products_agree(cosine{}, scaled_and_shifted_points(12, 5, 1e-25, 0.0), 1e-6);
}

TEST_CASE("distances are symmetric to the last bit") {
    const auto points = scaled_and_shifted_points(15, 29, 1.0, 0.3);
    const matrix_view<const float> view(points);
    for (std::int64_t i = 0; i < points.rows(); ++i)
        for (std::int64_t j = 0; j < i; ++j) {
            CHECK(cosine{}.distance(view.row(i), view.row(j)) == cosine{}.distance(view.row(j), view.row(i)));
            CHECK(euclidean{}.distance(view.row(i), view.row(j)) ==
                  euclidean{}.distance(view.row(j), view.row(i)));
        }
}
