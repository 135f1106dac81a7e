// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../large_classes.hpp"
#include "coverage_gains.hpp"
#include "draw_by_class.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// How coverage and facility location draw a class that is too large for all its pairs: see large_classes.
namespace topoprune::detail {

/// Places among the members of a class, of one part after another.
using class_parts = std::vector<std::vector<std::size_t>>;

/// What is covered, and how well.
struct covered_measure {
    /// One for each member; 1 for all if there are none.
    std::span<const std::int32_t> weights{};
    /// Of the Gaussian kernel; 0: by the angle.
    double bandwidth = 0;
};

/// Unit vectors of the members in these places.
TOPOPRUNE_DECLARE [[nodiscard]] similarity_rows rows_of(const class_draw& draw,
                                                        std::span<const std::size_t> places);

/// The members in the order in which they are wanted, chosen ones first: `budget` of them. What is taken at a
/// budget is what is taken first at a larger one. O(n part d) for parts of size `part`; of the parts at work
/// 4 d + 2,100 bytes a sample.
TOPOPRUNE_DECLARE [[nodiscard]] std::vector<std::int64_t>
order_in_parts(const class_draw& draw, const class_parts& parts, const large_classes& large,
               const covered_measure& measure, const execution& where);

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "draw_in_parts.ipp"
#endif
