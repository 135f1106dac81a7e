// SPDX-License-Identifier: MIT
#include <topoprune/core/execution.hpp>
#include <topoprune/filtration/rips.hpp>
#include <topoprune/homology/detail/lune_of_bits.hpp>
#include <topoprune/homology/detail/lune_of_lists.hpp>
#include <topoprune/homology/rips_barcode.hpp>

#include "bars.hpp"
#include "laws/clouds.hpp"
#include "recorded.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <stop_token>
#include <tuple>
#include <utility>

using namespace topoprune;

namespace {

const execution one({.threads = 1});

auto with_edges(const barcode& bars) {
    std::vector<std::tuple<double, double, std::int32_t, std::int32_t>> result;
    for (const bar& b : bars)
        result.emplace_back(b.birth, b.death, b.birth_simplex, b.death_simplex);
    return result;
}

void check_edges(const rips_graph& graph, const barcode& bars, int degree) {
    for (const bar& b : bars) {
        CHECK(b.birth < b.death);
        REQUIRE((b.birth_simplex < 0) == (degree == 0));
        if (degree == 0)
            CHECK(b.birth == 0);
        else
            CHECK(graph.edge_scale.at(static_cast<std::size_t>(b.birth_simplex)) == b.birth);
        REQUIRE((b.death_simplex < 0) == (b.death == forever));
        if (b.death_simplex >= 0)
            CHECK(graph.edge_scale.at(static_cast<std::size_t>(b.death_simplex)) == b.death);
    }
}

/// The bars without a list of simplices are those that the matrix of all simplices gives.
void check_against_matrix(const matrix<double>& points, std::optional<double> threshold, bool has_ties) {
    const rips policy{.threshold = threshold, .dimension = 3};
    const rips_graph graph = policy.graph(points, one);
    const triangulated_complex complex = policy.build(points, one);
    for (const int degree : {0, 1, 2}) {
        const barcode bars = persistence_barcode(graph, degree, one);
        const barcode expected = persistence_barcode(complex, degree, one);
        check_edges(graph, bars, degree);
        CHECK(ends(bars) == ends(expected));
        if (!has_ties)
            CHECK(with_edges(bars) == with_edges(expected));
    }
}

/// All permutations of the vertices of a graph by one rule, to see ties broken in another order.
matrix<double> shuffled(const matrix<double>& points) {
    matrix<double> result(points.rows(), points.cols());
    for (std::int64_t i = 0; i < points.rows(); ++i)
        result.row(i) = points.row((7 * i + 3) % points.rows());
    return result;
}

} // namespace

TEST_CASE("the bars are those of the matrix of all simplices") {
    for (std::uint64_t seed = 0; seed < 12; ++seed)
        for (const std::int64_t m : {1, 2, 3, 6}) {
            const matrix<double> points = clouds::normal(static_cast<std::int64_t>(8 + seed), seed, 1.0, m);
            check_against_matrix(points, {}, false);
            check_against_matrix(points, 0.5, false);
            check_against_matrix(points, 1e9, false);
        }
    check_against_matrix(clouds::circle(26, 1), {}, false);
    check_against_matrix(clouds::normal(26, 5, 1.0, 20), {}, false);
    check_against_matrix(clouds::normal(300, 2), 0.06, false); // few neighbors
}

TEST_CASE("the bars are those of the matrix where lengths tie and points repeat") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const std::uint64_t side = 2 + seed % 4;
        const matrix<double> points = clouds::lattice(16, seed, side);
        for (const std::optional<double> threshold :
             {std::optional<double>{}, std::optional{0.0}, std::optional{0.5}, std::optional{1.0}})
            check_against_matrix(points, threshold, true);
        matrix<double> cube(17, 3); // ties in space, where voids are
        const random_stream random(seed, 9);
        for (std::int64_t i = 0; i < cube.size(); ++i)
            cube.data()[i] = static_cast<double>(random.below(static_cast<std::uint64_t>(i), 3));
        check_against_matrix(cube, {}, true);
        check_against_matrix(cube, 0.8, true);
    }
    check_against_matrix(clouds::line(20, 1), {}, true);
    check_against_matrix(clouds::lattice(12, 1, 1), {}, true);
    check_against_matrix(clouds::near_clusters(24, 1), {}, true);
}

