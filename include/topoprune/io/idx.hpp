// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "detail/array_data.hpp"

#include <array>
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
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<element_type> idx_element_type(std::byte code);

/// True if a file that begins with these bytes is an idx file.
[[nodiscard]] inline bool begins_as_idx(std::span<const std::byte> head) {
    return head.size() >= 4 && head[0] == std::byte{0} && head[1] == std::byte{0} &&
           idx_element_type(head[2]) && head[3] != std::byte{0};
}

TOPOPRUNE_DECLARE [[nodiscard]] array_header read_idx_header(byte_source& source);

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

#if !defined(TOPOPRUNE_COMPILED)
#include "idx.ipp"
#endif
