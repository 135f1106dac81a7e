// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../core/execution.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace topoprune::detail {

/// For each of n samples the `width` nearest others found so far, ascending by comparison value, none twice.
/// An entry is fresh until it has taken part in a join; then it is kept as ~id. A sample belongs to one task
/// at a time; 8 width bytes a sample.
class link_lists {
public:
    link_lists(std::int64_t samples, std::int64_t width)
        : width_(static_cast<std::size_t>(width)),
          values_(static_cast<std::size_t>(samples) * width_, std::numeric_limits<float>::infinity()),
          entries_(static_cast<std::size_t>(samples) * width_, nobody) {}

    static constexpr std::int32_t nobody = std::numeric_limits<std::int32_t>::max();

    [[nodiscard]] static bool is_fresh(std::int32_t entry) { return entry >= 0; }
    [[nodiscard]] static std::int32_t id_of(std::int32_t entry) { return entry ^ (entry >> 31); }

    [[nodiscard]] std::int64_t width() const { return static_cast<std::int64_t>(width_); }
    [[nodiscard]] std::span<const std::int32_t> entries_of(std::int64_t sample) const {
        return {entries_.data() + static_cast<std::size_t>(sample) * width_, width_};
    }
    [[nodiscard]] std::span<const float> values_of(std::int64_t sample) const {
        return {values_.data() + static_cast<std::size_t>(sample) * width_, width_};
    }

    /// The value that a newcomer must fall below; infinite while the list is not full.
    [[nodiscard]] float threshold(std::int64_t sample) const {
        return values_[static_cast<std::size_t>(sample) * width_ + width_ - 1];
    }

    TOPOPRUNE_DECLARE void offer(std::int64_t sample, float value, std::int32_t id);

    [[nodiscard]] bool any_fresh() const { return std::any_of(entries_.begin(), entries_.end(), is_fresh); }

    TOPOPRUNE_DECLARE void mark_joined(const execution& where);

private:
    std::size_t width_;
    std::vector<float> values_;
    std::vector<std::int32_t> entries_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "link_lists.ipp"
#endif
