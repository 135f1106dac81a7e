// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "split_atoms.hpp"

#include <nanoflann.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

/// Pairs that are likely to carry mass in an optimal plan: near ones.
namespace topoprune::detail {

/// A source and a sink, by their places in split_atoms.
struct atom_pair {
    std::int32_t source = 0;
    std::int32_t sink = 0;
    friend auto operator<=>(const atom_pair&, const atom_pair&) = default;
};

/// One side of a transport as nanoflann reads it.
struct planar_points {
    const std::vector<weighted_point>& points;

    [[nodiscard]] std::size_t kdtree_get_point_count() const { return points.size(); }
    [[nodiscard]] double kdtree_get_pt(std::size_t i, std::size_t dimension) const {
        return dimension == 0 ? points[i].r : points[i].f;
    }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
        return false;
    }
};

/// A result set of nanoflann that keeps the k points nearest to a query, of equally near ones those that
/// stand first. nanoflann's own keeps those that it meets first, and how it divides the plane differs between
/// its versions.
class nearest_points {
public:
    using DistanceType = double;

    explicit nearest_points(std::size_t k) : k_(k) {}

    struct found_point {
        double square = 0;
        std::uint32_t place = 0;
        friend auto operator<=>(const found_point&, const found_point&) = default;
    };
    /// Ascending.
    [[nodiscard]] const std::vector<found_point>& found() const { return found_; }
    void clear() { found_.clear(); }

    TOPOPRUNE_DECLARE bool addPoint(double square, std::uint32_t place);
    /// A square that exceeds those of all points as near as the last, however they are bounded from below.
    [[nodiscard]] double worstDist() const {
        if (!full())
            return std::numeric_limits<double>::max();
        return found_.empty() ? 0.0 : std::max(found_.back().square * (1 + 1e-12), 1e-300);
    }
    [[nodiscard]] bool full() const { return found_.size() >= k_; }
    [[nodiscard]] std::size_t size() const { return found_.size(); }
    [[nodiscard]] bool empty() const { return found_.empty(); }
    void sort() const {}

private:
    std::size_t k_;
    std::vector<found_point> found_;
};

/// Calls visit(i, j) for the k points j of `others` nearest to each point i of `points`, in l2, ties by the
/// smaller j.
template <class Visit>
void for_each_near_pair(const std::vector<weighted_point>& points, const std::vector<weighted_point>& others,
                        std::int64_t k, Visit&& visit) {
    using tree_type = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, planar_points>,
                                                          planar_points, 2, std::uint32_t>;
    const planar_points cloud{others};
    tree_type tree(2, cloud, nanoflann::KDTreeSingleIndexAdaptorParams(8));
    tree.buildIndex();
    nearest_points nearest(static_cast<std::size_t>(k));
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::array<double, 2> query{points[i].r, points[i].f};
        nearest.clear();
        tree.radiusSearchCustomCallback(query.data(), nearest);
        for (const nearest_points::found_point& found : nearest.found())
            visit(static_cast<std::int32_t>(i), static_cast<std::int32_t>(found.place));
    }
}

/// Calls visit(i, j) for up to k points j of `others` on either side of each point i in r.
template <class Visit>
void for_each_near_pair_of_row(const std::vector<weighted_point>& points, std::size_t begin, std::size_t end,
                               const std::vector<weighted_point>& others, std::size_t others_begin,
                               std::size_t others_end, std::size_t k, Visit&& visit) {
    std::size_t right = others_begin; // the first of the others that is not left of the point
    for (std::size_t i = begin; i < end; ++i) {
        while (right < others_end && others[right].r < points[i].r)
            ++right;
        const std::size_t first = right - std::min(k, right - others_begin);
        const std::size_t last = right + std::min(k, others_end - right);
        for (std::size_t j = first; j < last; ++j)
            visit(static_cast<std::int32_t>(i), static_cast<std::int32_t>(j));
    }
}

/// The pairs (source, sink), in ascending order, without repetition, such that one of the two is among the k
/// nearest of the other in the plane, or among the k next to it on either side in its row. At most
/// 6 k max(sources, sinks) pairs. O(k n log n).
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<atom_pair> candidate_pairs(const split_atoms& atoms,
                                                                       std::int64_t k);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "candidate_arcs.ipp"
#endif
