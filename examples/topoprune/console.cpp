// SPDX-License-Identifier: MIT
#include "console.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <system_error>

#include <unistd.h>

namespace program {

namespace {

/// The error number of the first write to stdout that failed; 0 if none did.
int output_failure = 0;

/// The number of bytes of the UTF-8 character that the text begins with; 0 if it begins with none.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    const std::size_t count = first < 0x80                     ? 1
                              : first >= 0xC2 && first <= 0xDF ? 2
                              : first >= 0xE0 && first <= 0xEF ? 3
                              : first >= 0xF0 && first <= 0xF4 ? 4
                                                               : 0;
    if (count == 0 || text.size() < count)
        return 0;
    for (std::size_t at = 1; at < count; ++at)
        if ((byte(at) & 0xC0) != 0x80)
            return 0;
    // Longer forms than needed, halves of pairs, and numbers past the last character.
    const bool wrong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) ||
                       (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F);
    return wrong ? 0 : count;
}

/// Whether a terminal may take the character, a whole one, for a command.
bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    return first < 0x20 || first == 0x7F ||
           (first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0);
}

} // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t count = character_bytes(text);
        if (count == 0)
            return false;
        text.remove_prefix(count);
    }
    return true;
}

std::string printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t count = character_bytes(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(1, count));
        if (count > 0 && !is_control(character)) {
            result += character;
        } else {
            for (const char letter : character) {
                const auto byte = static_cast<unsigned char>(letter);
                result += "\\x";
                result += digits[byte >> 4];
                result += digits[byte & 15];
            }
        }
        text.remove_prefix(character.size());
    }
    return result;
}

void print(std::string_view text) {
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) < text.size() && output_failure == 0)
        output_failure = errno != 0 ? errno : EIO;
}

std::string flush_output() {
    errno = 0;
    if (std::fflush(stdout) != 0 && output_failure == 0)
        output_failure = errno != 0 ? errno : EIO;
    return output_failure == 0 ? std::string() : std::generic_category().message(output_failure);
}

void tell(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void warn(std::string_view text) {
    tell("topoprune: note: " + printable(text) + "\n");
}

} // namespace program
