// SPDX-License-Identifier: MIT
#pragma once

#include "usage_error.hpp"

#include <fmt/format.h>

#include <charconv>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>

namespace program {

/// The number that an option is given as a text: decimal, the whole text, within the range of its type, an
/// integer as it would be written (no leading zero, no plus). Throws usage_error, which names the option, for
/// anything else: an empty text, a blank before it, hexadecimal digits, and what would be rounded to zero or
/// to infinity. The words inf and nan pass: options say themselves what they must be, and
/// command_options::require_finite refuses them for those that do not.
template <class Value>
    requires std::integral<Value> || std::floating_point<Value>
[[nodiscard]] Value parse_number(std::string_view option, const std::string& text) {
    Value value{};
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool whole = read.ec == std::errc{} && read.ptr == end;
    const std::string shown = text.empty() ? "\"\"" : text;
    if constexpr (std::integral<Value>) {
        if (!whole || std::to_string(value) != text)
            throw usage_error(fmt::format("{} is {}, must be an integer between {} and {}{}", option, shown,
                                          std::numeric_limits<Value>::min(),
                                          std::numeric_limits<Value>::max(),
                                          whole ? ", without sign or zeros in front" : ""));
    } else {
        if (!whole)
            throw usage_error(fmt::format("{} is {}, must be a decimal number", option, shown));
    }
    return value;
}

} // namespace program
