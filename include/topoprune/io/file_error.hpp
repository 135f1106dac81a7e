// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

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

/// A file that cannot be written: a full disk, a folder without permission, a target that is a directory.
/// what() is one line, "file: defect". The program ends with status 1 on it.
class output_error : public std::runtime_error {
public:
    output_error(const std::string& file, const std::string& defect)
        : std::runtime_error(file + ": " + defect) {}
};

} // namespace topoprune
