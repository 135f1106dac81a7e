// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

namespace topoprune::detail {

/// Which `limit` of `count` items a drawing shows: every one if they fit, otherwise items at even distances,
/// the same ones in every run.
struct even_sample {
    std::int64_t count = 0;
    std::int64_t limit = 0;

    [[nodiscard]] std::int64_t size() const { return std::min(count, limit); }
    [[nodiscard]] bool is_partial() const { return count > limit; }

    /// The position of the k-th shown item, ascending in k. Needs count * limit < 2^63.
    [[nodiscard]] std::int64_t operator()(std::int64_t k) const {
        return is_partial() ? k * count / limit : k;
    }
};

} // namespace topoprune::detail
