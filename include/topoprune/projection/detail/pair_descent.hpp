// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "../../core/execution.hpp"
#include "../../core/matrix.hpp"
#include "../../core/random.hpp"
#include "chooser_lists.hpp"
#include "nearby_draws.hpp"
#include "pacmap_pairs.hpp"
#include "pair_columns.hpp"
#include "pair_forces.hpp"
#include "pair_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
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
    pair_descent(pair_choice pairs, const matrix<float>& start, const pair_descent_options& options,
                 std::uint64_t seed, const execution& where)
        : options_(options), dimensions_(static_cast<std::int32_t>(start.cols())), random_(seed, stream) {
        require(start.rows() == pairs.near.samples, "pair_descent", "rows of the start", start.rows(),
                "the number of samples,", pairs.near.samples);
        require(dimensions_ >= 1 && dimensions_ <= most_pair_dimensions, "pair_descent", "dimensions",
                dimensions_, "at least 1 and at most", most_pair_dimensions);
        const chooser_lists near(pairs.near, where), further(pairs.further, where);
        order_ = pair_order(near, further, start.rows());
        near_ = pair_columns(pairs.near, near, order_, where);
        further_ = pair_columns(pairs.further, further, order_, where);
        mid_near_ = pair_columns(pairs.mid_near, chooser_lists(pairs.mid_near, where), order_, where);

        const auto coordinates = static_cast<std::size_t>(dimensions_);
        const std::size_t places = order_.sample_at.size();
        positions_.assign(places * coordinates, 0.0F);
        for (std::int64_t i = 0; i < start.rows(); ++i)
            std::copy_n(start.data() + i * dimensions_, coordinates,
                        positions_.data() + place(i) * coordinates);
        moved_ = positions_;
        means_.assign(places / pair_lanes * coordinates, lane_values{});
        squares_ = means_;
        if (options_.nearby_distance) {
            chosen_near_ = std::move(pairs.near);
            chosen_further_ = std::move(pairs.further);
        }
    }

    /// Iterations done.
    [[nodiscard]] std::int32_t iteration() const { return iteration_; }

    /// Iterations of all three phases.
    [[nodiscard]] std::int32_t iterations() const {
        return options_.iterations[0] + options_.iterations[1] + options_.iterations[2];
    }

    /// Runs `count` more iterations, but no more than iterations() in all.
    void advance(std::int32_t count, const execution& where) {
        const std::int32_t last = iteration_ + std::clamp(count, 0, iterations() - iteration_);
        for (; iteration_ < last; ++iteration_) {
            where.report_progress("layout", iteration_, iterations());
            run_iteration(where);
        }
        if (iteration_ == iterations())
            where.report_progress("layout", iteration_, iterations());
    }

    /// samples x dimensions, in the order of the samples.
    [[nodiscard]] matrix<double> positions() const {
        matrix<double> result(order_.samples(), dimensions_);
        for (std::int64_t i = 0; i < result.rows(); ++i)
            for (std::int32_t c = 0; c < dimensions_; ++c)
                result(i, c) =
                    static_cast<double>(positions_[place(i) * static_cast<std::size_t>(dimensions_) +
                                                   static_cast<std::size_t>(c)]);
        return result;
    }

    /// samples x dimensions: the derivative that the next iteration will descend on.
    [[nodiscard]] matrix<double> gradient() const {
        matrix<double> result(order_.samples(), dimensions_);
        std::array<lane_values, most_pair_dimensions> own, forces;
        for (std::int64_t group = 0; group < order_.groups(); ++group) {
            sum_forces(group, own, forces);
            for (std::size_t lane = 0; lane < pair_lanes; ++lane)
                if (const std::int32_t i =
                        order_.sample_at[static_cast<std::size_t>(group * pair_lanes) + lane];
                    i >= 0)
                    for (std::int32_t c = 0; c < dimensions_; ++c)
                        result(i, c) = static_cast<double>(forces[static_cast<std::size_t>(c)][lane]);
        }
        return result;
    }

