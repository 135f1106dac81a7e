// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// Pairs of samples of one kind: n x count, row-major; row i lists the partners that sample i has chosen.
/// 4 bytes a pair.
struct pair_table {
    std::int64_t samples = 0;
    std::int64_t count = 0;
    std::vector<std::int32_t> partners;

    pair_table() = default;
    pair_table(std::int64_t n, std::int64_t partners_each)
        : samples(n), count(partners_each), partners(static_cast<std::size_t>(n * partners_each)) {}

    [[nodiscard]] std::span<const std::int32_t> of(std::int64_t sample) const {
        return std::span(partners).subspan(static_cast<std::size_t>(sample * count),
                                           static_cast<std::size_t>(count));
    }
    [[nodiscard]] std::span<std::int32_t> of(std::int64_t sample) {
        return std::span(partners).subspan(static_cast<std::size_t>(sample * count),
                                           static_cast<std::size_t>(count));
    }
};

} // namespace topoprune::detail
