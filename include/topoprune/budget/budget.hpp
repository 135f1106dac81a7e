// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace topoprune {

/// Keep this share of all samples, in (0, 1]; the count is rounded to the nearest, at least 1.
struct keep_fraction {
    double value = 1;

    friend bool operator==(const keep_fraction&, const keep_fraction&) = default;
};

/// Keep this many samples, from 1 to n.
struct keep_count {
    std::int64_t value = 0;

    friend bool operator==(const keep_count&, const keep_count&) = default;
};

/// How many samples to keep. It counts against all samples, also those that a filter drops.
using budget = std::variant<keep_fraction, keep_count>;

/// The number of samples that a budget keeps of n. Throws std::invalid_argument outside the ranges above.
TOPOPRUNE_DECLARE [[nodiscard]] std::int64_t kept_total(const budget& keep, std::int64_t n);

/// Divides `total` in proportion to `sizes` by largest remainder (Hamilton): every part is its exact quota
/// rounded down or up, and they add up to `total` exactly. Equal remainders go to the earlier part. No part
/// is larger than its size if total <= sum of the sizes. O(c log c), exact in integers for n < 2^31.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
largest_remainder(std::int64_t total, std::span<const std::int64_t> sizes);

/// The budget of every class, in proportion to its number of samples.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> class_budgets(const budget& keep,
                                                                        const class_partition& classes);

/// Divides `total` evenly over bins of the given sizes, no bin beyond its size and, where `least` is given,
/// none below its least: all bins are filled to one common level, as far as they hold it, and what is then
/// left is given one by one to the largest (Zheng et al. 2023, coverage-centric selection). The parts add up
/// to `total` exactly. O(c log n). Throws std::invalid_argument if the bins hold less or their leasts are
/// more.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
water_fill(std::int64_t total, std::span<const std::int64_t> sizes, std::span<const std::int64_t> least = {});

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "budget.ipp"
#endif
