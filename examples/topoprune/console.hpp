// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

/// What the program says. Nothing here throws because a terminal, a pipe or a disk does not take it: no
/// result may depend on that.
namespace program {

[[nodiscard]] bool is_utf8(std::string_view text);

/// The text with control characters and with bytes that are no UTF-8 as "\x1b": fit for one line of a
/// terminal, whatever a file or an argument is called.
[[nodiscard]] std::string printable(std::string_view text);

/// Writes the text to stdout.
void print(std::string_view text);

template <class... Values>
void print(fmt::format_string<Values...> format, Values&&... values) {
    print(std::string_view(fmt::format(format, std::forward<Values>(values)...)));
}

/// Brings everything to stdout; the reason if not all of it has arrived there, else an empty text.
[[nodiscard]] std::string flush_output();

/// Writes the text to stderr, as far as that takes it.
void tell(std::string_view text);

/// One line on stderr that a person should know, though the run goes on.
void warn(std::string_view text);

} // namespace program
