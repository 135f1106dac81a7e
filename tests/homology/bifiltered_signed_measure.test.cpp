// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/filtration/weak_delaunay.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "complexes.hpp"
#include "laws/clouds.hpp"
#include "rank_oracle.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <stop_token>
#include <tuple>

using namespace topoprune;

namespace {

/// Edges of a complete graph with a scale of their own, no distance: `values` different ones, or all
/// different.
auto random_scale(std::uint64_t seed, std::uint64_t values) {
    const random_stream random(seed, 41);
    return [random, values](std::int32_t u, std::int32_t v) {
        const auto index = static_cast<std::uint64_t>(1000 * u + v);
        return values == 0 ? random.uniform(index) : static_cast<double>(random.below(index, values));
    };
}

void check_atoms(const signed_measure& measure, const bifiltered_complex& complex) {
    for (std::size_t i = 0; i < measure.size(); ++i) {
        const atom& a = measure[i];
        CHECK(a.mass != 0);
        REQUIRE(a.vertex >= 0);
        CHECK(complex.codensity[static_cast<std::size_t>(a.vertex)] == a.f);
        const auto edge =
            std::find_if(complex.edges.begin(), complex.edges.end(),
                         [&](const complex_edge& e) { return e.u == a.edge_u && e.v == a.edge_v; });
        if (a.edge_u < 0)
            CHECK(a.r == 0.0);
        else
            CHECK(complex.edge_scale.at(static_cast<std::size_t>(edge - complex.edges.begin())) == a.r);
        if (i > 0) // sorted by (f, r), all different
            CHECK(std::tie(measure[i - 1].f, measure[i - 1].r) < std::tie(a.f, a.r));
    }
}

/// The largest dim H_2 among `grades` grades, at all of which the sums of the measures are checked.
std::int64_t check_at_random_grades(const bifiltered_complex& complex, std::uint64_t seed,
                                    std::uint64_t grades = 10000) {
    const std::array measures{hilbert_signed_measure(complex, 0), hilbert_signed_measure(complex, 1),
                              hilbert_signed_measure(complex, 2)};
    for (const signed_measure& measure : measures)
        check_atoms(measure, complex);
    const oracle::betti_numbers betti(oracle::simplices_of(complex));
    const random_stream random(seed, 51);
    double r_limit = 1;
    for (const double r : complex.edge_scale)
        r_limit = std::max(r_limit, 1.1 * r);
    const auto [f_first, f_last] = std::minmax_element(complex.codensity.begin(), complex.codensity.end());
    std::int64_t wrong = 0;
    std::int64_t most_voids = 0;
    for (std::uint64_t grade = 0; grade < grades; ++grade) {
        double r = r_limit * random.uniform(4 * grade);
        double f = *f_first - 0.5 + (*f_last - *f_first + 1) * random.uniform(4 * grade + 1);
        if (grade % 3 != 0 && !complex.edges.empty()) { // a grade of simplices, where ties bite
            r = complex.edge_scale[random.below(4 * grade + 2, complex.edges.size())];
            f = complex.codensity[random.below(4 * grade + 3, complex.codensity.size())];
        }
        const auto expected = betti.at(r, f);
        for (std::size_t degree = 0; degree < 3; ++degree)
            wrong += oracle::sum_up_to(measures[degree], r, f) != expected[degree];
        most_voids = std::max(most_voids, expected[2]);
    }
    CHECK(wrong == 0);
    return most_voids;
}

using grade_and_mass = std::tuple<double, double, std::int32_t>;

std::vector<grade_and_mass> grades_of(const signed_measure& measure) {
    std::vector<grade_and_mass> grades;
    for (const atom& a : measure)
        grades.emplace_back(a.f, a.r, a.mass);
    return grades;
}

} // namespace

TEST_CASE("sums at 10,000 grades: random flag complexes with ties") {
    const double all = 1e300;
    check_at_random_grades(complexes::flag(complexes::tied_codensity(11, 1, 4), random_scale(1, 5), all), 1);
    check_at_random_grades(complexes::flag(complexes::tied_codensity(11, 2, 1000), random_scale(2, 0), all),
                           2);
    check_at_random_grades(complexes::flag(complexes::tied_codensity(18, 3, 6), random_scale(3, 12), 6), 3);
    check_at_random_grades(complexes::flag(complexes::tied_codensity(40, 4, 9), random_scale(4, 0), 0.2), 4);
}

