// SPDX-License-Identifier: MIT
#include <topoprune/filtration/complex_checks.hpp>
#include <topoprune/filtration/density_bifiltration.hpp>
#include <topoprune/filtration/density_slice.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>
#include <topoprune/loss/total_persistence.hpp>
#include <topoprune/persistence/merge_height.hpp>

#include "laws/clouds.hpp"
#include "laws/filtration_laws.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace topoprune;

namespace {

/// A complex of another program: types of its own, with all that GradedByScale asks for.
struct own_edge {
    std::int32_t u, v;
    const char* color;
};
struct own_triangle {
    double area;
    std::array<std::int32_t, 3> edges;
    std::array<std::int32_t, 3> vertices;
    std::int32_t longest_edge;
};
struct own_complex {
    std::vector<own_edge> edges;
    std::vector<own_triangle> triangles;
    std::vector<double> edge_scale;
    int vertices = 0;
};
static_assert(GradedByScale<own_complex>);

/// The Delaunay triangulation, as such a complex, after `change`.
struct own_filtration {
    void (*change)(own_complex&) = [](own_complex&) {};
    [[nodiscard]] own_complex build(matrix_view<const double> points, const execution& where) const {
        const planar_complex from = weak_delaunay{}.build(points, where);
        own_complex result;
        result.vertices = static_cast<int>(from.vertices);
        for (const planar_edge& edge : from.edges)
            result.edges.push_back({edge.u, edge.v, "red"});
        for (const planar_triangle& t : from.triangles) {
            // In the order that a complex need not give them in.
            auto edges = t.edges;
            std::sort(edges.begin(), edges.end());
            result.triangles.push_back({1.0, edges, t.vertices, t.longest_edge});
        }
        result.edge_scale = from.edge_scale;
        change(result);
        return result;
    }
};
static_assert(Filtration<own_filtration>);
static_assert(Bifiltration<density_bifiltration<own_filtration>>);

std::string refusal_of(void (*change)(own_complex&)) {
    const matrix<double> points = clouds::normal(12, 6);
    const execution where;
    const auto refused = [&](auto call) -> std::string {
        try {
            call();
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "nothing was refused";
    };
    const own_filtration filtration{change};
    const std::string by_transport = refused([&] {
        (void)signed_measure_transport{density_bifiltration{filtration, gaussian_kde{}}}.value_and_gradient(
            points, where);
    });
    const std::string by_persistence =
        refused([&] { (void)total_persistence{.filtration = filtration}.value_and_gradient(points, where); });
    const std::string by_score =
        refused([&] { (void)merge_height{.filtration = filtration}.values(points, where); });
    CHECK(by_transport.substr(by_transport.find(':') + 1) ==
          by_persistence.substr(by_persistence.find(':') + 1));
    CHECK(by_transport.substr(by_transport.find(':') + 1) == by_score.substr(by_score.find(':') + 1));
    return by_persistence;
}

} // namespace

TEST_CASE("a complex of one's own serves where the library's do, with the same results") {
    const matrix<double> points = clouds::normal(40, 8);
    const execution where;
    const gaussian_kde density{.bandwidth = 0.4};
    const density_bifiltration own{own_filtration{}, density};
    const density_bifiltration ours{weak_delaunay{}, density};
    laws::check_bifiltration_laws(own, clouds::normal(12, 4));
    // Not planar to the library, so the reduction of matrices has to find what duality finds.
    for (const int degree : {0, 1}) {
        const auto measure = hilbert_signed_measure(own.build(points, where), degree, where);
        const auto expected = hilbert_signed_measure(ours.build(points, where), degree, where);
        REQUIRE(measure.size() == expected.size());
        for (std::size_t a = 0; a < measure.size(); ++a) {
            CHECK(measure[a].r == expected[a].r);
            CHECK(measure[a].f == expected[a].f);
            CHECK(measure[a].mass == expected[a].mass);
        }
    }
    const double value = signed_measure_transport{own}.value_and_gradient(points, where).value;
    CHECK(value == doctest::Approx(signed_measure_transport{ours}.value_and_gradient(points, where).value));
    CHECK(density_slice{.bifiltration = own, .codensity = 1.5}.build(points, where).vertices ==
          density_slice{.bifiltration = ours, .codensity = 1.5}.build(points, where).vertices);
    CHECK(total_persistence{.filtration = own_filtration{}}.value_and_gradient(points, where).value ==
          doctest::Approx(total_persistence{}.value_and_gradient(points, where).value));
    CHECK(merge_height{.filtration = own_filtration{}}.values(points, where) ==
          merge_height{}.values(points, where));
}

TEST_CASE("numbers that name nothing in a complex, and orders that it must have, are refused") {
    const std::string begin = "persistence_barcode: ";
    CHECK(refusal_of([](own_complex&) {}) == "nothing was refused");
    CHECK(refusal_of([](own_complex& complex) {
              complex.edge_scale.pop_back();
          }).find(begin + "the number of edge scales") == 0);
    for (const auto change :
         {+[](own_complex& complex) { complex.edges.back().v = 12; },
          +[](own_complex& complex) { complex.edges.back().v = -1; },
          +[](own_complex& complex) { std::swap(complex.edges[3].u, complex.edges[3].v); }})
        CHECK(refusal_of(change).find(begin + "the second vertex of edge ") == 0);
    CHECK(refusal_of([](own_complex& complex) {
              std::swap(complex.edges[3], complex.edges[4]);
          }).find("must be in order: edges ascend by their vertices") != std::string::npos);
    for (const auto change : {+[](own_complex& complex) { complex.edge_scale[2] = -1; },
                              +[](own_complex& complex) { complex.edge_scale[2] = std::nan(""); },
                              +[](own_complex& complex) { complex.edge_scale[2] = HUGE_VAL; }})
        CHECK(refusal_of(change).find(begin + "the scale of edge 2 of the filtration's complex is ") == 0);
    for (const auto change : {+[](own_complex& complex) { complex.triangles[1].edges[2] = 1 << 20; },
                              +[](own_complex& complex) { complex.triangles[1].edges[0] = -1; }})
        CHECK(refusal_of(change).find(begin + "an edge of triangle 1 ") == 0);
    CHECK(refusal_of([](own_complex& complex) {
              complex.triangles[1].longest_edge = -5;
          }).find(begin + "the longest edge of triangle 1 ") == 0);
    CHECK(refusal_of([](own_complex& complex) {
              complex.edge_scale[0] = 1e9;
          }).find("the one of the largest scale") != std::string::npos);
    CHECK(refusal_of([](own_complex& complex) {
              complex.triangles[1].vertices[2] = 99;
          }).find(begin + "the last vertex of triangle 1 ") == 0);
    CHECK(refusal_of([](own_complex& complex) {
              std::swap(complex.triangles[0], complex.triangles[1]);
          }).find("must be in order: triangles ascend by their vertices") != std::string::npos);
}

TEST_CASE("fewer vertices than points are refused where each needs a density, and mapped where not") {
    const matrix<double> points = clouds::normal(12, 6);
    const execution where;
    const auto drop = +[](own_complex& complex) { complex.vertices = 3; };
    CHECK_THROWS_WITH_AS(
        (void)(density_bifiltration{own_filtration{drop}, gaussian_kde{}}.build(points, where)),
        "density_bifiltration: the number of vertices of the filtration's complex is 3, must be the number "
        "of "
        "points, 12",
        std::invalid_argument);
    CHECK_THROWS_AS(
        (void)total_persistence{.filtration = own_filtration{drop}}.value_and_gradient(points, where),
        std::invalid_argument);
    // A slice leaves out the points of sparse places; its edges join points, not its own numbers of them.
    const density_slice<> slice{.codensity = 2.2};
    const sliced_complex cut = slice.build(points, where);
    REQUIRE(cut.vertices > 2);
    REQUIRE(cut.vertices < 12);
    const auto edges = detail::edges_of(slice, points, where);
    REQUIRE(edges.size() == cut.edges.size());
    for (std::size_t e = 0; e < edges.size(); ++e)
        CHECK(edges[e].weight ==
              doctest::Approx(0.5 * (points.row(edges[e].u) - points.row(edges[e].v)).norm()));
}
