// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

/// The Vietoris-Rips barcode of a few points by its definition: every simplex up to dimension q + 1, its
/// grade the largest of its entries, and the reduction of the boundary matrix over Z/2.
namespace rips_oracle {

/// The bars of degree q that are not empty, sorted. `square(i, j)` is the grade of an edge. A class that
/// never dies is left out.
template <class Square>
std::vector<std::pair<double, double>> bars(int count, int degree, const Square& square) {
    struct simplex {
        double grade;
        int dimension;
        std::uint32_t vertices;
    };
    std::vector<simplex> simplices;
    for (std::uint32_t set = 1; set < (1U << count); ++set) {
        const int dimension = std::popcount(set) - 1;
        if (dimension > degree + 1)
            continue;
        double grade = 0;
        for (int i = 0; i < count; ++i)
            for (int j = 0; j < i; ++j)
                if ((set >> i & 1U) != 0 && (set >> j & 1U) != 0)
                    grade = std::max(grade, square(i, j));
        simplices.push_back({grade, dimension, set});
    }
    std::sort(simplices.begin(), simplices.end(), [](const simplex& a, const simplex& b) {
        if (a.grade != b.grade)
            return a.grade < b.grade;
        return a.dimension != b.dimension ? a.dimension < b.dimension : a.vertices < b.vertices;
    });
    std::map<std::uint32_t, std::size_t> place;
    for (std::size_t s = 0; s < simplices.size(); ++s)
        place[simplices[s].vertices] = s;

    std::vector<std::vector<std::size_t>> columns(simplices.size());
    std::vector<std::size_t> column_of_low(simplices.size(), simplices.size());
    std::vector<std::pair<double, double>> found;
    for (std::size_t s = 0; s < simplices.size(); ++s) {
        std::vector<std::size_t>& column = columns[s];
        if (simplices[s].dimension > 0)
            for (int i = 0; i < count; ++i)
                if ((simplices[s].vertices >> i & 1U) != 0)
                    column.push_back(place[simplices[s].vertices & ~(1U << i)]);
        std::sort(column.begin(), column.end());
        while (!column.empty() && column_of_low[column.back()] < simplices.size()) {
            std::vector<std::size_t> sum;
            const std::vector<std::size_t>& other = columns[column_of_low[column.back()]];
            std::set_symmetric_difference(column.begin(), column.end(), other.begin(), other.end(),
                                          std::back_inserter(sum));
            column = std::move(sum);
        }
        if (column.empty())
            continue;
        const std::size_t low = column.back();
        column_of_low[low] = s;
        if (simplices[low].dimension == degree && simplices[low].grade < simplices[s].grade)
            found.emplace_back(simplices[low].grade, simplices[s].grade);
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace rips_oracle
