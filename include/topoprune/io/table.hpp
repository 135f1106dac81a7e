// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "csv.hpp"
#include "detail/array_data.hpp"
#include "idx.hpp"
#include "npy.hpp"

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

/// Tables from files of any known format: .npy, idx or separated text, each plain, gzipped or as a member of
/// a zip archive, as .npz is one. The format is told by the first bytes, never by the name; files of other
/// programs are refused with the line that converts them.
namespace topoprune {

namespace detail {

enum class table_format { npy, idx, csv };

/// Throws input_error if the bytes begin none of the formats.
TOPOPRUNE_DECLARE [[nodiscard]] table_format recognize_format(byte_source& source);

/// The header of an array; nothing for text, of which nothing is read then.
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<array_header> read_array_header(byte_source& source);

/// Refuses an array of one axis where a table must be, as labels given for features are one.
TOPOPRUNE_DECLARE void require_two_axes(const byte_source& source, const array_header& header);

/// The places of the true values of a mask, which must be of as many as there are samples.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
rows_of_mask(const byte_source& source, const std::vector<std::int64_t>& mask, std::int64_t samples);

/// What True and False of Python and true and false of others mean; nothing for any other text.
TOPOPRUNE_DECLARE [[nodiscard]] std::optional<bool> truth_value(std::string_view text);

/// Row numbers, or a mask of True and False, from text of one column.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> read_csv_rows(byte_source& source,
                                                                        std::int64_t samples);

/// A table of an array or of text.
template <std::floating_point T>
[[nodiscard]] matrix<T> read_any_matrix(byte_source& source, bool takes_one_axis) {
    const auto header = read_array_header(source);
    if (!header)
        return read_csv_matrix<T>(source);
    if (!takes_one_axis)
        require_two_axes(source, *header);
    return read_matrix_data<T>(source, *header);
}

} // namespace detail

/// A table of finite numbers, n x d, row-major, one sample per row. Axes beyond the second are flattened; an
/// array of one axis is a column.
template <std::floating_point T>
[[nodiscard]] matrix<T> read_matrix(const std::filesystem::path& path) {
    byte_source source(path);
    return detail::read_any_matrix<T>(source, true);
}

/// Features or logits, n x d, row-major. Numbers beyond the range of float32 are refused, others rounded. So
/// is an array of one axis, which is hardly a table.
[[nodiscard]] inline matrix<float> read_features(const std::filesystem::path& path) {
    byte_source source(path);
    return detail::read_any_matrix<float>(source, false);
}

/// Points of an embedding, n x m, row-major. An array of one axis is refused.
[[nodiscard]] inline matrix<double> read_points(const std::filesystem::path& path) {
    byte_source source(path);
    return detail::read_any_matrix<double>(source, false);
}

/// A column of n integers: strata, integer labels. Floats are refused.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> read_integers(const std::filesystem::path& path);

/// Row numbers of some of n samples, in the order of the file, or a mask: n truth values, an array of bool or
/// a text of True and False, whose places are returned. Any other array of bool is refused; so are more than
/// two integers that are all 0 or 1, which are a mask that has lost its type.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> read_row_numbers(const std::filesystem::path& path,
                                                                           std::int64_t samples);

/// Integer labels, or predicted labels, one per sample; read_class_labels takes labels of any kind.
[[nodiscard]] inline std::vector<std::int64_t> read_labels(const std::filesystem::path& path) {
    return read_integers(path);
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "table.ipp"
#endif
