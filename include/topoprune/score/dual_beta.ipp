// SPDX-License-Identifier: MIT
#pragma once

#include "dual_beta.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<double> dual_beta::column(const dataset& data, const execution& where) const {
    require(pruned_fraction >= 0 && pruned_fraction < 1, "dual_beta", "pruned_fraction", pruned_fraction,
            "at least 0 and below 1");
    require(strength > 0 && std::isfinite(strength), "dual_beta", "strength", strength,
            "positive and finite");
    std::vector<double> column = base.column(data, where);
    const std::vector<double> means =
        detail::column_of_outputs(data, "dual_beta", output_unit::probabilities, base.first_epochs, where,
                                  [](const detail::output_table& table) {
                                      double sum = 0;
                                      for (std::int64_t t = 0; t < table.epochs; ++t)
                                          sum += table.epoch(t)[table.label];
                                      return sum / static_cast<double>(table.epochs);
                                  });
    const double b =
        std::max(1e-3, 15 * (1 - mean_of_best(column, means)) * (1 - std::pow(pruned_fraction, strength)));
    const double a = 16 - b;
    // In logarithms, for the powers of small means underflow.
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < column.size(); ++i) {
        const double m = std::clamp(means[i], 1e-12, 1 - 1e-12);
        column[i] = column[i] > 0 ? std::log(column[i]) + (a - 1) * std::log(m) + (b - 1) * std::log1p(-m)
                                  : -std::numeric_limits<double>::infinity();
        largest = std::max(largest, column[i]);
    }
    for (double& value : column)
        value = std::isfinite(value) ? std::exp(value - largest) : 0.0;
    return column;
}

TOPOPRUNE_DEFINE double dual_beta::mean_of_best(const std::vector<double>& column,
                                                const std::vector<double>& means) {
    if (column.empty())
        return 0;
    std::vector<std::size_t> order(column.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t best = std::min<std::size_t>(10, order.size());
    std::partial_sort(
        order.begin(), order.begin() + static_cast<std::ptrdiff_t>(best), order.end(),
        [&](std::size_t i, std::size_t j) { return column[i] != column[j] ? column[i] > column[j] : i < j; });
    double sum = 0;
    for (std::size_t i = 0; i < best; ++i)
        sum += means[order[i]];
    return sum / static_cast<double>(best);
}

} // namespace topoprune
