// SPDX-License-Identifier: MIT
#pragma once

#include "margin.hpp"

#include "detail/output_tables.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> margin::column(const dataset& data, const execution& where) const {
    return detail::column_of_outputs(
        data, "margin", output_unit::probabilities, 0, where, [](const detail::output_table& table) {
            require(table.classes >= 2, "margin", "the number of classes", table.classes, "at least 2");
            const auto p = table.epoch(table.epochs - 1);
            return p[table.label] - detail::largest_other(p, table.label);
        });
}

} // namespace topoprune
