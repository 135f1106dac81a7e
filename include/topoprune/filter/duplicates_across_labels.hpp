// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace topoprune {

/// What the filters of duplicates do where duplicates have different labels, of which one at most is right.
///   keep_all   they are no duplicates of each other: one of each label is kept
///   keep_one   labels are not looked at: one is kept
///   drop_all   none is kept: nothing says which label is right
enum class duplicates_across_labels { keep_all, keep_one, drop_all };

namespace detail {

/// "D samples that duplicate a kept one were filtered; C samples have a duplicate under another label: ..."
[[nodiscard]] inline std::string note_of_duplicates(const std::string& what,
                                                    const std::vector<std::uint8_t>& passes,
                                                    const std::vector<std::uint8_t>& conflicting,
                                                    duplicates_across_labels across_labels) {
    const auto dropped = std::count(passes.begin(), passes.end(), std::uint8_t{0});
    const auto conflicts = std::count(conflicting.begin(), conflicting.end(), std::uint8_t{1});
    std::string note = "of samples " + what + " one was kept, " + std::to_string(dropped) + " were filtered";
    if (conflicts > 0)
        note += "; " + std::to_string(conflicts) + " have a duplicate under another label, and " +
                (across_labels == duplicates_across_labels::keep_all   ? "one of each label was kept"
                 : across_labels == duplicates_across_labels::keep_one ? "one was kept whatever its label"
                                                                       : "none of these was kept");
    return note;
}

} // namespace detail

} // namespace topoprune
