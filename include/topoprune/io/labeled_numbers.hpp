// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"
#include "../core/matrix.hpp"
#include "byte_source.hpp"
#include "class_names.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace topoprune {

/// A number for each of some classes.
struct labeled_numbers {
    /// Empty if the file has no column of labels.
    std::vector<std::int64_t> labels;
    std::vector<double> numbers;
};

/// Reads a file of two columns, the labels of classes as `names` calls them and a number for each, or of
/// numbers alone: a single column, or a single row of an array. A first line of text whose second column is
/// no number is a header. Refused are labels that `names` does not know, and a label that stands there twice.
/// `meaning` says in messages what the number is.
TOPOPRUNE_DECLARE [[nodiscard]] labeled_numbers
read_labeled_numbers(const std::filesystem::path& path, const class_names& names, const std::string& meaning);

namespace detail {

/// The same from an array, whose labels are numbers.
TOPOPRUNE_DECLARE [[nodiscard]] labeled_numbers
labeled_numbers_of_array(const byte_source& source, const matrix<double>& table, const std::string& meaning);

} // namespace detail

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "labeled_numbers.ipp"
#endif
