// SPDX-License-Identifier: MIT
// A selector of one's own: no chance, the samples at evenly spaced ranks of the score.
#include "rings.hpp"

#include <topoprune/topoprune.hpp>

#include <algorithm>
#include <iostream>

using namespace topoprune;

/// Of a class of n samples with budget b, sorted by their score, keeps those in the middle of b equal shares.
/// O(n log n).
struct evenly_spaced {
    [[nodiscard]] selection select(const selection_problem& problem, const execution&) const {
        check_selection_problem(problem, "evenly_spaced");
        selection result{{}, std::vector<std::int32_t>(problem.scores.size(), 0)};
        for (std::int64_t c = 0; c < problem.classes.count(); ++c) {
            const auto members = problem.classes.members(c);
            std::vector<std::int64_t> ranked(members.begin(), members.end());
            std::ranges::stable_sort(
                ranked, {}, [&](std::int64_t i) { return problem.scores[static_cast<std::size_t>(i)]; });
            const std::int64_t budget = problem.budgets[static_cast<std::size_t>(c)];
            for (std::int64_t b = 0; b < budget; ++b)
                result.kept.push_back(
                    ranked[static_cast<std::size_t>((2 * b + 1) * std::ssize(ranked) / (2 * budget))]);
        }
        std::ranges::sort(result.kept);
        return result;
    }
};

static_assert(Selector<evenly_spaced>);

int main() {
    const two_rings data;
    const pruner own{.projection = pca{}, .selector = evenly_spaced{}};
    const auto keep = [&](std::uint64_t seed) {
        return own.select(data.features, data.labels, keep_fraction{0.25}, {.seed = seed}).kept;
    };
    std::cout << "kept " << keep(1).size() << " of " << data.labels.size() << '\n'
              << "the seed matters: " << (keep(1) == keep(2) ? "no" : "yes") << '\n';
}

// Prints
//   kept 100 of 400
//   the seed matters: no
