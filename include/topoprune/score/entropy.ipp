// SPDX-License-Identifier: MIT
#pragma once

#include "entropy.hpp"

#include "detail/output_tables.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> entropy::column(const dataset& data, const execution& where) const {
    return detail::column_of_outputs(data, "entropy", output_unit::probabilities, 0, where,
                                     [](const detail::output_table& table) {
                                         double sum = 0;
                                         for (const double p : table.epoch(table.epochs - 1))
                                             sum -= p > 0 ? p * std::log(p) : 0.0;
                                         return std::max(0.0, sum);
                                     });
}

} // namespace topoprune
