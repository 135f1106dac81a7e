// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "byte_source.hpp"
#include "class_names.hpp"
#include "detail/array_header.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Class labels of any kind: integers, whole numbers written as floats, truth values, names.
namespace topoprune {

/// A label for each of n samples, and what the classes are called.
struct class_labels {
    std::vector<std::int64_t> labels;
    class_names names;
    /// What a reader should know of how the file was understood.
    std::vector<std::string> notes;
};

/// Makes labels of texts, in the order of the samples. If every text is a whole number, the labels are those
/// numbers; each is called as it is written, or by its digits if it is written in several ways. Else the
/// labels are names, numbers among them too, which a note says.
class label_builder {
public:
    /// Messages speak of the source. `where` says where the text stands: "line 3", "row 2".
    TOPOPRUNE_DECLARE void add(const byte_source& source, std::string_view text, const char* unit,
                               std::int64_t at);

    /// The same for a text that stands before all others. O(n).
    TOPOPRUNE_DECLARE void add_in_front(const byte_source& source, std::string_view text, const char* unit,
                                        std::int64_t at);

    /// Throws input_error if all texts are numbers, but some are no whole numbers.
    TOPOPRUNE_DECLARE [[nodiscard]] class_labels finish(const byte_source& source) &&;

private:
    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    TOPOPRUNE_DECLARE [[nodiscard]] class_labels numbers(const std::vector<std::int64_t>& values) const;
    TOPOPRUNE_DECLARE [[nodiscard]] class_labels named() const;

    std::unordered_map<std::string, std::int32_t, text_hash, std::equal_to<>> known_;
    std::vector<std::string> texts_;
    /// Where each text stood first.
    std::vector<std::string> places_;
    /// For each sample the place of its text among texts_.
    std::vector<std::int32_t> rows_;
};

/// Labels from a file of one column: .npy, .npz, idx or csv. Numbers as label_builder says; floats of an
/// array must be whole, and are called 1.0, truth values False and True; texts of an array (numpy's U and S)
/// are names. The first line of a csv file names the column if the others are numbers and it is not, or if no
/// other line has the same text; a note says so where that is a guess. Refused are empty labels, texts that
/// are not UTF-8 or hold control characters, and objects. O(size) time, 4 bytes a sample beside the result.
TOPOPRUNE_DECLARE [[nodiscard]] class_labels read_class_labels(byte_source& source);

[[nodiscard]] inline class_labels read_class_labels(const std::filesystem::path& path) {
    byte_source source(path);
    return read_class_labels(source);
}

namespace detail {

/// Labels from an array behind its header, and from csv text of one column.
TOPOPRUNE_DECLARE [[nodiscard]] class_labels read_array_labels(byte_source& source,
                                                               const array_header& header);
TOPOPRUNE_DECLARE [[nodiscard]] class_labels read_csv_labels(byte_source& source);

/// Labels of numbers that an array of floats holds.
TOPOPRUNE_DECLARE [[nodiscard]] class_labels labels_of_floats(const byte_source& source,
                                                              const std::vector<double>& values);

/// True for the usual names of a column of labels: label, class, target, y.
TOPOPRUNE_DECLARE [[nodiscard]] bool is_called_as_labels(std::string_view column);

} // namespace detail

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "labels.ipp"
#endif
