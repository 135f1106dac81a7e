// SPDX-License-Identifier: MIT
#pragma once

#include "el2n.hpp"

#include "detail/output_tables.hpp"

#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> el2n::column(const dataset& data, const execution& where) const {
    return detail::column_of_outputs(data, "el2n", output_unit::probabilities, first_epochs, where,
                                     [](const detail::output_table& table) {
                                         double sum = 0;
                                         for (std::int64_t t = 0; t < table.epochs; ++t) {
                                             const auto p = table.epoch(t);
                                             double square = 0;
                                             for (std::size_t j = 0; j < p.size(); ++j) {
                                                 const double error = p[j] - (j == table.label ? 1.0 : 0.0);
                                                 square += error * error;
                                             }
                                             sum += std::sqrt(square);
                                         }
                                         return sum / static_cast<double>(table.epochs);
                                     });
}

} // namespace topoprune
