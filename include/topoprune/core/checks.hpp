// SPDX-License-Identifier: MIT
#pragma once

#include <sstream>
#include <stdexcept>
#include <string_view>

/// Checks of values and shapes. What the type system cannot refuse is refused here, with one sentence that
/// names the function, the argument, the value it had and the bound it broke.
namespace topoprune {

/// Throws std::invalid_argument "function: argument is value, must be bound" unless `holds`.
/// The message is only put together when it is needed. `value` is anything that prints to a stream.
template <class Value>
void require(bool holds, std::string_view function, std::string_view argument, const Value& value,
             std::string_view bound) {
    if (holds) [[likely]]
        return;
    std::ostringstream message;
    message << function << ": " << argument << " is " << value << ", must be " << bound;
    throw std::invalid_argument(message.str());
}

/// As above, where the bound itself is a number: "..., must be bound limit".
template <class Value, class Limit>
void require(bool holds, std::string_view function, std::string_view argument, const Value& value,
             std::string_view bound, const Limit& limit) {
    if (holds) [[likely]]
        return;
    std::ostringstream message;
    message << function << ": " << argument << " is " << value << ", must be " << bound << ' ' << limit;
    throw std::invalid_argument(message.str());
}

} // namespace topoprune
