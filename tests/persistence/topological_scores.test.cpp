// SPDX-License-Identifier: MIT
#include <topoprune/density/given_values.hpp>
#include <topoprune/density/knn_density.hpp>
#include <topoprune/filtration/graded_complex.hpp>
#include <topoprune/filtration/rips.hpp>
#include <topoprune/homology/barcode.hpp>
#include <topoprune/persistence/barcode_effect.hpp>
#include <topoprune/persistence/hole_persistence.hpp>
#include <topoprune/persistence/merge_height.hpp>
#include <topoprune/persistence/mode_persistence.hpp>

#include "laws/clouds.hpp"
#include "laws/score_laws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <span>
#include <utility>

using namespace topoprune;

namespace {

/// Clouds with ties, copies and collinear points among them, and classes of few points.
std::vector<matrix<double>> topological_clouds() {
    std::vector<matrix<double>> found;
    for (const std::int64_t n : {0, 1, 2, 3, 4, 5, 8, 60})
        for (const std::uint64_t seed : {1U, 2U, 3U})
            found.push_back(clouds::normal(n, seed));
    for (const std::int64_t n : {2, 3, 7, 40})
        for (const std::uint64_t seed : {1U, 2U, 3U}) {
            found.push_back(clouds::lattice(n, seed, 4));
            found.push_back(clouds::lattice(n, seed, 9));
            found.push_back(clouds::line(n, seed));
        }
    found.push_back(clouds::circle(70, 4, 0.1));
    found.push_back(clouds::circle(40, 5, 0));
    found.push_back(clouds::near_clusters(60, 6));
    found.push_back(matrix<double>::Constant(5, 2, 0.25));
    // A wheel: one point next to all others; and a comb, whose tree branches all along a line.
    matrix<double> wheel(41, 2), comb(60, 2);
    for (Eigen::Index i = 0; i < 40; ++i)
        wheel.row(i) << std::cos(0.1571 * static_cast<double>(i)), std::sin(0.1571 * static_cast<double>(i));
    wheel.row(40) << 0.01, -0.02;
    for (Eigen::Index i = 0; i < 60; ++i)
        comb.row(i) << static_cast<double>(i / 3) * 1.1,
            static_cast<double>(i % 3) * (1 + 0.01 * static_cast<double>(i));
    found.push_back(wheel);
    found.push_back(comb);
    return found;
}

/// Two normal clouds, n and n / 4 points, far apart.
matrix<double> two_blobs(std::int64_t n, double distance) {
    matrix<double> points(n + n / 4, 2);
    points.topRows(n) = clouds::normal(n, 11);
    points.bottomRows(n / 4) = clouds::normal(n / 4, 12);
    points.bottomRows(n / 4).col(0).array() += distance;
    return points;
}

/// Of each sample the local maximum at the end of its path, and the bars of the maxima, by flooding: for each
/// level from the top the components of the samples above it are found anew.
struct flooded_modes {
    std::vector<std::size_t> mode;
    std::map<std::size_t, std::pair<double, std::size_t>> ends; ///< death, and the mode that is joined
};

flooded_modes flood(const std::vector<double>& f, const planar_complex& complex) {
    const std::size_t n = f.size();
    const auto before = [&](std::size_t a, std::size_t b) { return f[a] != f[b] ? f[a] > f[b] : a < b; };
    std::vector<std::map<std::size_t, double>> neighbors(n); // with scales
    for (std::size_t e = 0; e < complex.edges.size(); ++e) {
        const auto u = static_cast<std::size_t>(complex.edges[e].u),
                   v = static_cast<std::size_t>(complex.edges[e].v);
        neighbors[u][v] = neighbors[v][u] = complex.edge_scale[e];
    }
    flooded_modes result;
    result.mode.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t x = i;
        for (bool climbs = true; climbs;) {
            std::size_t best = x;
            double steepest = -1;
            for (const auto& [y, scale] : neighbors[x]) {
                const double slope = scale == 0 ? HUGE_VAL : (f[y] - f[x]) / scale;
                if (before(y, x) && (slope > steepest || (slope == steepest && before(y, best)))) {
                    steepest = slope;
                    best = y;
                }
            }
            climbs = best != x;
            x = best;
        }
        result.mode[i] = x;
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), before);
    for (const std::size_t m : std::set<std::size_t>(result.mode.begin(), result.mode.end())) {
        // The component of m among the first k samples: when does it first hold one that comes before m?
        result.ends[m] = {f[order.back()], m};
        for (std::size_t k = 1; k <= n; ++k) {
            std::set<std::size_t> present(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k));
            if (!present.contains(m))
                continue;
            std::vector<std::size_t> reached{m};
            std::set<std::size_t> seen{m};
            for (std::size_t next = 0; next < reached.size(); ++next)
                for (const auto& [y, scale] : neighbors[reached[next]])
                    if (present.contains(y) && seen.insert(y).second)
                        reached.push_back(y);
            const std::size_t oldest = *std::min_element(reached.begin(), reached.end(), before);
            if (oldest != m) {
                result.ends[m] = {f[order[k - 1]], oldest};
                break;
            }
        }
    }
    return result;
}

