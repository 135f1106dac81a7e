// SPDX-License-Identifier: MIT
#pragma once

#include "checks.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// The samples of each class. Classes are numbered 0 .. count() - 1 in ascending order of their labels; the
/// members of a class are row numbers, ascending. O(n log c) time, 8 bytes a sample.
class class_partition {
public:
    class_partition() = default;

    /// labels: n, any values.
    explicit class_partition(std::span<const std::int64_t> labels) : labels_(labels.begin(), labels.end()) {
        std::sort(labels_.begin(), labels_.end());
        labels_.erase(std::unique(labels_.begin(), labels_.end()), labels_.end());
        class_of_.reserve(labels.size());
        begins_.assign(labels_.size() + 1, 0);
        for (const std::int64_t label : labels) {
            const auto at = std::lower_bound(labels_.begin(), labels_.end(), label) - labels_.begin();
            class_of_.push_back(static_cast<std::int32_t>(at));
            ++begins_[static_cast<std::size_t>(at) + 1];
        }
        for (std::size_t c = 1; c < begins_.size(); ++c)
            begins_[c] += begins_[c - 1];
        members_.resize(labels.size());
        std::vector<std::int64_t> next(begins_.begin(), begins_.end());
        for (std::size_t i = 0; i < labels.size(); ++i)
            members_[static_cast<std::size_t>(next[static_cast<std::size_t>(class_of_[i])]++)] =
                static_cast<std::int64_t>(i);
    }

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(labels_.size()); }
    [[nodiscard]] std::int64_t samples() const { return static_cast<std::int64_t>(class_of_.size()); }
    [[nodiscard]] std::int64_t label(std::int64_t c) const { return labels_[static_cast<std::size_t>(c)]; }
    [[nodiscard]] std::int32_t class_of(std::int64_t sample) const {
        return class_of_[static_cast<std::size_t>(sample)];
    }
    [[nodiscard]] std::span<const std::int64_t> members(std::int64_t c) const {
        const auto at = static_cast<std::size_t>(c);
        return std::span(members_).subspan(static_cast<std::size_t>(begins_[at]),
                                           static_cast<std::size_t>(begins_[at + 1] - begins_[at]));
    }
    [[nodiscard]] std::int64_t size(std::int64_t c) const {
        return static_cast<std::int64_t>(members(c).size());
    }

private:
    std::vector<std::int64_t> labels_;
    std::vector<std::int32_t> class_of_;
    std::vector<std::int64_t> begins_;
    std::vector<std::int64_t> members_;
};

} // namespace topoprune
