// SPDX-License-Identifier: MIT
#include <topoprune/filtration/detail/incremental_delaunay.hpp>
#include <topoprune/filtration/weak_delaunay.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>
#include <Eigen/LU>

#include <limits>
#include <set>

using namespace topoprune;

namespace {

/// Twice the signed area of a, b, c.
double turn(const matrix<double>& p, std::int64_t a, std::int64_t b, std::int64_t c) {
    return (p(b, 0) - p(a, 0)) * (p(c, 1) - p(a, 1)) - (p(b, 1) - p(a, 1)) * (p(c, 0) - p(a, 0));
}

/// Positive if d lies inside the circle through a, b, c.
double in_circle(const matrix<double>& p, std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
    Eigen::Matrix3d m;
    const std::array corners{a, b, c};
    for (int i = 0; i < 3; ++i) {
        const double x = p(corners[static_cast<std::size_t>(i)], 0) - p(d, 0);
        const double y = p(corners[static_cast<std::size_t>(i)], 1) - p(d, 1);
        m.row(i) << x, y, x * x + y * y;
    }
    return m.determinant() * (turn(p, a, b, c) > 0 ? 1 : -1);
}

/// Components of the edge graph and the structure that duality relies on.
void check_planar_structure(const planar_complex& complex, std::int64_t n) {
    REQUIRE(complex.vertices == n);
    REQUIRE(complex.edge_scale.size() == complex.edges.size());
    std::vector<int> uses(complex.edges.size(), 0);
    for (std::size_t t = 0; t < complex.triangles.size(); ++t) {
        const planar_triangle& triangle = complex.triangles[t];
        std::set<std::int32_t> corners;
        for (const std::int32_t e : triangle.edges) {
            const planar_edge& edge = complex.edges[static_cast<std::size_t>(e)];
            corners.insert({edge.u, edge.v});
            ++uses[static_cast<std::size_t>(e)];
            CHECK((edge.faces[0] == static_cast<std::int32_t>(t) ||
                   edge.faces[1] == static_cast<std::int32_t>(t)));
            CHECK(complex.edge_scale[static_cast<std::size_t>(e)] <=
                  complex.edge_scale[static_cast<std::size_t>(triangle.longest_edge)]);
        }
        CHECK(corners == std::set<std::int32_t>(triangle.vertices.begin(), triangle.vertices.end()));
    }
    const auto outer = static_cast<std::int32_t>(complex.triangles.size());
    for (std::size_t e = 0; e < complex.edges.size(); ++e) {
        const planar_edge& edge = complex.edges[e];
        CHECK(edge.u < edge.v);
        CHECK(uses[e] == (edge.faces[0] != outer) + (edge.faces[1] != outer));
    }
    // Euler: V - E + F = 2 for a connected plane graph with its outer face.
    if (n > 0)
        CHECK(n - std::ssize(complex.edges) + std::ssize(complex.triangles) + 1 == 2);
}

} // namespace

TEST_CASE("no point lies inside the circle of a triangle") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const matrix<double> points = clouds::normal(120, seed);
        const planar_complex complex = weak_delaunay{}.build(points, execution{});
        check_planar_structure(complex, 120);
        for (const planar_triangle& t : complex.triangles)
            for (std::int64_t d = 0; d < 120; ++d)
                CHECK(in_circle(points, t.vertices[0], t.vertices[1], t.vertices[2], d) < 1e-9);
    }
}

TEST_CASE("an edge enters at half its length") {
    const matrix<double> points = clouds::normal(50, 9);
    const planar_complex complex = weak_delaunay{}.build(points, execution{});
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        CHECK(
            complex.edge_scale[e] ==
            doctest::Approx(0.5 * (points.row(complex.edges[e].u) - points.row(complex.edges[e].v)).norm()));
}

TEST_CASE("degenerate clouds still give a connected plane complex") {
    for (const std::int64_t n : {1, 2, 3, 4, 5, 30, 60})
        for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
            check_planar_structure(weak_delaunay{}.build(clouds::lattice(n, seed, 5), execution{}), n);
            check_planar_structure(weak_delaunay{}.build(clouds::line(n, seed), execution{}), n);
            check_planar_structure(weak_delaunay{}.build(clouds::lattice(n, seed, 1), execution{}), n);
            check_planar_structure(weak_delaunay{}.build(clouds::circle(n, seed, 0.0), execution{}), n);
        }
    CHECK(weak_delaunay{}.build(matrix<double>(0, 2), execution{}).edges.empty());
}

