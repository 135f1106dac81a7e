// SPDX-License-Identifier: MIT
#include <topoprune/filtration/density_bifiltration.hpp>
#include <topoprune/filtration/rips.hpp>

#include "laws/clouds.hpp"
#include "laws/filtration_laws.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <tuple>
#include <utility>

using namespace topoprune;

namespace {

bool equal(const triangulated_complex& a, const triangulated_complex& b) {
    const auto edges = [](const triangulated_complex& c) {
        std::vector<std::array<std::int32_t, 2>> all;
        for (const complex_edge& e : c.edges)
            all.push_back({e.u, e.v});
        return all;
    };
    const auto triangles = [](const triangulated_complex& c) {
        std::vector<std::tuple<std::array<std::int32_t, 3>, std::array<std::int32_t, 3>, std::int32_t>> all;
        for (const complex_triangle& t : c.triangles)
            all.emplace_back(t.vertices, t.edges, t.longest_edge);
        return all;
    };
    return edges(a) == edges(b) && triangles(a) == triangles(b) && a.tetrahedra == b.tetrahedra &&
           a.edge_scale == b.edge_scale;
}

} // namespace

TEST_CASE("every clique of near points is there and nothing else") {
    for (const std::int64_t m : {1, 2, 5})
        for (const double threshold : {0.0, 0.2, 0.5, 10.0}) {
            const matrix<double> points = clouds::normal(25, 3, 0.6, m);
            const auto complex = rips{.threshold = threshold, .dimension = 3}.build(points, execution{});
            laws::check_flag_complex(complex, points);
            const auto near = [&](std::int64_t u, std::int64_t v) {
                return 0.5 * (points.row(u) - points.row(v)).norm() <= threshold;
            };
            std::size_t edges = 0, triangles = 0, tetrahedra = 0;
            for (std::int64_t a = 0; a < 25; ++a)
                for (std::int64_t b = a + 1; b < 25; ++b) {
                    if (!near(a, b))
                        continue;
                    ++edges;
                    for (std::int64_t c = b + 1; c < 25; ++c) {
                        if (!near(a, c) || !near(b, c))
                            continue;
                        ++triangles;
                        for (std::int64_t d = c + 1; d < 25; ++d)
                            tetrahedra += near(a, d) && near(b, d) && near(c, d);
                    }
                }
            CHECK(complex.edges.size() == edges);
            CHECK(complex.triangles.size() == triangles);
            CHECK(complex.tetrahedra.size() == tetrahedra);
            CHECK(rips{.threshold = threshold}.build(points, execution{}).tetrahedra.empty());
            CHECK(rips{.threshold = threshold, .dimension = 1}.build(points, execution{}).triangles.empty());
        }
}

TEST_CASE("above the default threshold the homology stays that of a point") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const matrix<double> points = clouds::circle(18, seed);
        const auto complex = rips{.dimension = 3}.build(points, execution{});
        const auto all = rips{.threshold = 1e9, .dimension = 3}.build(points, execution{});
        CHECK(complex.edges.size() < all.edges.size());
        double largest = 0;
        for (const double scale : complex.edge_scale)
            largest = std::max(largest, scale);
        for (std::size_t e = 0; e < all.edges.size(); ++e) {
            const auto cut = laws::betti_numbers(complex, {}, all.edge_scale[e], 0);
            const auto whole = laws::betti_numbers(all, {}, all.edge_scale[e], 0);
            CHECK(cut[0] == whole[0]);
            CHECK(cut[1] == whole[1]);
            if (all.edge_scale[e] >= largest)
                CHECK(whole[0] + whole[1] == 1);
            e += all.edges.size() / 12;
        }
    }
}

TEST_CASE("the graph holds the edges of the complex") {
    for (const std::optional<double> threshold : {std::optional<double>{}, std::optional{0.4}}) {
        const matrix<double> points = clouds::normal(60, 2);
        const rips policy{.threshold = threshold};
        const rips_graph graph = policy.graph(points, execution{run_options{.threads = 3}});
        const auto complex = policy.build(points, execution{});
        CHECK(graph.vertices == 60);
        CHECK(graph.edge_scale == complex.edge_scale);
        REQUIRE(graph.edges.size() == complex.edges.size());
        for (std::size_t e = 0; e < graph.edges.size(); ++e)
            CHECK(std::pair(graph.edges[e].u, graph.edges[e].v) ==
                  std::pair(complex.edges[e].u, complex.edges[e].v));
    }
    CHECK_THROWS_WITH_AS((void)rips{.max_simplices = 100}.graph(clouds::normal(40, 1), execution{}),
                         "rips::graph: the number of edges is larger, must be at most max_simplices, 100",
                         std::invalid_argument);
}

TEST_CASE("the same complex on any number of threads") {
    const matrix<double> points = clouds::normal(300, 4);
    const rips policy{.threshold = 0.3, .dimension = 3};
    CHECK(equal(policy.build(points, execution{run_options{.threads = 1}}),
                policy.build(points, execution{run_options{.threads = 3}})));
}

TEST_CASE("no point, one point, points at one place, huge and tiny scales") {
    CHECK(rips{}.build(matrix<double>(0, 2), execution{}).vertices == 0);
    CHECK(rips{}.build(clouds::normal(1, 1), execution{}).edges.empty());
    const auto same = rips{.dimension = 3}.build(clouds::lattice(6, 1, 1), execution{});
    CHECK(same.edges.size() == 15);
    CHECK(same.triangles.size() == 20);
    CHECK(same.tetrahedra.size() == 15);
    for (const double scale : {1e-300, 1e-160, 1e160, 1e307})
        for (const std::int64_t m : {2, 4}) {
            const matrix<double> points = clouds::normal(30, 5, 1.0, m);
            const matrix<double> scaled = scale * points;
            const auto a = rips{}.build(points, execution{}), b = rips{}.build(scaled, execution{});
            CHECK(a.edges.size() == b.edges.size());
            CHECK(a.triangles.size() == b.triangles.size());
        }
}

TEST_CASE("with a density it is the function-Rips bifiltration") {
    const matrix<double> points = clouds::normal(40, 6);
    const density_bifiltration bifiltration{rips{.threshold = 0.4}, gaussian_kde{.bandwidth = 0.4}};
    const auto complex = bifiltration.build(points, execution{});
    laws::check_flag_complex(complex, points);
    CHECK(complex.codensity.size() == 40);
}

TEST_CASE("complexes that are too large and options out of range are refused by name") {
    const matrix<double> points = clouds::normal(40, 1);
    CHECK_THROWS_WITH_AS(
        (void)rips{.max_simplices = 1000}.build(points, execution{}),
        "rips::build: the number of simplices is larger, must be at most max_simplices, 1000",
        std::invalid_argument);
    CHECK_THROWS_AS((void)rips{.max_simplices = 100}.build(points, execution{}), std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)rips{.threshold = -1}.build(points, execution{}),
                         "rips::build: threshold is -1, must be at least 0", std::invalid_argument);
    CHECK_THROWS_AS(
        (void)rips{.threshold = std::numeric_limits<double>::quiet_NaN()}.build(points, execution{}),
        std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)rips{.dimension = 4}.build(points, execution{}),
                         "rips::build: dimension is 4, must be 1, 2 or 3", std::invalid_argument);
}
