// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/core/random.hpp>
#include <topoprune/projection/detail/tsne/exact_repulsion.hpp>
#include <topoprune/projection/detail/tsne/interpolated_repulsion.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

using namespace topoprune;
using namespace topoprune::detail;

namespace {

planar_positions normal(std::size_t n, double width, double height) {
    const random_stream random(7, 1);
    planar_positions points(n);
    for (std::size_t i = 0; i < n; ++i) {
        points.x[i] = static_cast<float>(width * random.normal(2 * i));
        points.y[i] = static_cast<float>(height * random.normal(2 * i + 1));
    }
    return points;
}

planar_positions ring(std::size_t n, double radius) {
    const random_stream random(7, 2);
    planar_positions points(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double angle = 2 * std::numbers::pi * random.uniform(i);
        points.x[i] = static_cast<float>(radius * std::cos(angle));
        points.y[i] = static_cast<float>(radius * std::sin(angle));
    }
    return points;
}

planar_positions islands(std::size_t n, double apart, double width) {
    planar_positions points = normal(n, width, width);
    for (std::size_t i = 0; i < n; ++i) {
        points.x[i] += static_cast<float>(apart * static_cast<double>(i % 3));
        points.y[i] += static_cast<float>(apart * static_cast<double>(i % 5 / 2));
    }
    return points;
}

struct accuracy {
    double forces;        // root of mean square of the difference over that of the forces
    double normalization; // relative
};

accuracy compare(const planar_positions& points) {
    const execution where;
    repulsion exact, found;
    sum_exact_repulsion(points, exact, where);
    interpolated_repulsion method;
    method.sum(points, found, where);
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        difference += std::pow(static_cast<double>(exact.forces.x[i] - found.forces.x[i]), 2) +
                      std::pow(static_cast<double>(exact.forces.y[i] - found.forces.y[i]), 2);
        size += std::pow(static_cast<double>(exact.forces.x[i]), 2) +
                std::pow(static_cast<double>(exact.forces.y[i]), 2);
    }
    CHECK(!method.bound());
    return {std::sqrt(difference / size), std::abs(found.normalization / exact.normalization - 1)};
}

} // namespace

TEST_CASE("exact repulsion is the sum over all pairs") {
    const planar_positions points = normal(150, 2, 1);
    repulsion found;
    sum_exact_repulsion(points, found, execution{});
    double normalization = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double x = 0, y = 0;
        for (std::size_t j = 0; j < points.size(); ++j) {
            const double dx = static_cast<double>(points.x[i]) - static_cast<double>(points.x[j]);
            const double dy = static_cast<double>(points.y[i]) - static_cast<double>(points.y[j]);
            const double w = 1 / (1 + dx * dx + dy * dy);
            x += w * w * dx;
            y += w * w * dy;
            normalization += i == j ? 0.0 : w;
        }
        CHECK(static_cast<double>(found.forces.x[i]) == doctest::Approx(x).epsilon(1e-5).scale(1.0));
        CHECK(static_cast<double>(found.forces.y[i]) == doctest::Approx(y).epsilon(1e-5).scale(1.0));
    }
    CHECK(found.normalization == doctest::Approx(normalization).epsilon(1e-6));
}

TEST_CASE("interpolated repulsion is close to the exact one") {
    // A picture that is small beside the kernel, as after the start.
    for (const double width : {1e-8, 1e-4, 1e-2, 0.1, 1.0}) {
        CAPTURE(width);
        const accuracy found = compare(normal(1500, width, width));
        CHECK(found.forces < 1e-4);
        CHECK(found.normalization < 1e-6);
    }
    // Wider ones, the more points around each point the closer: errors of single pairs cancel.
    for (const double width : {2.0, 5.0, 12.0}) {
        CAPTURE(width);
        for (const planar_positions& points : {normal(2500, width, width), normal(2500, width, width / 20),
                                               islands(2500, 4 * width, width / 3)}) {
            const accuracy found = compare(points);
            CHECK(found.forces < 7e-3);
            CHECK(found.normalization < 3e-4);
        }
    }
    CHECK(compare(normal(2500, 40, 40)).forces < 2e-2);
    // On a thin curve the pushes of neighbors cancel, the errors less so.
    CHECK(compare(ring(2500, 30)).forces < 2e-2);
}

TEST_CASE("interpolated repulsion of points on a line has no force across it") {
    const planar_positions points = normal(2500, 10, 0);
    repulsion found;
    interpolated_repulsion{}.sum(points, found, execution{});
    const accuracy against = compare(points);
    CHECK(against.forces < 1e-2);
    double across = 0, along = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        across += std::abs(static_cast<double>(found.forces.y[i]));
        along += std::abs(static_cast<double>(found.forces.x[i]));
    }
    CHECK(across < 1e-3 * along);
}

TEST_CASE("a point alone does not push itself") {
    // Two points far apart: whatever is left beside their repulsion is their own charge's.
    planar_positions points(2);
    for (const double fraction : {0.0, 0.1, 0.25, 0.37}) {
        points.x = {static_cast<float>(fraction), 100.0F};
        points.y = {0.0F, static_cast<float>(fraction)};
        repulsion exact, found;
        sum_exact_repulsion(points, exact, execution{});
        interpolated_repulsion{}.sum(points, found, execution{});
        CHECK(std::abs(static_cast<double>(found.forces.x[0] - exact.forces.x[0])) < 1e-4);
        CHECK(std::abs(static_cast<double>(found.forces.y[0] - exact.forces.y[0])) < 1e-4);
        CHECK(found.normalization == doctest::Approx(exact.normalization).epsilon(0.2));
    }
}

TEST_CASE("the grid is bound when the picture is wide, and says so") {
    planar_positions points = normal(2000, 1, 1);
    points.x[7] = 1e6F;
    points.y[9] = -3e4F;
    repulsion found;
    interpolated_repulsion method;
    method.sum(points, found, execution{});
    CHECK(method.bound());
    CHECK(method.placement().grid.columns <= interpolated_repulsion::most_nodes);
    CHECK(method.placement().grid.rows <= interpolated_repulsion::most_nodes);
    CHECK(found.normalization > 0);
    for (std::size_t i = 0; i < points.size(); ++i)
        CHECK((std::isfinite(found.forces.x[i]) && std::isfinite(found.forces.y[i])));
}

TEST_CASE("equal points do not push one another") {
    planar_positions points(3000);
    for (std::size_t i = 0; i < points.size(); ++i)
        points.x[i] = 3.0F;
    repulsion found;
    interpolated_repulsion{}.sum(points, found, execution{});
    CHECK(found.normalization == doctest::Approx(3000.0 * 2999.0));
    for (std::size_t i = 0; i < points.size(); ++i)
        CHECK(std::abs(found.forces.x[i]) + std::abs(found.forces.y[i]) < 1e-3F);
}

TEST_CASE("both repulsions have the same bits on any number of threads") {
    const planar_positions points = islands(4000, 20, 3);
    repulsion first, again;
    const auto same = [&] {
        return first.forces.x == again.forces.x && first.forces.y == again.forces.y &&
               first.normalization == again.normalization;
    };
    interpolated_repulsion{}.sum(points, first, execution({.threads = 1}));
    for (const int threads : {1, 2, 3, 8}) {
        interpolated_repulsion{}.sum(points, again, execution({.threads = threads}));
        CHECK(same());
    }
    sum_exact_repulsion(points, first, execution({.threads = 1}));
    for (const int threads : {1, 2, 3, 8}) {
        sum_exact_repulsion(points, again, execution({.threads = threads}));
        CHECK(same());
    }
}
