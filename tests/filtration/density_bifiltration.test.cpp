// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_bifiltration.hpp>
#include <topoprune/filtration/density_slice.hpp>

#include "laws/clouds.hpp"
#include "laws/filtration_laws.hpp"

#include <doctest/doctest.h>

using namespace topoprune;

TEST_CASE("every filtration keeps the laws") {
    for (const std::int64_t n : {0, 1, 2, 7, 30})
        for (const matrix<double>& points :
             {clouds::normal(n, 1), clouds::lattice(n, 2, 4), clouds::line(n, 3)}) {
            laws::check_filtration_laws(weak_delaunay{}, points);
            laws::check_filtration_laws(rips{.threshold = 0.7, .dimension = 3}, points);
            laws::check_filtration_laws(rips{}, points);
            laws::check_filtration_laws(density_slice<>{}, points);
        }
}

TEST_CASE("every bifiltration keeps the laws") {
    const gaussian_kde density{.bandwidth = 0.4};
    for (const std::int64_t n : {0, 1, 2, 12})
        for (const std::int64_t m : {2, 3}) {
            const matrix<double> points = clouds::normal(n, 4, 1.0, m);
            laws::check_bifiltration_laws(density_bifiltration{function_delaunay{}, density}, points);
            laws::check_bifiltration_laws(density_bifiltration{rips{.threshold = 0.7}, density}, points);
            if (m == 2)
                laws::check_bifiltration_laws(density_bifiltration{weak_delaunay{}, density}, points);
        }
}

TEST_CASE("codensities are negated log densities, whichever filtration they grade") {
    const matrix<double> points = clouds::normal(30, 5);
    const gaussian_kde density{.bandwidth = 0.3};
    const auto log_density = density.log_density(points, execution{});
    const auto planar = density_bifiltration{weak_delaunay{}, density}.build(points, execution{});
    const auto incremental = density_bifiltration{function_delaunay{}, density}.build(points, execution{});
    for (std::size_t i = 0; i < 30; ++i) {
        CHECK(planar.codensity[i] == -log_density[i]);
        CHECK(incremental.codensity[i] == -log_density[i]);
    }
}
