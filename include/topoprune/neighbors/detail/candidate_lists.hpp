// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace topoprune::detail {

/// For each of n samples the `width` others with the least comparison values seen so far, ascending. A sample
/// belongs to one task at a time; 8 width + 4 bytes a sample.
class candidate_lists {
public:
    candidate_lists(std::int64_t samples, std::int64_t width)
        : width_(static_cast<std::size_t>(width)),
          values_(static_cast<std::size_t>(samples) * width_, std::numeric_limits<float>::infinity()),
          ids_(static_cast<std::size_t>(samples) * width_, -1),
          thresholds_(static_cast<std::size_t>(samples), std::numeric_limits<float>::infinity()) {}

    /// The value that a newcomer must fall below, per sample; infinite while the list is not full.
    [[nodiscard]] const float* thresholds() const { return thresholds_.data(); }

    [[nodiscard]] std::span<const std::int32_t> ids_of(std::int64_t sample) const {
        return {ids_.data() + static_cast<std::size_t>(sample) * width_, width_};
    }

    void offer(std::int64_t sample, float value, std::int32_t id) {
        const auto at = static_cast<std::size_t>(sample);
        if (!(value < thresholds_[at]))
            return;
        float* values = values_.data() + at * width_;
        std::int32_t* ids = ids_.data() + at * width_;
        std::size_t place = width_ - 1;
        for (; place > 0 && value < values[place - 1]; --place) {
            values[place] = values[place - 1];
            ids[place] = ids[place - 1];
        }
        values[place] = value;
        ids[place] = id;
        thresholds_[at] = values[width_ - 1];
    }

private:
    std::size_t width_;
    std::vector<float> values_;
    std::vector<std::int32_t> ids_;
    std::vector<float> thresholds_;
};

} // namespace topoprune::detail
