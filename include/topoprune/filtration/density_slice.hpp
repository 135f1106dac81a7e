// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "complex_checks.hpp"
#include "density_bifiltration.hpp"
#include "graded_complex.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace topoprune {

/// A part of a complex on points, its vertices numbered anew: vertex i is point `points[i]`, ascending.
struct sliced_complex : triangulated_complex {
    std::vector<std::int32_t> points;
};

/// The subcomplex of a bifiltered complex on the vertices of codensity at most `codensity`, graded by scale.
/// O(size of the complex).
template <BifilteredComplex C>
[[nodiscard]] sliced_complex slice_at_codensity(const C& complex, double codensity) {
    require(!std::isnan(codensity), "slice_at_codensity", "codensity", codensity, "a number");
    sliced_complex slice;
    std::vector<std::int32_t> number(complex.codensity.size(), -1);
    for (std::size_t v = 0; v < number.size(); ++v)
        if (complex.codensity[v] <= codensity) {
            number[v] = static_cast<std::int32_t>(slice.points.size());
            slice.points.push_back(static_cast<std::int32_t>(v));
        }
    slice.vertices = std::ssize(slice.points);
    const auto renumbered = [&](auto vertices) {
        for (std::int32_t& v : vertices)
            v = number[static_cast<std::size_t>(v)];
        return vertices;
    };
    // Numbers ascend as the points do: all that is sorted stays sorted.
    std::vector<std::int32_t> edge_number(complex.edges.size(), -1);
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        if (const auto [u, v] = renumbered(std::array{complex.edges[e].u, complex.edges[e].v});
            u >= 0 && v >= 0) {
            edge_number[e] = static_cast<std::int32_t>(slice.edges.size());
            slice.edges.push_back({u, v});
            slice.edge_scale.push_back(complex.edge_scale[e]);
        }
    for (const auto& triangle : complex.triangles) {
        const auto vertices = renumbered(triangle.vertices);
        if (*std::min_element(vertices.begin(), vertices.end()) < 0)
            continue;
        auto edges = triangle.edges;
        for (std::int32_t& e : edges)
            e = edge_number[static_cast<std::size_t>(e)];
        slice.triangles.push_back(
            {vertices, edges, edge_number[static_cast<std::size_t>(triangle.longest_edge)]});
    }
    if constexpr (requires { complex.tetrahedra; })
        for (const auto& tetrahedron : complex.tetrahedra)
            if (const auto vertices = renumbered(tetrahedron);
                *std::min_element(vertices.begin(), vertices.end()) >= 0)
                slice.tetrahedra.push_back(vertices);
    return slice;
}

/// A line (r, f) = (scale, codensity) + t * (scale_step, codensity_step) through the two grades.
struct slice_line {
    double scale = 0;
    double codensity = 0;
    /// How much both grades grow with t; >= 0, not both 0. A step of 0 holds that grade: what enters above it
    /// never enters.
    double scale_step = 1;
    double codensity_step = 0;
};

/// The filtration of a bifiltered complex along a line: a simplex of grade (r, f) enters at the first t at
/// which the line is above it,
///     t = max((r - scale) / scale_step, (f - codensity) / codensity_step).
/// Simplices that never enter are left out. The rest stand in the list in the order vertices, edges,
/// triangles, tetrahedra, each as in the complex, with the points for vertices.
///
/// Throws std::invalid_argument for a line that is not finite or does not rise. O(m log m) for m simplices,
/// about 200 bytes each.
template <BifilteredComplex C>
[[nodiscard]] graded_complex<1> slice_along_line(const C& complex, const slice_line& line) {
    for (const auto& [value, name] : {std::pair{line.scale, "scale"}, std::pair{line.codensity, "codensity"}})
        require(std::isfinite(value), "slice_along_line", name, value, "finite");
    for (const auto& [value, name] :
         {std::pair{line.scale_step, "scale_step"}, std::pair{line.codensity_step, "codensity_step"}})
        require(std::isfinite(value) && value >= 0, "slice_along_line", name, value, "finite and at least 0");
    require(line.scale_step + line.codensity_step > 0, "slice_along_line", "the sum of the steps",
            line.scale_step + line.codensity_step, "positive");

    const double never = std::numeric_limits<double>::infinity();
    const auto first = [never](double grade, double start, double step) {
        return step > 0 ? (grade - start) / step : (grade <= start ? -never : never);
    };
    std::vector<graded_simplex<1>> simplices;
    const auto add = [&](double scale, const auto& vertices) {
        double last = -never;
        for (const std::int32_t v : vertices)
            last = std::max(last, complex.codensity[static_cast<std::size_t>(v)]);
        const double t = std::max(first(scale, line.scale, line.scale_step),
                                  first(last, line.codensity, line.codensity_step));
        if (t < never)
            simplices.push_back({{vertices.begin(), vertices.end()}, {t}});
    };
    for (std::int32_t v = 0; v < complex.vertices; ++v)
        add(0, std::array{v});
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        add(complex.edge_scale[e], std::array{complex.edges[e].u, complex.edges[e].v});
    for (const auto& triangle : complex.triangles)
        add(complex.edge_scale[static_cast<std::size_t>(triangle.longest_edge)], triangle.vertices);
    if constexpr (requires { complex.tetrahedra; }) {
        const auto scale_of = [&](std::int32_t u, std::int32_t v) {
            const auto at = std::lower_bound(
                complex.edges.begin(), complex.edges.end(), std::pair{u, v},
                [](const auto& e, const auto& wanted) { return std::pair{e.u, e.v} < wanted; });
            return complex.edge_scale[static_cast<std::size_t>(at - complex.edges.begin())];
        };
        for (const auto& t : complex.tetrahedra)
            add(std::max({scale_of(t[0], t[1]), scale_of(t[0], t[2]), scale_of(t[0], t[3]),
                          scale_of(t[1], t[2]), scale_of(t[1], t[3]), scale_of(t[2], t[3])}),
                t);
    }
    return graded_complex<1>(simplices);
}

/// A bifiltration cut at one codensity, as a filtration by scale: only points of codensity at most that
/// enter.
///
///     density_slice{.bifiltration = density_bifiltration{}, .codensity = 1.5}
///
/// Cost: that of the bifiltration.
template <class B = density_bifiltration<>>
struct density_slice {
    static_assert(Bifiltration<B>, "density_slice: bifiltration must model Bifiltration: build(points, "
                                   "execution) and add_pull_back const");

    B bifiltration{};
    /// The largest codensity -log density that enters: smaller values keep fewer, denser points; all by
    /// default.
    double codensity = std::numeric_limits<double>::infinity();

    /// points: n x m, row-major. Throws what the bifiltration throws, and if codensity is NaN.
    [[nodiscard]] sliced_complex build(matrix_view<const double> points, const execution& where) const {
        return slice_at_codensity(
            checked_complex(bifiltration.build(points, where), points.rows(), "density_slice"), codensity);
    }
};

static_assert(Filtration<density_slice<>>);

} // namespace topoprune
