// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace topoprune {

/// What became of a sample, and why.
///   kept           drawn by the selector
///   pruned         scored, but not drawn
///   misclassified  dropped by the filter `misclassified` or `noise_adapted`: the classifier gets it wrong
///   filled         dropped by the filter, then taken back because its class had too few others
///   filtered       dropped by another filter
///   required       kept because it must be
///   excluded       left out because it must be
enum class sample_reason : std::uint8_t { kept, pruned, misclassified, filled, filtered, required, excluded };

/// Whether a sample of this reason is in the subset.
[[nodiscard]] constexpr bool is_kept(sample_reason reason) {
    return reason == sample_reason::kept || reason == sample_reason::filled ||
           reason == sample_reason::required;
}

[[nodiscard]] constexpr std::string_view reason_name(sample_reason reason) {
    constexpr std::array<std::string_view, 7> names{"kept",     "pruned",   "misclassified", "filled",
                                                    "filtered", "required", "excluded"};
    return names[static_cast<std::size_t>(reason)];
}

/// The answer: which samples to train on.
struct subset {
    /// Row numbers of the input, ascending.
    std::vector<std::int64_t> kept;
    /// One per sample of the input.
    std::vector<sample_reason> reasons;

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(kept.size()); }
};

} // namespace topoprune
