// SPDX-License-Identifier: MIT
// A loss of one's own: total persistence in degree 0, which is half the length of the minimum spanning tree.
#include "rings.hpp"

#include <topoprune/topoprune.hpp>

#include <algorithm>
#include <iostream>
#include <numeric>

using namespace topoprune;

/// The sum of the scales at which components of the complex merge: the minimum spanning tree by Kruskal.
/// Every tree edge pushes its two ends apart.
struct spanning_tree_persistence {
    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points,
                                                const execution& where) const {
        const planar_complex complex = weak_delaunay{}.build(points, where);
        std::vector<std::size_t> order(complex.edges.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [&](std::size_t e) { return complex.edge_scale[e]; });
        std::vector<std::int32_t> parent(static_cast<std::size_t>(points.rows()));
        std::iota(parent.begin(), parent.end(), 0);
        const auto root = [&](std::int32_t v) {
            while (parent[static_cast<std::size_t>(v)] != v)
                v = parent[static_cast<std::size_t>(v)];
            return v;
        };
        loss_value result{0, matrix<double>::Zero(points.rows(), points.columns())};
        for (const std::size_t e : order) {
            const auto [u, v, faces] = complex.edges[e];
            if (root(u) == root(v))
                continue;
            parent[static_cast<std::size_t>(root(u))] = root(v);
            result.value += complex.edge_scale[e];
            const auto direction = (points.eigen().row(u) - points.eigen().row(v)).stableNormalized().eval();
            result.gradient.row(u) += 0.5 * direction;
            result.gradient.row(v) -= 0.5 * direction;
        }
        return result;
    }
};

static_assert(TopologicalLoss<spanning_tree_persistence>);

int main() {
    const matrix<double> square{{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    std::cout << "unit square: " << spanning_tree_persistence{}.value_and_gradient(square, {}).value << '\n';

    const two_rings data;
    const pruner own{.projection = pca{},
                     .persistence = persistence_score{.loss = spanning_tree_persistence{}}};
    std::cout << "kept " << own.select(data.features, data.labels, keep_count{50}).size() << '\n';
}

// Prints
//   unit square: 1.5
//   kept 50
