// SPDX-License-Identifier: MIT
#pragma once

#include "checks.hpp"
#include "stored_view.hpp"

#include <cstdint>
#include <span>

namespace topoprune {

/// What the numbers of a classifier's output are: probabilities, or what the softmax makes probabilities of.
enum class output_unit { logits, probabilities };

/// What a classifier said of every sample after each epoch of its training. A view: the caller keeps the
/// memory.
struct training_dynamics {
    /// epochs x samples x classes, the class running fastest; column j belongs to label j.
    stored_view<std::span<const float>> values{};
    std::int64_t epochs = 0;
    std::int64_t samples = 0;
    std::int64_t classes = 0;
    output_unit unit = output_unit::logits;

    [[nodiscard]] bool empty() const { return values.empty(); }
    [[nodiscard]] std::span<const float> at(std::int64_t epoch, std::int64_t sample) const {
        return values.subspan(static_cast<std::size_t>((epoch * samples + sample) * classes),
                              static_cast<std::size_t>(classes));
    }
};

} // namespace topoprune
