// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "detail/array_data.hpp"
#include "detail/npy_header.hpp"
#include "file_error.hpp"

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <ostream>
#include <span>
#include <vector>

/// Arrays of numpy (.npy, versions 1.0 to 3.0), plain or gzipped. Read are bool, integers of 8 to 64 bits and
/// floats of 16, 32 and 64 bits, of either byte order, in C or Fortran order. A reader returns all the file
/// says, or throws an input_error that names the defect: nothing is read from a truncated file, and nothing
/// is left unread in one that is too long. What a header claims is held against the size of the file before
/// memory is taken. O(size) time; beside the result 0.2 MiB, for Fortran order a second copy.
namespace topoprune {

/// The array as a table, n x d, row-major: n is the first axis, d all others together (n x h x w gives
/// n x (h w)); an array of one axis gives n x 1. Integers are rounded to the nearest T. NaN, infinities and
/// numbers beyond the range of T are refused with row and column.
template <std::floating_point T>
[[nodiscard]] matrix<T> read_npy_matrix(byte_source& source) {
    return detail::read_matrix_data<T>(source, detail::read_npy_header(source));
}

template <std::floating_point T>
[[nodiscard]] matrix<T> read_npy_matrix(const std::filesystem::path& path) {
    byte_source source(path);
    return read_npy_matrix<T>(source);
}

/// An array of integers (or bools) of shape (n,) or (n, 1). Floats are refused, and so are unsigned numbers
/// beyond 2^63 - 1, with their row.
[[nodiscard]] inline std::vector<std::int64_t> read_npy_integers(byte_source& source) {
    return detail::read_integer_data(source, detail::read_npy_header(source));
}

[[nodiscard]] inline std::vector<std::int64_t> read_npy_integers(const std::filesystem::path& path) {
    byte_source source(path);
    return read_npy_integers(source);
}

/// Writes an array of shape (n,) of int64.
TOPOPRUNE_DECLARE void write_npy(std::ostream& out, std::span<const std::int64_t> values);

/// Writes an array of shape (rows, columns) of float32.
TOPOPRUNE_DECLARE void write_npy(std::ostream& out, matrix_view<const float> values);

/// Writes an array of shape (rows, columns) of float64.
TOPOPRUNE_DECLARE void write_npy(std::ostream& out, matrix_view<const double> values);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "npy.ipp"
#endif