TEST_CASE(
    "sums at 10,000 grades: function-Rips complexes of points, with duplicates and in three dimensions") {
    const matrix<double> lattice = clouds::lattice(14, 3, 4);
    check_at_random_grades(
        complexes::flag(complexes::tied_codensity(14, 5, 5), complexes::half_distance(lattice), 1.2), 5);
    const matrix<double> space = clouds::normal(16, 6, 1.0, 3);
    check_at_random_grades(
        complexes::flag(complexes::gaussian_codensity(space, 0.5), complexes::half_distance(space), 1.0), 6);
}

TEST_CASE("sums at 10,000 grades: incremental Delaunay complexes, which have voids") {
    const matrix<double> points = clouds::normal(50, 7);
    CHECK(check_at_random_grades(
              complexes::incremental_delaunay(points, complexes::tied_codensity(50, 7, 1000)), 7) > 0);
    CHECK(check_at_random_grades(complexes::incremental_delaunay(points, complexes::tied_codensity(50, 8, 6)),
                                 8) > 0);
    const matrix<double> circle = clouds::circle(40, 9, 0.2);
    check_at_random_grades(
        complexes::incremental_delaunay(circle, complexes::gaussian_codensity(circle, 0.4)), 9);
}

TEST_CASE("complexes of 0 to 5 vertices") {
    CHECK(hilbert_signed_measure(bifiltered_complex{}, 0).empty());
    CHECK(hilbert_signed_measure(bifiltered_complex{}, 1).empty());
    CHECK(hilbert_signed_measure(bifiltered_complex{}, 2).empty());
    for (std::int64_t n = 1; n <= 5; ++n)
        for (std::uint64_t seed = 0; seed < 20; ++seed)
            check_at_random_grades(
                complexes::flag(complexes::tied_codensity(n, seed, 3), random_scale(seed, 3), 1), seed, 50);
}

TEST_CASE("a hollow tetrahedron has one void, and none once it is filled") {
    bifiltered_complex complex = complexes::flag({0, 1, 2, 3}, random_scale(1, 1), 1);
    REQUIRE(complex.tetrahedra.size() == 1);
    CHECK(hilbert_signed_measure(complex, 2).empty());
    complex.tetrahedra.clear();
    const signed_measure measure = hilbert_signed_measure(complex, 2);
    REQUIRE(measure.size() == 1);
    CHECK(measure[0].mass == 1);
    CHECK(measure[0].f == 3.0);
    CHECK(measure[0].vertex == 3);
}

TEST_CASE("the matrix and planar duality give the same atoms") {
    const auto check = [](const matrix<double>& points, std::vector<double> codensity) {
        const bifiltered_planar_complex complex{weak_delaunay{}.build(points, execution{}),
                                                std::move(codensity)};
        CHECK(grades_of(bifiltered_signed_measure(complex, 1)) ==
              grades_of(planar_signed_measure_degree_1(complex)));
    };
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const auto n = static_cast<std::int64_t>(seed * 13 % 200);
        check(clouds::normal(n, seed), complexes::tied_codensity(n, seed, 1000000));
        check(clouds::circle(n, seed), complexes::tied_codensity(n, seed, 5));
        check(clouds::lattice(n, seed, 9), complexes::tied_codensity(n, seed, 9));
        check(clouds::line(n, seed), complexes::tied_codensity(n, seed, 9));
    }
    check(clouds::normal(3000, 1), complexes::tied_codensity(3000, 1, 1000000));
}

TEST_CASE("without ties the matrix and planar duality name the same edge and vertex") {
    const matrix<double> points = clouds::normal(500, 3);
    const bifiltered_planar_complex complex{weak_delaunay{}.build(points, execution{}),
                                            complexes::gaussian_codensity(points, 0.4)};
    const signed_measure a = bifiltered_signed_measure(complex, 1);
    const signed_measure b = planar_signed_measure_degree_1(complex);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        CHECK(std::tie(a[i].edge_u, a[i].edge_v, a[i].vertex) ==
              std::tie(b[i].edge_u, b[i].edge_v, b[i].vertex));
}

