// SPDX-License-Identifier: MIT
#pragma once

#include "npy_header.hpp"

#include "message_text.hpp"

#include <bit>
#include <charconv>
#include <limits>
#include <system_error>

namespace topoprune::detail {

TOPOPRUNE_DEFINE array_header npy_header_parser::parse() {
    std::optional<element_type> type;
    std::optional<bool> fortran_order;
    std::optional<std::vector<std::int64_t>> shape;
    expect('{');
    while (!accept('}')) {
        const std::string_view key = string();
        expect(':');
        if (key == "descr" && !type)
            type = dtype();
        else if (key == "fortran_order" && !fortran_order)
            fortran_order = truth();
        else if (key == "shape" && !shape)
            shape = tuple();
        else
            fail("key " + quoted(key) + " is unknown or given twice");
        if (!accept(',')) {
            expect('}');
            break;
        }
    }
    skip_blanks();
    if (at_ != text_.size())
        fail("expected its end");
    if (!type || !fortran_order || !shape)
        fail("must have the keys 'descr', 'fortran_order' and 'shape'");
    return {.type = *type, .shape = *shape, .fortran_order = *fortran_order};
}

TOPOPRUNE_DEFINE void npy_header_parser::fail(const std::string& defect) const {
    source_.fail("header, character " + std::to_string(at_ + 1) + ": " + defect);
}

TOPOPRUNE_DEFINE bool npy_header_parser::accept(char c) {
    if (next() != c || at_ == text_.size())
        return false;
    ++at_;
    return true;
}

TOPOPRUNE_DEFINE bool npy_header_parser::accept_word(std::string_view word) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(word))
        return false;
    at_ += word.size();
    return true;
}

TOPOPRUNE_DEFINE std::string_view npy_header_parser::string() {
    const char quote = next();
    if (quote != '\'' && quote != '"')
        fail("expected a string");
    const std::size_t begin = ++at_;
    const std::size_t end = text_.find(quote, begin);
    if (end == std::string_view::npos)
        fail("the string has no end");
    at_ = end + 1;
    return text_.substr(begin, end - begin);
}

TOPOPRUNE_DEFINE bool npy_header_parser::truth() {
    if (accept_word("True"))
        return true;
    if (accept_word("False"))
        return false;
    fail("fortran_order must be True or False");
}

TOPOPRUNE_DEFINE element_type npy_header_parser::dtype() {
    if (next() == '[')
        source_.fail("dtype is a record of fields, must be a number type");
    const std::string_view text = string();
    if (const auto of_text = text_dtype(text))
        return *of_text;
    const bool short_text = text.size() == 3 && text[2] >= '0' && text[2] <= '9';
    const std::size_t bytes = short_text ? static_cast<std::size_t>(text[2] - '0') : 0;
    const bool ordered = short_text && (text[0] == '<' || text[0] == '>' || text[0] == '=' ||
                                        (text[0] == '|' && (bytes == 1 || text[1] == 'V')));
    if (!ordered || !is_known(text[1], bytes))
        source_.fail("dtype is " + quoted(text) + std::string(must_be_number));
    const std::endian order = text[0] == '<'   ? std::endian::little
                              : text[0] == '>' ? std::endian::big
                                               : std::endian::native;
    return {.kind = text[1], .bytes = bytes, .order = order};
}

TOPOPRUNE_DEFINE std::optional<element_type> npy_header_parser::text_dtype(std::string_view text) {
    constexpr std::size_t longest = std::size_t{1} << 20;
    if (text.size() < 3 || (text[1] != 'U' && text[1] != 'S'))
        return std::nullopt;
    std::size_t length = 0;
    const auto digits = text.substr(2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    const bool ordered = text[1] == 'S' ? text[0] == '|' || text[0] == '<' || text[0] == '>'
                                        : text[0] == '<' || text[0] == '>' || text[0] == '=';
    if (error != std::errc() || end != digits.data() + digits.size() || !ordered || length > longest)
        return std::nullopt;
    return element_type{.kind = text[1],
                        .bytes = text[1] == 'S' ? length : 4 * length,
                        .order = text[0] == '<'   ? std::endian::little
                                 : text[0] == '>' ? std::endian::big
                                                  : std::endian::native};
}

TOPOPRUNE_DEFINE std::vector<std::int64_t> npy_header_parser::tuple() {
    constexpr std::size_t most_axes = 64;
    std::vector<std::int64_t> lengths;
    bool comma = true;
    expect('(');
    while (!accept(')')) {
        if (!comma)
            fail("expected ',' or ')'");
        if (lengths.size() == most_axes)
            fail("the shape has more than 64 axes");
        lengths.push_back(length());
        comma = accept(',');
    }
    if (lengths.size() == 1 && !comma)
        fail("a shape of one axis must be written '(n,)'");
    return lengths;
}

TOPOPRUNE_DEFINE std::int64_t npy_header_parser::length() {
    if (next() == '-')
        fail("the shape has a negative length");
    const std::size_t begin = at_;
    std::int64_t value = 0;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
        const std::int64_t digit = text_[at_] - '0';
        if (value > (std::numeric_limits<std::int64_t>::max() - digit) / 10)
            fail("the shape has a length beyond 64 bits");
        value = 10 * value + digit;
    }
    if (at_ == begin)
        fail("the shape must be a tuple of integers");
    if (at_ < text_.size() && text_[at_] == 'L')
        ++at_;
    return value;
}

TOPOPRUNE_DEFINE array_header read_npy_header(byte_source& source) {
    constexpr std::size_t longest = std::size_t{1} << 20;
    if (source.peek(1).empty())
        source.fail("is empty");
    const auto magic = source.peek(npy_magic.size());
    if (std::string_view(reinterpret_cast<const char*>(magic.data()), magic.size()) != npy_magic)
        source.fail("is not a .npy file: it does not begin with \\x93NUMPY");
    std::array<std::byte, 8> prefix{};
    source.read_exactly(prefix, "the beginning of a .npy file");
    const auto major = std::to_integer<int>(prefix[6]);
    const auto minor = std::to_integer<int>(prefix[7]);
    if (major < 1 || major > 3 || minor != 0)
        source.fail(".npy version is " + std::to_string(major) + "." + std::to_string(minor) +
                    ", must be 1.0, 2.0 or 3.0");

    std::array<std::byte, 4> size_bytes{};
    source.read_exactly(std::span(size_bytes).first(major == 1 ? 2 : 4), "the size of the header");
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
        size |= std::to_integer<std::size_t>(size_bytes[i]) << (8 * i);
    if (size > longest)
        source.fail("header is " + std::to_string(size) + " bytes, must be at most " +
                    std::to_string(longest));
    std::string text(size, '\0');
    source.read_exactly(std::as_writable_bytes(std::span(text)), "the header");
    return npy_header_parser(source, text).parse();
}

} // namespace topoprune::detail
