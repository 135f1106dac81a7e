// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "exact_repulsion.hpp"
#include "interpolated_repulsion.hpp"
#include "neighbor_attraction.hpp"
#include "weighted_graph.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// What the iterations of one phase share.
struct descent_phase {
    double exaggeration = 1;
    double learning_rate = 200;
    double momentum = 0.8;
};

/// One t-SNE on its way: positions, velocities and gains of n samples in the plane (a layout on a line keeps
/// its second coordinate at 0). An iteration moves every sample by
///     velocity = momentum velocity - learning_rate gain g,   g = sum_j (exaggeration p_ij - q_ij) w_ij (y_i
///     - y_j)
/// all at once (van der Maaten, Hinton 2008, section 2, without the factor 4 of the gradient, which the rate
/// takes up). The gain of a coordinate grows by 0.2 while velocity and gradient disagree in sign and shrinks
/// to 0.8 of itself otherwise, at least 0.01 (Jacobs 1988). No step is longer than 5.
///
/// Time per iteration: O(edges) and the repulsion. Memory: 46 bytes a sample beside the graph and the grid.
class divergence_descent {
public:
    /// From so many samples on repulsion is interpolated; below, all pairs are as fast over a whole run and
    /// free of error.
    static constexpr std::int64_t interpolate_from = 4000;

    /// p: symmetric, of sum 1. start: n x 1 or n x 2, finite.
    divergence_descent(weighted_graph p, const matrix<double>& start)
        : p_(std::move(p)), dimensions_(start.cols()), points_(static_cast<std::size_t>(start.rows())),
          moved_(points_.size()), velocities_(points_.size()), gains_(points_.size()) {
        require(start.rows() == p_.vertices(), "tsne", "rows of the start", start.rows(),
                "the number of samples,", p_.vertices());
        require(dimensions_ == 1 || dimensions_ == 2, "tsne", "dimensions", dimensions_, "1 or 2");
        for (std::size_t i = 0; i < points_.size(); ++i) {
            points_.x[i] = static_cast<float>(start(static_cast<Eigen::Index>(i), 0));
            if (dimensions_ == 2)
                points_.y[i] = static_cast<float>(start(static_cast<Eigen::Index>(i), 1));
        }
        std::fill(gains_.x.begin(), gains_.x.end(), 1.0F);
        std::fill(gains_.y.begin(), gains_.y.end(), 1.0F);
    }

    void iterate(const descent_phase& phase, const execution& where) {
        if (points_.size() < 2)
            return;
        repel(where);
        const auto n = static_cast<std::int64_t>(points_.size());
        std::vector<std::array<double, 2>> sums(static_cast<std::size_t>((n + grain - 1) / grain));
        where.parallel_ranges(n, grain, [&](std::int64_t begin, std::int64_t end) {
            sums[static_cast<std::size_t>(begin / grain)] = move_rows(phase, begin, end);
        });
        std::array<double, 2> mean{};
        for (const auto& sum : sums)
            for (std::size_t c = 0; c < 2; ++c)
                mean[c] += sum[c] / static_cast<double>(n);
        // The picture stays around 0, where floats are finest.
        for (std::size_t i = 0; i < points_.size(); ++i) {
            points_.x[i] = moved_.x[i] - static_cast<float>(mean[0]);
            points_.y[i] = moved_.y[i] - static_cast<float>(mean[1]);
        }
    }

    /// n x dimensions.
    [[nodiscard]] matrix<double> positions() const {
        matrix<double> result(static_cast<Eigen::Index>(points_.size()), dimensions_);
        for (Eigen::Index i = 0; i < result.rows(); ++i) {
            result(i, 0) = static_cast<double>(points_.x[static_cast<std::size_t>(i)]);
            if (dimensions_ == 2)
                result(i, 1) = static_cast<double>(points_.y[static_cast<std::size_t>(i)]);
        }
        return result;
    }

