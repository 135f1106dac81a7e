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
    return draw_(first, count, where);
}

} // namespace topoprune
