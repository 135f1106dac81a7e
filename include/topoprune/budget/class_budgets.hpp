// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "budget.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace topoprune {

/// Keep this many samples of every class, all of a smaller one; >= 0.
struct keep_per_class {
    std::int64_t value = 0;

    friend bool operator==(const keep_per_class&, const keep_per_class&) = default;
};

/// Keep so many samples of the classes listed by label, none of the others.
struct keep_quota {
    std::vector<std::pair<std::int64_t, std::int64_t>> of_label;

    friend bool operator==(const keep_quota&, const keep_quota&) = default;
};

/// How many samples to keep, together or class by class.
using budget_request = std::variant<keep_fraction, keep_count, keep_per_class, keep_quota>;

/// Shares in proportion to the sizes of the classes.
struct proportional_shares {};

/// Equal shares, as far as the classes hold them.
struct balanced_shares {};

/// Shares in proportion to 1 - accuracy, as far as the classes hold them (Vysogorets, Ahuja, Kempe 2025,
/// DRoP): hard classes are pruned less. accuracy: one for each class in ascending order of the labels, in
/// [0, 1], on samples that the classifier was not trained on.
struct error_shares {
    std::vector<double> accuracy;
};

/// How a total is divided among the classes; for keep_fraction and keep_count, the others say it themselves.
using class_shares = std::variant<proportional_shares, balanced_shares, error_shares>;

/// Divides `total` in proportion to `weights`, no part below its `least` or above its `most`, by largest
/// remainder: parts at a bound are settled and the rest is divided anew, until no bound is broken; what is
/// left has quotas rounded down or up. The parts add up to `total` exactly. Where the weights of the
/// unsettled are all 0 they count as equal. Without bounds that bind it is largest_remainder(total, weights).
/// weights >= 0; total and the sum of the weights below 2^31. O(c^2 log c) at most. Throws
/// std::invalid_argument if total is below the sum of least or above that of most.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
bounded_shares(std::int64_t total, std::span<const std::int64_t> weights, std::span<const std::int64_t> least,
               std::span<const std::int64_t> most);

/// What bounds the budget of each class: how many are chosen already, how many can be had, and what the user
/// wants at least (of classes that have so many).
struct class_bounds {
    std::vector<std::int64_t> chosen;
    std::vector<std::int64_t> available;
    std::int64_t least_per_class = 0;
};

namespace detail {

TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> share_weights(const class_shares& shares,
                                                                        const class_partition& classes);

} // namespace detail

/// The budget of every class. A total is divided by `shares`; the bounds hold whatever was asked. The parts
/// of a total add up to it exactly. Throws std::invalid_argument if the bounds cannot be met.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> class_budgets(const budget_request& keep,
                                                                        const class_shares& shares,
                                                                        const class_partition& classes,
                                                                        const class_bounds& bounds);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "class_budgets.ipp"
#endif
