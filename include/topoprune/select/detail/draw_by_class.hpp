// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/random.hpp"
#include "../selector.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// What selectors share: the way from a problem of many classes to one class and back.
namespace topoprune::detail {

/// One class of a problem.
struct class_draw {
    const selection_problem& problem;
    std::int64_t label = 0;
    /// Row numbers in a random order that belongs to the seed and to their ids. So the first among equals is
    /// any of them, not the first in the file; and sums over them are the same in whatever order the rows
    /// come.
    std::vector<std::int64_t> members;
    /// How many of them are to be kept, chosen ones included.
    std::int64_t budget = 0;

    [[nodiscard]] double score(std::int64_t i) const { return problem.scores[static_cast<std::size_t>(i)]; }
};

/// Of the random order of equals.
inline constexpr std::uint64_t tie_stream = 0x54494553ULL;

/// Sorts by ascending key(i), equal keys by id.
template <class Key>
void sort_by_key(std::vector<std::int64_t>& items, const selection_problem& problem, Key key) {
    std::sort(items.begin(), items.end(), [&](std::int64_t a, std::int64_t b) {
        const auto x = key(a), y = key(b);
        return x != y ? x < y : problem.id(a) < problem.id(b);
    });
}

/// Sorts by ascending key(i), equal keys in a random order that belongs to the seed and to their ids: rows
/// that stand together in a file are not kept or lost together.
template <class Key>
void sort_with_random_ties(std::vector<std::int64_t>& items, const selection_problem& problem,
                           const execution& where, Key key) {
    const random_stream random(where.seed(), tie_stream);
    const auto place = [&](std::int64_t i) { return random.bits(static_cast<std::uint64_t>(problem.id(i))); };
    std::sort(items.begin(), items.end(), [&](std::int64_t a, std::int64_t b) {
        const auto x = key(a), y = key(b);
        return x != y ? x < y : place(a) < place(b);
    });
}

/// Puts items into a random order that belongs to their ids: permanent random numbers (Brewer, Early, Joyce
/// 1972). The first b of the order are a uniform draw of b without replacement; the first b' > b contain
/// them; and a sample that is left out of the items changes nothing about the order of the others.
/// O(m log m).
inline void sort_at_random(std::vector<std::int64_t>& items, const selection_problem& problem,
                           const random_stream& random) {
    sort_by_key(items, problem,
                [&](std::int64_t i) { return random.bits(static_cast<std::uint64_t>(problem.id(i))); });
}

/// Fills a selection class by class, in parallel. order(class_draw) gives members of the class, none twice,
/// in the order in which they are wanted; chosen samples may be left out of it, they are kept first. It must
/// name `budget` of them with the chosen, and the first that fit the budget are kept.
template <class Order>
[[nodiscard]] selection draw_by_class(const selection_problem& problem, std::string_view function,
                                      const execution& where, Order order) {
    check_selection_problem(problem, function);
    const auto n = static_cast<std::size_t>(problem.classes.samples());
    selection result{{}, std::vector<std::int32_t>(n, 0), std::vector<std::int64_t>(n, -1)};
    const random_stream ties(where.seed(), tie_stream);
    std::atomic<std::int64_t> done{0};
    where.parallel_for(problem.classes.count(), [&](std::int64_t c) {
        where.check_interruption();
        const auto members = problem.classes.members(c);
        class_draw draw{problem,
                        problem.classes.label(c),
                        {members.begin(), members.end()},
                        problem.budgets[static_cast<std::size_t>(c)]};
        sort_at_random(draw.members, problem, ties);
        std::int64_t rank = 0;
        const auto keep = [&](std::int64_t i) { result.rank[static_cast<std::size_t>(i)] = rank++; };
        std::vector<std::int64_t> chosen;
        std::copy_if(members.begin(), members.end(), std::back_inserter(chosen),
                     [&](std::int64_t i) { return problem.is_chosen(i); });
        sort_by_key(chosen, problem, [](std::int64_t) { return 0; });
        for (const std::int64_t i : chosen)
            keep(i);
        if (rank < draw.budget)
            for (const std::int64_t i : order(std::as_const(draw))) {
                if (rank == draw.budget)
                    break;
                if (!problem.is_chosen(i))
                    keep(i);
            }
        require(rank == draw.budget, function, "the number of samples drawn of a class", rank, "its budget,",
                draw.budget);
        where.report_progress("selection", ++done, problem.classes.count());
    });
    for (std::size_t i = 0; i < n; ++i)
        if (result.rank[i] >= 0)
            result.kept.push_back(static_cast<std::int64_t>(i));
    return result;
}

} // namespace topoprune::detail