TEST_CASE("ties broken in another order give the same bars") {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        const matrix<double> points = clouds::lattice(40, seed, 6);
        for (const int degree : {0, 1, 2})
            CHECK(ends(persistence_barcode(rips{}.graph(points, one), degree, one)) ==
                  ends(persistence_barcode(rips{}.graph(shuffled(points), one), degree, one)));
    }
}

TEST_CASE("polytopes in closed form") {
    // An octahedron: the void is born with its sides, of length sqrt(2), and filled by a diagonal.
    matrix<double> octahedron(6, 3);
    octahedron << 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1;
    const rips_graph graph = rips{}.graph(octahedron, one);
    const barcode voids = persistence_barcode(graph, 2, one);
    REQUIRE(voids.size() == 1);
    CHECK(voids[0].birth == doctest::Approx(std::sqrt(0.5)).epsilon(1e-15));
    CHECK(voids[0].death == 1.0);
    CHECK(persistence_barcode(graph, 1, one).empty());
    // A regular polygon of 30 sides of a circle: 12 degrees a step, filled when 10 of them are spanned.
    matrix<double> polygon(30, 2);
    for (int i = 0; i < 30; ++i)
        polygon.row(i) << std::cos(i * std::numbers::pi / 15), std::sin(i * std::numbers::pi / 15);
    const barcode loops = persistence_barcode(rips{}.graph(polygon, one), 1, one);
    REQUIRE(loops.size() == 1);
    CHECK(loops[0].birth == doctest::Approx(std::sin(std::numbers::pi / 30)).epsilon(1e-12));
    CHECK(loops[0].death == doctest::Approx(std::sqrt(3.0) / 2).epsilon(1e-12));
    // Cut off before that it stays.
    const barcode open = persistence_barcode(rips{.threshold = 0.5}.graph(polygon, one), 1, one);
    REQUIRE(open.size() == 1);
    CHECK(open[0].death == forever);
}

TEST_CASE("lunes are the same by bits and by lists") {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        const matrix<double> points =
            seed % 2 == 0 ? clouds::normal(90, seed, 1.0, 2 + static_cast<std::int64_t>(seed) * 4)
                          : clouds::lattice(90, seed, 7);
        const rips_graph graph = rips{}.graph(points, one);
        const detail::ranked_edges edges(graph);
        const detail::ranked_neighbors neighbors(edges);
        detail::lune_of_lists lists(neighbors, edges.vertices());
        detail::lune_of_bits bits(edges, 0);
        std::int64_t several = 0;
        for (; bits.edge() < edges.size(); bits.advance()) {
            const auto [u, v] = edges.ends(bits.edge());
            // By definition: common neighbors that came before, and what of them hangs together.
            std::vector<std::int32_t> least, lune;
            for (std::int32_t w = 0; w < edges.vertices(); ++w)
                if (std::max(edges.between(u, w), edges.between(v, w)) < bits.edge())
                    lune.push_back(w);
            detail::union_find components(90);
            for (const std::int32_t x : lune)
                for (const std::int32_t y : lune)
                    if (x < y && edges.between(x, y) < bits.edge())
                        components.join(x, y);
            std::set<std::int32_t> roots;
            for (const std::int32_t w : lune)
                if (roots.insert(components.root(w)).second)
                    least.push_back(w);
            several += least.size() > 1;
            lists.enter(u);
            CHECK(lists.least_of_components(v, bits.edge()) == least);
            CHECK(bits.least_of_components() == least);
        }
        CHECK(several > 0);
    }
}

TEST_CASE("the same bars, with the same edges, on any number of threads") {
    const execution many({.threads = 3});
    for (const matrix<double>& points :
         {clouds::normal(150, 1), clouds::normal(90, 2, 1.0, 8), clouds::lattice(120, 3, 9)})
        for (const std::optional<double> threshold : {std::optional<double>{}, std::optional{0.3}}) {
            const rips policy{.threshold = threshold};
            for (const int degree : {0, 1, 2})
                CHECK(with_edges(persistence_barcode(policy.graph(points, one), degree, one)) ==
                      with_edges(persistence_barcode(policy.graph(points, many), degree, many)));
        }
}

