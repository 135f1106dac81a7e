// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/detail/entry_order.hpp"
#include "../../filtration/graded_level.hpp"
#include "../../filtration/planar_complex.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// Atom: lists its tetrahedra by their vertices.
template <class C>
concept HasTetrahedra = requires(const C& complex) {
    { complex.tetrahedra[0][0] } -> std::convertible_to<std::int32_t>;
};

/// The simplices of a complex with flag values up to a dimension, as levels with faces and grades, and for
/// each the edge and the vertex that set its grades. With one parameter the grade is the scale alone.
template <GradedByScale C, std::size_t Parameters = BifilteredComplex<C> ? 2 : 1>
class flag_levels {
public:
    /// Throws std::invalid_argument, naming the function, unless every edge has a scale and every vertex a
    /// codensity.
    flag_levels(const C& complex, std::size_t dimension, std::string_view function) : complex_(complex) {
        require(std::ssize(complex.edge_scale) == std::ssize(complex.edges), function,
                "the number of edge scales", complex.edge_scale.size(), "that of edges,",
                complex.edges.size());
        if constexpr (Parameters == 2)
            require(std::ssize(complex.codensity) == static_cast<std::int64_t>(complex.vertices), function,
                    "the number of codensities", complex.codensity.size(), "that of vertices,",
                    complex.vertices);
        levels_.resize(std::min(dimension, std::size_t{HasTetrahedra<C> ? 3 : 2}) + 1);
        for (std::int32_t v = 0; v < complex.vertices; ++v)
            add(0, {}, -1, v);
        if (levels_.size() > 1)
            for (std::int32_t e = 0; e < std::ssize(complex.edges); ++e) {
                const auto& edge = complex.edges[static_cast<std::size_t>(e)];
                add(1, std::array{edge.u, edge.v}, e, last_of(std::array{edge.u, edge.v}));
            }
        if (levels_.size() > 2)
            for (const auto& triangle : complex.triangles)
                add(2, triangle.edges, triangle.longest_edge, last_of(triangle.vertices));
        if constexpr (HasTetrahedra<C>)
            if (levels_.size() > 3)
                for (const std::array<std::int32_t, 4>& tetrahedron : complex.tetrahedra)
                    add_tetrahedron(tetrahedron, function);
    }

    [[nodiscard]] std::span<const graded_level<Parameters>> levels() const { return levels_; }

    /// The edge that sets the scale of a simplex; -1 for a vertex.
    [[nodiscard]] std::int32_t longest_edge(std::size_t dimension, std::int32_t simplex) const {
        return longest_edge_[dimension][static_cast<std::size_t>(simplex)];
    }
    /// The vertex that sets its codensity.
    [[nodiscard]] std::int32_t last_vertex(std::size_t dimension, std::int32_t simplex) const
        requires(Parameters == 2)
    {
        return last_vertex_[dimension][static_cast<std::size_t>(simplex)];
    }

private:
    [[nodiscard]] double scale(std::int32_t edge) const {
        return edge < 0 ? 0.0 : complex_.edge_scale[static_cast<std::size_t>(edge)];
    }

    template <std::size_t Count>
    [[nodiscard]] std::int32_t last_of(const std::array<std::int32_t, Count>& vertices) const {
        if constexpr (Parameters == 2)
            return detail::last_vertex(vertices, complex_.codensity);
        else
            return vertices[0];
    }

    void add(std::size_t dimension, std::span<const std::int32_t> faces, std::int32_t longest,
             std::int32_t last) {
        graded_level<Parameters>& level = levels_[dimension];
        level.faces_each = faces.size();
        level.faces.insert(level.faces.end(), faces.begin(), faces.end());
        longest_edge_[dimension].push_back(longest);
        if constexpr (Parameters == 2) {
            level.grades.push_back({scale(longest), complex_.codensity[static_cast<std::size_t>(last)]});
            last_vertex_[dimension].push_back(last);
        } else {
            level.grades.push_back({scale(longest)});
        }
    }

    /// Triangles are sorted by their vertices, so that faces are found by bisection.
    void add_tetrahedron(const std::array<std::int32_t, 4>& vertices, std::string_view function) {
        std::array<std::int32_t, 4> faces{};
        std::int32_t longest = -1;
        for (std::size_t left_out = 0; left_out < 4; ++left_out) {
            std::array<std::int32_t, 3> face{};
            for (std::size_t i = 0; i < 3; ++i)
                face[i] = vertices[i < left_out ? i : i + 1];
            const auto found = std::lower_bound(
                complex_.triangles.begin(), complex_.triangles.end(), face,
                [](const auto& triangle, const auto& key) { return triangle.vertices < key; });
            require(found != complex_.triangles.end() && found->vertices == face, function,
                    "a face of a tetrahedron", "missing",
                    "among the triangles, which are sorted by vertices");
            faces[left_out] = static_cast<std::int32_t>(found - complex_.triangles.begin());
            if (longest < 0 || scale(found->longest_edge) > scale(longest))
                longest = found->longest_edge;
        }
        add(3, faces, longest, last_of(vertices));
    }

    const C& complex_;
    std::vector<graded_level<Parameters>> levels_;
    std::array<std::vector<std::int32_t>, 4> longest_edge_;
    std::array<std::vector<std::int32_t>, 4> last_vertex_;
};

} // namespace topoprune::detail
