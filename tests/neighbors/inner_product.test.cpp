// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/exact_neighbors.hpp>
#include <topoprune/neighbors/inner_product.hpp>

#include "laws/clouds.hpp"
#include "laws/neighbor_laws.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace topoprune;

namespace {

matrix<float> scaled_points(std::int64_t n, std::int64_t d, double scale = 1.0) {
    return clouds::normal_features(n, d, 81, scale);
}

} // namespace

TEST_CASE("the larger the inner product, the nearer") {
    const std::array<float, 2> x{1, 2}, long_one{10, 10}, opposite{-1, -2};
    CHECK(inner_product{}.distance(x, x) == -5.0);
    CHECK(inner_product{}.distance(x, long_one) == -30.0);
    CHECK(inner_product{}.distance(x, opposite) == 5.0);
    const std::array<float, 1> huge{3e38F};
    CHECK(inner_product{}.distance(huge, huge) == -static_cast<double>(std::numeric_limits<float>::max()));
}

TEST_CASE("products of prepared rows give minus the inner product") {
    for (const double scale : {1.0, 1e-18, 1e18}) {
        const matrix<float> points = scaled_points(20, 9, scale);
        const matrix_view<const float> x(points);
        const product_form form = inner_product{}.prepare(points, execution{});
        for (std::int64_t i = 0; i < 20; ++i) {
            const auto half = static_cast<double>(form.halves[static_cast<std::size_t>(i)]);
            CHECK(half >= 0.5 * static_cast<double>(form.rows.row(i).squaredNorm()) - 1e-5);
            for (std::int64_t j = 0; j < 20; ++j) {
                const double raw =
                    2.0 * half - form.rows.row(i).cast<double>().dot(form.rows.row(j).cast<double>());
                const double got = inner_product{}.to_distance(form.unit * raw + form.offset);
                const double expected = inner_product{}.distance(x.row(i), x.row(j));
                CHECK(std::abs(got - expected) <= 1e-6 * scale * scale);
            }
        }
    }
}

TEST_CASE("neighbors by inner product are those of brute force") {
    laws::check_exact_neighbor_laws(exact_neighbors{}, inner_product{}, scaled_points(300, 7), 10);
    laws::check_exact_neighbor_laws(exact_neighbors{}, inner_product{}, scaled_points(300, 2, 1e15), 10);
    laws::check_exact_neighbor_laws(exact_neighbors{}, inner_product{},
                                    matrix<float>(matrix<float>::Zero(50, 3)), 10);
    laws::check_exact_neighbor_laws(exact_neighbors{}, inner_product{},
                                    matrix<float>(matrix<float>::Constant(50, 3, 0.1F)), 10);
    matrix<float> one_long = scaled_points(300, 7);
    one_long.row(5) *= 1000.0F;
    laws::check_exact_neighbor_laws(exact_neighbors{}, inner_product{}, one_long, 10);
}
