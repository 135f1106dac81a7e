// SPDX-License-Identifier: MIT
#pragma once

#include "edge_clock.hpp"

#include <algorithm>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::int32_t count_negative_samples(double rate, std::int32_t epoch,
                                                     std::int32_t negative_sample_rate) {
    // Whole numbers are kept in double: vectors of one width.
    const auto whole = [](double x) { return static_cast<double>(static_cast<std::int32_t>(x)); };
    const double n = epoch, negative_rate = negative_sample_rate * rate;
    const double earlier_samples = whole(n * rate) - 1;
    const auto one_if_positive = [](double x) { return std::min(std::max(x, 0.0), 1.0); };
    // The epoch of the last sample before: the least n with n r >= earlier_samples, which is the quotient
    // rounded down or one or, if that was too low, two more.
    double previous = whole(earlier_samples / rate);
    previous += one_if_positive(earlier_samples - whole(previous * rate));
    previous += one_if_positive(earlier_samples - whole(previous * rate));
    const double due = whole(n * negative_rate);
    const double is_later = one_if_positive(earlier_samples);
    const double due_before =
        is_later * whole(previous * negative_rate) + (1 - is_later) * one_if_positive(due);
    return static_cast<std::int32_t>(due - due_before);
}

} // namespace topoprune::detail
