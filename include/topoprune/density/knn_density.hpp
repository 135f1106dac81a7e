// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "density.hpp"
#include "detail/nearest_places.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// Density by the k-th nearest neighbor (Loftsgaarden and Quesenberry 1965): k of the n - 1 other points lie
/// in the ball whose radius d_k is the distance to the k-th of them,
///
///     log p_i = log( k / ((n - 1) v_m d_k(x_i)^m) ),   v_m = pi^(m/2) / Gamma(m/2 + 1).
///
/// It adapts: balls are small where points are dense. Its tails are heavy, and its integral is infinite.
///
/// Duplicates: d_k = 0 would be an infinite density. Where a point has k duplicates or more, k is taken
/// larger, so large that the k-th neighbor is the first at another place: as many points in as small a ball
/// as the cloud can tell. If all points are at one place (or there is one), their log density is 0. With
/// fewer than k other points the farthest of them stands for the k-th, and k for their number.
///
/// Cost: a k-d tree, n log n + n k in few dimensions, O(n^2) in many; O(n (m + k)) memory.
struct knn_density {
    /// At least 1. Larger values smooth more. The default is the number of neighbors of UMAP (15).
    std::int64_t k = 15;

    /// points: n x m, row-major. Returns n natural logarithms.
    /// Throws std::invalid_argument for a k below 1 or a point that is not finite.
    TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> log_density(matrix_view<const double> points,
                                                                    const execution& where) const;

    /// Adds sum_i weights_i * d log p_i / d x to the gradient (n x m): with the k-th neighbor x_j of x_i,
    ///     gradient_i -= weights_i m (x_i - x_j) / d_k^2,   gradient_j += the same.
    /// Of neighbors tied at d_k one is taken, by its place and then its row, whatever the threads.
    TOPOPRUNE_DECLARE void add_pull_back(matrix_view<const double> points,
                                         std::span<const double> log_density, std::span<const double> weights,
                                         matrix_view<double> gradient, const execution& where) const;

private:
    /// Around a place: the distance of the last neighbor, its row, and how many there are up to it.
    struct ball {
        double radius = 0;
        std::int64_t last = 0;
        std::int64_t neighbors = 0;
    };

    /// body(places, place, ball) for every place, in parallel; none if all points are at one.
    template <class Body>
    void for_balls(matrix_view<const double> points, const execution& where, const Body& body) const {
        const auto neighbors_of = [&](const detail::point_places& places, std::size_t place) {
            return std::min(std::max(k, std::ssize(places.members(place))), points.rows() - 1);
        };
        detail::for_nearest_places(
            points,
            [&](const detail::point_places& places, std::size_t place) {
                return neighbors_of(places, place) + 1;
            },
            [&](const detail::point_places& places, std::size_t place,
                std::span<const detail::near_place> nearest) {
                const std::int64_t neighbors = neighbors_of(places, place);
                std::int64_t before = 0;
                for (const detail::near_place& near : nearest.first(nearest.size() - 1))
                    before += std::ssize(places.members(near.place));
                const detail::near_place& last = nearest.back();
                body(places, place,
                     ball{last.distance,
                          places.members(last.place)[static_cast<std::size_t>(neighbors - before)],
                          neighbors});
            },
            where);
    }
};

static_assert(Density<knn_density>);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "knn_density.ipp"
#endif
