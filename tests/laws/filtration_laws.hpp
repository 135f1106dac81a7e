// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/core/execution.hpp>
#include <topoprune/core/random.hpp>
#include <topoprune/filtration/bifiltered_complex.hpp>
#include <topoprune/filtration/filtration.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <stop_token>
#include <vector>

/// What every filtration keeps, and homology by the reduction of boundary matrices to compare with.
namespace laws {

using topoprune::matrix;

/// Sorted, closed under faces, edges at half their length, triangles with their longest edge.
template <topoprune::GradedByScale Complex>
void check_flag_complex(const Complex& complex, const matrix<double>& points) {
    REQUIRE(complex.vertices == points.rows());
    REQUIRE(complex.edge_scale.size() == complex.edges.size());
    std::vector<std::array<std::int32_t, 2>> edges;
    for (std::size_t e = 0; e < complex.edges.size(); ++e) {
        const auto& edge = complex.edges[e];
        CHECK((0 <= edge.u && edge.u < edge.v && edge.v < complex.vertices));
        edges.push_back({edge.u, edge.v});
        CHECK(complex.edge_scale[e] ==
              doctest::Approx(0.5 * (points.row(edge.u) - points.row(edge.v)).stableNorm()));
    }
    CHECK(std::adjacent_find(edges.begin(), edges.end(), std::greater_equal{}) == edges.end());
    std::vector<std::array<std::int32_t, 3>> triangles;
    for (const auto& t : complex.triangles) {
        triangles.push_back(t.vertices);
        const auto [a, b, c] = t.vertices;
        std::array<std::array<std::int32_t, 2>, 3> sides{{{a, b}, {a, c}, {b, c}}};
        for (std::size_t i = 0; i < 3; ++i)
            REQUIRE(edges.at(static_cast<std::size_t>(t.edges[i])) == sides[i]);
        REQUIRE(std::count(t.edges.begin(), t.edges.end(), t.longest_edge) == 1);
        for (const std::int32_t e : t.edges)
            CHECK(complex.edge_scale[static_cast<std::size_t>(e)] <=
                  complex.edge_scale[static_cast<std::size_t>(t.longest_edge)]);
    }
    CHECK(std::adjacent_find(triangles.begin(), triangles.end(), std::greater_equal{}) == triangles.end());
    if constexpr (requires { complex.tetrahedra; }) {
        const auto& tetrahedra = complex.tetrahedra;
        CHECK(std::adjacent_find(tetrahedra.begin(), tetrahedra.end(), std::greater_equal{}) ==
              tetrahedra.end());
        for (const auto& [a, b, c, d] : tetrahedra)
            for (const std::array<std::int32_t, 3>& side :
                 {std::array{a, b, c}, std::array{a, b, d}, std::array{a, c, d}, std::array{b, c, d}})
                CHECK(std::binary_search(triangles.begin(), triangles.end(), side));
    }
}

/// All that a complex holds, for comparison.
template <topoprune::GradedByScale Complex>
auto contents(const Complex& complex) {
    std::vector<std::vector<double>> all{{static_cast<double>(complex.vertices)}, complex.edge_scale};
    for (const auto& edge : complex.edges) {
        all.push_back({static_cast<double>(edge.u), static_cast<double>(edge.v)});
        if constexpr (topoprune::HasDualGraph<Complex>)
            all.back().insert(all.back().end(), edge.faces.begin(), edge.faces.end());
    }
    for (const auto& t : complex.triangles) {
        all.emplace_back(t.vertices.begin(), t.vertices.end());
        all.back().insert(all.back().end(), t.edges.begin(), t.edges.end());
        all.back().push_back(t.longest_edge);
    }
    if constexpr (requires { complex.tetrahedra; })
        for (const auto& t : complex.tetrahedra)
            all.emplace_back(t.begin(), t.end());
    if constexpr (requires { complex.codensity; })
        all.push_back(complex.codensity);
    return all;
}

/// Flag values, the same bits again and on other numbers of threads, and points that are not finite refused.
template <class Policy>
void check_filtration_laws(const Policy& policy, const matrix<double>& points) {
    const auto complex = policy.build(points, topoprune::execution{});
    check_flag_complex(complex, points);
    for (const int threads : {1, 2, 3})
        CHECK(contents(policy.build(points, topoprune::execution{{.seed = 7, .threads = threads}})) ==
              contents(complex));
    for (const double wrong :
         {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()})
        if (points.rows() > 0) {
            matrix<double> broken = points;
            broken(points.rows() / 2, points.cols() - 1) = wrong;
            CHECK_THROWS_AS((void)policy.build(broken, topoprune::execution{}), std::invalid_argument);
        }
    std::stop_source source;
    source.request_stop();
    if (points.rows() > 4)
        CHECK_THROWS_AS((void)policy.build(points, topoprune::execution{{.stop = source.get_token()}}),
                        topoprune::interrupted);
}

/// The same, and derivatives of sum a_e scale_e + sum b_v codensity_v with random a and b by central
/// differences.
template <topoprune::Bifiltration Policy>
void check_bifiltration_laws(const Policy& policy, const matrix<double>& points) {
    check_filtration_laws(policy, points);
    const topoprune::execution where{};
    const auto complex = policy.build(points, where);
    REQUIRE(std::ssize(complex.codensity) == points.rows());
    const topoprune::random_stream random(5, 61);
    std::vector<topoprune::scale_derivative> by_scale;
    for (std::size_t e = 0; e < complex.edges.size(); e += 3)
        by_scale.push_back({complex.edges[e].u, complex.edges[e].v, random.uniform(e) - 0.5});
    std::vector<double> by_codensity;
    for (std::size_t v = 0; v < complex.codensity.size(); ++v)
        by_codensity.push_back(random.uniform(100000 + v) - 0.5);
    const auto value = [&](const matrix<double>& at) {
        double sum = 0;
        for (const auto& [u, v, weight] : by_scale)
            sum += weight * 0.5 * (at.row(u) - at.row(v)).norm();
        const auto moved = policy.build(at, where);
        for (std::size_t v = 0; v < by_codensity.size(); ++v)
            sum += by_codensity[v] * moved.codensity[v];
        return sum;
    };
    matrix<double> gradient = matrix<double>::Ones(points.rows(), points.cols());
    policy.add_pull_back(points, complex, by_scale, by_codensity, gradient, where);
    for (std::int64_t i = 0; i < points.rows(); ++i)
        for (std::int64_t k = 0; k < points.cols(); ++k) {
            matrix<double> after = points, before = points;
            after(i, k) += 1e-5;
            before(i, k) -= 1e-5;
            CHECK(gradient(i, k) - 1 ==
                  doctest::Approx((value(after) - value(before)) / 2e-5).epsilon(1e-5).scale(1));
        }
}

/// One simplex of a slice: when it enters, its dimension, and the places of its facets in the slice.
struct slice_simplex {
    double scale;
    std::size_t dimension;
    std::vector<std::int32_t> vertices;
};

/// The simplices whose vertices have codensity at most s, in the order of scale.
inline std::vector<slice_simplex> slice_at(const topoprune::triangulated_complex& complex,
                                           const std::vector<double>& codensity, double s) {
    std::vector<slice_simplex> slice;
    std::map<std::array<std::int32_t, 2>, double> scale;
    const auto add = [&](double r, std::vector<std::int32_t> vertices) {
        if (std::all_of(vertices.begin(), vertices.end(), [&](std::int32_t v) {
                return codensity.empty() || codensity[static_cast<std::size_t>(v)] <= s;
            }))
            slice.push_back({r, vertices.size() - 1, std::move(vertices)});
    };
    for (std::int32_t v = 0; v < complex.vertices; ++v)
        add(0, {v});
    for (std::size_t e = 0; e < complex.edges.size(); ++e) {
        const auto& [u, v] = complex.edges[e];
        scale[{u, v}] = complex.edge_scale[e];
        add(complex.edge_scale[e], {u, v});
    }
    for (const auto& t : complex.triangles)
        add(complex.edge_scale[static_cast<std::size_t>(t.longest_edge)],
            {t.vertices.begin(), t.vertices.end()});
    for (const auto& t : complex.tetrahedra) {
        double longest = 0;
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = i + 1; j < 4; ++j)
                longest = std::max(longest, scale.at({t[i], t[j]}));
        add(longest, {t.begin(), t.end()});
    }
    std::stable_sort(slice.begin(), slice.end(), [](const slice_simplex& a, const slice_simplex& b) {
        return a.scale != b.scale ? a.scale < b.scale : a.dimension < b.dimension;
    });
    return slice;
}

