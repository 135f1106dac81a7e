// SPDX-License-Identifier: MIT
#pragma once

#include "../core/compiled.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace topoprune {

/// One column of a csv file whose first line names the columns; an empty field is not a number (NaN): nothing
/// is known of that sample. Throws input_error if no column, or more than one, has the name.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> read_csv_column(const std::filesystem::path& path,
                                                                    std::string_view name);

/// A file of n numbers in any format of read_matrix: a single column, or a single row.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<double> read_column(const std::filesystem::path& path);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "csv_column.ipp"
#endif
