// SPDX-License-Identifier: MIT
#if __has_include(<gudhi/Flag_complex_edge_collapser.h>)

#include <topoprune/adapters/gudhi.hpp>
#include <topoprune/homology/rips_barcode.hpp>
#include <topoprune/loss/total_persistence.hpp>

#include "laws/clouds.hpp"
#include "laws/loss_laws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <tuple>

using namespace topoprune;

namespace {

const execution one({.threads = 1});

/// The bars with the points that set their ends.
auto with_points(const rips_graph& graph, int degree) {
    const auto points_of = [&](std::int32_t edge) {
        return edge < 0 ? std::array{-1, -1} : std::array{graph.points_of(edge).u, graph.points_of(edge).v};
    };
    std::vector<std::tuple<double, double, std::array<int, 2>, std::array<int, 2>>> bars;
    for (const bar& b : persistence_barcode(graph, degree, one))
        bars.emplace_back(b.birth, b.death, points_of(b.birth_simplex), points_of(b.death_simplex));
    std::sort(bars.begin(), bars.end());
    return bars;
}

void check_collapse(const matrix<double>& points, const rips& policy) {
    const rips_graph graph = policy.graph(points, one);
    const rips_graph collapsed = collapse_edges(graph);
    const rips_graph twice = collapse_edges(collapsed);
    CHECK(collapsed.edges.size() <= graph.edges.size());
    for (const int degree : {0, 1, 2}) {
        CHECK(with_points(collapsed, degree) == with_points(graph, degree));
        CHECK(with_points(twice, degree) == with_points(graph, degree));
    }
}

} // namespace

TEST_CASE("a collapse keeps the bars and the points that set them") {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        for (const std::int64_t m : {2, 3, 8})
            check_collapse(clouds::normal(40, seed, 1.0, m), rips{});
        check_collapse(clouds::circle(60, seed), rips{.threshold = 0.5});
        check_collapse(clouds::lattice(50, seed, 5), rips{});
        matrix<double> cube(20, 3);
        const random_stream random(seed, 9);
        for (std::int64_t i = 0; i < cube.size(); ++i)
            cube.data()[i] = static_cast<double>(random.below(static_cast<std::uint64_t>(i), 3));
        check_collapse(cube, rips{});
    }
    for (const std::int64_t n : {0, 1, 2, 3})
        check_collapse(clouds::normal(n, 1), rips{});
    check_collapse(clouds::lattice(10, 1, 1), rips{});
}

TEST_CASE("a collapse leaves out most edges of points in the plane") {
    const rips_graph graph = rips{}.graph(clouds::normal(150, 1), one);
    CHECK(10 * collapse_edges(graph).edges.size() < graph.edges.size());
}

TEST_CASE("total persistence and its gradient are those without a collapse") {
    for (const int degree : {0, 1, 2}) {
        const matrix<double> points = clouds::normal(40, 3, 1.0, 4);
        const total_persistence plain{.filtration = rips{}, .degree = degree};
        const total_persistence collapsed{.filtration = gudhi_edge_collapse{rips{}}, .degree = degree};
        const loss_value a = plain.value_and_gradient(points, one);
        const loss_value b = collapsed.value_and_gradient(points, one);
        CHECK(a.value == doctest::Approx(b.value).epsilon(1e-12));
        CHECK((a.gradient - b.gradient).cwiseAbs().maxCoeff() <= 1e-12);
        check_loss_laws(collapsed, points);
    }
}

#endif
