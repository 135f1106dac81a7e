// SPDX-License-Identifier: MIT
#pragma once

#include "../../../core/compiled.hpp"
#include "../../../core/execution.hpp"
#include "pair_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune::detail {

/// The other direction of a pair_table: for each sample, who has chosen it, in ascending order. A counting
/// sort of all pairs, in parallel over fixed parts of the table. 4 bytes a pair and 40 a sample, 32 of them
/// while it is built.
class chooser_lists {
public:
    TOPOPRUNE_DECLARE chooser_lists(const pair_table& pairs, const execution& where);

    [[nodiscard]] std::int64_t count(std::int64_t sample) const {
        return begins_[static_cast<std::size_t>(sample) + 1] - begins_[static_cast<std::size_t>(sample)];
    }
    [[nodiscard]] std::span<const std::int32_t> of(std::int64_t sample) const {
        return std::span(choosers_).subspan(
            static_cast<std::size_t>(begins_[static_cast<std::size_t>(sample)]),
            static_cast<std::size_t>(count(sample)));
    }

private:
    static constexpr std::int64_t parts = 8;

    std::vector<std::int64_t> begins_;
    std::vector<std::int32_t> choosers_;
};

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "chooser_lists.ipp"
#endif
