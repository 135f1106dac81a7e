// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace topoprune {

/// A file that cannot be read, or that does not hold what it must. what() is one line,
/// "file: defect", and the defect names the place: "row 3, column 5 is nan, must be finite".
/// Rows and columns of arrays count from 0, as in the arrays; lines and columns of text count from 1, as in
/// an editor. The program ends with status 2 on it.
class input_error : public std::runtime_error {
public:
    input_error(const std::string& file, const std::string& defect)
        : std::runtime_error(file + ": " + defect) {}
};

/// A table where a choice of columns is due: a column of text among the features, or several columns where
/// one must be.
class column_error : public input_error {
public:
    column_error(const std::string& file, const std::string& defect, std::string column)
        : input_error(file, defect), column_(std::move(column)) {}

    /// The name or the number of the column of text; empty where one column must be chosen.
    [[nodiscard]] const std::string& column() const { return column_; }

private:
    std::string column_;
};

/// A file that cannot be written: a full disk, a folder without permission, a target that is a directory.
/// what() is one line, "file: defect". The program ends with status 1 on it.
class output_error : public std::runtime_error {
public:
    output_error(const std::string& file, const std::string& defect)
        : std::runtime_error(file + ": " + defect) {}
};

} // namespace topoprune
