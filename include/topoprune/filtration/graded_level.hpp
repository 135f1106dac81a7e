// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace topoprune {

/// The simplices of one dimension q of a complex, as its homology sees them: their grades, and for each the
/// numbers of its q + 1 faces among the simplices of dimension q - 1. Vertices have no faces.
template <std::size_t Parameters>
struct graded_level {
    std::size_t faces_each = 0;
    std::vector<std::int32_t> faces;
    std::vector<std::array<double, Parameters>> grades;

    [[nodiscard]] std::size_t size() const { return grades.size(); }
    [[nodiscard]] std::span<const std::int32_t> boundary(std::int32_t simplex) const {
        return std::span(faces).subspan(static_cast<std::size_t>(simplex) * faces_each, faces_each);
    }
    [[nodiscard]] const std::array<double, Parameters>& grade(std::int32_t simplex) const {
        return grades[static_cast<std::size_t>(simplex)];
    }
};

} // namespace topoprune
