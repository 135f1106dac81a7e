// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_bifiltration.hpp>
#include <topoprune/homology/hilbert_signed_measure.hpp>

#include "laws/clouds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>

using namespace topoprune;

namespace {

/// The rank of a matrix over Z/2 whose columns are given by their non-zero rows.
std::int64_t rank_mod_2(std::vector<std::set<std::int32_t>> columns) {
    std::vector<std::pair<std::int32_t, std::set<std::int32_t>>> pivots;
    std::int64_t rank = 0;
    for (std::set<std::int32_t>& column : columns) {
        for (bool reduced = true; reduced && !column.empty();) {
            reduced = false;
            for (const auto& [low, pivot] : pivots)
                if (low == *column.rbegin()) {
                    for (const std::int32_t row : pivot)
                        if (!column.insert(row).second)
                            column.erase(row);
                    reduced = true;
                    break;
                }
        }
        if (!column.empty()) {
            pivots.emplace_back(*column.rbegin(), column);
            ++rank;
        }
    }
    return rank;
}

/// dim H_0 and dim H_1 of K(r, s), by the ranks of its boundary matrices.
std::array<std::int64_t, 2> betti_numbers(const bifiltered_planar_complex& k, double r, double s) {
    const auto f = [&](std::int32_t v) { return k.codensity[static_cast<std::size_t>(v)]; };
    std::int64_t vertices = 0;
    for (std::int32_t v = 0; v < k.vertices; ++v)
        vertices += f(v) <= s;
    std::vector<std::set<std::int32_t>> edges, triangles;
    std::vector<bool> present(k.edges.size());
    for (std::size_t e = 0; e < k.edges.size(); ++e) {
        present[e] = k.edge_scale[e] <= r && f(k.edges[e].u) <= s && f(k.edges[e].v) <= s;
        if (present[e])
            edges.push_back({k.edges[e].u, k.edges[e].v});
    }
    for (const planar_triangle& t : k.triangles)
        if (std::all_of(t.edges.begin(), t.edges.end(),
                        [&](std::int32_t e) { return present[static_cast<std::size_t>(e)]; }))
            triangles.push_back({t.edges.begin(), t.edges.end()});
    const std::int64_t rank_1 = rank_mod_2(edges);
    const std::int64_t rank_2 = rank_mod_2(triangles);
    return {vertices - rank_1, std::ssize(edges) - rank_1 - rank_2};
}

std::int64_t sum_up_to(const signed_measure& measure, double r, double s) {
    std::int64_t sum = 0;
    for (const atom& a : measure)
        if (a.r <= r && a.f <= s)
            sum += a.mass;
    return sum;
}

void check_atoms(const signed_measure& measure, const bifiltered_planar_complex& complex,
                 const matrix<double>& points) {
    for (std::size_t i = 0; i < measure.size(); ++i) {
        const atom& a = measure[i];
        CHECK(a.mass != 0);
        REQUIRE(a.vertex >= 0);
        CHECK(complex.codensity[static_cast<std::size_t>(a.vertex)] == a.f);
        if (a.edge_u >= 0)
            CHECK(0.5 * (points.row(a.edge_u) - points.row(a.edge_v)).norm() == doctest::Approx(a.r));
        else
            CHECK(a.r == 0.0);
        if (i > 0) // sorted by (f, r), all different
            CHECK(std::tie(measure[i - 1].f, measure[i - 1].r) < std::tie(a.f, a.r));
    }
}

matrix<double> cloud_of_kind(std::uint64_t number) {
    const std::int64_t n = static_cast<std::int64_t>(number * 7 % 61);
    switch (number % 7) {
    case 0:
        return clouds::normal(n, number);
    case 1:
        return clouds::lattice(n, number, 6);
    case 2:
        return clouds::circle(n, number);
    case 3:
        return clouds::line(n, number);
    case 4:
        return clouds::near_clusters(n, number);
    case 5:
        return clouds::circle(n, number, 0.0);
    default:
        return clouds::lattice(n, number, 3);
    }
}

} // namespace

