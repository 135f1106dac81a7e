// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"

#include <cstdint>
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

/// True if the text is UTF-8 (RFC 3629: no overlong forms, no surrogates) without control characters.
TOPOPRUNE_DECLARE [[nodiscard]] bool is_plain_text(std::string_view text);

/// Appends a code point as UTF-8. False if there is no such code point.
TOPOPRUNE_DECLARE [[nodiscard]] bool append_utf8(std::string& text, std::uint32_t code_point);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "message_text.ipp"
#endif
