// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>

namespace topoprune::detail {

/// Whether a classifier gets a sample right: no output is larger than that of its label. An output as large
/// as the largest is no error, whatever column it stands in: nothing speaks against the label. For logits,
/// probabilities and scores of c classes alike. O(c).
template <std::floating_point T>
[[nodiscard]] bool is_right(std::span<const T> outputs, std::size_t label) {
    return std::none_of(outputs.begin(), outputs.end(), [&](T output) { return output > outputs[label]; });
}

} // namespace topoprune::detail
