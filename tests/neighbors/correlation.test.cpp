// SPDX-License-Identifier: MIT
#include <topoprune/neighbors/correlation.hpp>
#include <topoprune/neighbors/exact_neighbors.hpp>

#include "laws/clouds.hpp"
#include "laws/neighbor_laws.hpp"

#include <array>
#include <cstdint>

using namespace topoprune;

namespace {

matrix<float> varied_points(std::int64_t n, std::int64_t d) {
    return clouds::normal_features(n, d, 71);
}

} // namespace

TEST_CASE("correlation knows neither the level nor the scale of a sample") {
    const std::array<float, 4> x{1, 2, 3, 4}, raised{11, 12, 13, 14}, doubled{2, 4, 6, 8}, down{4, 3, 2, 1},
        valley{1, 0, 0, 1};
    CHECK(correlation{}.distance(x, raised) == 0.0);
    CHECK(correlation{}.distance(x, doubled) == 0.0);
    CHECK(correlation{}.distance(x, down) == 2.0);
    CHECK(correlation{}.distance(x, valley) == 1.0);
}

TEST_CASE("a constant sample is at correlation distance 1 from everything") {
    const std::array<float, 9> constant{0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F},
        any{1, 2, 3, 4, 5, 6, 7, 8, 10};
    CHECK(correlation{}.distance(constant, any) == 1.0);
    CHECK(correlation{}.distance(constant, constant) == 1.0);
    matrix<float> points(2, 9);
    points.setConstant(0.1F);
    CHECK(correlation{}.prepare(points, execution{}).rows.isZero(0.0F));
}

TEST_CASE("correlation is the cosine of samples minus their means") {
    for (const std::int64_t d : {2, 8, 9, 65}) {
        const matrix<float> points = varied_points(20, d);
        matrix<float> centered = points;
        for (std::int64_t i = 0; i < 20; ++i)
            centered.row(i).array() -= points.row(i).mean();
        const matrix_view<const float> x(points), y(centered);
        const product_form form = correlation{}.prepare(points, execution{});
        for (std::int64_t i = 0; i < 20; ++i)
            for (std::int64_t j = 0; j < 20; ++j) {
                const double distance = correlation{}.distance(x.row(i), x.row(j));
                CHECK(distance == doctest::Approx(cosine{}.distance(y.row(i), y.row(j))).epsilon(1e-5));
                CHECK(distance == correlation{}.distance(x.row(j), x.row(i)));
                const double raw = 1.0 - static_cast<double>(form.rows.row(i).dot(form.rows.row(j)));
                CHECK(correlation{}.to_distance(raw) == doctest::Approx(distance).epsilon(1e-5));
            }
    }
}

TEST_CASE("neighbors by correlation are those of brute force") {
    laws::check_exact_neighbor_laws(exact_neighbors{}, correlation{}, varied_points(300, 7), 10);
    laws::check_exact_neighbor_laws(exact_neighbors{}, correlation{}, varied_points(40, 1), 10);
    matrix<float> points = varied_points(300, 7); // every third is constant
    for (std::int64_t i = 0; i < 300; i += 3)
        points.row(i).setConstant(0.3F);
    laws::check_exact_neighbor_laws(exact_neighbors{}, correlation{}, points, 10);
}
