// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "../../../core/matrix.hpp"
#include "../../../core/random.hpp"
#include "pair_columns.hpp"
#include "pair_forces.hpp"
#include "pair_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace topoprune::detail {

struct pair_descent_options {
    /// Of the three phases.
    std::array<std::int32_t, 3> iterations{100, 100, 250};
    double learning_rate = 1;
    /// Set: the third phase adjusts the pairs to the embedding, as LocalMAP does.
    std::optional<double> nearby_distance{};
};

/// The partners of each kind.
struct pair_choice {
    pair_table near;
    pair_table mid_near;
    pair_table further;
};

/// One layout by pairs on its way: the positions of all samples after a number of iterations of Adam, each on
/// the gradient of all pairs,
///
///     sum w_near d / (10 + d) + sum w_mid d / (10000 + d) + sum w_further / (1 + d),  d = 1 + |y_i - y_j|^2,
///
/// with (w_near, w_mid, w_further) = (2, 1000 falling to 3, 1), (3, 3, 1), (1, 0, 1) in the three phases
/// (Wang et al. 2021, algorithm 1). advance(20) twice gives the bits of advance(40).
///
/// With a nearby distance t, from the second iteration of the third phase on the force of a near pair is
/// multiplied by (t / 2) / sqrt(d), and after every iteration with a number divisible by 10 the further pairs
/// are drawn anew among the samples within t of each other (Wang et al. 2025). It then descends on
/// (t / 2) (sqrt(d) / (10 + d) + atan(sqrt(d / 10)) / sqrt(10)) in place of d / (10 + d).
///
/// Memory: 8 bytes a pair, twice 4 a sample and dimension for the positions and 8 for the moments.
class pair_descent {
public:
    /// start: samples x dimensions.
    TOPOPRUNE_DECLARE pair_descent(pair_choice pairs, const matrix<float>& start,
                                   const pair_descent_options& options, std::uint64_t seed,
                                   const execution& where);

    /// Iterations done.
    [[nodiscard]] std::int32_t iteration() const { return iteration_; }

    /// Iterations of all three phases.
    [[nodiscard]] std::int32_t iterations() const {
        return options_.iterations[0] + options_.iterations[1] + options_.iterations[2];
    }

    /// Runs `count` more iterations, but no more than iterations() in all.
    TOPOPRUNE_DECLARE void advance(std::int32_t count, const execution& where);

    /// samples x dimensions, in the order of the samples.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> positions() const;

    /// samples x dimensions: the derivative that the next iteration will descend on.
    TOPOPRUNE_DECLARE [[nodiscard]] matrix<double> gradient() const;

private:
    static constexpr std::uint64_t stream = 0x7061697273; // "pairs"
    static constexpr std::int32_t redraw_interval = 10;

    struct pair_weights {
        double near, mid_near, further;
    };

    [[nodiscard]] std::size_t place(std::int64_t sample) const {
        return static_cast<std::size_t>(order_.place_of[static_cast<std::size_t>(sample)]);
    }

    TOPOPRUNE_DECLARE [[nodiscard]] pair_weights weights() const;

    /// Whether the pairs are adjusted to the embedding in this iteration.
    [[nodiscard]] bool adjusts() const {
        return options_.nearby_distance && iteration_ > options_.iterations[0] + options_.iterations[1];
    }

    /// The gradient at the places of a group.
    template <class Lanes>
    void sum_forces(std::int64_t group, Lanes& own, Lanes& forces) const {
        const auto coordinates = static_cast<std::size_t>(dimensions_);
        const float* const first =
            positions_.data() + static_cast<std::size_t>(group * pair_lanes) * coordinates;
        for (std::size_t c = 0; c < coordinates; ++c) {
            forces[c].fill(0.0F);
            for (std::size_t lane = 0; lane < pair_lanes; ++lane)
                own[c][lane] = first[lane * coordinates + c];
        }
        const pair_weights weight = weights();
        const bool fading = adjusts();
        const double fade = fading ? *options_.nearby_distance / 2 : 1;
        add(near_, group, {static_cast<float>(20 * fade * weight.near), 11.0F, fading}, own.data(),
            forces.data());
        if (weight.mid_near != 0)
            add(mid_near_, group, {static_cast<float>(20000 * weight.mid_near), 10001.0F, false}, own.data(),
                forces.data());
        add(further_, group, {static_cast<float>(-2 * weight.further), 2.0F, false}, own.data(),
            forces.data());
    }

    void add(const pair_columns& pairs, std::int64_t group, const pair_force& force, const lane_values* own,
             lane_values* forces) const {
        const auto kernel = dimensions_ == 2 ? (force.fading ? add_forces<2, true> : add_forces<2, false>)
                                             : (force.fading ? add_forces<0, true> : add_forces<0, false>);
        kernel(positions_.data(), dimensions_, pairs.of_group(group), force, own, forces);
    }

    TOPOPRUNE_DECLARE void run_iteration(const execution& where);

    /// Replaces each further partner by the first of 100 draws that is nearby, no near partner and not drawn
    /// yet. If none is, it stays.
    TOPOPRUNE_DECLARE void redraw_further_pairs(const execution& where);

    TOPOPRUNE_DECLARE void redraw_further_pairs_of(std::int64_t i, std::uint64_t bits);

    pair_descent_options options_;
    std::int32_t dimensions_;
    random_stream random_;
    pair_order order_;
    pair_columns near_, mid_near_, further_;
    pair_table chosen_near_, chosen_further_; // kept only where further pairs are redrawn
    std::int32_t iteration_ = 0;
    std::vector<float> positions_, moved_;     // places x dimensions, before and after an iteration
    std::vector<lane_values> means_, squares_; // groups x dimensions: the moments of the gradient
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "pair_descent.ipp"
#endif
