// SPDX-License-Identifier: MIT
#pragma once

#include "area_under_margin.hpp"

#include "detail/output_tables.hpp"

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> area_under_margin::column(const dataset& data,
                                                               const execution& where) const {
    return detail::column_of_outputs(
        data, "area_under_margin", of, 0, where, [](const detail::output_table& table) {
            require(table.classes >= 2, "area_under_margin", "the number of classes", table.classes,
                    "at least 2");
            double sum = 0;
            for (std::int64_t t = 0; t < table.epochs; ++t) {
                const auto outputs = table.epoch(t);
                sum += outputs[table.label] - detail::largest_other(outputs, table.label);
            }
            return sum / static_cast<double>(table.epochs);
        });
}

} // namespace topoprune
