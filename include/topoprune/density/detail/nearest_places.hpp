// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/compiled.hpp"
#include "../../core/detail/equal_rows.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"

#include <nanoflann.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// The points of a cloud gathered by place: any number of duplicates is one place, and one point of the k-d
/// tree, which would else visit them all for each of them. Coordinates are divided by a power of two near the
/// largest, so that no square overflows. O(n log n m) time, 8 (m + 2) bytes a point.
class point_places {
public:
    /// Needs finite points.
    TOPOPRUNE_DECLARE explicit point_places(matrix_view<const double> points);

    [[nodiscard]] std::size_t count() const { return groups_.count(); }
    /// Distances between places are in units of 2^this.
    [[nodiscard]] int unit_exponent() const { return unit_exponent_; }
    /// The points at a place, ascending.
    [[nodiscard]] std::span<const std::int64_t> members(std::size_t place) const {
        return groups_.members(place);
    }
    [[nodiscard]] std::span<const double> coordinates(std::size_t place) const {
        return std::span(coordinates_).subspan(place * dimensions_, dimensions_);
    }

    /// Positive for two different places, however near.
    TOPOPRUNE_DECLARE [[nodiscard]] double distance(std::size_t a, std::size_t b) const;

    // What nanoflann asks of a cloud.
    [[nodiscard]] std::size_t kdtree_get_point_count() const { return count(); }
    [[nodiscard]] double kdtree_get_pt(std::size_t place, std::size_t coordinate) const {
        return coordinates_[place * dimensions_ + coordinate];
    }
    template <class Box>
    bool kdtree_get_bbox(Box&) const {
        return false;
    }

private:
    std::size_t dimensions_;
    equal_rows<double, std::int64_t> groups_;
    int unit_exponent_ = 0;
    std::vector<double> coordinates_;
};

/// A place and its distance from the place that was asked for, ordered by (distance, place).
struct near_place {
    double distance = 0;
    std::size_t place = 0;

    friend auto operator<=>(const near_place&, const near_place&) = default;
};

/// A result set of nanoflann that keeps the places nearest to one, itself included, until they hold `points`
/// points.
class nearest_places {
public:
    /// nanoflann 1.6 and later ask for it.
    using DistanceType = double;

    nearest_places(const point_places& places, std::size_t center, std::int64_t points)
        : places_(places), center_(center), points_(points) {}

    /// Ascending. They hold that many points, and would not without the last.
    [[nodiscard]] const std::vector<near_place>& found() const { return found_; }

    TOPOPRUNE_DECLARE bool addPoint(double, std::size_t place);
    /// A square that exceeds those of all places as near as the last.
    TOPOPRUNE_DECLARE [[nodiscard]] double worstDist() const;
    [[nodiscard]] bool full() const { return held_ >= points_; }
    [[nodiscard]] std::size_t size() const { return found_.size(); }
    [[nodiscard]] bool empty() const { return found_.empty(); }
    void sort() const {}

private:
    const point_places& places_;
    std::size_t center_;
    std::int64_t points_;
    std::int64_t held_ = 0;
    std::vector<near_place> found_;
};

template <int Dimensions, class PointsOf, class Body>
void search_nearest_places(const point_places& places, std::int64_t dimensions, const PointsOf& points_of,
                           const Body& body, const execution& where) {
    using tree_type = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, point_places>,
                                                          point_places, Dimensions, std::size_t>;
    tree_type tree(static_cast<std::int32_t>(dimensions), places);
    tree.buildIndex();
    where.parallel_ranges(static_cast<std::int64_t>(places.count()), 256,
                          [&](std::int64_t begin, std::int64_t end) {
                              where.check_interruption();
                              for (auto place = static_cast<std::size_t>(begin);
                                   place < static_cast<std::size_t>(end); ++place) {
                                  nearest_places nearest(places, place, points_of(places, place));
                                  tree.radiusSearchCustomCallback(places.coordinates(place).data(), nearest);
                                  body(places, place, std::span(nearest.found()));
                              }
                          });
}

/// body(places, place, nearest) for every place of the points (n x m), in parallel; for none if all points
/// are at one. nearest lists the nearest places, its own first, until they hold points_of(places, place)
/// points, at most n; ties by the smaller place.
/// Time: n log n to build the k-d tree, by one thread; log n + k a place in few dimensions, O(n) in many.
template <class PointsOf, class Body>
void for_nearest_places(matrix_view<const double> points, const PointsOf& points_of, const Body& body,
                        const execution& where) {
    const point_places places(points);
    if (places.count() < 2)
        return;
    if (points.columns() == 2)
        search_nearest_places<2>(places, points.columns(), points_of, body, where);
    else
        search_nearest_places<-1>(places, points.columns(), points_of, body, where);
}

/// The checks of every density by k neighbors.
inline void require_neighborhood(std::int64_t k, matrix_view<const double> points,
                                 std::string_view function) {
    require(k >= 1, function, "k", k, "at least 1");
    require_finite(points, function, "points");
}

/// What a derivative by the distance of x_i and x_j does to the points:
///     gradient_i -= weight (x_i - x_j) / distance,   gradient_j += the same.
TOPOPRUNE_DECLARE void add_pull(matrix_view<const double> points, std::int64_t i, std::int64_t j,
                                double weight, double distance, matrix_view<double> gradient);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "nearest_places.ipp"
#endif
