// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/detail/dense_sums.hpp"
#include "../../core/matrix.hpp"
#include "../metric.hpp"
#include "alike_samples.hpp"
#include "euclidean_rows.hpp"
#include "exact_ranking.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// What a k-d tree needs to answer exactly, ties included.
namespace topoprune::detail {

/// A result set of nanoflann (any version: DistanceType, addPoint, worstDist, full, size, empty, sort) that
/// measures what the tree offers with the metric itself and keeps the k least by (distance, id), the sample
/// itself among them: so they serve all that are alike. The tree
/// compares squares that are rounded; it must go on up to the square beyond which nothing can be as near as
/// the k-th.
template <Metric M>
class tied_neighbors {
public:
    /// nanoflann 1.6 and later ask for it.
    using DistanceType = double;

    tied_neighbors(matrix_view<const float> points, const M& metric, const euclidean_rows& rows,
                   const duplicate_groups& groups, std::int64_t k)
        : points_(points), metric_(metric), rows_(rows), groups_(groups), k_(static_cast<std::size_t>(k)) {}

    void begin(std::int64_t sample) {
        sample_ = sample;
        half_ = 0.5 * static_cast<double>(squared_norm(matrix_view<const float>(rows_.points).row(sample)));
        found_.clear();
        limit_ = std::numeric_limits<double>::max();
    }
    /// What has been found: `k` of them after a search, ascending.
    [[nodiscard]] std::vector<neighbor> found() const {
        std::vector<neighbor> result;
        for (const auto& [one, raw] : found_)
            result.push_back(one);
        return result;
    }

    bool addPoint(double square, std::uint32_t group) {
        std::pair offered(measure(points_, metric_, sample_, groups_.first(group)),
                          rows_.raw(sample_, square));
        bool changed = false;
        for (const std::int32_t member : groups_.members(group)) {
            offered.first.id = member;
            if (found_.size() == k_) {
                if (!(offered.first < found_.back().first))
                    break;
                found_.pop_back();
            }
            found_.insert(std::upper_bound(found_.begin(), found_.end(), offered), offered);
            changed = true;
        }
        if (changed && found_.size() == k_)
            update_limit();
        return true;
    }
    [[nodiscard]] double worstDist() const { return limit_; }
    [[nodiscard]] bool full() const { return found_.size() == k_; }
    [[nodiscard]] std::size_t size() const { return found_.size(); }
    [[nodiscard]] bool empty() const { return found_.empty(); }
    void sort() const {}

private:
    /// Doubles the margin above the k-th until what lies there is proved to be farther. Nearly always the
    /// first one does. Where distances end (cosine 2), none does, and all is searched.
    void update_limit() {
        const auto& [last, last_raw] = found_.back();
        // Rows are scaled to lengths near 1.
        constexpr double least_margin = 1e-30;
        const auto error_of = [&](double raw) { return raw_error(half_, raw, rows_.points.cols()); };
        double margin = std::max({2.0 * error_of(last_raw), 1e-7 * last_raw, least_margin});
        for (int doubling = 0; doubling < 200; ++doubling, margin *= 2.0) {
            const double raw = last_raw + margin;
            const double least_raw = raw - error_of(raw);
            if (static_cast<float>(metric_.to_distance(rows_.unit * least_raw + rows_.offset)) >
                last.distance) {
                limit_ = std::min(limit_, rows_.square(sample_, raw));
                return;
            }
        }
    }

    matrix_view<const float> points_;
    const M& metric_;
    const euclidean_rows& rows_;
    const duplicate_groups& groups_;
    std::size_t k_;
    std::int64_t sample_ = 0;
    double half_ = 0;
    /// With the raw value of each.
    std::vector<std::pair<neighbor, double>> found_;
    double limit_ = std::numeric_limits<double>::max();
};

} // namespace topoprune::detail
