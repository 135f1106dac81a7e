// SPDX-License-Identifier: MIT
#pragma once

#include "layout_source.hpp"

#include "../core/checks.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<embedding> layout_source::draw(std::int64_t first, std::int64_t count,
                                                            const execution& where) const {
    require(first >= 0 && first <= available_, "layout_source::draw", "first", first,
            "at least 0 and at most the layouts there are,", available_);
    require(count >= 0 && count <= available_ - first, "layout_source::draw", "count", count,
            "at least 0 and at most the layouts from there on,", available_ - first);
    std::vector<embedding> drawn = draw_(first, count, where);
    require(std::ssize(drawn) == count, "layout_source::draw", "the number of layouts that were drawn",
            drawn.size(), "the number asked for,", count);
    for (const embedding& one : drawn)
        require(one.points.rows() == drawn.front().points.rows(), "layout_source::draw",
                "the number of rows of a layout", one.points.rows(), "that of the others,",
                drawn.front().points.rows());
    return drawn;
}

} // namespace topoprune