/// {mode persistence, merge height} of every sample.
std::array<std::vector<double>, 2> flooded_scores(const std::vector<double>& f, const planar_complex& complex,
                                                  double least_persistence) {
    const flooded_modes modes = flood(f, complex);
    std::array<std::vector<double>, 2> scores;
    for (std::size_t m : modes.mode) {
        while (modes.ends.at(m).second != m && f[m] - modes.ends.at(m).first <= least_persistence)
            m = modes.ends.at(m).second;
        const auto& [death, joins] = modes.ends.at(m);
        scores[0].push_back(f[m] - death);
        scores[1].push_back(joins == m ? 0 : *std::max_element(f.begin(), f.end()) - death);
    }
    return scores;
}

/// The faces of the hole of each bar, by a search from the triangle that kills it, and the scores.
std::vector<double> searched_holes(const planar_complex& complex, counted_holes holes) {
    std::vector<double> result(static_cast<std::size_t>(complex.vertices), 0);
    const auto scale = [&](std::int32_t e) { return complex.edge_scale[static_cast<std::size_t>(e)]; };
    for (const auto& pair : detail::planar_pairs(complex)) {
        const double length =
            scale(complex.triangles[static_cast<std::size_t>(pair.death)].longest_edge) - scale(pair.birth);
        std::vector<std::int32_t> hole{pair.death};
        std::set<std::int32_t> seen{pair.death};
        for (std::size_t next = 0; next < hole.size(); ++next)
            for (const std::int32_t e : complex.triangles[static_cast<std::size_t>(hole[next])].edges)
                if (scale(e) > scale(pair.birth) || (scale(e) == scale(pair.birth) && e < pair.birth))
                    for (const std::int32_t face : complex.edges[static_cast<std::size_t>(e)].faces) {
                        REQUIRE(face < std::ssize(complex.triangles));
                        if (seen.insert(face).second)
                            hole.push_back(face);
                    }
        bool creates = false;
        for (std::int32_t e = 0; e < std::ssize(complex.edges); ++e) {
            const planar_edge& edge = complex.edges[static_cast<std::size_t>(e)];
            if (seen.contains(edge.faces[0]) == seen.contains(edge.faces[1]))
                continue;
            creates = creates || e == pair.birth;
            for (const std::int32_t v : {edge.u, edge.v}) {
                double& score = result[static_cast<std::size_t>(v)];
                score = holes == counted_holes::all ? score + length / 2 : std::max(score, length);
            }
        }
        CHECK(creates);
    }
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        if (complex.edge_scale[e] == 0)
            result[static_cast<std::size_t>(complex.edges[e].v)] =
                result[static_cast<std::size_t>(complex.edges[e].u)];
    return result;
}

double lifetime_of(const matrix<double>& points, int degree) {
    return total_lifetime(persistence_barcode(weak_delaunay{}.build(points, execution{}), degree));
}

void check_near(const std::vector<double>& found, const std::vector<double>& expected, double tolerance) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        CHECK(std::abs(found[i] - expected[i]) <= tolerance);
}

} // namespace

TEST_CASE("the topological scores obey the laws of a score") {
    const auto check = [](const matrix<double>& points) {
        const std::vector<std::int64_t> labels = three_classes(points.rows());
        check_score_laws(mode_persistence<>{}, points, labels);
        check_score_laws(merge_height<>{}, points, labels);
        check_score_laws(hole_persistence{}, points, labels);
        check_score_laws(hole_persistence{counted_holes::all}, points, labels);
        check_score_laws(barcode_effect{0}, points, labels);
        check_score_laws(barcode_effect{1}, points, labels);
    };
    for (const std::int64_t n : {1, 2, 3, 5, 12, 400})
        check(clouds::normal(n, 2));
    check(clouds::lattice(90, 2, 4));
    check(clouds::line(30, 3));
}