TEST_CASE("hard clouds have a plane triangulation with empty circles, by exact signs") {
    std::vector<matrix<double>> hard;
    for (const std::uint64_t seed : {1U, 2U}) {
        hard.push_back(clouds::near_clusters(60, seed));
        hard.push_back(clouds::circle(60, seed, 0.0));
        hard.push_back(clouds::circle(60, seed, 1e-17));
        hard.push_back(clouds::lattice(60, seed, 7));
        hard.push_back(matrix<double>(1e-9 * clouds::normal(60, seed)).array() + 1.0);
        hard.push_back(matrix<double>(1e5 * clouds::lattice(60, seed, 4)).array() + 1e16);
        matrix<double> thin = clouds::normal(60, seed); // a needle
        thin.col(1) = 0.3 * thin.col(0) + 1e-15 * thin.col(1);
        hard.push_back(thin);
        matrix<double> far = clouds::normal(60, seed); // a cloud and one point far from it
        far.row(59) << 1e200, -1e200;
        hard.push_back(far);
        matrix<double> sizes = clouds::normal(60, seed); // sizes from 1 to 1e-300
        for (std::int64_t i = 0; i < 60; ++i)
            sizes.row(i) *= std::pow(10.0, -5.0 * static_cast<double>(i));
        hard.push_back(sizes);
    }
    matrix<double> ring(36, 2); // whole numbers on the circle of radius 65, moved
    std::int64_t on_ring = 0;
    for (int x = -65; x <= 65; ++x)
        for (int y = -65; y <= 65; ++y)
            if (x * x + y * y == 65 * 65)
                ring.row(on_ring++) << x + 1000, y - 3;
    REQUIRE(on_ring == 36);
    hard.push_back(ring);
    matrix<double> grid(81, 2);
    for (int i = 0; i < 81; ++i)
        grid.row(i) << 0.1 * (i % 9), 0.1 * (i / 9);
    hard.push_back(grid);

    for (std::size_t which = 0; which < hard.size(); ++which) {
        CAPTURE(which);
        const matrix<double>& points = hard[which];
        const planar_complex complex = weak_delaunay{}.build(points, execution{});
        check_planar_structure(complex, points.rows());
        const auto places = detail::scaled_places<2>(points);
        const auto at = [&](std::int32_t v) { return places[static_cast<std::size_t>(v)]; };
        const auto side = [&](std::int32_t a, std::int32_t b, std::int32_t c) {
            return detail::orientation(at(a), at(b), at(c));
        };
        std::vector<bool> used(places.size(), false);
        std::size_t crossings = 0;
        for (const planar_edge& e : complex.edges) {
            used[static_cast<std::size_t>(e.u)] = used[static_cast<std::size_t>(e.v)] = true;
            for (const planar_edge& f : complex.edges)
                crossings += side(e.u, e.v, f.u) * side(e.u, e.v, f.v) < 0 &&
                             side(f.u, f.v, e.u) * side(f.u, f.v, e.v) < 0;
        }
        CHECK(crossings == 0);
        CHECK(std::count(used.begin(), used.end(), false) == 0);
        std::size_t flat = 0, filled = 0;
        for (const planar_triangle& t : complex.triangles) {
            const auto [a, b, c] = t.vertices;
            const int turned = side(a, b, c);
            flat += turned == 0;
            for (std::int32_t d = 0; d < std::ssize(places); ++d)
                filled += detail::in_sphere(at(a), at(b), at(c), at(d)) * turned > 0;
        }
        CHECK(flat == 0);
        CHECK(filled == 0);
    }
}

TEST_CASE("points on one circle make a fan around the leftmost") {
    matrix<double> ring(12, 2);
    ring << 5, 0, 4, 3, 3, 4, 0, 5, -3, 4, -4, 3, -5, 0, -4, -3, -3, -4, 0, -5, 3, -4, 4, -3;
    const planar_complex complex = weak_delaunay{}.build(ring, execution{});
    REQUIRE(complex.triangles.size() == 10);
    for (const planar_triangle& t : complex.triangles)
        CHECK(std::count(t.vertices.begin(), t.vertices.end(), 6) == 1);
}

TEST_CASE("points on a line are joined to their neighbors only") {
    matrix<double> points(4, 2);
    points << 3, 3, 0, 0, 1, 1, 2, 2;
    const planar_complex complex = weak_delaunay{}.build(points, execution{});
    CHECK(complex.triangles.empty());
    REQUIRE(complex.edges.size() == 3);
    for (const double scale : complex.edge_scale)
        CHECK(scale == doctest::Approx(std::sqrt(2.0) / 2));
}

TEST_CASE("a point that repeats hangs on the first by an edge of length 0") {
    matrix<double> points(5, 2);
    points << 0, 0, 1, 0, 0, 1, 1, 0, 1, 0;
    const planar_complex complex = weak_delaunay{}.build(points, execution{});
    check_planar_structure(complex, 5);
    CHECK(complex.triangles.size() == 1);
    CHECK(std::count(complex.edge_scale.begin(), complex.edge_scale.end(), 0.0) == 2);
}

TEST_CASE("huge and tiny coordinates give the same triangulation") {
    const matrix<double> points = clouds::normal(40, 4);
    const auto edges_of = [](const matrix<double>& p) {
        std::vector<std::pair<int, int>> pairs;
        for (const planar_edge& e : weak_delaunay{}.build(p, execution{}).edges)
            pairs.emplace_back(e.u, e.v);
        return pairs;
    };
    CHECK(edges_of(points) == edges_of(1e150 * points));
    CHECK(edges_of(points) == edges_of(1e-150 * points));
    check_planar_structure(weak_delaunay{}.build(matrix<double>(1.7e308 / 4 * points), execution{}), 40);
}

TEST_CASE("points outside the plane or not finite are refused by name") {
    CHECK_THROWS_WITH_AS((void)weak_delaunay{}.build(matrix<double>(matrix<double>::Zero(3, 3)), execution{}),
                         "weak_delaunay::build: the dimension of points is 3, must be 2",
                         std::invalid_argument);
    matrix<double> points = clouds::normal(3, 1);
    points(1, 0) = std::numeric_limits<double>::infinity();
    CHECK_THROWS_AS((void)weak_delaunay{}.build(points, execution{}), std::invalid_argument);
}
