// SPDX-License-Identifier: MIT
#pragma once

#include <topoprune/homology/signed_measure.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

/// The optimal cost by two ways that share nothing with the library's: all permutations, and the Hungarian
/// method on the dense matrix of costs. Masses are split into units.
namespace oracles {

struct unit_points {
    std::vector<topoprune::atom> positive;
    std::vector<topoprune::atom> negative;
};

inline unit_points split_into_units(const topoprune::signed_measure& measure) {
    unit_points units;
    for (const topoprune::atom& a : measure)
        for (std::int32_t k = 0; k < std::abs(a.mass); ++k)
            (a.mass > 0 ? units.positive : units.negative).push_back(a);
    return units;
}

/// Row-major, positive x negative.
template <class Norm>
std::vector<double> cost_matrix(const Norm& norm, const unit_points& units) {
    std::vector<double> costs;
    for (const auto& p : units.positive)
        for (const auto& q : units.negative)
            costs.push_back(norm.cost(p.r - q.r, p.f - q.f));
    return costs;
}

/// n! permutations.
template <class Norm>
double least_over_permutations(const Norm& norm, const topoprune::signed_measure& measure) {
    const unit_points units = split_into_units(measure);
    const std::vector<double> costs = cost_matrix(norm, units);
    const std::size_t n = units.positive.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    double least = std::numeric_limits<double>::infinity();
    do {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i)
            sum += costs[i * n + order[i]];
        least = std::min(least, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    return least;
}

/// Kuhn's Hungarian method with shortest augmenting paths, O(n^3): one row joins at a time; dual values keep
/// all reduced costs non-negative.
template <class Norm>
double hungarian(const Norm& norm, const topoprune::signed_measure& measure) {
    const unit_points units = split_into_units(measure);
    const std::vector<double> costs = cost_matrix(norm, units);
    const std::size_t n = units.positive.size();
    const std::size_t nobody = n;
    std::vector<double> row_dual(n + 1, 0.0);
    std::vector<double> column_dual(n + 1, 0.0);
    std::vector<std::size_t> row_of(n + 1, nobody);
    for (std::size_t joining = 0; joining < n; ++joining) {
        std::vector<double> distance(n, std::numeric_limits<double>::infinity());
        std::vector<std::size_t> came_from(n, n);
        std::vector<bool> settled(n + 1, false);
        std::size_t column = n; // a column that does not exist holds the joining row
        row_of[n] = joining;
        while (row_of[column] != nobody) {
            settled[column] = true;
            const std::size_t row = row_of[column];
            std::size_t nearest = n;
            double step = std::numeric_limits<double>::infinity();
            for (std::size_t j = 0; j < n; ++j) {
                if (settled[j])
                    continue;
                const double reduced = costs[row * n + j] - row_dual[row] - column_dual[j];
                if (reduced < distance[j]) {
                    distance[j] = reduced;
                    came_from[j] = column;
                }
                if (distance[j] < step) {
                    step = distance[j];
                    nearest = j;
                }
            }
            for (std::size_t j = 0; j <= n; ++j) {
                if (settled[j]) {
                    row_dual[row_of[j]] += step;
                    column_dual[j] -= step;
                } else if (j < n) {
                    distance[j] -= step;
                }
            }
            column = nearest;
        }
        while (column != n) {
            const std::size_t previous = came_from[column];
            row_of[column] = row_of[previous];
            column = previous;
        }
        row_of[n] = nobody;
    }
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j)
        sum += costs[row_of[j] * n + j];
    return sum;
}

} // namespace oracles
