// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/filtration/weak_delaunay.hpp>
#include <topoprune/homology/barcode.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "bars.hpp"
#include "complexes.hpp"
#include "laws/clouds.hpp"
#include "rank_oracle.hpp"
#include "recorded.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stop_token>
#include <utility>

using namespace topoprune;

namespace {

std::vector<graded_simplex<1>> by_scale(const std::vector<oracle::simplex>& simplices) {
    std::vector<graded_simplex<1>> list;
    for (const oracle::simplex& s : simplices)
        list.push_back({s.vertices, {s.grade[0]}});
    return list;
}

/// The number of bars over each grade is the dimension of homology there. With a fixed order of simplices
/// this tells the bars of a degree up to those that begin where others end; persistent_betti_numbers tells
/// the rest.
void check_bars(const std::vector<oracle::simplex>& list) {
    const graded_complex<1> complex(by_scale(list));
    std::vector<oracle::simplex> flat = list;
    for (oracle::simplex& s : flat)
        s.grade[1] = 0;
    const oracle::betti_numbers betti(flat);
    for (const int degree : {0, 1, 2, 3}) {
        const barcode bars = persistence_barcode(complex, degree);
        for (const bar& b : bars) {
            CHECK(b.birth < b.death);
            CHECK(list.at(static_cast<std::size_t>(b.birth_simplex)).grade[0] == b.birth);
            CHECK(list.at(static_cast<std::size_t>(b.birth_simplex)).vertices.size() ==
                  static_cast<std::size_t>(degree + 1));
            REQUIRE((b.death_simplex < 0) == (b.death == forever));
            if (b.death_simplex >= 0)
                CHECK(list.at(static_cast<std::size_t>(b.death_simplex)).grade[0] == b.death);
        }
        for (const oracle::simplex& s : flat) {
            const double r = s.grade[0];
            CHECK(std::count_if(bars.begin(), bars.end(), [r](const bar& b) {
                      return b.birth <= r && r < b.death;
                  }) == betti.at(r, 0)[static_cast<std::size_t>(degree)]);
        }
    }
}

/// The rank of H_q(K_r) -> H_q(K_s): dim Z_q(K_r) less the dimension of the boundaries of K_s that lie in
/// K_r, which is rank d(K_s) less the rank of d(K_s) projected to the q-simplices outside K_r.
std::int64_t persistent_betti_number(const std::vector<oracle::simplex>& list, std::size_t q, double r,
                                     double s) {
    const auto rank = [&](std::size_t dimension, double up_to, double rows_above) {
        std::vector<std::bitset<oracle::betti_numbers::most>> columns;
        std::map<std::vector<std::int32_t>, std::size_t> row;
        for (const oracle::simplex& f : list)
            if (f.vertices.size() == dimension && f.grade[0] > rows_above)
                row.emplace(f.vertices, row.size());
        for (const oracle::simplex& x : list)
            if (x.vertices.size() == dimension + 1 && x.grade[0] <= up_to) {
                auto& column = columns.emplace_back();
                for (std::size_t i = 0; i <= dimension; ++i) {
                    std::vector<std::int32_t> face = x.vertices;
                    face.erase(face.begin() + static_cast<std::ptrdiff_t>(i));
                    if (const auto found = row.find(face); found != row.end())
                        column.flip(found->second);
                }
            }
        std::int64_t count = 0;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::size_t low = columns[c]._Find_first();
            if (low == columns[c].size())
                continue;
            ++count;
            for (std::size_t d = c + 1; d < columns.size(); ++d)
                if (columns[d].test(low))
                    columns[d] ^= columns[c];
        }
        return count;
    };
    std::int64_t cycles = -(q == 0 ? 0 : rank(q, r, -1));
    for (const oracle::simplex& x : list)
        cycles += x.vertices.size() == q + 1 && x.grade[0] <= r;
    return cycles - (rank(q + 1, s, -1) - rank(q + 1, s, r));
}

} // namespace

