// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/filtration/bifiltered_complex.hpp>
#include <topoprune/filtration/graded_complex.hpp>
#include <topoprune/homology/signed_measure.hpp>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <vector>

/// Homology by Gaussian elimination over Z/2, from the definition.
namespace oracle {

using simplex = topoprune::graded_simplex<2>;

/// All simplices of a complex with flag values, graded anew from the lengths of their edges and the
/// codensities of their vertices.
inline std::vector<simplex> simplices_of(const topoprune::bifiltered_complex& complex) {
    std::map<std::array<std::int32_t, 2>, double> scale;
    for (std::size_t e = 0; e < complex.edges.size(); ++e)
        scale[{complex.edges[e].u, complex.edges[e].v}] = complex.edge_scale[e];
    std::vector<simplex> all;
    const auto add = [&](std::vector<std::int32_t> vertices) {
        simplex s{std::move(vertices), {0.0, -1e300}};
        for (const std::int32_t v : s.vertices) {
            s.grade[1] = std::max(s.grade[1], complex.codensity[static_cast<std::size_t>(v)]);
            for (const std::int32_t u : s.vertices)
                if (u < v)
                    s.grade[0] = std::max(s.grade[0], scale.at({u, v}));
        }
        all.push_back(std::move(s));
    };
    for (std::int32_t v = 0; v < complex.vertices; ++v)
        add({v});
    for (const topoprune::complex_edge& e : complex.edges)
        add({e.u, e.v});
    for (const topoprune::complex_triangle& t : complex.triangles)
        add({t.vertices.begin(), t.vertices.end()});
    for (const auto& t : complex.tetrahedra)
        add({t.begin(), t.end()});
    return all;
}

/// dim H_0, H_1, H_2, H_3 of the subcomplex at a grade. At most `most` simplices of each dimension.
class betti_numbers {
public:
    static constexpr std::size_t most = 512;

    explicit betti_numbers(std::vector<simplex> simplices) : simplices_(std::move(simplices)) {
        for (const simplex& s : simplices_) {
            const std::size_t q = s.vertices.size() - 1;
            number_.emplace(s.vertices, count_[q]++);
            if (q > 3 || count_[q] > most)
                throw std::length_error("the oracle is for small complexes");
        }
        for (const simplex& s : simplices_) {
            std::bitset<most> boundary;
            for (std::size_t i = 0; s.vertices.size() > 1 && i < s.vertices.size(); ++i) {
                std::vector<std::int32_t> face = s.vertices;
                face.erase(face.begin() + static_cast<std::ptrdiff_t>(i));
                boundary.set(number_.at(face));
            }
            boundaries_.push_back(boundary);
        }
    }

    [[nodiscard]] std::array<std::int64_t, 4> at(double r, double f) const {
        std::array<std::int64_t, 4> betti{};
        for (std::size_t q = 0; q < 4; ++q) {
            std::array<std::optional<std::bitset<most>>, most> pivots;
            for (std::size_t i = 0; i < simplices_.size(); ++i) {
                const simplex& s = simplices_[i];
                if (s.vertices.size() != q + 1 || s.grade[0] > r || s.grade[1] > f)
                    continue;
                ++betti[q];
                std::bitset<most> column = boundaries_[i];
                std::size_t low = column._Find_first();
                for (; low < most && pivots[low]; low = column._Find_next(low))
                    column ^= *pivots[low];
                if (low < most) {
                    pivots[low] = column;
                    --betti[q];     // a boundary, hence no cycle
                    --betti[q - 1]; // and one cycle less below
                }
            }
        }
        return betti;
    }

private:
    std::vector<simplex> simplices_;
    std::vector<std::bitset<most>> boundaries_;
    std::map<std::vector<std::int32_t>, std::size_t> number_;
    std::array<std::size_t, 8> count_{};
};

/// The sum of the masses at grades <= (r, f).
inline std::int64_t sum_up_to(const topoprune::signed_measure& measure, double r, double f) {
    std::int64_t sum = 0;
    for (const topoprune::atom& a : measure)
        if (a.r <= r && a.f <= f)
            sum += a.mass;
    return sum;
}

} // namespace oracle
