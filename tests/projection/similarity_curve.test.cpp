// SPDX-License-Identifier: MIT
#include <topoprune/projection/detail/umap/similarity_curve.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <stdexcept>

using namespace topoprune::detail;

TEST_CASE("the curve is the one that umap-learn 0.5.12 fits") {
    // spread, min_dist, a, b
    constexpr std::array<std::array<double, 4>, 6> fits{{{1, 0.1, 1.57694346, 0.89506088},
                                                         {1, 0.0, 1.93280840, 0.79049497},
                                                         {1, 0.5, 0.58303002, 1.33416699},
                                                         {1, 0.99, 0.11930530, 1.91639042},
                                                         {2, 0.25, 0.41627350, 0.92185513},
                                                         {0.5, 0.05, 5.45376517, 0.89506080}}};
    for (const auto& [spread, min_dist, a, b] : fits) {
        CAPTURE(min_dist);
        const similarity_curve curve = fit_similarity_curve(min_dist, spread);
        CHECK(curve.a == doctest::Approx(a).epsilon(1e-5));
        CHECK(curve.b == doctest::Approx(b).epsilon(1e-5));
    }
}

TEST_CASE("no small step improves the fit") {
    const double min_dist = 0.3, spread = 1.5;
    const auto squared_error = [&](const similarity_curve& curve) {
        double sum = 0;
        for (int i = 0; i < 300; ++i) {
            const double x = 3 * spread * i / 299;
            const double difference = curve(x) - (x < min_dist ? 1 : std::exp(-(x - min_dist) / spread));
            sum += difference * difference;
        }
        return sum;
    };
    const similarity_curve best = fit_similarity_curve(min_dist, spread);
    for (const double step : {-1e-4, 1e-4}) {
        CHECK(squared_error({best.a + step, best.b}) > squared_error(best));
        CHECK(squared_error({best.a, best.b + step}) > squared_error(best));
    }
}

TEST_CASE("a curve that cannot be is refused") {
    CHECK_THROWS_AS((void)fit_similarity_curve(0.1, 0), std::invalid_argument);
    CHECK_THROWS_AS((void)fit_similarity_curve(0.1, INFINITY), std::invalid_argument);
    CHECK_THROWS_AS((void)fit_similarity_curve(-0.1, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)fit_similarity_curve(1.1, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)fit_similarity_curve(NAN, 1), std::invalid_argument);
}
