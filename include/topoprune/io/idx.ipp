// SPDX-License-Identifier: MIT
#pragma once

#include "idx.hpp"

#include <bit>

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::optional<element_type> idx_element_type(std::byte code) {
    const auto big_endian = [](char kind, std::size_t bytes) {
        return element_type{.kind = kind, .bytes = bytes, .order = std::endian::big};
    };
    switch (std::to_integer<int>(code)) {
    case 0x08:
        return big_endian('u', 1);
    case 0x09:
        return big_endian('i', 1);
    case 0x0B:
        return big_endian('i', 2);
    case 0x0C:
        return big_endian('i', 4);
    case 0x0D:
        return big_endian('f', 4);
    case 0x0E:
        return big_endian('f', 8);
    default:
        return std::nullopt;
    }
}

TOPOPRUNE_DEFINE array_header read_idx_header(byte_source& source) {
    if (source.peek(1).empty())
        source.fail("is empty");
    if (!begins_as_idx(source.peek(4)))
        source.fail("is not an idx file: it must begin with two zero bytes, a type and a number of axes");
    std::array<std::byte, 4> word{};
    source.read_exactly(word, "the beginning of an idx file");
    array_header header{.type = *idx_element_type(word[2]), .shape = {}, .fortran_order = false};
    for (auto axes = std::to_integer<int>(word[3]); axes > 0; --axes) {
        source.read_exactly(word, "the length of an axis");
        std::int64_t length = 0;
        for (const std::byte digit : word)
            length = 256 * length + std::to_integer<std::int64_t>(digit);
        header.shape.push_back(length);
    }
    return header;
}

} // namespace topoprune::detail