/// The pairs (birth, death) of the persistent homology of a slice, death -1 for none, by places in the slice.
inline std::vector<std::array<std::ptrdiff_t, 2>> pairs_of(const std::vector<slice_simplex>& slice) {
    std::map<std::vector<std::int32_t>, std::int32_t> place;
    for (std::size_t i = 0; i < slice.size(); ++i)
        place[slice[i].vertices] = static_cast<std::int32_t>(i);
    std::vector<std::vector<std::int32_t>> columns(slice.size());
    std::vector<std::ptrdiff_t> killed_by(slice.size(), -1);
    std::vector<bool> kills(slice.size(), false);
    for (std::size_t i = 0; i < slice.size(); ++i) {
        std::set<std::int32_t> column;
        if (slice[i].dimension > 0)
            for (std::size_t out = 0; out < slice[i].vertices.size(); ++out) {
                auto facet = slice[i].vertices;
                facet.erase(facet.begin() + static_cast<std::ptrdiff_t>(out));
                column.insert(place.at(facet));
            }
        while (!column.empty() && killed_by[static_cast<std::size_t>(*column.rbegin())] >= 0)
            for (const std::int32_t row :
                 columns[static_cast<std::size_t>(killed_by[static_cast<std::size_t>(*column.rbegin())])])
                if (!column.insert(row).second)
                    column.erase(row);
        if (column.empty())
            continue;
        kills[i] = true;
        killed_by[static_cast<std::size_t>(*column.rbegin())] = static_cast<std::ptrdiff_t>(i);
        columns[i].assign(column.begin(), column.end());
    }
    std::vector<std::array<std::ptrdiff_t, 2>> pairs;
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (!kills[i])
            pairs.push_back({static_cast<std::ptrdiff_t>(i), killed_by[i]});
    return pairs;
}

