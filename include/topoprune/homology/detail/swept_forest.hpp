// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "link_cut_forest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace topoprune::detail {

/// The vertex of a simplex that enters last; ties go to the least id.
template <std::size_t Count>
[[nodiscard]] std::int32_t last_vertex(std::array<std::int32_t, Count> vertices,
                                       const std::vector<double>& codensity) {
    std::int32_t last = vertices[0];
    for (const std::int32_t v : vertices)
        if (codensity[static_cast<std::size_t>(v)] > codensity[static_cast<std::size_t>(last)])
            last = v;
    return last;
}

/// A spanning forest of a graph whose edges change their weight in the order of the sweep. Nodes 0 .. nodes -
/// 1 are the graph's; edge e is node nodes + e of the link-cut forest.
class swept_forest {
public:
    swept_forest(std::size_t nodes, std::size_t edges)
        : forest_(nodes + edges), nodes_(static_cast<std::int32_t>(nodes)), is_in_(edges, false) {}

    [[nodiscard]] bool contains(std::int32_t edge) const { return is_in_[static_cast<std::size_t>(edge)]; }

    /// The lightest edge of the forest between two connected nodes a != b.
    [[nodiscard]] std::int32_t lightest_edge(std::int32_t a, std::int32_t b) {
        return forest_.lightest_between(a, b) - nodes_;
    }
    [[nodiscard]] double weight(std::int32_t edge) const { return forest_.weight(nodes_ + edge); }
    void set_weight(std::int32_t edge, double weight) { forest_.set_weight(nodes_ + edge, weight); }

    TOPOPRUNE_DECLARE void insert(std::int32_t edge, std::int32_t a, std::int32_t b, double weight);
    void remove(std::int32_t edge, std::int32_t a, std::int32_t b) {
        forest_.cut(a, nodes_ + edge);
        forest_.cut(nodes_ + edge, b);
        is_in_[static_cast<std::size_t>(edge)] = false;
    }

private:
    link_cut_forest forest_;
    std::int32_t nodes_;
    std::vector<bool> is_in_;
};

/// 0 .. count - 1 in the order of `before`, ties by number.
template <class Before>
[[nodiscard]] std::vector<std::int32_t> sorted_ids(std::size_t count, Before before) {
    std::vector<std::int32_t> ids(count);
    std::iota(ids.begin(), ids.end(), 0);
    std::stable_sort(ids.begin(), ids.end(), before);
    return ids;
}

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "swept_forest.ipp"
#endif