TEST_CASE("at every grade as many bars live as homology has dimensions") {
    const matrix<double> points = clouds::normal(45, 3);
    check_bars(oracle::simplices_of(
        complexes::incremental_delaunay(points, complexes::tied_codensity(45, 3, 1000))));
    const matrix<double> lattice = clouds::lattice(12, 3, 4);
    check_bars(oracle::simplices_of(
        complexes::flag(complexes::tied_codensity(12, 5, 5), complexes::half_distance(lattice), 1.3)));
    std::vector<oracle::simplex> late = oracle::simplices_of(
        complexes::flag(complexes::tied_codensity(12, 5, 5), complexes::half_distance(lattice), 0.8));
    const random_stream random(7, 71);
    for (std::size_t i = 0; i < late.size(); ++i) // vertices and all others with grades of their own
        late[i].grade[0] = 2 * static_cast<double>(late[i].vertices.size()) + 2 * random.uniform(i);
    check_bars(late);
}

TEST_CASE("the ranks of the maps between all pairs of grades are those that the bars tell") {
    const matrix<double> points = clouds::normal(13, 5);
    const std::vector<oracle::simplex> list =
        oracle::simplices_of(complexes::incremental_delaunay(points, complexes::tied_codensity(13, 3, 1000)));
    const graded_complex<1> complex(by_scale(list));
    for (const std::size_t q : {0U, 1U, 2U}) {
        const barcode bars = persistence_barcode(complex, static_cast<int>(q));
        for (const oracle::simplex& a : list)
            for (const oracle::simplex& b : list)
                if (a.vertices.size() == 2 && b.vertices.size() == 2 && a.grade[0] <= b.grade[0])
                    CHECK(std::count_if(bars.begin(), bars.end(), [&](const bar& x) {
                              return x.birth <= a.grade[0] && b.grade[0] < x.death;
                          }) == persistent_betti_number(list, q, a.grade[0], b.grade[0]));
    }
}

TEST_CASE("a square has one hole, born with its sides and filled with its diagonal") {
    matrix<double> points(4, 2);
    points << 0, 0, 1, 0, 1, 1, 0, 1;
    const planar_complex complex = weak_delaunay{}.build(points, execution{});
    const barcode holes = persistence_barcode(complex, 1);
    REQUIRE(holes.size() == 1);
    CHECK(holes[0].birth == 0.5);
    CHECK(holes[0].death == doctest::Approx(std::sqrt(2.0) / 2));
    const barcode components = persistence_barcode(complex, 0);
    REQUIRE(components.size() == 4);
    CHECK(components[0].death == 0.5);
    CHECK(components[3].death == forever);
    CHECK(components[3].death_simplex == -1);
    CHECK(components[3].birth_simplex == -1);
    CHECK(total_lifetime(components) == 1.5);
}

TEST_CASE("planar duality gives the bars of the matrix, and edges of their lengths") {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const auto n = static_cast<std::int64_t>(seed * 17 % 150);
        const matrix<double> points = seed % 3 == 0   ? clouds::lattice(n, seed, 8)
                                      : seed % 3 == 1 ? clouds::circle(n, seed)
                                                      : clouds::normal(n, seed);
        const planar_complex plane = weak_delaunay{}.build(points, execution{});
        triangulated_complex same;
        same.vertices = plane.vertices;
        same.edge_scale = plane.edge_scale;
        for (const planar_edge& e : plane.edges)
            same.edges.push_back({e.u, e.v});
        for (const planar_triangle& t : plane.triangles)
            same.triangles.push_back({t.vertices, t.edges, t.longest_edge});
        const barcode bars = persistence_barcode(plane, 1);
        CHECK(ends(bars) == ends(persistence_barcode(same, 1)));
        CHECK(ends(persistence_barcode(plane, 0)) == ends(persistence_barcode(same, 0)));
        CHECK(persistence_barcode(same, 2).empty());
        for (const bar& b : bars) {
            CHECK(plane.edge_scale.at(static_cast<std::size_t>(b.birth_simplex)) == b.birth);
            CHECK(plane.edge_scale.at(static_cast<std::size_t>(b.death_simplex)) == b.death);
        }
    }
}