TEST_CASE("few points, one place, huge and tiny scales") {
    for (const int degree : {0, 1, 2}) {
        CHECK(persistence_barcode(rips_graph{}, degree, one).empty());
        CHECK(persistence_barcode(rips{}.graph(matrix<double>(0, 2), one), degree, one).empty());
        CHECK(persistence_barcode(rips{}.graph(clouds::normal(1, 1), one), degree, one).size() ==
              (degree == 0 ? 1 : 0));
        CHECK(persistence_barcode(rips{}.graph(clouds::normal(2, 1), one), degree, one).size() ==
              (degree == 0 ? 2 : 0));
        CHECK(persistence_barcode(rips{}.graph(clouds::lattice(50, 1, 1), one), degree, one).size() ==
              (degree == 0 ? 1 : 0));
        CHECK(persistence_barcode(rips{.threshold = 0.0}.graph(clouds::normal(9, 1), one), degree, one)
                  .size() == (degree == 0 ? 9 : 0));
        const matrix<double> points = clouds::normal(40, 4, 1.0, 3);
        const barcode bars = persistence_barcode(rips{}.graph(points, one), degree, one);
        for (const double scale : {0x1p-990, 0x1p-500, 0x1p500, 0x1p1000}) {
            const matrix<double> scaled = scale * points;
            const barcode same = persistence_barcode(rips{}.graph(scaled, one), degree, one);
            REQUIRE(same.size() == bars.size());
            for (std::size_t b = 0; b < bars.size(); ++b)
                CHECK(same[b].birth == doctest::Approx(scale * bars[b].birth).epsilon(1e-12));
        }
    }
}

TEST_CASE("barcodes of clouds equal those recorded from GUDHI and Ripser") {
    for (const auto& [name, thresholds] :
         {std::pair{"plane", std::vector<double>{-1, 0.06}}, std::pair{"space", std::vector<double>{-1}},
          std::pair{"sphere", std::vector<double>{-1, 0.3}},
          std::pair{"lattice", std::vector<double>{-1, 1.0}}})
        for (std::size_t t = 0; t < thresholds.size(); ++t) {
            const std::filesystem::path folder = recorded::data / "rips";
            const auto points = read_npy_matrix<double>(folder / (std::string(name) + ".npy"));
            rips policy;
            if (thresholds[t] >= 0)
                policy.threshold = thresholds[t];
            const rips_graph graph = policy.graph(points, one);
            for (const int degree : {0, 1, 2}) {
                CAPTURE(name);
                CAPTURE(degree);
                const auto expected =
                    read_npy_matrix<double>(folder / (std::string(name) + "_" + std::to_string(t) + "_" +
                                                      std::to_string(degree) + ".npy"));
                const barcode bars = persistence_barcode(graph, degree, one);
                REQUIRE(std::ssize(bars) == expected.rows());
                for (std::size_t b = 0; b < bars.size(); ++b) {
                    const auto row = expected.row(static_cast<Eigen::Index>(b));
                    CHECK(bars[b].birth == doctest::Approx(row[0]).epsilon(1e-12));
                    if (row[1] < 0)
                        CHECK(bars[b].death == forever);
                    else
                        CHECK(bars[b].death == doctest::Approx(row[1]).epsilon(1e-12));
                }
            }
        }
}

TEST_CASE("other degrees and broken graphs are refused, a stopped run ends by an exception") {
    CHECK_THROWS_WITH_AS((void)persistence_barcode(rips_graph{}, 3),
                         "persistence_barcode: degree is 3, must be 0, 1 or 2", std::invalid_argument);
    CHECK_THROWS_AS((void)persistence_barcode(rips_graph{}, -1), std::invalid_argument);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const rips_graph& graph :
         {rips_graph{2, {{0, 1}}, {}}, rips_graph{2, {{0, 1}}, {nan}}, rips_graph{2, {{1, 0}}, {1}},
          rips_graph{2, {{0, 2}}, {1}}, rips_graph{3, {{0, 2}, {0, 1}}, {1, 1}},
          rips_graph{3, {{0, 1}, {0, 1}}, {1, 1}}})
        CHECK_THROWS_AS((void)persistence_barcode(graph, 1), std::invalid_argument);
    std::stop_source source;
    source.request_stop();
    const execution stopped(run_options{.stop = source.get_token()});
    const rips_graph graph = rips{}.graph(clouds::normal(30, 1), one);
    CHECK_THROWS_AS((void)persistence_barcode(graph, 1, stopped), interrupted);
    CHECK_THROWS_AS((void)persistence_barcode(graph, 2, stopped), interrupted);
}
