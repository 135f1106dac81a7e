// SPDX-License-Identifier: MIT
#pragma once

#include "class_names.hpp"

#include "../core/checks.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <system_error>

namespace topoprune {

TOPOPRUNE_DEFINE class_names::class_names(std::vector<std::string> sorted) : names_(std::move(sorted)) {
    const auto unordered = std::adjacent_find(names_.begin(), names_.end(), std::greater_equal<>());
    require(unordered == names_.end(), "class_names", "the number of names in ascending order",
            unordered - names_.begin() + 1, "the number of names,", names_.size());
}

TOPOPRUNE_DEFINE std::string class_names::of(std::int64_t label) const {
    if (label >= 0 && static_cast<std::uint64_t>(label) < names_.size())
        return names_[static_cast<std::size_t>(label)];
    const auto written = written_.find(label);
    return written != written_.end() ? written->second : std::to_string(label);
}

TOPOPRUNE_DEFINE std::optional<std::int64_t> class_names::label_of(std::string_view text) const {
    if (are_names()) {
        const auto found = std::lower_bound(names_.begin(), names_.end(), text);
        if (found == names_.end() || *found != text)
            return std::nullopt;
        return found - names_.begin();
    }
    for (const auto& [label, written] : written_)
        if (written == text)
            return label;
    return whole_number(text);
}

TOPOPRUNE_DEFINE std::optional<std::int64_t> whole_number(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    const char* const end = text.data() + text.size();
    std::int64_t integer = 0;
    if (const auto read = std::from_chars(text.data(), end, integer);
        read.ptr == end && read.ec == std::errc())
        return integer;
    constexpr double exact = 9007199254740992.0; // 2^53
    double value = 0;
    if (const auto read = std::from_chars(text.data(), end, value);
        read.ptr == end && read.ec == std::errc() && std::abs(value) <= exact && std::trunc(value) == value &&
        text.find_first_of(".eE") != std::string_view::npos)
        return static_cast<std::int64_t>(value);
    return std::nullopt;
}

} // namespace topoprune