TEST_CASE("no score takes a copy for another place or sees the order of the samples") {
    // Distances without ties: of the copies and of the order alone.
    const matrix<double> once = clouds::circle(50, 3, 0.2);
    matrix<double> twice(60, 2);
    twice << once, once.topRows(10);
    const std::vector<double> of_once = hole_persistence{}.values(once, execution{});
    const std::vector<double> of_twice = hole_persistence{}.values(twice, execution{});
    for (std::size_t i = 0; i < 60; ++i)
        CHECK(of_twice[i] == of_once[i < 50 ? i : i - 50]);
    for (const int degree : {0, 1}) {
        const std::vector<double> single = barcode_effect{degree}.values(once, execution{});
        const std::vector<double> copied = barcode_effect{degree}.values(twice, execution{});
        for (std::size_t i = 0; i < 60; ++i)
            CHECK(copied[i] == doctest::Approx(i < 10 || i >= 50 ? 0 : single[i]));
    }

    const matrix<double> reversed = once.colwise().reverse();
    const auto check = [&](const auto& score) {
        std::vector<double> backwards = score.values(reversed, execution{});
        std::reverse(backwards.begin(), backwards.end());
        check_near(backwards, score.values(once, execution{}), 1e-9);
    };
    check(mode_persistence<>{});
    check(merge_height<>{});
    check(hole_persistence{});
    check(hole_persistence{counted_holes::all});
    check(barcode_effect{0});
    check(barcode_effect{1});
}

TEST_CASE("modes and their bars are those of flooding from every level") {
    for (const matrix<double>& points : topological_clouds()) {
        const auto n = static_cast<std::size_t>(points.rows());
        std::vector<double> few_values(n);
        const random_stream random(7, 1);
        for (std::size_t i = 0; i < n; ++i)
            few_values[i] = static_cast<double>(random.below(i, 6));
        const planar_complex complex = weak_delaunay{}.build(points, execution{});
        for (const double least : {0.0, 0.2, 1.0}) {
            const auto check = [&](const auto& density) {
                const std::vector<double> f = density.log_density(points, execution{});
                const auto [persistence, height] = flooded_scores(f, complex, least);
                CHECK(mode_persistence{density, weak_delaunay{}, least}.values(points, execution{}) ==
                      persistence);
                CHECK(merge_height{density, weak_delaunay{}, least}.values(points, execution{}) == height);
            };
            check(gaussian_kde{.bandwidth = 0.3});
            check(knn_density{.k = 3});
            check(given_values{few_values});
        }
    }
}

TEST_CASE("the bars of the modes are the barcode of the codensity in degree 0") {
    const matrix<double> points = clouds::normal(300, 8);
    const gaussian_kde density{.bandwidth = 0.1};
    const std::vector<double> f = density.log_density(points, execution{});
    const planar_complex complex = weak_delaunay{}.build(points, execution{});
    std::vector<graded_simplex<1>> simplices;
    for (std::size_t i = 0; i < f.size(); ++i)
        simplices.push_back({{static_cast<std::int32_t>(i)}, {-f[i]}});
    for (const planar_edge& e : complex.edges)
        simplices.push_back(
            {{e.u, e.v}, {std::max(-f[static_cast<std::size_t>(e.u)], -f[static_cast<std::size_t>(e.v)])}});
    std::vector<double> expected;
    for (const bar& b : persistence_barcode(graded_complex<1>(simplices), 0))
        expected.push_back(std::min(b.death, -*std::min_element(f.begin(), f.end())) - b.birth);
    std::sort(expected.begin(), expected.end());
    std::vector<double> found = mode_persistence{density}.values(points, execution{});
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    CHECK(expected.size() > 10);
    CHECK(found == expected);
}

TEST_CASE("a rare mode merges low, the main one nowhere") {
    const std::int64_t n = 200;
    const matrix<double> points = two_blobs(n, 8);
    const gaussian_kde density{.bandwidth = 1};
    const std::vector<double> persistence = mode_persistence{density}.values(points, execution{});
    const std::vector<double> height = merge_height{density}.values(points, execution{});
    const std::vector<double> f = density.log_density(points, execution{});
    const auto [least, most] = std::minmax_element(f.begin(), f.end());
    const double rare = *std::max_element(f.begin() + n, f.end());
    for (std::size_t i = 0; i < f.size(); ++i) {
        const bool is_rare = i >= static_cast<std::size_t>(n);
        CHECK(height[i] == doctest::Approx(is_rare ? *most - rare + persistence[i] : 0));
        if (!is_rare)
            CHECK(persistence[i] == *most - *least);
    }
    // The densities of two equal normal clouds, four to one.
    CHECK(height.back() - persistence.back() == doctest::Approx(std::log(4)).epsilon(0.2));
    CHECK(persistence.back() > 0.5);

    // On a graph without long edges the clouds do not meet, and the rare one dies at the least density.
    const rips graph{.threshold = 1.2};
    CHECK(mode_persistence{density, graph}.values(points, execution{}).back() ==
          doctest::Approx(rare - *least));
    CHECK(merge_height{density, graph}.values(points, execution{}).back() == *most - *least);
    // Above the height of the rare mode nothing is one.
    for (const double value :
         merge_height{density, weak_delaunay{}, persistence.back()}.values(points, execution{}))
        CHECK(value == 0);
}

