// SPDX-License-Identifier: MIT
#pragma once

#include "compiled.hpp"

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
    TOPOPRUNE_DECLARE explicit class_partition(std::span<const std::int64_t> labels);

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

#if !defined(TOPOPRUNE_COMPILED)
#include "class_partition.ipp"
#endif
