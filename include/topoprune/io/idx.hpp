// SPDX-License-Identifier: MIT
#pragma once

#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "detail/array_data.hpp"

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Arrays in the idx format of MNIST, plain or gzipped: two zero bytes, a type, the number of axes, a 32-bit
/// length per axis, then the numbers, everything big-endian and in C order. Strictness, cost and memory are
/// those of the readers of .npy.
namespace topoprune {

namespace detail {

/// The type that an idx file writes as `code`; nothing if there is no such type.
[[nodiscard]] inline std::optional<element_type> idx_element_type(std::byte code) {
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

/// True if a file that begins with these bytes is an idx file.
[[nodiscard]] inline bool begins_as_idx(std::span<const std::byte> head) {
    return head.size() >= 4 && head[0] == std::byte{0} && head[1] == std::byte{0} &&
           idx_element_type(head[2]) && head[3] != std::byte{0};
}

[[nodiscard]] inline array_header read_idx_header(byte_source& source) {
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

} // namespace detail

/// The array as a table, n x d, row-major: n is the first axis, d all others together. Integers are rounded
/// to the nearest T; NaN and infinities are refused with row and column.
template <std::floating_point T>
[[nodiscard]] matrix<T> read_idx_matrix(byte_source& source) {
    return detail::read_matrix_data<T>(source, detail::read_idx_header(source));
}

template <std::floating_point T>
[[nodiscard]] matrix<T> read_idx_matrix(const std::filesystem::path& path) {
    byte_source source(path);
    return read_idx_matrix<T>(source);
}

/// An array of integers of n entries or n x 1. Floats are refused.
[[nodiscard]] inline std::vector<std::int64_t> read_idx_integers(byte_source& source) {
    return detail::read_integer_data(source, detail::read_idx_header(source));
}

[[nodiscard]] inline std::vector<std::int64_t> read_idx_integers(const std::filesystem::path& path) {
    byte_source source(path);
    return read_idx_integers(source);
}

} // namespace topoprune
