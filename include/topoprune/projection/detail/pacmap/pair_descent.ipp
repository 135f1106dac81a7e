// SPDX-License-Identifier: MIT
#pragma once

#include "pair_descent.hpp"

#include "../../../core/checks.hpp"
#include "chooser_lists.hpp"
#include "nearby_draws.hpp"
#include "pacmap_pairs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace topoprune::detail {

TOPOPRUNE_DEFINE pair_descent::pair_descent(pair_choice pairs, const matrix<float>& start,
                                            const pair_descent_options& options, std::uint64_t seed,
                                            const execution& where)
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
        std::copy_n(start.data() + i * dimensions_, coordinates, positions_.data() + place(i) * coordinates);
    moved_ = positions_;
    means_.assign(places / pair_lanes * coordinates, lane_values{});
    squares_ = means_;
    if (options_.nearby_distance) {
        chosen_near_ = std::move(pairs.near);
        chosen_further_ = std::move(pairs.further);
    }
}

TOPOPRUNE_DEFINE void pair_descent::advance(std::int32_t count, const execution& where) {
    const std::int32_t last = iteration_ + std::clamp(count, 0, iterations() - iteration_);
    for (; iteration_ < last; ++iteration_) {
        where.report_progress("layout", iteration_, iterations());
        run_iteration(where);
    }
    if (iteration_ == iterations())
        where.report_progress("layout", iteration_, iterations());
}

TOPOPRUNE_DEFINE matrix<double> pair_descent::positions() const {
    matrix<double> result(order_.samples(), dimensions_);
    for (std::int64_t i = 0; i < result.rows(); ++i)
        for (std::int32_t c = 0; c < dimensions_; ++c)
            result(i, c) = static_cast<double>(
                positions_[place(i) * static_cast<std::size_t>(dimensions_) + static_cast<std::size_t>(c)]);
    return result;
}

TOPOPRUNE_DEFINE matrix<double> pair_descent::gradient() const {
    matrix<double> result(order_.samples(), dimensions_);
    std::array<lane_values, most_pair_dimensions> own, forces;
    for (std::int64_t group = 0; group < order_.groups(); ++group) {
        sum_forces(group, own, forces);
        for (std::size_t lane = 0; lane < pair_lanes; ++lane)
            if (const std::int32_t i = order_.sample_at[static_cast<std::size_t>(group * pair_lanes) + lane];
                i >= 0)
                for (std::int32_t c = 0; c < dimensions_; ++c)
                    result(i, c) = static_cast<double>(forces[static_cast<std::size_t>(c)][lane]);
    }
    return result;
}

TOPOPRUNE_DEFINE pair_descent::pair_weights pair_descent::weights() const {
    constexpr double first_mid_near = 1000, last_mid_near = 3;
    if (iteration_ < options_.iterations[0]) {
        const double done = iteration_ / static_cast<double>(options_.iterations[0]);
        return {2, (1 - done) * first_mid_near + done * last_mid_near, 1};
    }
    if (iteration_ < options_.iterations[0] + options_.iterations[1])
        return {3, last_mid_near, 1};
    return {1, 0, 1};
}

TOPOPRUNE_DEFINE void pair_descent::run_iteration(const execution& where) {
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
            float* const first = moved_.data() + static_cast<std::size_t>(group * pair_lanes) * coordinates;
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

TOPOPRUNE_DEFINE void pair_descent::redraw_further_pairs(const execution& where) {
    const random_stream random = random_.child(static_cast<std::uint64_t>(iteration_));
    where.parallel_ranges(order_.samples(), 256, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            redraw_further_pairs_of(i, random.bits(static_cast<std::uint64_t>(i)));
    });
    further_ = pair_columns(chosen_further_, chooser_lists(chosen_further_, where), order_, where);
}

TOPOPRUNE_DEFINE void pair_descent::redraw_further_pairs_of(std::int64_t i, std::uint64_t bits) {
    constexpr std::uint32_t most_attempts = 100;
    const auto largest_squared = static_cast<float>(*options_.nearby_distance * *options_.nearby_distance);
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

} // namespace topoprune::detail
