// SPDX-License-Identifier: MIT
#pragma once

#include "../core/checks.hpp"
#include "graded_level.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <sstream>
#include <string>
#include <vector>

namespace topoprune {

/// A simplex with a grade of its own: its vertices in any order, any different numbers.
template <std::size_t Parameters>
struct graded_simplex {
    std::vector<std::int32_t> vertices;
    std::array<double, Parameters> grade{};
};

/// A simplicial complex of any dimension that the user lists simplex by simplex, each with Parameters grades
/// of its own: 1 for a filtration, 2 for a bifiltration. A simplex is there from its grade on.
///
///     graded_complex<2> complex{{{{0}, {0, 0}}, {{1}, {0, 1}}, {{0, 1}, {2, 1}}}};
///
/// Inside, the simplices of a dimension are numbered in the order of their vertices; `listed(q, i)` is the
/// place in the list of simplex i of dimension q, by which derivatives find their way back.
/// Cost: O(m log m) for m simplices.
template <std::size_t Parameters>
class graded_complex {
public:
    graded_complex() = default;

    /// Throws std::invalid_argument, naming the simplex and the face, if a face is not listed or enters after
    /// its simplex by any of the grades; and naming the simplex if it has no vertex, a vertex twice, a grade
    /// that is not finite, or is listed twice.
    explicit graded_complex(std::span<const graded_simplex<Parameters>> simplices) {
        require(simplices.size() < std::numeric_limits<std::int32_t>::max(), "graded_complex",
                "the number of simplices", simplices.size(), "below 2^31 - 1");
        for (std::size_t i = 0; i < simplices.size(); ++i)
            add(simplices[i], static_cast<std::int32_t>(i));
        for (std::size_t q = 0; q < dimensions_.size(); ++q)
            sort_by_vertices(q);
        for (std::size_t q = 1; q < dimensions_.size(); ++q)
            find_faces(q);
    }
    explicit graded_complex(const std::vector<graded_simplex<Parameters>>& simplices)
        : graded_complex(std::span(simplices)) {}

    /// The largest dimension of a simplex; -1 for the empty complex.
    [[nodiscard]] int dimension() const { return static_cast<int>(levels_.size()) - 1; }
    /// For each dimension, the grades and the faces of its simplices.
    [[nodiscard]] std::span<const graded_level<Parameters>> levels() const { return levels_; }
    /// The vertices, ascending, of a simplex of dimension q.
    [[nodiscard]] std::span<const std::int32_t> vertices(std::size_t q, std::int32_t simplex) const {
        return std::span(dimensions_[q].vertices).subspan(static_cast<std::size_t>(simplex) * (q + 1), q + 1);
    }
    /// Its place in the list that the complex was made from.
    [[nodiscard]] std::int32_t listed(std::size_t q, std::int32_t simplex) const {
        return dimensions_[q].listed[static_cast<std::size_t>(simplex)];
    }

private:
    struct simplices_of_dimension {
        std::vector<std::int32_t> vertices;
        std::vector<std::int32_t> listed;
    };

    static std::string name(std::span<const std::int32_t> vertices) {
        std::ostringstream text;
        for (std::size_t i = 0; i < vertices.size(); ++i)
            text << (i == 0 ? "{" : ", ") << vertices[i];
        text << '}';
        return std::move(text).str();
    }
    static std::string print(const std::array<double, Parameters>& grade) {
        std::ostringstream text;
        text.precision(std::numeric_limits<double>::max_digits10);
        for (std::size_t i = 0; i < Parameters; ++i)
            text << (i == 0 ? "(" : ", ") << grade[i];
        text << ')';
        return std::move(text).str();
    }

    void add(const graded_simplex<Parameters>& simplex, std::int32_t place) {
        require(!simplex.vertices.empty(), "graded_complex", "the number of vertices of a simplex", 0,
                "at least 1");
        std::vector<std::int32_t> vertices = simplex.vertices;
        std::sort(vertices.begin(), vertices.end());
        if (std::adjacent_find(vertices.begin(), vertices.end()) != vertices.end())
            require(false, "graded_complex", "a simplex", name(vertices), "without a vertex twice");
        for (const double grade : simplex.grade)
            if (!std::isfinite(grade))
                require(false, "graded_complex", "the grade of " + name(vertices), print(simplex.grade),
                        "finite");
        if (vertices.size() > dimensions_.size()) {
            dimensions_.resize(vertices.size());
            levels_.resize(vertices.size());
        }
        simplices_of_dimension& same = dimensions_[vertices.size() - 1];
        same.vertices.insert(same.vertices.end(), vertices.begin(), vertices.end());
        same.listed.push_back(place);
        levels_[vertices.size() - 1].grades.push_back(simplex.grade);
    }

    void sort_by_vertices(std::size_t q) {
        std::vector<std::int32_t> order(levels_[q].size());
        std::iota(order.begin(), order.end(), 0);
        const auto less = [&](std::int32_t a, std::int32_t b) {
            return std::ranges::lexicographical_compare(vertices(q, a), vertices(q, b));
        };
        std::sort(order.begin(), order.end(), less);
        for (std::size_t i = 1; i < order.size(); ++i)
            if (!less(order[i - 1], order[i]))
                require(false, "graded_complex", "simplex " + name(vertices(q, order[i])), "listed twice",
                        "listed once");
        simplices_of_dimension sorted;
        std::vector<std::array<double, Parameters>> grades;
        for (const std::int32_t i : order) {
            const auto own = vertices(q, i);
            sorted.vertices.insert(sorted.vertices.end(), own.begin(), own.end());
            sorted.listed.push_back(listed(q, i));
            grades.push_back(levels_[q].grade(i));
        }
        dimensions_[q] = std::move(sorted);
        levels_[q].grades = std::move(grades);
    }

    /// The number of the simplex with these vertices, or -1.
    [[nodiscard]] std::int32_t find(std::span<const std::int32_t> wanted) const {
        const std::size_t q = wanted.size() - 1;
        std::int32_t first = 0;
        for (auto count = static_cast<std::int32_t>(levels_[q].size()); count > 0;) {
            const std::int32_t half = count / 2;
            if (std::ranges::lexicographical_compare(vertices(q, first + half), wanted)) {
                first += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        return first < static_cast<std::int32_t>(levels_[q].size()) &&
                       std::ranges::equal(vertices(q, first), wanted)
                   ? first
                   : -1;
    }

    void find_faces(std::size_t q) {
        graded_level<Parameters>& level = levels_[q];
        level.faces_each = q + 1;
        std::vector<std::int32_t> face(q);
        for (std::int32_t i = 0; i < static_cast<std::int32_t>(level.size()); ++i) {
            const auto own = vertices(q, i);
            for (std::size_t left_out = 0; left_out <= q; ++left_out) {
                for (std::size_t k = 0; k < q; ++k)
                    face[k] = own[k < left_out ? k : k + 1];
                const std::int32_t number = find(face);
                if (number < 0)
                    require(false, "graded_complex", "face " + name(face) + " of simplex " + name(own),
                            "missing", "listed");
                for (std::size_t p = 0; p < Parameters; ++p)
                    if (level.grade(i)[p] < levels_[q - 1].grade(number)[p])
                        require(false, "graded_complex", "the grade of " + name(own), print(level.grade(i)),
                                "in no parameter below that of its face " + name(face) + ",",
                                print(levels_[q - 1].grade(number)));
                level.faces.push_back(number);
            }
        }
    }

    std::vector<simplices_of_dimension> dimensions_;
    std::vector<graded_level<Parameters>> levels_;
};

} // namespace topoprune
