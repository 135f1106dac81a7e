// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "csv.hpp"
#include "idx.hpp"
#include "npy.hpp"

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

/// Tables from files of any known format: .npy, idx or comma-separated text, each plain or gzipped. The
/// format is told by the first bytes, never by the name.
namespace topoprune {

namespace detail {

enum class table_format { npy, idx, csv };

/// Throws input_error if the bytes begin none of the formats.
TOPOPRUNE_DECLARE [[nodiscard]] table_format recognize_format(byte_source& source);

} // namespace detail

/// A table of finite numbers, n x d, row-major, one sample per row. Axes beyond the second are flattened.
template <std::floating_point T>
[[nodiscard]] matrix<T> read_matrix(const std::filesystem::path& path) {
    byte_source source(path);
    switch (detail::recognize_format(source)) {
    case detail::table_format::npy:
        return read_npy_matrix<T>(source);
    case detail::table_format::idx:
        return read_idx_matrix<T>(source);
    default:
        return read_csv_matrix<T>(source);
    }
}

/// Features or logits, n x d, row-major. Numbers beyond the range of float32 are refused, others rounded.
[[nodiscard]] inline matrix<float> read_features(const std::filesystem::path& path) {
    return read_matrix<float>(path);
}

/// Points of an embedding, n x m, row-major.
[[nodiscard]] inline matrix<double> read_points(const std::filesystem::path& path) {
    return read_matrix<double>(path);
}

/// A column of n integers: row numbers, labels, predicted labels. Floats are refused.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t> read_integers(const std::filesystem::path& path);

/// Labels, or predicted labels, one per sample.
[[nodiscard]] inline std::vector<std::int64_t> read_labels(const std::filesystem::path& path) {
    return read_integers(path);
}

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "table.ipp"
#endif