    /// KL(P | Q) = sum_ij p_ij log(p_ij / q_ij) at the current positions.
    [[nodiscard]] double divergence(const execution& where) {
        if (points_.size() < 2)
            return 0;
        repel(where);
        return divergence_without_normalization(p_, points_, where) + std::log(repulsion_.normalization);
    }

    /// n x dimensions: the gradient of KL(exaggeration P | Q) by the positions over 4. For tests.
    [[nodiscard]] matrix<double> gradient(double exaggeration, const execution& where) {
        repel(where);
        matrix<double> result(static_cast<Eigen::Index>(points_.size()), dimensions_);
        for (Eigen::Index i = 0; i < result.rows(); ++i) {
            const planar_vector g = slope(exaggeration, i);
            result(i, 0) = static_cast<double>(g.x);
            if (dimensions_ == 2)
                result(i, 1) = static_cast<double>(g.y);
        }
        return result;
    }

    /// Whether the picture grew wider than the grid of the repulsion may be fine.
    [[nodiscard]] bool grid_bound() const { return interpolated_.bound(); }

private:
    static constexpr std::int64_t grain = 256;
    static constexpr float least_gain = 0.01F, longest_step = 5.0F;

    void repel(const execution& where) {
        if (static_cast<std::int64_t>(points_.size()) < interpolate_from)
            sum_exact_repulsion(points_, repulsion_, where);
        else
            interpolated_.sum(points_, repulsion_, where);
    }

    [[nodiscard, gnu::noinline]] planar_vector slope(double exaggeration, std::int64_t i) const {
        const planar_vector pull = pull_of_row(p_, points_, i);
        const auto at = static_cast<std::size_t>(i);
        const auto scale = static_cast<float>(1 / repulsion_.normalization);
        const auto more = static_cast<float>(exaggeration);
        planar_vector g{more * pull.x - scale * repulsion_.forces.x[at],
                        more * pull.y - scale * repulsion_.forces.y[at]};
        if (dimensions_ == 1)
            g.y = 0;
        return g;
    }

    /// Moves the rows begin ... end - 1 into moved_; returns the sums of their coordinates.
    [[gnu::noinline]] std::array<double, 2> move_rows(const descent_phase& phase, std::int64_t begin,
                                                      std::int64_t end) {
        const auto rate = static_cast<float>(phase.learning_rate);
        const auto momentum = static_cast<float>(phase.momentum);
        const auto step = [&](float& velocity, float& gain, float g) {
            const int sign_v = (velocity > 0) - (velocity < 0), sign_g = (g > 0) - (g < 0);
            gain = sign_v != sign_g ? gain + 0.2F : gain * 0.8F + least_gain;
            velocity = momentum * velocity - rate * gain * g;
        };
        std::array<double, 2> sum{};
        for (std::int64_t i = begin; i < end; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const planar_vector g = slope(phase.exaggeration, i);
            float &vx = velocities_.x[at], &vy = velocities_.y[at];
            step(vx, gains_.x[at], g.x);
            step(vy, gains_.y[at], g.y);
            const float length = std::sqrt(vx * vx + vy * vy);
            if (!(length <= longest_step)) {
                const float shorter = std::isfinite(length) ? longest_step / length : 0.0F;
                vx = std::isfinite(vx) ? vx * shorter : 0.0F;
                vy = std::isfinite(vy) ? vy * shorter : 0.0F;
            }
            moved_.x[at] = points_.x[at] + vx;
            moved_.y[at] = points_.y[at] + vy;
            sum[0] += static_cast<double>(moved_.x[at]);
            sum[1] += static_cast<double>(moved_.y[at]);
        }
        return sum;
    }

    weighted_graph p_;
    std::int64_t dimensions_;
    planar_positions points_, moved_, velocities_, gains_;
    repulsion repulsion_;
    interpolated_repulsion interpolated_;
};

} // namespace topoprune::detail
