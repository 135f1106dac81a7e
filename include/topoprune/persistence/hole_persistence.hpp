// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "score.hpp"

#include <vector>

namespace topoprune {

/// Which of the holes at a sample hole_persistence counts.
enum class counted_holes {
    longest, ///< the one whose bar is the longest
    all,     ///< every one, as often as its boundary passes through the sample
};

/// How persistent the holes are that a sample bounds. Of each bar [b, d) in degree 1 of weak_delaunay, the
/// hole at its birth is a set of triangles: those that are connected to the one that kills it across edges
/// that enter later than the edge that creates it. The boundary of that set is the cycle around the hole
/// that encloses the fewest triangles (its volume-optimal cycle, Schweinhart 2015, Obayashi 2018). A sample
/// scores
///     longest:  max (d - b) over the bars whose boundary has an edge at the sample
///     all:      sum (d - b) over the same, times the number of such edges / 2
/// and 0 if it bounds none. Equal scales are told apart by the ids of their edges, as everywhere in the
/// library: the bars do not depend on it, but which triangles a hole has can. Every copy of a sample scores
/// the same. High: the sample is part of the rim of a large hole; samples in filled places score little,
/// those on a straight line 0.
///
/// Reliability (CIFAR-10, UMAP, 1,000 samples of each class): between two layouts of the same samples the
/// rank correlation within a class is .35 in the median (least .21), given the density .29; between ResNet-20
/// and ResNet-56 it is .03: which samples stand on a rim belongs to the layout.
///
/// Cost: weak_delaunay's and O(n log n), in all less than twice weak_delaunay's: triangles and the holes they
/// kill are a tree (the hole that a hole opens into is its parent), and the holes on whose boundary an edge
/// lies are the path between its two sides. 100 bytes a point beside the complex.
struct hole_persistence {
    counted_holes holes = counted_holes::longest;

    /// Of one class (n x 2): n numbers, >= 0, in units of the coordinates.
    /// Throws std::invalid_argument as weak_delaunay::build does.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> values(matrix_view<const double> points,
                                                               const execution& where) const;

    /// n numbers, every class by itself.
    [[nodiscard]] std::vector<double> column(const embedded_samples& samples, const execution& where) const {
        return column_by_class(samples, "persistence", where,
                               [&](matrix_view<const double> points) { return values(points, where); });
    }
};

static_assert(Score<hole_persistence>);
static_assert(ClassScore<hole_persistence>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "hole_persistence.ipp"
#endif
