// SPDX-License-Identifier: MIT
#pragma once

#include "../budget/class_budgets.hpp"

#include <cstdint>
#include <vector>

namespace topoprune {

/// What to do where fewer samples of a class pass the filter than its budget.
///   fill          draw the rest at random from those that the filter dropped
///   redistribute  give the rest to the other classes, as far as they hold it
///   stop          throw std::invalid_argument
enum class short_budget { fill, redistribute, stop };

/// Which subsets are wanted.
struct selection_request {
    /// One subset for each, in any order of sizes; each is inside every larger one.
    std::vector<budget_request> keep;
    class_shares shares = proportional_shares{};
    /// Of every class that has so many; >= 0.
    std::int64_t least_per_class = 0;
    /// Draw from all samples together, as if they were one class. Filters and scores still see the labels.
    bool one_pool = false;
    /// Rows that are kept whatever a filter says and count in the budget, those that are kept already among
    /// them; and rows that are never kept. No row is both.
    std::vector<std::int64_t> must_keep{};
    std::vector<std::int64_t> never_keep{};
    short_budget when_class_is_short = short_budget::fill;
};

} // namespace topoprune
