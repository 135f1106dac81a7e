// SPDX-License-Identifier: MIT
#include <topoprune/density/given_values.hpp>

#include "laws/clouds.hpp"
#include "laws/density_laws.hpp"

#include <limits>

using namespace topoprune;

TEST_CASE("given values are returned as they are and obey the laws of a density") {
    const given_values density{{-1.5, 2.0, 0.25}};
    CHECK(density.log_density(clouds::normal(3, 1), execution{}) == std::vector<double>{-1.5, 2.0, 0.25});
    check_density_laws(density, clouds::normal(3, 1));
    check_density_laws(given_values{}, matrix<double>(0, 2));
}

TEST_CASE("values that do not fit the points are refused by name") {
    const matrix<double> points = clouds::normal(3, 1);
    const given_values short_by_two{{1.0}};
    const given_values infinite{{1.0, -std::numeric_limits<double>::infinity(), 2.0}};
    CHECK_THROWS_WITH_AS(
        (void)short_by_two.log_density(points, execution{}),
        "given_values::log_density: the number of values is 1, must be the number of points, 3",
        std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)infinite.log_density(points, execution{}),
                         "given_values::log_density: a value is -inf, must be finite", std::invalid_argument);
}
