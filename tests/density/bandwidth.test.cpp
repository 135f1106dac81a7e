// SPDX-License-Identifier: MIT
#include <topoprune/density/bandwidth.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace topoprune;

TEST_CASE("a bandwidth is a number of any kind") {
    const matrix<double> points = clouds::normal(5, 1);
    CHECK(bandwidth(0.4).value(points, "f") == 0.4);
    CHECK(bandwidth(2).value(points, "f") == 2.0);
    CHECK(bandwidth(0.5F).value(points, "f") == 0.5);
    CHECK_FALSE(bandwidth(2).depends_on_points());
    CHECK_THROWS_WITH_AS((void)bandwidth(-1).value(points, "f"),
                         "f: bandwidth is -1, must be positive and finite", std::invalid_argument);
}

TEST_CASE("the rules equal their formulas worked out by hand") {
    // Squared deviations 11 and 44 in all.
    matrix<double> points(4, 2);
    points << 0, 0, 2, 4, 0, 8, 4, 0;
    const double sigma = std::sqrt((11.0 / 3 + 44.0 / 3) / 2);
    CHECK(bandwidth::scott().value(points, "f") ==
          doctest::Approx(sigma * std::pow(4.0, -1.0 / 6)).epsilon(1e-14));
    // In the plane the two rules agree.
    CHECK(bandwidth::silverman().value(points, "f") ==
          doctest::Approx(bandwidth::scott().value(points, "f")).epsilon(1e-14));
    // On the line: 1.06 sigma n^(-1/5).
    const matrix<double> line = clouds::normal(100, 3, 2.0, 1);
    const double mean = line.mean();
    const double deviation = std::sqrt((line.array() - mean).square().sum() / 99);
    CHECK(bandwidth::silverman().value(line, "f") ==
          doctest::Approx(std::pow(4.0 / 300, 0.2) * deviation).epsilon(1e-13));
    CHECK(bandwidth::scott().value(line, "f") ==
          doctest::Approx(std::pow(100.0, -0.2) * deviation).epsilon(1e-13));
}

TEST_CASE("a rule scales with the points, ignores a shift, and is positive without extent") {
    const matrix<double> points = clouds::normal(60, 4, 1.0, 3);
    for (const bandwidth rule : {bandwidth::scott(), bandwidth::silverman()}) {
        const double h = rule.value(points, "f");
        for (const double factor : {1e-200, 1e-3, 1e200})
            CHECK(rule.value(matrix<double>(points * factor), "f") ==
                  doctest::Approx(h * factor).epsilon(1e-12));
        CHECK(rule.value(matrix<double>(points.array() + 100.0), "f") == doctest::Approx(h).epsilon(1e-12));
        CHECK(rule.value(matrix<double>(0, 2), "f") == 1.0);
        CHECK(rule.value(matrix<double>(matrix<double>::Constant(1, 2, 3.0)), "f") == 1.0);
        CHECK(rule.value(matrix<double>(matrix<double>::Constant(7, 2, 3.0)), "f") == 1.0);
    }
}

TEST_CASE("the pull-back of a rule is its derivative") {
    const matrix<double> points = clouds::normal(12, 5, 2.0, 2);
    for (const bandwidth rule : {bandwidth::scott(), bandwidth::silverman(), bandwidth(0.4)}) {
        matrix<double> gradient = matrix<double>::Constant(12, 2, 1.0);
        rule.add_pull_back(points, 3.0, gradient);
        for (std::int64_t entry = 0; entry < points.size(); ++entry) {
            matrix<double> above = points, below = points;
            above.data()[entry] += 1e-5;
            below.data()[entry] -= 1e-5;
            const double slope = (rule.value(above, "f") - rule.value(below, "f")) / 2e-5;
            CHECK(gradient.data()[entry] == doctest::Approx(1 + 3 * slope).epsilon(1e-9));
        }
    }
    matrix<double> gradient = matrix<double>::Zero(4, 2);
    bandwidth::scott().add_pull_back(matrix<double>(matrix<double>::Constant(4, 2, 1.0)), 1.0, gradient);
    CHECK(gradient.isZero(0));
}