TEST_CASE("the order of the vertices changes no atom") {
    const std::int64_t n = 60;
    const matrix<double> points = clouds::lattice(n, 4, 8);
    const matrix<double> reversed = points.colwise().reverse();
    std::vector<double> codensity = complexes::tied_codensity(n, 4, 8);
    const bifiltered_complex one = complexes::flag(codensity, complexes::half_distance(points), 1.1);
    std::reverse(codensity.begin(), codensity.end());
    const bifiltered_complex other = complexes::flag(codensity, complexes::half_distance(reversed), 1.1);
    for (const int degree : {0, 1, 2})
        CHECK(grades_of(hilbert_signed_measure(one, degree)) ==
              grades_of(hilbert_signed_measure(other, degree)));
}

TEST_CASE("a tetrahedron without one of its triangles is refused") {
    bifiltered_complex complex = complexes::flag({0, 1, 2, 3}, random_scale(1, 1), 1);
    complex.triangles.pop_back();
    CHECK_THROWS_AS((void)hilbert_signed_measure(complex, 2), std::invalid_argument);
}

TEST_CASE("the edge and the vertex of an atom are what moves it") {
    // F = sum of mass * g(r, f) with a smooth g, by the scale of each edge and the codensity of each vertex:
    // the derivative through the ids is that of differences.
    bifiltered_complex complex =
        complexes::flag(complexes::tied_codensity(12, 3, 1000000), random_scale(5, 0), 0.7);
    for (double& f : complex.codensity)
        f /= 1000000;
    const auto value = [&](int degree) {
        double sum = 0;
        for (const atom& a : hilbert_signed_measure(complex, degree))
            sum += a.mass * std::sin(3 * a.r + 1) * std::cos(2 * a.f);
        return sum;
    };
    const double step = 1e-7;
    int moved = 0;
    for (const int degree : {0, 1, 2}) {
        const signed_measure measure = hilbert_signed_measure(complex, degree);
        const auto check = [&](double& grade, auto by_atom) {
            double expected = 0;
            for (const atom& a : measure)
                expected += by_atom(a);
            const double kept = grade;
            grade = kept + step;
            const double above = value(degree);
            grade = kept - step;
            const double below = value(degree);
            grade = kept;
            moved += expected != 0;
            CHECK((above - below) / (2 * step) == doctest::Approx(expected).epsilon(1e-6).scale(1));
        };
        for (std::size_t e = 0; e < complex.edges.size(); ++e)
            check(complex.edge_scale[e], [&](const atom& a) {
                const bool sets = a.edge_u == complex.edges[e].u && a.edge_v == complex.edges[e].v;
                return sets ? a.mass * 3 * std::cos(3 * a.r + 1) * std::cos(2 * a.f) : 0.0;
            });
        for (std::size_t v = 0; v < complex.codensity.size(); ++v)
            check(complex.codensity[v], [&](const atom& a) {
                const bool sets = a.vertex == static_cast<std::int32_t>(v);
                return sets ? -a.mass * 2 * std::sin(3 * a.r + 1) * std::sin(2 * a.f) : 0.0;
            });
    }
    CHECK(moved > 40);
}

TEST_CASE("a run that is asked to stop ends by an exception") {
    std::stop_source source;
    source.request_stop();
    const execution stopped(run_options{.stop = source.get_token()});
    const bifiltered_complex complex = complexes::flag({0, 1, 2, 3}, random_scale(1, 1), 1);
    CHECK_THROWS_AS((void)hilbert_signed_measure(complex, 1, stopped), interrupted);
}

TEST_CASE("grades that are missing are refused") {
    bifiltered_complex complex = complexes::flag({0, 1, 2, 3}, random_scale(1, 1), 1);
    complex.codensity.pop_back();
    CHECK_THROWS_WITH_AS(
        (void)hilbert_signed_measure(complex, 1),
        "hilbert_signed_measure: the number of codensities is 3, must be that of vertices, 4",
        std::invalid_argument);
    complex.codensity.push_back(3);
    complex.edge_scale.pop_back();
    CHECK_THROWS_WITH_AS((void)hilbert_signed_measure(complex, 0),
                         "hilbert_signed_measure: the number of edge scales is 5, must be that of edges, 6",
                         std::invalid_argument);
}