TEST_CASE("the scales of a signed measure integrate to minus the total persistence") {
    // Of a complex without holes in the end: the codensities cancel, and the slice of all points is left.
    const matrix<double> points = clouds::normal(300, 5);
    const bifiltered_complex complex =
        complexes::incremental_delaunay(points, complexes::gaussian_codensity(points, 0.3));
    double integral = 0;
    for (const atom& a : hilbert_signed_measure(complex, 1))
        integral += a.mass * a.r;
    CHECK(integral == doctest::Approx(-total_lifetime(persistence_barcode(complex, 1))).epsilon(1e-12));
}

TEST_CASE("the boundary of a tetrahedron bounds one void") {
    std::vector<graded_simplex<1>> list;
    for (std::int32_t a = 0; a < 4; ++a) {
        list.push_back({{a}, {0.0}});
        for (std::int32_t b = a + 1; b < 4; ++b) {
            list.push_back({{a, b}, {1.0}});
            for (std::int32_t c = b + 1; c < 4; ++c)
                list.push_back({{a, b, c}, {2.0}});
        }
    }
    const barcode hollow = persistence_barcode(graded_complex<1>(list), 2);
    REQUIRE(hollow.size() == 1);
    CHECK(hollow[0].death == forever);
    list.push_back({{0, 1, 2, 3}, {5.0}});
    const barcode filled = persistence_barcode(graded_complex<1>(list), 2);
    REQUIRE(filled.size() == 1);
    CHECK(filled[0].birth == 2.0);
    CHECK(filled[0].death == 5.0);
    CHECK(filled[0].death_simplex == 14);
}

TEST_CASE("empty complexes have no bars; other degrees are refused") {
    CHECK(persistence_barcode(graded_complex<1>{}, 0).empty());
    CHECK(persistence_barcode(triangulated_complex{}, 0).empty());
    CHECK(persistence_barcode(triangulated_complex{}, 2).empty());
    CHECK(persistence_barcode(planar_complex{}, 1).empty());
    CHECK_THROWS_AS((void)persistence_barcode(graded_complex<1>{}, -1), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)persistence_barcode(planar_complex{}, 2),
                         "persistence_barcode: degree is 2, must be 0 or 1", std::invalid_argument);
}

TEST_CASE("a reduction that is asked to stop ends by an exception") {
    std::stop_source source;
    source.request_stop();
    const execution stopped(run_options{.stop = source.get_token()});
    const bifiltered_complex complex =
        complexes::flag({0, 1, 2, 3}, [](std::int32_t, std::int32_t) { return 1.0; }, 1);
    CHECK_THROWS_AS((void)persistence_barcode(complex, 1, stopped), interrupted);
}

TEST_CASE("barcodes of Rips complexes equal those recorded from GUDHI") {
    for (const recorded::cloud& c : recorded::clouds) {
        const bifiltered_complex complex = recorded::rips_of(c);
        for (const int degree : {0, 1, 2}) {
            const barcode bars = persistence_barcode(complex, degree);
            const matrix<double> expected = recorded::table("rips_bars", c.seed, degree);
            REQUIRE(std::ssize(bars) == expected.rows());
            for (std::size_t b = 0; b < bars.size(); ++b) {
                const auto row = expected.row(static_cast<Eigen::Index>(b));
                CHECK(bars[b].birth == doctest::Approx(row[0]).epsilon(1e-12));
                if (row[1] < 0)
                    CHECK(std::isinf(bars[b].death));
                else
                    CHECK(bars[b].death == doctest::Approx(row[1]).epsilon(1e-12));
            }
        }
    }
}