TEST_CASE("the measure sums up to the dimension of homology at every grade") {
    // 200 clouds of 0 to 60 points (lattices with duplicates and cocircular points, lines, circles, blobs),
    // 50 grades each: grades of simplices, where ties bite, and grades between them.
    std::int64_t wrong = 0;
    std::int64_t checked = 0;
    for (std::uint64_t number = 0; number < 200; ++number) {
        const matrix<double> points = cloud_of_kind(number);
        bifiltered_planar_complex complex =
            density_bifiltration{weak_delaunay{}, gaussian_kde{.bandwidth = 0.5}}.build(points, execution{});
        const random_stream random(number, 77);
        if (number % 2 == 1) // codensities that tie, and differ even where points coincide
            for (std::size_t i = 0; i < complex.codensity.size(); ++i)
                complex.codensity[i] = static_cast<double>(random.below(1000 + i, 7));
        const std::array measures{hilbert_signed_measure(complex, 0), hilbert_signed_measure(complex, 1)};
        check_atoms(measures[0], complex, points);
        check_atoms(measures[1], complex, points);
        CHECK(total_mass(measures[1]) == 0);
        CHECK(total_mass(measures[0]) == (points.rows() > 0 ? 1 : 0));
        for (std::uint64_t grade = 0; grade < 50; ++grade) {
            double r = 3 * random.uniform(4 * grade);
            double s = 6 * random.uniform(4 * grade + 1) - 1;
            if (grade % 3 != 0 && !complex.edges.empty()) {
                r = complex.edge_scale[random.below(4 * grade + 2, complex.edges.size())];
                s = complex.codensity[random.below(4 * grade + 3, complex.codensity.size())];
            }
            const auto expected = betti_numbers(complex, r, s);
            for (const std::size_t degree : {0U, 1U}) {
                ++checked;
                wrong += sum_up_to(measures[degree], r, s) != expected[degree];
            }
        }
    }
    MESSAGE("grades checked: " << checked << ", wrong: " << wrong);
    CHECK(checked == 20000);
    CHECK(wrong == 0);
}

TEST_CASE("a square has one hole, born with its sides and filled with its diagonal") {
    matrix<double> points(4, 2);
    points << 0, 0, 1, 0, 1, 1, 0, 1;
    bifiltered_planar_complex complex{weak_delaunay{}.build(points, execution{}), {0.0, 0.0, 0.0, 0.0}};
    const signed_measure measure = hilbert_signed_measure(complex, 1);
    REQUIRE(measure.size() == 2);
    CHECK(measure[0].mass == 1);
    CHECK(measure[0].r == 0.5);
    CHECK(measure[1].mass == -1);
    CHECK(measure[1].r == doctest::Approx(std::sqrt(2.0) / 2));
}

TEST_CASE("one codensity for all gives the barcode of the filtration by scale") {
    // Degree 0: every vertex is born at 0, the deaths are the edges of the minimum spanning tree.
    const matrix<double> points = clouds::normal(80, 5);
    bifiltered_planar_complex complex{weak_delaunay{}.build(points, execution{}),
                                      std::vector<double>(80, 1.0)};
    double deaths = 0;
    for (const atom& a : hilbert_signed_measure(complex, 0))
        deaths -= a.r * a.mass;
    double tree = 0; // Prim
    std::vector<double> distance(80, 1e300);
    std::vector<bool> done(80, false);
    distance[0] = 0;
    for (int step = 0; step < 80; ++step) {
        std::size_t next = 80;
        for (std::size_t i = 0; i < 80; ++i)
            if (!done[i] && (next == 80 || distance[i] < distance[next]))
                next = i;
        done[next] = true;
        tree += distance[next];
        for (std::size_t i = 0; i < 80; ++i)
            distance[i] = std::min(distance[i], (points.row(static_cast<Eigen::Index>(i)) -
                                                 points.row(static_cast<Eigen::Index>(next)))
                                                    .norm());
    }
    CHECK(deaths == doctest::Approx(tree / 2).epsilon(1e-12));
}

TEST_CASE("the order of the points changes no atom") {
    const matrix<double> points = clouds::circle(200, 8);
    matrix<double> reversed = points.colwise().reverse();
    const density_bifiltration<> bifiltration{};
    for (const int degree : {0, 1}) {
        const signed_measure a = hilbert_signed_measure(bifiltration.build(points, execution{}), degree);
        const signed_measure b = hilbert_signed_measure(bifiltration.build(reversed, execution{}), degree);
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            CHECK(a[i].mass == b[i].mass);
            CHECK(a[i].r == doctest::Approx(b[i].r).epsilon(1e-12));
            CHECK(a[i].f == doctest::Approx(b[i].f).epsilon(1e-12));
        }
    }
}

TEST_CASE("degrees that are not served are refused") {
    const bifiltered_planar_complex complex{};
    CHECK_THROWS_WITH_AS((void)hilbert_signed_measure(complex, 2),
                         "hilbert_signed_measure: degree is 2, must be 0 or 1", std::invalid_argument);
    CHECK(hilbert_signed_measure(complex, 0).empty());
    CHECK(hilbert_signed_measure(complex, 1).empty());
}