TEST_CASE("modes are refused a persistence that is none") {
    CHECK_THROWS_WITH_AS(
        (void)mode_persistence<>{.least_persistence = -1}.values(clouds::normal(3, 1), execution{}),
        "mode_persistence: least_persistence is -1, must be at least 0 and finite", std::invalid_argument);
    CHECK_THROWS_AS(
        (void)merge_height<>{.least_persistence = std::nan("")}.values(clouds::normal(3, 1), execution{}),
        std::invalid_argument);
}

TEST_CASE("the holes at a sample are those of a search of the triangles of every bar") {
    for (const matrix<double>& points : topological_clouds()) {
        const planar_complex complex = weak_delaunay{}.build(points, execution{});
        for (const counted_holes holes : {counted_holes::longest, counted_holes::all})
            check_near(hole_persistence{holes}.values(points, execution{}), searched_holes(complex, holes),
                       1e-12 * (1 + static_cast<double>(points.rows())));
    }
    const matrix<double> many = clouds::normal(400, 9);
    const planar_complex complex = weak_delaunay{}.build(many, execution{});
    const std::vector<double> longest = hole_persistence{}.values(many, execution{});
    CHECK(longest == searched_holes(complex, counted_holes::longest));
    double longest_bar = 0;
    for (const bar& b : persistence_barcode(complex, 1))
        longest_bar = std::max(longest_bar, b.death - b.birth);
    CHECK(*std::max_element(longest.begin(), longest.end()) == longest_bar);
}

TEST_CASE("every sample of a circle bounds its hole, and none inside or beside it") {
    // The triangle that fills a regular n-gon holds its center: it has an edge as long as those of a regular
    // triangle, and none is longer than the diameter.
    const std::int64_t n = 24;
    matrix<double> points(n + 2, 2);
    for (std::int64_t i = 0; i < n; ++i)
        points.row(i) << std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n)),
            std::sin(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n));
    points.row(n) << 3, 0.5;
    points.row(n + 1) << 3.1, 0.4;
    const double birth = std::sin(std::numbers::pi / static_cast<double>(n));
    const std::vector<double> scores = hole_persistence{}.values(points, execution{});
    CHECK(scores[0] > std::sqrt(0.75) - birth - 1e-12);
    CHECK(scores[0] < 1 - birth + 1e-12);
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i)
        CHECK(scores[i] == scores[0]);
    CHECK(scores[24] == 0);
    CHECK(scores[25] == 0);
}

TEST_CASE("the effect of a sample is the change of the barcode without it") {
    for (const matrix<double>& points : topological_clouds())
        for (const int degree : {0, 1}) {
            CAPTURE(points.rows());
            CAPTURE(degree);
            const double all = lifetime_of(points, degree);
            std::vector<double> expected;
            for (std::int64_t left_out = 0; left_out < points.rows(); ++left_out) {
                std::vector<std::int64_t> rows;
                for (std::int64_t i = 0; i < points.rows(); ++i)
                    if (i != left_out)
                        rows.push_back(i);
                const matrix<double> others = gather_rows<double>(matrix_view<const double>(points),
                                                                  std::span<const std::int64_t>(rows));
                expected.push_back(std::abs(lifetime_of(others, degree) - all));
            }
            const std::vector<double> found = barcode_effect{degree}.values(points, execution{});
            check_near(found, expected, 1e-11);
            for (std::size_t i = 0; i < found.size(); ++i)
                CHECK((found[i] == 0 || found[i] > 1e-15));
        }
    CHECK_THROWS_WITH_AS((void)barcode_effect{2}.values(clouds::normal(3, 1), execution{}),
                         "barcode_effect: degree is 2, must be 0 or 1", std::invalid_argument);
}

TEST_CASE("the effect of the ends and of the middle of a chain") {
    matrix<double> chain(4, 2);
    chain << 0, 0, 2, 0, 3, 0, 7, 0;
    // Without an end its edge goes; without an inner point the two edges at it become one of the same length.
    check_near(barcode_effect{0}.values(chain, execution{}), {1, 0, 0, 2}, 1e-15);
    check_near(barcode_effect{1}.values(chain, execution{}), {0, 0, 0, 0}, 0);
    matrix<double> square(4, 2);
    square << 0, 0, 1, 0, 1, 1, 0, 1;
    check_near(barcode_effect{0}.values(square, execution{}), {0.5, 0.5, 0.5, 0.5}, 1e-15);
    const double hole = std::sqrt(0.5) - 0.5;
    check_near(barcode_effect{1}.values(square, execution{}), {hole, hole, hole, hole}, 1e-15);
}
