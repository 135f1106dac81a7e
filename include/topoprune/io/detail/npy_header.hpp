// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "array_header.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune::detail {

/// Reads the literal of a Python dictionary that a .npy header is,
///     {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
/// with its keys in any order, and nothing more of Python than this.
class npy_header_parser {
public:
    npy_header_parser(const byte_source& source, std::string_view text) : source_(source), text_(text) {}

    TOPOPRUNE_DECLARE [[nodiscard]] array_header parse();

private:
    TOPOPRUNE_DECLARE [[noreturn]] void fail(const std::string& defect) const;

    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'))
            ++at_;
    }

    /// The next character that is not blank, unread; '\0' at the end.
    char next() {
        skip_blanks();
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    TOPOPRUNE_DECLARE bool accept(char c);

    void expect(char c) {
        if (!accept(c))
            fail(std::string("expected '") + c + "'");
    }

    TOPOPRUNE_DECLARE bool accept_word(std::string_view word);

    TOPOPRUNE_DECLARE std::string_view string();

    TOPOPRUNE_DECLARE bool truth();

    /// A byte order and a type as numpy writes them: "<f4", ">i8", "|u1".
    TOPOPRUNE_DECLARE element_type dtype();

    /// A type of text: "<U12", "|S5"; nothing if it is another.
    TOPOPRUNE_DECLARE static std::optional<element_type> text_dtype(std::string_view text);

    /// Lengths in parentheses: "()", "(3,)", "(3, 4)", "(3L, 4L)".
    TOPOPRUNE_DECLARE std::vector<std::int64_t> tuple();

    TOPOPRUNE_DECLARE std::int64_t length();

    const byte_source& source_;
    std::string_view text_;
    std::size_t at_ = 0;
};

/// The first bytes of a .npy file.
inline constexpr std::string_view npy_magic = "\x93NUMPY";

/// Reads the header of a .npy file of version 1.0, 2.0 or 3.0 and leaves the source where the data begins.
TOPOPRUNE_DECLARE [[nodiscard]] array_header read_npy_header(byte_source& source);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "npy_header.ipp"
#endif
