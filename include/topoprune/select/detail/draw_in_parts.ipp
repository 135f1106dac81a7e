// SPDX-License-Identifier: MIT
#pragma once

#include "draw_in_parts.hpp"

#include "representatives.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace topoprune::detail {

TOPOPRUNE_DEFINE similarity_rows rows_of(const class_draw& draw, std::span<const std::size_t> places) {
    std::vector<std::int64_t> members;
    members.reserve(places.size());
    for (const std::size_t place : places)
        members.push_back(draw.members[place]);
    return similarity_rows(draw.problem.features, members);
}

/// The gains among the members in some places, and which of them come next.
class part_draw {
public:
    part_draw(const class_draw& draw, std::span<const std::size_t> places, const covered_measure& measure)
        : places_(places), gains_(kernel_rows(draw, places, measure), weights_of(places, measure)) {}

    /// Takes those that are taken already, then more until there are `count`: places with their gains.
    [[nodiscard]] std::vector<std::pair<std::int64_t, std::size_t>>
    take(std::span<const std::uint8_t> taken, std::int64_t count, const execution& where) {
        std::int64_t given = 0;
        for (std::size_t at = 0; at < places_.size(); ++at)
            if (taken[places_[at]] != 0) {
                gains_.take(at);
                ++given;
            }
        std::vector<std::pair<std::int64_t, std::size_t>> order;
        take_lazily(
            given, std::min(std::ssize(places_), given + count), gains_,
            [&](std::size_t at, std::int64_t gain) {
                gains_.take(at);
                order.emplace_back(gain, places_[at]);
            },
            where);
        return order;
    }

private:
    [[nodiscard]] static similarity_rows
    kernel_rows(const class_draw& draw, std::span<const std::size_t> places, const covered_measure& measure) {
        similarity_rows rows = rows_of(draw, places);
        return measure.bandwidth > 0 ? std::move(rows).with_kernel(measure.bandwidth) : rows;
    }
    [[nodiscard]] static std::vector<std::int32_t> weights_of(std::span<const std::size_t> places,
                                                              const covered_measure& measure) {
        std::vector<std::int32_t> weights;
        if (!measure.weights.empty())
            for (const std::size_t place : places)
                weights.push_back(measure.weights[place]);
        return weights;
    }

    std::span<const std::size_t> places_;
    coverage_gains gains_;
};

/// Places of `count` random members of the class and of what is taken, ascending. What is drawn belongs to
/// the ids.
inline std::vector<std::size_t> overview_places(const class_draw& draw, std::int64_t count,
                                                std::span<const std::uint8_t> taken, const execution& where) {
    constexpr std::uint64_t stream = 0x5041525453ULL;
    const random_stream random =
        random_stream(where.seed(), stream).child(static_cast<std::uint64_t>(draw.label));
    const auto key = [&](std::size_t place) {
        return random.bits(static_cast<std::uint64_t>(draw.problem.id(draw.members[place])));
    };
    std::vector<std::size_t> places(draw.members.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    const auto drawn = places.begin() + std::min(count, std::ssize(places));
    std::nth_element(places.begin(), drawn, places.end(), [&](std::size_t a, std::size_t b) {
        const std::uint64_t x = key(a), y = key(b);
        return x != y ? x < y : a < b;
    });
    places.erase(std::remove_if(drawn, places.end(), [&](std::size_t place) { return taken[place] == 0; }),
                 places.end());
    std::sort(places.begin(), places.end());
    return places;
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> order_in_parts(const class_draw& draw, const class_parts& parts,
                                                          const large_classes& large,
                                                          const covered_measure& measure,
                                                          const execution& where) {
    std::vector<std::uint8_t> taken(draw.members.size(), 0);
    std::vector<std::int64_t> order;
    const auto take = [&](std::size_t place) {
        taken[place] = 1;
        order.push_back(draw.members[place]);
    };
    for (std::size_t place = 0; place < draw.members.size(); ++place)
        if (draw.problem.is_chosen(draw.members[place]))
            take(place);
    const std::int64_t first = std::min(draw.budget, large.in_overview());
    if (std::ssize(order) < first) {
        const std::vector<std::size_t> places = overview_places(draw, large.most_compared, taken, where);
        for (const auto& [gain, place] :
             part_draw(draw, places, measure).take(taken, first - std::ssize(order), where))
            take(place);
    }
    const std::int64_t more = draw.budget - std::ssize(order);
    if (more <= 0)
        return order;
    std::vector<std::vector<std::pair<std::int64_t, std::size_t>>> of_parts(parts.size());
    where.parallel_for(std::ssize(parts), [&](std::int64_t at) {
        where.check_interruption();
        const auto p = static_cast<std::size_t>(at);
        of_parts[p] = part_draw(draw, parts[p], measure).take(taken, more, where);
    });
    // Gains never grow along a part: to sort is to take the part that gains most again and again.
    std::vector<std::tuple<std::int64_t, std::size_t, std::size_t>> steps;
    for (std::size_t p = 0; p < parts.size(); ++p)
        for (std::size_t step = 0; step < of_parts[p].size(); ++step)
            steps.emplace_back(-of_parts[p][step].first, step, p);
    std::partial_sort(steps.begin(), steps.begin() + more, steps.end());
    for (std::int64_t at = 0; at < more; ++at) {
        const auto& [gain, step, p] = steps[static_cast<std::size_t>(at)];
        take(of_parts[p][step].second);
    }
    return order;
}

} // namespace topoprune::detail
