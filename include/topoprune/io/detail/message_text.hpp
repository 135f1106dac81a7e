// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <string>
#include <string_view>
#include <system_error>

namespace topoprune::detail {

/// What the operating system says of an error number, as in "No space left on device".
[[nodiscard]] inline std::string system_message(int error_number) {
    return std::generic_category().message(error_number);
}

/// Text of a file, made fit for a message of one line: in quotes, without control characters, cut to 40.
TOPOPRUNE_DECLARE [[nodiscard]] std::string quoted(std::string_view text);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "message_text.ipp"
#endif
