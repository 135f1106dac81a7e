// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "file_error.hpp"
#include "labels.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Samples from one table: its features, and in columns of their own the labels and the ids.
namespace topoprune {

/// Which columns of a table are what. A column is called by its name in the first line of the text, or by its
/// number, from 1.
struct column_choice {
    /// The features: columns and ranges of columns "a-c" in the order of the file, with commas between; with
    /// a "!" in front, those that are none, which alone leaves all others. Empty: all but labels and ids.
    std::string features{};
    /// The column of the labels; empty: none.
    std::string labels{};
    /// The column of the ids, any texts, none twice; empty: none.
    std::string ids{};

    [[nodiscard]] bool is_empty() const { return features.empty() && labels.empty() && ids.empty(); }
};

/// n samples.
struct sample_table {
    /// n x d, row-major, columns in the order of the file.
    matrix<float> features;
    /// If a column was chosen for them.
    std::optional<class_labels> labels{};
    /// n ids, or none.
    std::vector<std::string> ids{};
    /// What a reader should know: columns that look as if they were no features.
    std::vector<std::string> notes{};
};

/// The samples of a file in any format of read_features. Columns have names in text with a header only, which
/// the first line is if it holds a chosen name or no number at all; arrays have numbers only, and no ids.
/// Numbers, labels and texts are refused as read_features and read_class_labels refuse them, texts among the
/// features with a column_error. O(size) time.
TOPOPRUNE_DECLARE [[nodiscard]] sample_table read_sample_table(const std::filesystem::path& path,
                                                               const column_choice& choice);

/// The labels in one column of a file, chosen by name or number; if none is, the file must have one alone.
TOPOPRUNE_DECLARE [[nodiscard]] class_labels read_label_column(const std::filesystem::path& path,
                                                               const std::string& column);

namespace detail {

/// The places of the chosen columns, from 0.
struct chosen_columns {
    std::vector<std::size_t> features;
    std::optional<std::size_t> labels;
    std::optional<std::size_t> ids;
};

/// The place of the column; an input_error if there is none. `names` is empty if the columns have none.
TOPOPRUNE_DECLARE [[nodiscard]] std::size_t find_column(const byte_source& source, std::string_view column,
                                                        std::span<const std::string> names,
                                                        std::size_t count);

/// The first and the last place of one item of a list of features, a column or a range.
TOPOPRUNE_DECLARE [[nodiscard]] std::pair<std::size_t, std::size_t>
find_columns(const byte_source& source, std::string_view item, std::span<const std::string> names,
             std::size_t count);

TOPOPRUNE_DECLARE [[nodiscard]] chosen_columns choose_columns(const byte_source& source,
                                                              const column_choice& choice,
                                                              std::span<const std::string> names,
                                                              std::size_t count);

/// What should be known of columns that are taken for features by their name alone.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::string>
doubtful_columns(const std::vector<std::size_t>& features, std::span<const std::string> names,
                 bool has_labels);

TOPOPRUNE_DECLARE [[nodiscard]] sample_table read_text_samples(byte_source& source,
                                                               const column_choice& choice);
TOPOPRUNE_DECLARE [[nodiscard]] sample_table
read_array_samples(byte_source& source, const array_header& header, const column_choice& choice);

} // namespace detail

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "sample_table.ipp"
#endif
