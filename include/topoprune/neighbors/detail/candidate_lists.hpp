// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace topoprune::detail {

/// For each of n samples the `width` others with the least comparison values of all that were offered, equal
/// values by id. Newcomers are appended, and the list is cut back to its `width` least when it is full: a few
/// operations a newcomer, whatever the width. A sample belongs to one task at a time.
/// 8 (width + 64) + 8 bytes a sample.
class candidate_lists {
public:
    candidate_lists(std::int64_t samples, std::int64_t width)
        : width_(static_cast<std::size_t>(width)), room_(width_ + newcomers),
          entries_(static_cast<std::size_t>(samples) * room_), sizes_(static_cast<std::size_t>(samples), 0),
          thresholds_(static_cast<std::size_t>(samples) + padding, -std::numeric_limits<float>::infinity()) {
        std::fill_n(thresholds_.begin(), samples, std::numeric_limits<float>::infinity());
    }

    /// The value that a newcomer must fall below, per sample; infinite until `width` are known. All that were
    /// offered and are not in the list have at least this value. A vector beyond the last, nothing is below.
    [[nodiscard]] const float* thresholds() const { return thresholds_.data(); }

    void offer(std::int64_t sample, float value, std::int32_t id) {
        const auto at = static_cast<std::size_t>(sample);
        if (!(value < thresholds_[at]))
            return;
        entries_[at * room_ + sizes_[at]] = entry_of(value, id);
        if (++sizes_[at] == room_)
            cut(at);
    }

    struct candidate {
        float value;
        std::int32_t id;
    };

    /// The list of a sample, `width` or fewer, ascending by (value, id).
    TOPOPRUNE_DECLARE void take(std::int64_t sample, std::vector<candidate>& list);

private:
    static constexpr std::size_t newcomers = 64;
    static constexpr std::size_t padding = 64;

    /// Integers in the order of (value, id): the bits of a float ascend with it once those of a negative one
    /// are inverted and the sign of others is set.
    static std::uint64_t entry_of(float value, std::int32_t id) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        const std::uint32_t ascending = bits ^ ((bits >> 31) != 0 ? 0xffffffffU : 0x80000000U);
        return std::uint64_t{ascending} << 32 | static_cast<std::uint32_t>(id);
    }
    static float value_of(std::uint64_t entry) {
        const auto ascending = static_cast<std::uint32_t>(entry >> 32);
        return std::bit_cast<float>(ascending ^ ((ascending >> 31) != 0 ? 0x80000000U : 0xffffffffU));
    }

    void cut(std::size_t at) {
        std::uint64_t* first = entries_.data() + at * room_;
        std::nth_element(first, first + (width_ - 1), first + sizes_[at]);
        sizes_[at] = static_cast<std::uint32_t>(width_);
        thresholds_[at] = value_of(first[width_ - 1]);
    }

    std::size_t width_;
    std::size_t room_;
    std::vector<std::uint64_t> entries_;
    std::vector<std::uint32_t> sizes_;
    std::vector<float> thresholds_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "candidate_lists.ipp"
#endif
