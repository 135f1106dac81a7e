// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

namespace topoprune::detail {

/// When an edge is sampled, and with how many negative samples, without any state.
///
/// An edge of rate r = weight / largest weight, 0 < r <= 1, is due at the multiples of 1 / r epochs, hence
/// sampled in the epochs n = 1, 2, ... where floor(n r) steps up (epochs count from 0, where none is). With s
/// negative samples per sample, they are due at the multiples of 1 / (s r) from the second one on: an edge
/// sampled in epoch n has by then had floor(n s r) - 1 of them. These are the counts of umap-learn, whose s
/// is thus a rate and not a number per sample.
[[nodiscard]] inline bool is_sampled(double rate, std::int32_t epoch) {
    return static_cast<std::int32_t>(epoch * rate) > static_cast<std::int32_t>((epoch - 1) * rate);
}

/// Negative samples of an edge in an epoch where it is sampled. Without branches or calls, so that a loop
/// over edges becomes vector code.
[[nodiscard]] inline std::int32_t count_negative_samples(double rate, std::int32_t epoch,
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