/// The changes of the Betti number of a degree along the slice at codensity s: scale -> change.
inline std::map<double, int> births_and_deaths(const topoprune::bifiltered_complex& complex, double s,
                                               std::size_t degree) {
    const auto slice = slice_at(complex, complex.codensity, s);
    std::map<double, int> changes;
    for (const auto& [birth, death] : pairs_of(slice))
        if (slice[static_cast<std::size_t>(birth)].dimension == degree) {
            ++changes[slice[static_cast<std::size_t>(birth)].scale];
            if (death >= 0)
                --changes[slice[static_cast<std::size_t>(death)].scale];
        }
    std::erase_if(changes, [](const auto& change) { return change.second == 0; });
    return changes;
}

/// dim H_0, H_1, H_2 of the complex at (r, s).
inline std::array<int, 3> betti_numbers(const topoprune::triangulated_complex& complex,
                                        const std::vector<double>& codensity, double r, double s) {
    auto slice = slice_at(complex, codensity, s);
    std::erase_if(slice, [&](const slice_simplex& x) { return x.scale > r; });
    std::array<int, 3> betti{};
    for (const auto& [birth, death] : pairs_of(slice))
        if (death < 0 && slice[static_cast<std::size_t>(birth)].dimension < 3)
            ++betti[slice[static_cast<std::size_t>(birth)].dimension];
    return betti;
}
inline std::array<int, 3> betti_numbers(const topoprune::bifiltered_complex& complex, double r, double s) {
    return betti_numbers(complex, complex.codensity, r, s);
}

} // namespace laws