private:
    static constexpr std::uint64_t stream = 0x7061697273; // "pairs"
    static constexpr std::int32_t redraw_interval = 10;

    struct pair_weights {
        double near, mid_near, further;
    };

    [[nodiscard]] std::size_t place(std::int64_t sample) const {
        return static_cast<std::size_t>(order_.place_of[static_cast<std::size_t>(sample)]);
    }

    [[nodiscard]] pair_weights weights() const {
        constexpr double first_mid_near = 1000, last_mid_near = 3;
        if (iteration_ < options_.iterations[0]) {
            const double done = iteration_ / static_cast<double>(options_.iterations[0]);
            return {2, (1 - done) * first_mid_near + done * last_mid_near, 1};
        }
        if (iteration_ < options_.iterations[0] + options_.iterations[1])
            return {3, last_mid_near, 1};
        return {1, 0, 1};
    }

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

    void run_iteration(const execution& where) {
        constexpr std::int64_t groups_of_a_task = 32;
        constexpr double mean_decay = 0.9, square_decay = 0.999;
        const double step = iteration_ + 1;
        const auto rate =
            static_cast<float>(options_.learning_rate * std::sqrt(1 - std::pow(square_decay, step)) /
                               (1 - std::pow(mean_decay, step)));
        const auto coordinates = static_cast<std::size_t>(dimensions_);
        where.parallel_ranges(order_.groups(), groups_of_a_task, [&](std::int64_t begin, std::int64_t end) {
            std::array<lane_values, most_pair_dimensions> own, forces;
            for (std::int64_t group = begin; group < end; ++group) {
                sum_forces(group, own, forces);
                float* const first =
                    moved_.data() + static_cast<std::size_t>(group * pair_lanes) * coordinates;
                for (std::size_t c = 0; c < coordinates; ++c) {
                    const std::size_t moment = static_cast<std::size_t>(group) * coordinates + c;
                    move_by_adam(forces[c], rate, means_[moment], squares_[moment], own[c]);
                    for (std::size_t lane = 0; lane < pair_lanes; ++lane)
                        first[lane * coordinates + c] = own[c][lane];
                }
            }
        });
        positions_.swap(moved_);
        if (adjusts() && iteration_ % redraw_interval == 0)
            redraw_further_pairs(where);
    }

    /// Replaces each further partner by the first of 100 draws that is nearby, no near partner and not drawn
    /// yet. If none is, it stays.
    void redraw_further_pairs(const execution& where) {
        const random_stream random = random_.child(static_cast<std::uint64_t>(iteration_));
        where.parallel_ranges(order_.samples(), 256, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                redraw_further_pairs_of(i, random.bits(static_cast<std::uint64_t>(i)));
        });
        further_ = pair_columns(chosen_further_, chooser_lists(chosen_further_, where), order_, where);
    }

    void redraw_further_pairs_of(std::int64_t i, std::uint64_t bits) {
        constexpr std::uint32_t most_attempts = 100;
        const auto largest_squared =
            static_cast<float>(*options_.nearby_distance * *options_.nearby_distance);
        const auto samples = static_cast<std::uint32_t>(order_.samples());
        const float* const own = positions_.data() + place(i) * static_cast<std::size_t>(dimensions_);
        const auto draw = dimensions_ == 2 ? draw_places<2> : draw_places<0>;
        const auto partners = chosen_further_.of(i);
        std::vector<std::int32_t> drawn;
        drawn.reserve(partners.size());
        nearby_draws draws{};
        std::uint32_t next = 0; // draw
        for (std::int32_t& partner : partners)
            for (const std::uint32_t last = next + most_attempts; next < last;) {
                const std::uint32_t at = next % draws_at_once;
                if (at == 0)
                    draw(bits, next, samples, own, positions_.data(), dimensions_, largest_squared, draws);
                const std::uint32_t left = draws.nearby >> at;
                if (left == 0) { // on to the next draws, or to where the attempts end among these
                    next = std::min(last, next + draws_at_once - at);
                    continue;
                }
                next += static_cast<std::uint32_t>(std::countr_zero(left));
                if (next >= last) {
                    next = last;
                    break;
                }
                const std::int32_t id =
                    order_.sample_at[static_cast<std::size_t>(draws.places[next % draws_at_once])];
                ++next;
                if (id != i && !contains(drawn, id) && !contains(chosen_near_.of(i), id)) {
                    drawn.push_back(partner = id);
                    break;
                }
            }
    }

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
